import type { PaymentTermsPolicy } from './agreement.ts';
import { currencyUnits, formatAmount, type Currency, type Minor } from './money.ts';
import type { Country } from './sockets/country.ts';
import type { Language } from './language.ts';

/**
 * The terms sentence of a document (BT-20): late interest and reminder fee must be said on the document for the debtor to be held to
 * them from the due date (reference/collection-rules.md §7.3).
 */
export function paymentTermsText(
  terms: PaymentTermsPolicy,
  { language, currency, letterWords }: { language: Language; currency: Currency; letterWords: Country['letterWords'] },
): string {
  const words = texts[language];
  return [
    words.days(terms.paymentDays),
    words.interest(terms.lateInterest, letterWords[language].interestTerms),
    terms.reminderFeeAmount === undefined
      ? ''
      : words.reminder(feeText(terms.reminderFeeAmount), currencyUnits[currency]?.[language] ?? currency),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

interface Sentences {
  readonly days: (days: number) => string;
  readonly interest: (interest: PaymentTermsPolicy['lateInterest'], law: string) => string;
  readonly reminder: (fee: string, unit: string) => string;
}

const texts: Readonly<Record<Language, Sentences>> = {
  sv: {
    days: (days) => `Betalningsvillkor ${days} dagar netto.`,
    interest: (interest, law) =>
      interest.kind === 'statutory'
        ? `Efter förfallodagen debiteras dröjsmålsränta ${law}.`
        : interest.kind === 'contract'
          ? `Efter förfallodagen debiteras dröjsmålsränta med ${interest.percent.replace('.', ',')} %.`
          : '',
    reminder: (fee, unit) => `Påminnelseavgift ${fee} ${unit}.`,
  },
  en: {
    days: (days) => `Terms of payment: ${days} days net.`,
    interest: (interest, law) =>
      interest.kind === 'statutory'
        ? `After the due date, late interest is charged ${law}.`
        : interest.kind === 'contract'
          ? `After the due date, late interest of ${interest.percent} % is charged.`
          : '',
    reminder: (fee, unit) => `Reminder fee ${unit} ${fee}.`,
  },
};

/** A whole amount without decimals, as such fees are written. */
const feeText = (amount: Minor): string => formatAmount(amount).replace(/\.00$/, '').replace('.', ',');
