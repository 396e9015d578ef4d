import type { CommandModule } from 'yargs';
import { readEnvironment } from '#config/environment.ts';
import { findRow, type LawKind } from '#engine/dated-table.ts';
import { dateInZone, type IsoDate } from '#engine/iso-date.ts';
import type { Country } from '#engine/sockets/country.ts';
import type { CommonArguments, End } from './house-options.ts';
import { lawInterestCommand } from './law-interest-command.ts';
import { countryGiven, countryOption, dateOption, type CountryArguments } from './law-options.ts';
import { lawPolicyCommand } from './law-policy-command.ts';
import { printJson, printTable } from './output.ts';
import { UsageError } from './usage-error.ts';

export const lawCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'law',
  describe: 'Show the law that Kuvert goes by, count late interest, check a policy; needs no database',
  builder: (yargs) =>
    yargs
      .command(kindsCommand)
      .command(showCommand)
      .command(lawInterestCommand)
      .command(lawPolicyCommand(end))
      .demandCommand(1, 'Name what to do: kinds, show, interest or policy.'),
  handler: () => undefined,
});

const kindsCommand: CommandModule<CommonArguments, CommonArguments & CountryArguments> = {
  command: 'kinds',
  describe: 'List the kinds of rules that are kept with dates and sources',
  builder: (yargs) => yargs.option('country', countryOption),
  handler: (given) => {
    const { json } = given;
    const kinds = countryGiven(given).lawKinds();
    if (json) {
      printJson(kinds.map(({ kind, title, unit, rows }) => ({ kind, title, unit, rows: rows.length })));
      return;
    }
    printTable(
      [{ title: 'KIND' }, { title: 'UNIT' }, { title: 'ROWS', right: true }, { title: 'WHAT IT IS' }],
      kinds.map(({ kind, title, unit, rows }) => [kind, unit, String(rows.length), title]),
      'No kinds.',
    );
  },
};

interface ShowArguments extends CommonArguments, CountryArguments {
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
}

const showCommand: CommandModule<CommonArguments, ShowArguments> = {
  command: 'show',
  describe: 'Show what the law says: one kind or all, on a day or through time, with sources',
  builder: (yargs) =>
    yargs
      .option('country', countryOption)
      .option('kind', { type: 'string', describe: 'As kuvert law kinds names it; else every kind' })
      .option('date', {
        type: 'string',
        describe: 'The rows in force on that day; else all rows of KIND, or today’s of every kind',
      })
      .example('$0 law show --kind reminder-fee-max', 'every row there ever was')
      .example('$0 law show --kind late-interest-rate --date 2025-06-30', 'the rate of one day')
      .example('$0 law show --date 2026-11-22', 'the whole law of one day')
      .epilogue(
        'MARK: V two sources or the law’s own text, S one source, M from memory. A day without a row is refused: the law is never guessed.',
      ),
  handler: (given) => {
    const { json, country, kind, date } = given;
    const law = countryGiven(given);
    const kinds = chosenKinds(law.lawKinds(), kind);
    const on = date === undefined ? (kind === undefined ? todayIn(law) : undefined) : dateOption('date', date);
    const rows = kinds.flatMap((item) => rowsOf(item, on).map((row) => ({ kind: item.kind, unit: item.unit, ...row })));
    if (rows.length === 0)
      throw new UsageError(`There is no row of ${kind ?? country} for ${on}: the law of that day is not entered.`);
    if (json) {
      printJson(rows);
      return;
    }
    printTable(
      [
        { title: 'KIND' },
        { title: 'VALUE', right: true },
        { title: 'UNIT' },
        { title: 'FROM' },
        { title: 'TO' },
        { title: 'MARK' },
        { title: 'SOURCE' },
      ],
      rows.map((row) => [row.kind, row.value, row.unit, row.from, row.to ?? '–', row.confidence, row.source]),
      'No rows.',
    );
  },
};

function chosenKinds(kinds: readonly LawKind[], kind: string | undefined): readonly LawKind[] {
  if (kind === undefined) return kinds;
  const found = kinds.filter((item) => item.kind === kind);
  if (found.length > 0) return found;
  throw new UsageError(`There is no kind ${kind}; kuvert law kinds lists them.`);
}

function rowsOf({ kind, rows }: LawKind, on: IsoDate | undefined): LawKind['rows'] {
  if (on === undefined) return rows;
  const row = findRow({ name: kind, rows }, on);
  return row === undefined ? [] : [row];
}

/** The day is counted where the law is. */
const todayIn = ({ timeZone }: Country): IsoDate =>
  dateInZone(readEnvironment(process.env, process.cwd()).now ?? new Date(), timeZone);
