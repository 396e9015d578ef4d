import { isoDate } from '#engine/iso-date.ts';
import type { OutgoingPayment, PaymentFile, PaymentGroup } from '#engine/settlement/payment-file.ts';

const uppsala = { name: 'Gröna Dalens Städ AB', town: 'Uppsala', country: 'SE' };
const debtor = { name: 'Påhittade Byrån AB', town: 'Stockholm', country: 'SE', id: '5560004615', scheme: 'BANK' } as const;

const group = (terms: Pick<PaymentGroup, 'id' | 'account' | 'transactions'>): PaymentGroup => ({
  executionDate: isoDate('2026-11-24'),
  currency: 'SEK',
  debtor,
  bankBic: 'ESSESESS',
  serviceLevel: 'NURG',
  ...terms,
});

const payment = (number: number, terms: Omit<OutgoingPayment, 'id' | 'creditor'>): OutgoingPayment => ({
  id: `PO-20261123-0001-T${number}`,
  creditor: uppsala,
  ...terms,
});

/** A payout with every kind of account and remittance: 1500.00 + 900.00 from the bankgiro, 1200.50 + 2000.00 + 1.00 from the account. */
export const samplePaymentFile: PaymentFile = {
  messageId: 'PO-20261123-0001',
  createdAt: '2026-11-23T06:00:00+01:00',
  initiator: { name: 'Påhittade Byrån AB', id: '5560004615', scheme: 'CUST' },
  payments: [
    group({
      id: 'PO-20261123-0001-P1',
      account: { kind: 'bankgiro', number: '9912346' },
      transactions: [
        payment(1, {
          amount: 150_000n,
          account: { kind: 'bankgiro', number: '50501055' },
          remittance: { kind: 'reference', reference: '1234566' },
        }),
        payment(2, {
          amount: 90_000n,
          account: { kind: 'bankgiro', number: '50501055' },
          remittance: {
            kind: 'documents',
            documents: [
              { kind: 'invoice', number: 'F-1001', amount: 100_000n },
              { kind: 'credit-note', number: 'K-1002', amount: 10_000n },
            ],
          },
        }),
      ],
    }),
    group({
      id: 'PO-20261123-0001-P2',
      account: { kind: 'iban', number: 'SE4550000000058398257466' },
      transactions: [
        payment(3, {
          amount: 120_050n,
          account: { kind: 'plusgiro', number: '1234566' },
          remittance: { kind: 'text', text: 'Utbetalning "november" & rest_2026' },
        }),
        payment(4, {
          amount: 200_000n,
          account: { kind: 'account', number: '6290-401234567' },
          remittance: { kind: 'text', text: 'Avräkning 12' },
        }),
        payment(5, {
          amount: 100n,
          account: { kind: 'iban', number: 'SE4550000000058398257466' },
          remittance: { kind: 'text', text: 'Återbetalning' },
        }),
      ],
    }),
  ],
};
