import { describe, expect, test } from 'vitest';
import { camtText, entryText, money, readWhole } from './camt-text.ts';

const balance = (type: string, amount: string, sign = 'CRDT', currency = 'SEK'): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp>${money('Amt', amount, currency)}<CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>2026-11-20</Dt></Dt></Bal>`;
/** 250.00 in, 100.00 out, and 40.00 that is not booked. */
const entries = [
  entryText({ amount: '250.00' }),
  entryText({ amount: '100.00', direction: 'DBIT' }),
  entryText({ amount: '40.00', status: 'PDNG' }),
];

async function statement(before: string, header?: string): Promise<readonly unknown[]> {
  const { totals } = await readWhole(camtText(entries, { number: '053', before, ...(header === undefined ? {} : { header }) }));
  const { openingAmount, closingAmount, findings } = totals[0]!;
  return [openingAmount, closingAmount, findings.map(({ code }) => code)];
}

const page = (number: number, last: boolean): string =>
  `<MsgId>M1</MsgId><CreDtTm>x</CreDtTm><MsgPgntn><PgNb>${number}</PgNb><LastPgInd>${last}</LastPgInd></MsgPgntn>`;

describe('balances (B1, B3)', () => {
  test.each<[name: string, before: string, header: string | undefined, expected: readonly unknown[]]>([
    ['agree', balance('OPBD', '50.00') + balance('CLBD', '200.00'), undefined, [5000n, 20_000n, []]],
    ['overdrawn', balance('OPBD', '200.00', 'DBIT') + balance('CLBD', '50.00', 'DBIT'), undefined, [-20_000n, -5000n, []]],
    ['differ by one öre', balance('OPBD', '50.00') + balance('CLBD', '200.01'), undefined, [5000n, 20_001n, ['CAMT-BALANCE']]],
    [
      'pending entries do not count',
      balance('OPBD', '50.00') + balance('CLBD', '240.00'),
      undefined,
      [5000n, 24_000n, ['CAMT-BALANCE']],
    ],
    ['PRCD for OPBD', balance('PRCD', '50.00') + balance('CLBD', '200.00'), undefined, [5000n, 20_000n, []]],
    [
      'OPBD before PRCD',
      balance('PRCD', '49.00') + balance('OPBD', '50.00') + balance('CLBD', '200.00'),
      undefined,
      [5000n, 20_000n, ['CAMT-OPENING-DIFFERS']],
    ],
    [
      'other balances are not looked at',
      balance('XPCD', '1.00') +
        balance('OPBD', '50.00') +
        balance('CLAV', '2.00') +
        balance('CLBD', '200.00') +
        balance('FWAV', '3.00'),
      undefined,
      [5000n, 20_000n, []],
    ],
    ['none', '', undefined, [undefined, undefined, ['CAMT-NO-BALANCE']]],
    [
      'of another currency',
      balance('OPBD', '50.00', 'CRDT', 'EUR') + balance('CLBD', '200.00'),
      undefined,
      [undefined, 20_000n, ['CAMT-NO-BALANCE']],
    ],
    ['unreadable', balance('OPBD', '-50.00') + balance('CLBD', '200.00'), undefined, [undefined, 20_000n, ['CAMT-NO-BALANCE']]],
    ['first page', balance('OPBD', '50.00') + balance('ITBD', '200.00'), page(1, false), [5000n, 20_000n, []]],
    ['middle page', balance('ITBD', '50.00') + balance('ITBD', '200.00'), page(2, false), [5000n, 20_000n, []]],
    ['last page', balance('ITBD', '50.00') + balance('CLBD', '200.00'), page(3, true), [5000n, 20_000n, []]],
    ['last page, wrong', balance('ITBD', '50.00') + balance('CLBD', '201.00'), page(3, true), [5000n, 20_100n, ['CAMT-BALANCE']]],
    ['a page without interim balance', balance('OPBD', '50.00'), page(1, false), [5000n, undefined, []]],
    [
      'interim balances of a whole message are none',
      balance('ITBD', '50.00') + balance('CLBD', '200.00'),
      undefined,
      [undefined, 20_000n, ['CAMT-NO-BALANCE']],
    ],
  ])('%s', async (_name, before, header, expected) => {
    expect(await statement(before, header)).toEqual(expected);
  });

  test('paging of the block, from version 03', async () => {
    const paging = '<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>';
    expect(await statement(paging + balance('ITBD', '50.00') + balance('CLBD', '200.00'))).toEqual([5000n, 20_000n, []]);
  });

  test('balances behind the entries are checked as well', async () => {
    const text = camtText(entries, { number: '053' }).replace(
      '</Stmt>',
      `${balance('OPBD', '50.00')}${balance('CLBD', '1.00')}</Stmt>`,
    );
    expect((await readWhole(text)).findings.map(({ code }) => code)).toEqual(['CAMT-BALANCE']);
  });

  test('a notification needs none', async () => {
    expect((await readWhole(camtText(entries))).findings).toEqual([]);
  });
});

describe('totals (B4 to B6)', () => {
  test.each<[name: string, summary: string, fields: readonly string[]]>([
    ['over the booked entries', '<TtlNtries><NbOfNtries>2</NbOfNtries><Sum>350</Sum></TtlNtries>', []],
    ['over all entries', '<TtlNtries><NbOfNtries>3</NbOfNtries><Sum>390.000</Sum></TtlNtries>', []],
    ['wrong', '<TtlNtries><NbOfNtries>4</NbOfNtries><Sum>350.01</Sum></TtlNtries>', ['TtlNtries/NbOfNtries', 'TtlNtries/Sum']],
    ['net in 02', '<TtlNtries><TtlNetNtryAmt>150.00</TtlNetNtryAmt><CdtDbtInd>CRDT</CdtDbtInd></TtlNtries>', []],
    ['net from 04', '<TtlNtries><TtlNetNtry><Amt>150.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TtlNetNtry></TtlNtries>', []],
    [
      'net with the wrong sign',
      '<TtlNtries><TtlNetNtry><Amt>150.00</Amt><CdtDbtInd>DBIT</CdtDbtInd></TtlNetNtry></TtlNtries>',
      ['TtlNtries/TtlNetNtry'],
    ],
    ['credits', '<TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>250</Sum></TtlCdtNtries>', []],
    [
      'debits with a minus (viafintech)',
      '<TtlDbtNtries><NbOfNtries>1</NbOfNtries><Sum>-100.00</Sum></TtlDbtNtries>',
      ['TtlDbtNtries/Sum'],
    ],
    ['no number', '<TtlDbtNtries><NbOfNtries>one</NbOfNtries></TtlDbtNtries>', ['TtlDbtNtries/NbOfNtries']],
    ['nothing', '', []],
  ])('%s', async (_name, summary, fields) => {
    const { findings } = await readWhole(camtText(entries, { before: `<TxsSummry>${summary}</TxsSummry>` }));
    expect(findings.map(({ field, severity }) => [field, severity])).toEqual(
      fields.map((field) => [`TxsSummry/${field}`, 'warning']),
    );
  });

  test('are not checked over one page of several', async () => {
    const before = '<TxsSummry><TtlNtries><NbOfNtries>99</NbOfNtries></TtlNtries></TxsSummry>';
    expect((await readWhole(camtText(entries, { before, header: page(1, false) }))).findings).toEqual([]);
  });
});

test('an entry in another currency holds the block', async () => {
  const euro = entryText({ amountElement: money('Amt', '10.00', 'EUR') });
  const { findings } = await readWhole(camtText([...entries, euro]));
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['CAMT-CURRENCY', 'error']]);
});
