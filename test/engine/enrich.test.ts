import { sweden } from '#engine/countries/se/sweden.ts';
import { describe, expect, test } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import type { Agreement, PaymentAccountTerms } from '#engine/agreement.ts';
import type { BankCalendar } from '#engine/bank-days.ts';
import { decimal } from '#engine/decimal.ts';
import { enrich, needsReference, type EnrichmentContext } from '#engine/enrich.ts';
import type { Invoice, Seller } from '#engine/invoice.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { Directions } from '#engine/submission.ts';

const calendar: BankCalendar = { country: 'SE', firstYear: 2026, lastYear: 2027, closedDays: new Set([isoDate('2026-12-25')]) };
const seller: Seller = { name: 'Provets Förening', identifiers: [], address: { country: 'SE' } };
const bankgiro: PaymentAccountTerms = {
  kind: 'bankgiro',
  number: '9912346',
  reference: { prefix: '10', serialDigits: 8, source: 'ours' },
};

const agreement = {
  client: 'prov',
  version: 3,
  product: 'service',
  country: 'SE',
  language: 'sv',
  currency: 'SEK',
  seller,
  paymentAccounts: [bankgiro, { ...bankgiro, kind: 'plusgiro', number: '12345674' }],
  channels: ['print'],
  debtorClass: 'consumer',
  terms: {
    paymentDays: 15,
    bankDayRule: 'next-bank-day',
    minimumDays: 10,
    dueDateAgreed: true,
    lateInterest: { kind: 'statutory' },
    reminderFeeAmount: 6_000n,
  },
} as unknown as Agreement;

const invoice = {
  kind: 'invoice',
  number: '7',
  issueDate: isoDate('2026-12-10'),
  currency: 'SEK',
  seller,
  buyer: { name: 'Anna Exempelsson', address: { postcode: '100 12', country: 'SE' } },
  paymentMeans: [],
  totals: { payableAmount: 125_000n },
} as unknown as Invoice;

const context: EnrichmentContext = {
  parts,
  agreement,
  country: { bankCalendar: calendar, letterWords: sweden.letterWords },
  reference: '100000000108',
};
const enriched = (changes: Partial<Invoice> = {}, directions: Directions = {}, more: Partial<EnrichmentContext> = {}) =>
  enrich({ invoice: { ...invoice, ...changes }, directions }, { ...context, ...more });

describe('what the bureau fills in', () => {
  test('the due date by terms and bank days, both kept (F19)', () => {
    expect(enriched().dueDate).toEqual({
      dueDate: '2026-12-28',
      termsDate: '2026-12-25',
      source: 'terms',
      moved: ['next-bank-day'],
    });
    expect(enriched().invoice.dueDate).toBe('2026-12-28');
  });

  test('every account with the same reference and code (UBL-SR-44, -47)', () => {
    expect(enriched().invoice.paymentMeans).toEqual([
      { code: '30', reference: '100000000108', account: { id: '9912346', name: 'Provets Förening', branch: 'SE:BANKGIRO' } },
      { code: '30', reference: '100000000108', account: { id: '12345674', name: 'Provets Förening', branch: 'SE:PLUSGIRO' } },
    ]);
  });

  test('the terms sentence in the document’s language, unless the sender wrote one', () => {
    expect(enriched().invoice.paymentTerms).toBe(
      'Betalningsvillkor 15 dagar netto. Efter förfallodagen debiteras dröjsmålsränta enligt räntelagen. Påminnelseavgift 60 kr.',
    );
    expect(enriched({}, { language: 'en' }).invoice.paymentTerms).toMatch(/^Terms of payment: 15 days net\./);
    expect(enriched({ paymentTerms: 'Enligt avtal' }).invoice.paymentTerms).toBe('Enligt avtal');
    const contract = {
      ...agreement,
      terms: { ...agreement.terms, lateInterest: { kind: 'contract' as const, percent: decimal('12.5') } },
    };
    expect(enriched({}, {}, { agreement: contract }).invoice.paymentTerms).toContain('dröjsmålsränta med 12,5 %.');
  });

  test.each<[string, Directions, Partial<EnrichmentContext>, string]>([
    ['the file', { language: 'en' }, { preferredLanguage: 'sv' }, 'en'],
    ['the register', {}, { preferredLanguage: 'en' }, 'en'],
    ['the agreement', {}, {}, 'sv'],
  ])('the language of %s', (_whose, directions, more, expected) => {
    expect(enriched({}, directions, more).language).toBe(expected);
  });
});

describe('payment references', () => {
  const senders = {
    ...agreement,
    paymentAccounts: [{ ...bankgiro, reference: { ...bankgiro.reference, source: 'sender' as const } }],
  };
  const withOwn = { paymentMeans: [{ code: '30', reference: '0000302406' }] };
  const zero = { totals: { ...invoice.totals, payableAmount: 0n } };

  test.each<[string, Partial<Invoice>, Agreement, boolean, string | undefined]>([
    ['ours where the agreement says so', withOwn, agreement, true, '100000000108'],
    ['the sender’s where it may stand', withOwn, senders, false, '0000302406'],
    ['ours where the sender gave none', {}, senders, true, '100000000108'],
    ['none on a credit note', { kind: 'creditNote' }, agreement, false, undefined],
    ['none where nothing is to be paid', zero, agreement, false, undefined],
  ])('%s', (_title, changes, terms, needed, expected) => {
    expect(needsReference({ invoice: { ...invoice, ...changes }, directions: {} }, terms)).toBe(needed);
    expect(enriched(changes, {}, { agreement: terms }).reference?.reference).toBe(expected);
  });

  test('a reference that is needed and not given is our mistake', () => {
    expect(() => enriched({}, {}, { reference: undefined })).toThrow(/document 7 needs a payment reference/);
  });
});

describe('what is delivered and kept', () => {
  test.each<[string, Agreement['product'], Directions, string, boolean]>([
    ['everything by default', 'service', {}, 'full', true],
    ['delivery only, by the file', 'service', { mode: 'distribute-only' }, 'distribute-only', true],
    ['delivery only, by the product', 'distribute-only', {}, 'distribute-only', true],
    ['ledger only', 'service', { mode: 'monitor-only' }, 'monitor-only', false],
  ])('%s', (_title, product, directions, mode, delivered) => {
    const result = enriched({}, directions, { agreement: { ...agreement, product } });
    expect(result.mode).toBe(mode);
    expect(result.channel !== undefined).toBe(delivered);
  });

  test.each<[string, Partial<Invoice['buyer']>, Directions, string]>([
    ['the client’s number', {}, { debtorNumber: 'M1' }, 'M1'],
    ['the buyer identifier', { identifier: { id: '20' }, legalId: { id: '5599980003' } }, {}, '20'],
    ['the registration number', { legalId: { id: '5599980003' } }, {}, '5599980003'],
    ['the electronic address', { endpoint: { id: '5599980003', scheme: '0007' } }, {}, '0007:5599980003'],
    ['name and postcode', {}, {}, 'Anna Exempelsson/100 12'],
  ])('the debtor goes by %s', (_title, buyer, directions, expected) => {
    expect(enriched({ buyer: { ...invoice.buyer, ...buyer } }, directions).debtor).toMatchObject({
      number: expected,
      class: 'consumer',
    });
  });
});
