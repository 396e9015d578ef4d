import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CODE_FOLDERS, readSourceFiles } from './source-files.ts';

const MIGRATIONS = new URL('../../engine/store/migrations/', import.meta.url);

/** The beginning of a statement in a string. */
const statement =
  /[`'"]\s*(?:select (?:distinct |count\(|\w+[,. ]|\*|\$)[^.!?]*\bfrom |insert into \w+ |update \w+ (?:\w+ )?set |delete from \w+|(?:create|drop|alter) (?:temp )?(?:table|view|index) |with \w+ as )/;

/** Server and database themselves are set up in `jobs/postgres`; the demo reads what no command tells. */
const others = /^jobs\/(?:postgres|demo)\//;

test('SQL stands only in engine/store', () => {
  const wrong = readSourceFiles(CODE_FOLDERS)
    .filter(({ path }) => !path.startsWith('engine/store/') && !others.test(path))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, at) => (statement.test(line) ? [`${path}:${at + 1} ${line}`] : [])),
    );
  expect(wrong).toEqual([]);
});

test.each([
  `await tx.query('select name from migration order by name')`,
  'query(`insert into payment_reference (account)`',
  `'update payout p set state = $1'`,
  `'delete from task where id = 1'`,
  '`with named as (select 1)`',
  `'select id from payout where instruction_id = any($1)',`,
])('%s is SQL', (line) => expect(line).toMatch(statement));

test.each([`describe: 'select what is shown'`, `'Update the file and set it right.'`, `'with as much as is open'`])(
  '%s is none',
  (line) => expect(line).not.toMatch(statement),
);

test('each migration has a number of its own', () => {
  const numbers = readdirSync(MIGRATIONS).map((name) => name.slice(0, 4));
  expect(numbers.filter((number, position) => numbers.indexOf(number) !== position)).toEqual([]);
});
