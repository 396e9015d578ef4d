import type { ReferenceSource, RemittancePart, BankTransaction } from './bank-file.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Currency, Minor } from '../money.ts';
import { allocatePayment, type AllocatedPart, type Waiver, type OpenReceivable } from './allocate-payment.ts';
import { openTotal } from '../claims/receivable.ts';
import { isStructured } from './reference-keys.ts';

/** A receipt with everything that could tell what it is for. */
export interface PaymentFacts {
  readonly id: bigint;
  /** Positive. */
  readonly amount: Minor;
  readonly currency: Currency;
  readonly bookingDate: IsoDate;
  readonly valueDate: IsoDate;
  readonly interestOwed: (receivable: bigint) => Minor | undefined;
  readonly payerName: string | null;
  /** Charges that were taken out before: the parts may add up to the amount with them. */
  readonly chargesAmount: Minor;
  readonly matches: readonly Match[];
  readonly parts: readonly RemittancePart[];
}

/** Something of the payment was found among what the account's clients are owed. */
export interface Match {
  /** `reference`: an issued payment reference; `number`: an invoice's number; `payer`: the account has paid this debtor's debts before. */
  readonly by: 'reference' | 'number' | 'payer';
  readonly source: ReferenceSource;
  /** What was found, as it was looked for. */
  readonly value: string;
  /** Of a letter for several invoices there are several. */
  readonly receivables: readonly bigint[];
  /** `other-client`: not of those who are paid on this giro; `not-kept`: delivered only, nothing is owed to us. */
  readonly standing: 'right' | 'other-client' | 'not-kept';
}

/** Why money is not tied to anything (`suspense_item.reason`). */
export type SuspenseReason =
  | 'no-reference'
  | 'unknown-reference'
  | 'ambiguous'
  | 'other-client'
  | 'not-kept'
  | 'several-clients'
  | 'other-currency'
  | 'written-off'
  | 'credited'
  | 'hundredfold'
  | 'implausible'
  | 'part-unknown'
  | 'parts-differ';

export interface Candidate {
  readonly receivable: bigint;
  readonly invoice: string;
  readonly amount: Minor;
  readonly because: Match['by'];
}

export type PaymentDecision =
  | {
      readonly kind: 'tied';
      readonly client: string;
      readonly parts: readonly AllocatedPart[];
      readonly waivers: readonly Waiver[];
    }
  | { readonly kind: 'suspense'; readonly reason: SuspenseReason; readonly candidates: readonly Candidate[] };

/**
 * Decides what a receipt is for: exact reference, then invoice number, then payer's account with amount (reference/iso20022.md §2.7). The
 * payer's own word goes before any other order (reference/collection-rules.md §8.1); what is not certain is left to a person, with
 * candidates and a reason. Pure: the same facts give the same decision.
 */
export function decidePayment(facts: PaymentFacts, receivables: ReadonlyMap<bigint, OpenReceivable>): PaymentDecision {
  const known = { facts, receivables };
  const amounts = facts.parts.every((part) => part.amount !== undefined);
  if (facts.parts.length > 1 && amounts) return decideByParts(known);
  const right = facts.matches.filter((match) => match.standing === 'right');
  const best = bestMatches(right.filter((match) => match.by === 'reference'));
  if (best.length > 0) return decideByReference(known, best);
  const wrong = facts.matches.find((match) => match.by === 'reference');
  if (wrong !== undefined) return suspense(known, wrong.standing === 'not-kept' ? 'not-kept' : 'other-client', []);
  const numbered = bestMatches(right.filter((match) => match.by === 'number'));
  if (numbered.length > 0) return decideByNumber(known, numbered);
  return decideByPayer(
    known,
    right.filter((match) => match.by === 'payer'),
  );
}

interface Known {
  readonly facts: PaymentFacts;
  readonly receivables: ReadonlyMap<bigint, OpenReceivable>;
}

