import { decimal, decimalOfAmount, unscale } from './decimal.ts';
import type { Invoice, InvoiceLine, VatGroup } from './invoice.ts';
import type { IsoDate } from './iso-date.ts';
import type { Language } from './language.ts';
import { absolute, divideRounded, sum, type Minor } from './money.ts';

export interface CreditNoteTerms {
  readonly number: string;
  readonly issueDate: IsoDate;
  /** What the debtor owes less, VAT included; more than zero and at most what the invoice was for. */
  readonly amount: Minor;
  readonly language: Language;
}

/**
 * The credit note (kreditfaktura, ML 17:22–23) for an invoice or a part of it: seller and buyer as they stood there, a number of its own, and
 * which invoice it credits. One for the whole repeats the invoice's lines. One for a part has a line per VAT rate, the amount divided
 * among the rates as in the invoice, so that the output VAT falls with the sale.
 */
export function makeCreditNote(invoice: Invoice, terms: CreditNoteTerms): Invoice {
  const { dueDate: _due, paymentTerms: _terms, note: _note, ...kept } = invoice;
  const head: Invoice = {
    ...kept,
    kind: 'creditNote',
    typeCode: CREDIT_NOTE,
    number: terms.number,
    issueDate: terms.issueDate,
    precedingInvoices: [{ number: invoice.number, issueDate: invoice.issueDate }],
    paymentMeans: [],
    attachments: [],
  };
  const whole = terms.amount === invoice.totals.payableAmount && (invoice.totals.prepaidAmount ?? 0n) === 0n;
  return whole ? head : { ...head, ...partOf(invoice, terms) };
}

/** UNTDID 1001: credit note. */
const CREDIT_NOTE = '381';
/** UN/ECE Recommendation 20: one. */
const ONE = 'C62';

function partOf(
  { vatBreakdown, number }: Invoice,
  { amount, language }: CreditNoteTerms,
): Pick<Invoice, 'lines' | 'vatBreakdown' | 'totals' | 'allowancesAndCharges'> {
  const groups = divideAmount(amount, vatBreakdown);
  const lines = groups.map((group, index) => lineOf(group, index, lineNames[language](number)));
  const netAmount = sum(groups.map((group) => group.baseAmount));
  const vatAmount = sum(groups.map((group) => group.vatAmount));
  return {
    lines,
    vatBreakdown: groups,
    allowancesAndCharges: [],
    totals: { linesAmount: netAmount, netAmount, vatAmount, grossAmount: amount, payableAmount: amount },
  };
}

/** Shares of an amount by what each VAT group came to; the last takes what rounding leaves, so that they add up. */
function divideAmount(amount: Minor, groups: readonly VatGroup[]): readonly VatGroup[] {
  const gross = sum(groups.map(grossOf));
  if (gross <= 0n) throw new RangeError(`an invoice of ${gross} has nothing to credit`);
  let left = amount;
  return groups
    .map((group, index) => {
      const share = index === groups.length - 1 ? left : divideRounded(amount * grossOf(group), gross);
      left -= share;
      const vatAmount = vatWithin(share, group);
      return { ...group, baseAmount: share - vatAmount, vatAmount };
    })
    .filter((group) => group.baseAmount !== 0n);
}

const grossOf = ({ baseAmount, vatAmount }: VatGroup): Minor => baseAmount + vatAmount;

/** The VAT in an amount that includes it: amount × rate ÷ (100 + rate). */
function vatWithin(amount: Minor, { rate, vatAmount }: VatGroup): Minor {
  if (rate === undefined || vatAmount === 0n) return 0n;
  const { unscaled, scale } = unscale(rate);
  return divideRounded(amount * unscaled, 100n * 10n ** BigInt(scale) + unscaled);
}

const lineOf = ({ code, rate, baseAmount }: VatGroup, index: number, name: string): InvoiceLine => ({
  id: String(index + 1),
  // A price is never negative (BT-146); a discount stands as a negative quantity.
  quantity: decimal(baseAmount < 0n ? '-1' : '1'),
  unit: ONE,
  netAmount: baseAmount,
  allowancesAndCharges: [],
  name,
  classifications: [],
  vat: { code, ...(rate === undefined ? {} : { rate }) },
  attributes: [],
  price: { net: decimalOfAmount(absolute(baseAmount)) },
});

const lineNames: Readonly<Record<Language, (number: string) => string>> = {
  sv: (number) => `Kreditering av faktura ${number}`,
  en: (number) => `Credit of invoice ${number}`,
};
