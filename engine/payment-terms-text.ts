import type { PaymentTermsPolicy } from './agreement.ts';
import { formatAmount, type Minor } from './money.ts';
import type { Language } from './language.ts';

/**
 * The terms sentence of a document (BT-20): late interest and reminder fee must be said on the document for the debtor to be held to
 * them from the due date (reference/collection-rules.md §7.3).
 */
export function paymentTermsText(terms: PaymentTermsPolicy, language: Language): string {
  const words = texts[language];
  return [
    words.days(terms.paymentDays),
    words.interest(terms.lateInterest),
    terms.reminderFeeAmount === undefined ? '' : words.reminder(terms.reminderFeeAmount),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

interface Sentences {
  readonly days: (days: number) => string;
  readonly interest: (interest: PaymentTermsPolicy['lateInterest']) => string;
  readonly reminder: (fee: Minor) => string;
}

const texts: Readonly<Record<Language, Sentences>> = {
  sv: {
    days: (days) => `Betalningsvillkor ${days} dagar netto.`,
    interest: (interest) =>
      interest.kind === 'statutory'
        ? 'Efter förfallodagen debiteras dröjsmålsränta enligt räntelagen.'
        : interest.kind === 'contract'
          ? `Efter förfallodagen debiteras dröjsmålsränta med ${interest.percent.replace('.', ',')} %.`
          : '',
    reminder: (fee) => `Påminnelseavgift ${krona(fee)} kr.`,
  },
  en: {
    days: (days) => `Terms of payment: ${days} days net.`,
    interest: (interest) =>
      interest.kind === 'statutory'
        ? 'After the due date, late interest is charged under the Swedish Interest Act (räntelagen).'
        : interest.kind === 'contract'
          ? `After the due date, late interest of ${interest.percent} % is charged.`
          : '',
    reminder: (fee) => `Reminder fee SEK ${krona(fee)}.`,
  },
};

/** Whole kronor without decimals, as such fees are written. */
const krona = (amount: Minor): string => formatAmount(amount).replace(/\.00$/, '').replace('.', ',');