/** Those of the best source; the same receivable found twice there is found once. */
function bestMatches(matches: readonly Match[]): readonly Match[] {
  const [first] = matches;
  if (first === undefined) return [];
  const seen = new Set<string>();
  return matches.filter(({ source, receivables }) => {
    const key = receivables.join();
    const fresh = source === first.source && !seen.has(key);
    seen.add(key);
    return fresh;
  });
}

const decideByReference = (known: Known, matches: readonly Match[]): PaymentDecision => {
  const found = receivablesOf(known, matches);
  if (matches.length === 1) return tie(known, found, matches);
  // Several references and one sum: certain only if they add up to it.
  const total = sumOpen(found);
  return total === known.facts.amount ? tie(known, found, matches) : suspense(known, 'ambiguous', matches);
};

function decideByNumber(known: Known, matches: readonly Match[]): PaymentDecision {
  const found = receivablesOf(known, matches);
  const total = sumOpen(found);
  const { amount, payerName } = known.facts;
  if (matches.length > 1) return total === amount ? tie(known, found, matches) : suspense(known, 'ambiguous', matches);
  const structured = matches.every(({ source }) => isStructured(source));
  // Numbers are short and everyone's start at 1001: another sign must speak for it, in free text the stronger.
  const payerFits = payerName !== null && found.every(({ debtorName }) => resemble(payerName, debtorName));
  const amountFits = total === amount || (structured && total > 0n && amount < total);
  return payerFits || amountFits ? tie(known, found, matches) : suspense(known, 'implausible', matches);
}

function decideByPayer(known: Known, matches: readonly Match[]): PaymentDecision {
  const found = receivablesOf(known, matches).filter((item) => openTotal(item) === known.facts.amount);
  if (found.length === 1) return tie(known, found, matches);
  if (matches.length > 0) return suspense(known, 'ambiguous', matches);
  return suspense(
    known,
    known.facts.matches.length > 0 || known.facts.parts.length > 0 ? 'unknown-reference' : 'no-reference',
    [],
  );
}

/** Several structured parts with amounts: each goes where it says, credit notes counted against the sum (§2.7, check B9). */
function decideByParts(known: Known): PaymentDecision {
  const { facts } = known;
  const matches = facts.matches.filter((match) => match.by !== 'payer');
  const stated = facts.parts.reduce((total, part) => total + (part.kind === 'invoice' ? part.amount! : -part.amount!), 0n);
  if (stated !== facts.amount && stated !== facts.amount + facts.chargesAmount) return suspense(known, 'parts-differ', matches);
  const named = facts.parts.map((part) => ({ part, match: matchOfPart(matches, part) }));
  const lost = named.some(({ part, match }) => match === undefined && part.kind === 'invoice');
  if (lost) return suspense(known, 'part-unknown', matches);
  const found = named.flatMap(({ part, match }) =>
    match === undefined ? [] : receivablesOf(known, [match]).map((receivable) => ({ receivable, limit: part.amount! })),
  );
  const all = found.map(({ receivable }) => receivable);
  return tie(known, all, matches, found);
}

const matchOfPart = (matches: readonly Match[], part: RemittancePart): Match | undefined =>
  matches.find(({ value, standing }) => standing === 'right' && sameReference(value, part.reference));

const sameReference = (a: string, b: string): boolean => withoutPadding(a) === withoutPadding(b);
const withoutPadding = (text: string): string => text.replaceAll(/\s/g, '').replace(/^0+/, '');

/** A hundredfold amount is a lost decimal point, at the payer's or somewhere on the way (fault XB7). */
const DECIMAL_ERROR = 100n;

function tie(
  known: Known,
  found: readonly OpenReceivable[],
  matches: readonly Match[],
  limited: readonly { readonly receivable: OpenReceivable; readonly limit: Minor }[] = found.map((receivable) => ({
    receivable,
    limit: openTotal(receivable),
  })),
): PaymentDecision {
  const { facts } = known;
  const clients = new Set(found.map(({ client }) => client));
  const [client] = clients;
  const reason = refusal(facts, found, clients.size);
  if (reason !== undefined || client === undefined) return suspense(known, reason ?? 'unknown-reference', matches);
  return { kind: 'tied', client, ...allocatePayment(facts, limited) };
}

