import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkClientFile } from '#config/load-config.ts';
import { parts } from '#jobs/house/parts.ts';
import { copyHouse } from './fault-gallery.ts';

it('finds nothing in a file of the house', async () => {
  using house = copyHouse();
  expect(await checkClientFile(join(house.folder, 'clients', 'lillan.yaml'), house.folder, parts)).toEqual([]);
});

it('checks a file outside the house as if it stood in for the one of its name', async () => {
  using house = copyHouse();
  const path = join(house.folder, 'nord.yaml');
  cpSync(join(house.folder, 'clients', 'nord.yaml'), path);
  expect(await checkClientFile(path, house.folder, parts)).toEqual([]);
  writeFileSync(path, readFileSync(path, 'utf8').replace('paymentDays: 30', 'paymentDays: thirty'));
  expect((await checkClientFile(path, house.folder, parts)).map(({ file, line, path: where }) => [file, line, where])).toEqual([
    [path, 34, 'agreements[0].terms.paymentDays'],
  ]);
});

it('tells of a conflict with another client in the file that is checked', async () => {
  using house = copyHouse();
  const path = join(house.folder, 'clients', 'anna.yaml');
  cpSync(join(house.folder, 'clients', 'lillan.yaml'), path);
  const problems = await checkClientFile(path, house.folder, parts);
  expect(problems.map(({ file }) => file)).toEqual([path, path]);
  expect(problems[0]!.message).toBe(
    'References with prefix "10" on bankgiro 9912346 could be the same as those of client lillan.',
  );
});

it('is silent about the problems of other files', async () => {
  using house = copyHouse();
  writeFileSync(join(house.folder, 'clients', 'nord.yaml'), 'name:\n');
  expect(await checkClientFile(join(house.folder, 'clients', 'lillan.yaml'), house.folder, parts)).toEqual([]);
});

it('finds nothing in the example of the README, also with its logo', async () => {
  using house = copyHouse();
  const example = /```yaml\n([^]*?)```/.exec(readFileSync(new URL('../../config/README.md', import.meta.url), 'utf8'))![1]!;
  const path = join(house.folder, 'clients', 'grona-dalen.yaml');
  const here = example
    .replace('printer: standard', 'printer: plain')
    .replace('use: se-consumer-handover', 'use: plain')
    .replace(/# logo: \S+.*/, 'logo: drop.svg');
  writeFileSync(path, here);
  expect(here).toContain('logo: drop.svg');
  expect(here).toContain('use: plain');
  expect(await checkClientFile(path, house.folder, parts)).toEqual([]);
});

it.each(['Lillan.yaml', 'lillan.yml', 'lilla ån.yaml'])('refuses %s as the name of a client file', async (name) => {
  using house = copyHouse();
  const [problem] = await checkClientFile(join(house.folder, name), house.folder, parts);
  expect(problem!.message).toBe('The file name is no client id.');
});
