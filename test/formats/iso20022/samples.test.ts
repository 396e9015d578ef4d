import { XMLParser } from 'fast-xml-parser';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shared } from '../shared-folder.ts';
import { readWhole } from './camt-text.ts';

const fixtures = new URL('../../../fixtures/iso20022/camt/', import.meta.url);
const bankSamples = shared('samples/iso20022/');
const files = [
  ...readdirSync(fixtures).map((name) => new URL(name, fixtures)),
  ...(bankSamples === undefined
    ? []
    : readdirSync(bankSamples, { recursive: true, encoding: 'utf8' })
        .filter((name) => /camt.*\.xml$/.test(name))
        .toSorted()
        .map((name) => new URL(name, bankSamples))),
];

type Tree = { readonly [name: string]: readonly Tree[] } & { readonly '#text'?: string };

/** The file as another parser reads it: every element an array of what stands under its name. */
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  alwaysCreateTextNode: true,
  isArray: () => true,
});

const all = (trees: readonly Tree[], ...path: readonly string[]): readonly Tree[] =>
  path.reduce<readonly Tree[]>((found, name) => found.flatMap((tree) => tree[name] ?? []), trees);
const textOf = (trees: readonly Tree[], ...path: readonly string[]): string => all(trees, ...path)[0]?.['#text'] ?? '';

/** Thousandths, by cutting the text: the samples have three decimals at most. */
const thousandths = (text: string): bigint => {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(3, '0'));
};

interface Expected {
  readonly entries: number;
  readonly transactions: number;
  readonly credits: bigint;
  readonly debits: bigint;
}

function expectedOf(xml: string): readonly Expected[] {
  const document = all([parser.parse(xml) as Tree], 'Document');
  const blocks = ['BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn', 'BkToCstmrAcctRpt'].flatMap((root) =>
    ['Stmt', 'Ntfctn', 'Rpt'].flatMap((block) => all(document, root, block)),
  );
  return blocks.map((block) => {
    const entries = all([block], 'Ntry');
    const booked = entries.filter((entry) => textOf([entry], 'Sts') === 'BOOK' || textOf([entry], 'Sts', 'Cd') === 'BOOK');
    const sumOf = (direction: string): bigint =>
      booked
        .filter((entry) => textOf([entry], 'CdtDbtInd') === direction)
        .reduce((total, entry) => total + thousandths(textOf([entry], 'Amt')), 0n);
    const transactions = entries.reduce((total, entry) => total + Math.max(1, all([entry], 'NtryDtls', 'TxDtls').length), 0);
    return { entries: booked.length, transactions, credits: sumOf('CRDT'), debits: sumOf('DBIT') };
  });
}

test('there are samples', () => {
  expect(files.length).toBeGreaterThanOrEqual(3);
});

describe.each(files.map((file) => [file.pathname.split('/').at(-1)!, file] as const))('%s', (_name, file) => {
  const content = readFileSync(file);

  test('counts and sums are those of another parser', async () => {
    const { totals, transactions } = await readWhole(content);
    const read = totals.map(({ block, entries, creditAmount, debitAmount }) => ({
      entries,
      transactions: transactions.filter((item) => item.block === block).length,
      credits: creditAmount * 10n,
      debits: debitAmount * 10n,
    }));
    expect(read).toEqual(expectedOf(content.toString('utf8')));
  });

  test('every entry agrees with its transactions', async () => {
    const { entries, transactions } = await readWhole(content);
    for (const entry of entries) {
      const own = transactions.filter((item) => item.block === entry.block && item.entry === entry.number);
      expect(entry).toMatchObject({ verdict: 'agrees', transactions: own.length });
      expect(own.reduce((total, item) => total + (item.amount ?? 0n), 0n)).toBe(entry.amount);
    }
  });
});

const sampleNamed = (name: string): URL | undefined => files.find((file) => file.pathname.endsWith(name));
const seb053 = sampleNamed('camt.053_SE.xml');
const seb054 = sampleNamed('camt.054_SE_CRED_BGC.xml');
const finnish = sampleNamed('moov_FI_camt_054_sample.xml');
const nordea = sampleNamed('nordea_fi_camt.053.001.02.xml');

test.skipIf(seb053 === undefined)('SEB: the balances and the totals that the bank states hold', async () => {
  const { totals, findings, transactions } = await readWhole(readFileSync(seb053!));
  expect(findings).toEqual([]);
  // The file's own TxsSummry: credits 787,850.00, debits 244,901.00; balances 3,865,371.31 and 4,408,320.31.
  expect(totals).toMatchObject([
    { creditAmount: 78_785_000n, debitAmount: 24_490_100n, openingAmount: 386_537_131n, closingAmount: 440_832_031n },
  ]);
  // Three decimals in a part: 25000.000.
  expect(transactions[0]?.parts).toEqual([{ kind: 'invoice', reference: '85858', amount: 2_500_000n }]);
});

test.skipIf(seb054 === undefined)(
  'SEB: references of bankgiro payments stand as document numbers, and in the instruction',
  async () => {
    const { transactions } = await readWhole(readFileSync(seb054!));
    expect(transactions).toHaveLength(2);
    expect(transactions[0]).toMatchObject({
      amount: 10_000n,
      payerName: 'Debtor',
      receiverAccount: { scheme: 'BANKGIRO', id: '12345678' },
      references: [
        { source: 'document-number', value: '98547' },
        { source: 'instruction-id', value: 'DOCNO:90097070' },
        { source: 'instruction-id', value: '90097070' },
      ],
    });
    expect(transactions[1]).toMatchObject({
      payerAccount: { scheme: 'BANKGIRO', id: '66662222' },
      parts: [
        { kind: 'invoice', reference: '54318881444', amount: 5000n },
        { kind: 'invoice', reference: '54318891445', amount: 5000n },
      ],
    });
  },
);

test.skipIf(finnish === undefined)(
  'Finland: credit notes, payment dates, returns for information, totals that count otherwise',
  async () => {
    const { transactions, entries, findings } = await readWhole(readFileSync(finnish!));
    expect(transactions[0]).toMatchObject({
      amount: 190_000n,
      bookingDate: '2009-10-29',
      paidDate: '2009-10-28',
      parts: [
        { kind: 'invoice', reference: '3900', amount: 250_000n },
        { kind: 'credit-note', reference: '12344', amount: 60_000n },
      ],
    });
    // A trailing blank behind the reference: "RF7812345 ".
    expect(transactions[4]?.references[0]).toEqual({ source: 'creditor-reference', value: 'RF7812345' });
    expect(entries.at(-1)).toMatchObject({ status: 'information', amount: 10_000n });
    expect(transactions.at(-1)).toMatchObject({ hint: 'return', returnReason: 'CUST', status: 'information' });
    // The bank states a net of 169.95; booked it is 269.95 and with the INFO entry 369.95 (§2.10).
    expect(findings.map(({ code, value }) => [code, value])).toEqual([['CAMT-TOTALS', '169.95']]);
  },
);

test.skipIf(nordea === undefined)('Nordea: padded references, lines of 35 characters, pooling', async () => {
  const { transactions } = await readWhole(readFileSync(nordea!));
  expect(transactions[0]?.references[0]).toEqual({ source: 'creditor-reference', value: '00000000000000001245' });
  expect(transactions[1]?.text).toBe('Free text max 140 characters and max 35 characters in one line');
  expect(transactions.at(-1)).toMatchObject({ hint: 'charge', amount: -10_000n });
});
