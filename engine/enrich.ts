import type { Agreement, PaymentAccountTerms, PaymentTermsPolicy } from './agreement.ts';
import type { Country } from './sockets/country.ts';
import { decideChannel, type ChannelDecision } from './channel.ts';
import { debtorOf, type Debtor } from './claims/receivable.ts';
import type { Invoice, PaymentMeans } from './invoice.ts';
import type { Language } from './language.ts';
import { invoicedAccount } from './sockets/account-scheme.ts';
import type { Parts } from './sockets/parts.ts';
import type { ServiceMode, Submission } from './submission.ts';
import { bankDayOnOrAfter, type BankCalendar } from './bank-days.ts';
import { addDays, type IsoDate } from './iso-date.ts';
import { currencyUnits, formatAmount, type Currency, type Minor } from './money.ts';

/** A document as it will be issued, with every decision that was made for it. */
export interface EnrichedInvoice {
  readonly invoice: Invoice;
  readonly debtor: Debtor;
  readonly mode: ServiceMode;
  readonly language: Language;
  /** Absent where nothing falls due: credit notes. */
  readonly dueDate?: DueDate;
  /** Absent where nobody is to pay by reference. */
  readonly reference?: IssuedReference;
  /** Absent where nothing is delivered: monitor-only. */
  readonly channel?: ChannelDecision;
}

export interface IssuedReference {
  readonly account: PaymentAccountTerms;
  readonly reference: string;
}

export interface EnrichmentContext {
  readonly parts: Pick<Parts, 'accounts' | 'channels' | 'countries'>;
  readonly agreement: Agreement;
  /** The agreement's country. */
  readonly country: Pick<Country, 'bankCalendar' | 'letterWords'>;
  /** From the debtor register. */
  readonly preferredChannel?: string | undefined;
  readonly preferredLanguage?: Language | undefined;
  /** The next reference of the account's series, if `needsReference`. */
  readonly reference?: string | undefined;
}

type Read = Pick<Submission, 'invoice' | 'directions'>;

/** Is a reference of ours to be taken from the series for this document? */
export const needsReference = ({ invoice }: Read, agreement: Agreement): boolean =>
  isToBePaid(invoice) && senderReference(invoice, agreement) === undefined;

/** The sender's own reference, where the agreement lets it stand. */
export function senderReference(invoice: Invoice, agreement: Agreement): string | undefined {
  if (!isToBePaid(invoice) || agreement.paymentAccounts[0]?.reference.source !== 'sender') return undefined;
  return invoice.paymentMeans.find((means) => means.reference !== undefined)?.reference;
}

const isToBePaid = (invoice: Invoice): boolean => invoice.kind === 'invoice' && invoice.totals.payableAmount > 0n;

/**
 * Fills in what the sender left to the bureau: debtor, payment reference and accounts, due date by terms and bank days, terms text,
 * channel, language. Pure; each decision comes back with its reason. Throws if a reference is needed and none is given.
 */
export function enrich(read: Read, context: EnrichmentContext): EnrichedInvoice {
  const { agreement } = context;
  const { directions } = read;
  const mode = directions.mode ?? (agreement.product === 'distribute-only' ? 'distribute-only' : 'full');
  const language = directions.language ?? context.preferredLanguage ?? agreement.language;
  const dueDate =
    read.invoice.kind === 'invoice'
      ? decideDueDate({
          issueDate: read.invoice.issueDate,
          stated: read.invoice.dueDate,
          terms: agreement.terms,
          calendar: context.country.bankCalendar,
        })
      : undefined;
  const reference = referenceFor(read, context);
  const invoice: Invoice = {
    ...read.invoice,
    ...(dueDate ? { dueDate: dueDate.dueDate, paymentTerms: termsOf(read.invoice, context, language) } : {}),
    ...(reference ? { paymentMeans: paymentMeansOf(context, reference.reference) } : {}),
  };
  const question = {
    parts: context.parts,
    invoice,
    direction: directions.channel,
    preference: context.preferredChannel,
    policy: agreement.channels,
  };
  return {
    invoice,
    debtor: debtorOf(read, agreement),
    mode,
    language,
    ...(dueDate ? { dueDate } : {}),
    ...(reference ? { reference } : {}),
    ...(mode === 'monitor-only' ? {} : { channel: decideChannel(question) }),
  };
}

function referenceFor(read: Read, { agreement, reference }: EnrichmentContext): IssuedReference | undefined {
  if (!isToBePaid(read.invoice)) return undefined;
  const account = agreement.paymentAccounts[0];
  if (!account) throw new Error(`agreement ${agreement.client}/${agreement.version} has no payment account`);
  const given = senderReference(read.invoice, agreement) ?? reference;
  if (given === undefined) throw new Error(`document ${read.invoice.number} needs a payment reference`);
  return { account, reference: given };
}

/** All accounts as credit transfers with the same reference (reference/einvoice.md §1.8, UBL-SR-44 and -47). */
const paymentMeansOf = ({ agreement, parts }: EnrichmentContext, reference: string): readonly PaymentMeans[] =>
  agreement.paymentAccounts.map((account) => ({
    code: '30',
    reference,
    account: invoicedAccount(parts, account, agreement.seller.name),
  }));

const termsOf = (invoice: Invoice, { agreement, country: { letterWords } }: EnrichmentContext, language: Language): string =>
  invoice.paymentTerms ?? paymentTermsText(agreement.terms, { language, currency: invoice.currency, letterWords });

/** The due date with the steps that led to it; both dates are stored with the document (F19). */
interface DueDate {
  /** What the document says and the debtor is held to. */
  readonly dueDate: IsoDate;
  /** Before minimum days and bank days: the sender's own date or the issue date plus the terms' days. */
  readonly termsDate: IsoDate;
  readonly source: 'sender' | 'terms';
  /** Why the due date is later than the terms' date, in the order applied; empty if it is the same. */
  readonly moved: readonly ('minimum-days' | 'next-bank-day')[];
}

export interface DueDateQuestion {
  readonly issueDate: IsoDate;
  /** The due date that the sender's file states, if any. */
  readonly stated?: IsoDate | undefined;
  readonly terms: Pick<PaymentTermsPolicy, 'paymentDays' | 'minimumDays' | 'bankDayRule'>;
  readonly calendar: BankCalendar;
}

/**
 * The due date of a document: the sender's date or issue date plus days, never nearer than the minimum, moved to a bank day if the
 * agreement says so. It is only ever moved out, in the debtor's favour. Throws a MissingBankCalendarError for a year without calendar.
 */
export function decideDueDate({ issueDate, stated, terms, calendar }: DueDateQuestion): DueDate {
  const termsDate = stated ?? addDays(issueDate, terms.paymentDays);
  const earliest = addDays(issueDate, terms.minimumDays);
  const kept = termsDate < earliest ? earliest : termsDate;
  const dueDate = terms.bankDayRule === 'next-bank-day' ? bankDayOnOrAfter(calendar, kept) : kept;
  return {
    dueDate,
    termsDate,
    source: stated === undefined ? 'terms' : 'sender',
    moved: [
      ...(kept === termsDate ? [] : (['minimum-days'] as const)),
      ...(dueDate === kept ? [] : (['next-bank-day'] as const)),
    ],
  };
}

/**
 * The terms sentence of a document (BT-20): late interest and reminder fee must be said on the document for the debtor to be held to
 * them from the due date (reference/collection-rules.md §7.3).
 */
function paymentTermsText(
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
