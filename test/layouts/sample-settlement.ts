import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { Settlement, SettlementReceipt } from '#engine/settlement/statement.ts';

const receipt = (at: number): SettlementReceipt => ({
  bookedOn: isoDate(`2026-10-${String(1 + (at % 15)).padStart(2, '0')}`),
  invoiceNumber: String(10_023_182 + at * 37),
  debtorName: `Ingrid Exempelsson ${at + 1}`,
  principalAmount: 125_000n + BigInt(at) * 100n,
  interestAmount: at % 3 === 0 ? 479n : 0n,
  reminderFeeAmount: at % 3 === 0 ? 6_000n : 0n,
  collectionFeeAmount: 0n,
  compensationAmount: 0n,
});

/**
 * A settlement of twelve receipts. By hand: 12 × 1 250 + (0+1+…+11) × 1 = 15 066,00; interest 4 × 4,79 = 19,16; fees 4 × 60 = 240,00;
 * in all 15 325,16. Opening 100,00, returned 1 250,00, fees 12 × 6,50 + 4 × 9,00 = 114,00, VAT 28,50, payout 14 032,66, closing 0,00.
 */
export const settlement = (changes: Partial<Settlement> = {}): Settlement => ({
  kind: 'settlement',
  number: '17',
  date: isoDate('2026-10-16'),
  period: { start: isoDate('2026-10-01'), end: isoDate('2026-10-15') },
  language: 'sv',
  currency: 'SEK',
  bureau: {
    name: 'Fiktiva Utskriftshuset AB',
    organisationNumber: '5599990008',
    vatId: 'SE559999000801',
    address: { line1: 'Påhittade vägen 1', postcode: '100 01', city: 'Stenstad', country: 'SE' },
    telephone: '010-000 00 01',
    email: 'reskontra@utskriftshuset.example.se',
  },
  client: {
    name: 'Åsboda Vattenförening ek. för.',
    organisationNumber: '7696001234',
    vatId: 'SE769600123401',
    address: { line1: 'Källvägen 4', postcode: '471 12', city: 'Åsboda', country: 'SE' },
  },
  openingAmount: 10_000n,
  received: Array.from({ length: 12 }, (_, at) => receipt(at)),
  receivedAmount: 1_532_516n,
  returned: [{ bookedOn: isoDate('2026-10-12'), reason: 'reversal', invoiceNumber: '10023182', amount: 125_000n }],
  returnedAmount: 125_000n,
  restored: [],
  restoredAmount: 0n,
  fees: [
    { feeKind: 'letter', count: 12, priceAmount: 650n, amount: 7_800n },
    { feeKind: 'reminder', count: 4, priceAmount: 900n, amount: 3_600n },
  ],
  feesAmount: 11_400n,
  vatRate: decimal('25'),
  vatAmount: 2_850n,
  payoutAmount: 1_403_266n,
  payout: { on: isoDate('2026-10-19'), receiver: { kind: 'bankgiro', number: '9912346' } },
  closingAmount: 0n,
  ...changes,
});

/** The same with many receipts and nothing else but a payout of all of it. */
export function longSettlement(count: number): Settlement {
  const received = Array.from({ length: count }, (_, at) => receipt(at));
  const receivedAmount = received.reduce(
    (sum, one) => sum + one.principalAmount + one.interestAmount + one.reminderFeeAmount,
    0n,
  );
  const none = { returned: [], returnedAmount: 0n, fees: [], feesAmount: 0n, vatAmount: 0n, openingAmount: 0n };
  return settlement({ ...none, received, receivedAmount, payoutAmount: receivedAmount, closingAmount: 0n });
}
