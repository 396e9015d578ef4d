import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { Settlement } from '#engine/settlement/statement.ts';
import { writeSettlementCsv } from '#formats/accounts/accounts-csv.ts';

const address = { line1: 'Provgatan 1', postcode: '100 01', city: 'Stenstad', country: 'SE' };
const settlement = (debtorName: string, invoiceNumber: string): Settlement => ({
  kind: 'settlement',
  number: 'PROVET-1',
  date: isoDate('2026-11-23'),
  period: { start: isoDate('2026-11-01'), end: isoDate('2026-11-23') },
  language: 'sv',
  currency: 'SEK',
  bureau: { name: 'Provhuset AB', address, organisationNumber: '5599990008', vatId: 'SE559999000801' },
  client: { name: 'Provbolaget', address, organisationNumber: '5599995551' },
  openingAmount: -2_500n,
  received: [
    {
      bookedOn: isoDate('2026-11-20'),
      invoiceNumber,
      debtorName,
      principalAmount: 100_000n,
      interestAmount: 479n,
      reminderFeeAmount: 0n,
      collectionFeeAmount: 0n,
      compensationAmount: 0n,
    },
  ],
  receivedAmount: 100_479n,
  returned: [{ bookedOn: isoDate('2026-11-21'), reason: 'reversal', amount: 20_000n }],
  returnedAmount: 20_000n,
  restored: [{ bookedOn: isoDate('2026-11-22'), settlementNumber: 'PROVET-0', amount: 1_000n }],
  restoredAmount: 1_000n,
  fees: [{ feeKind: 'letter', count: 12, priceAmount: 650n, amount: 7_800n }],
  feesAmount: 7_800n,
  vatRate: decimal('25'),
  vatAmount: 1_950n,
  payoutAmount: 69_229n,
  payout: { on: isoDate('2026-11-23'), receiver: { kind: 'bankgiro', number: '9912346' } },
  closingAmount: 0n,
});

/** Öre of an amount as a spreadsheet reads it. */
const ore = (cell: string): bigint => BigInt(cell.replace(',', ''));

test('the rows before CLOSING add up to it', () => {
  const rows = writeSettlementCsv(settlement('Nils', 'F-1'))
    .split('\r\n')
    .slice(1, -1)
    .map((row) => row.split(';'));
  const closing = rows.pop();
  expect(closing?.[0]).toBe('"CLOSING"');
  expect(rows.map((cells) => cells[0])).toEqual(
    ['OPENING', 'RECEIVED', 'RECEIVED', 'RETURNED', 'RESTORED', 'FEE', 'VAT', 'PAYOUT'].map((kind) => `"${kind}"`),
  );
  expect(rows.reduce((sum, cells) => sum + ore(cells[7] ?? ''), 0n)).toBe(ore(closing?.[7] ?? ''));
});

test('no text of a debtor becomes a formula or another cell, whatever it is (IS3)', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('=', '+', '-', '@', '\t', ''), (text, first) => {
      const csv = writeSettlementCsv(settlement(`${first}${text}`, 'F-1'));
      const cells = csv.match(/"(?:[^"]|"")*"/g) ?? [];
      for (const cell of cells) expect(/^"\s*[=+\-@]/.test(cell)).toBe(false);
      expect(csv.replaceAll(/"(?:[^"]|"")*"/g, '').split('\r\n')).toHaveLength(11);
    }),
  );
});