function refusal(facts: PaymentFacts, found: readonly OpenReceivable[], clients: number): SuspenseReason | undefined {
  if (found.length === 0) return 'unknown-reference';
  if (clients > 1) return 'several-clients';
  if (found.some(({ currency }) => currency !== facts.currency)) return 'other-currency';
  const invoices = found.filter(({ kind }) => kind === 'invoice');
  if (invoices.length === 0) return 'credited';
  const total = sumOpen(invoices);
  if (total > 0n) return facts.amount === total * DECIMAL_ERROR ? 'hundredfold' : undefined;
  // Nothing is owed any more: what was paid before is paid twice, what was given up or credited is for a person to see.
  if (invoices.some(({ writtenOffAmount }) => writtenOffAmount !== 0n)) return 'written-off';
  return invoices.every(({ paidAmount }) => paidAmount === 0n) ? 'credited' : undefined;
}

const sumOpen = (found: readonly OpenReceivable[]): Minor => found.reduce((total, item) => total + openTotal(item), 0n);

function receivablesOf({ receivables }: Known, matches: readonly Match[]): readonly OpenReceivable[] {
  const ids = new Set(matches.flatMap((match) => match.receivables));
  return [...ids].flatMap((id) => receivables.get(id) ?? []);
}

const MAX_CANDIDATES = 5;

function suspense(known: Known, reason: SuspenseReason, matches: readonly Match[]): PaymentDecision {
  const candidates = matches.flatMap((match) =>
    receivablesOf(known, [match]).map((item) => ({
      receivable: item.id,
      invoice: item.invoiceNumber,
      amount: openTotal(item),
      because: match.by,
    })),
  );
  return { kind: 'suspense', reason, candidates: candidates.slice(0, MAX_CANDIDATES) };
}

/** What a transaction on the account is, as it is stored (reference/iso20022.md §2.6). */
export type PaymentKind = 'receipt' | 'reversal' | 'payout' | 'payout-return' | 'cost' | 'unclear';

export interface ClassifiedBy {
  /** Signed: positive raises the account's balance. */
  readonly amount: Minor;
  readonly hint: BankTransaction['hint'];
  /** One of its ids is the id of a payout of ours. */
  readonly ofPayout: boolean;
  /** It carries a reference that could be one of ours: the right check digit. */
  readonly hasReference: boolean;
}

/**
 * The table of reference/iso20022.md §2.6. Ids of ours decide first, then the direction; the bank's codes are hints: they tell a charge
 * only where no valid reference says that a debtor paid, and a correction of an earlier receipt only on a debit.
 */
export function classifyTransaction({ amount, hint, ofPayout, hasReference }: ClassifiedBy): PaymentKind {
  if (ofPayout) return amount < 0n ? 'payout' : 'payout-return';
  if (hint === 'lump') return 'unclear';
  if (hint === 'charge' && !(amount > 0n && hasReference)) return 'cost';
  if (amount > 0n) return hint === 'return' ? 'unclear' : 'receipt';
  return hint === 'return' ? 'reversal' : 'unclear';
}

/**
 * Do two names mean the same party as far as one can tell? Banks cut names, change case and drop accents, and put the family name
 * first; so the words of the shorter must all begin words of the longer. Legal forms say nothing.
 */
export function resemble(a: string, b: string): boolean {
  const [few = [], many = []] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length);
  return few.length > 0 && few.every((word) => many.some((other) => other.startsWith(word) || word.startsWith(other)));
}

const LEGAL_FORMS = new Set(['ab', 'hb', 'kb', 'ek', 'for', 'as', 'aps', 'oy', 'publ']);
/** Shorter words, such as initials, begin too many others. */
const MIN_WORD = 3;

const wordsOf = (name: string): readonly string[] =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length >= MIN_WORD && !LEGAL_FORMS.has(word));
