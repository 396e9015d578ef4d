import { finding, type Finding } from '../finding.ts';

/** A bank's answer to a payment file (pain.002), as it was read. */
export interface PaymentStatusReport {
  readonly format: string;
  readonly messageId: string;
  /** As written; informative only. */
  readonly createdAt: string;
  /** `MsgId` of the payment file it answers. */
  readonly originalMessageId: string;
  readonly status?: string;
  readonly reasons: readonly StatusReason[];
  readonly payments: readonly PaymentStatus[];
}

/** Of one `PmtInf`. */
export interface PaymentStatus {
  readonly paymentInformationId: string;
  readonly status?: string;
  readonly reasons: readonly StatusReason[];
  /** `NbOfTxsPerSts`: how many transactions the bank counts in a status. */
  readonly counts: readonly { readonly status: string; readonly transactions: number }[];
  readonly transactions: readonly TransactionStatus[];
  readonly line: number;
}

export interface TransactionStatus {
  readonly instructionId?: string;
  readonly endToEndId?: string;
  readonly status?: string;
  readonly reasons: readonly StatusReason[];
  readonly line: number;
}

export interface StatusReason {
  /** Such as `AC04`; the bank's own where it is none of the standard's. */
  readonly code?: string;
  readonly text: string;
}

/** What we sent, as far as a report can answer it. */
export interface SentPaymentFile {
  readonly messageId: string;
  readonly payments: readonly { readonly id: string; readonly transactionIds: readonly string[] }[];
}

/**
 * What a report says of one of our transactions. `duplicate`: the bank has it already, so it is on its way and is never sent anew;
 * `unchanged`: nothing about it. `settled` on the debtor's side is not final: that is the debit in the account report.
 */
export type PayoutOutcome = 'received' | 'accepted' | 'settling' | 'rejected' | 'duplicate' | 'unchanged';

export interface ResolvedStatus {
  readonly transactionId: string;
  readonly outcome: PayoutOutcome;
  /** As the bank wrote it; absent where nothing was said. */
  readonly status?: string;
  readonly level?: 'transaction' | 'payment' | 'group';
  readonly reasons: readonly StatusReason[];
}

export interface ResolvedStatuses {
  readonly statuses: readonly ResolvedStatus[];
  /** What an operator must know: parts of the report that are not ours, and rejections that are told in two ways. */
  readonly findings: readonly Finding[];
}

/**
 * The effective status of each transaction of ours by a report: its own, else its payment's unless PART, else the group's unless PART, else
 * unchanged; what is not listed is not rejected (reference/iso20022.md §7, rules 1, 2, 4 and 5). A report of another file changes nothing.
 */
export function resolveStatuses(report: PaymentStatusReport, sent: SentPaymentFile): ResolvedStatuses {
  if (!sameId(report.originalMessageId, sent.messageId)) {
    const unknown = finding('PAIN-UNKNOWN-MESSAGE', { value: report.originalMessageId, facts: { expected: sent.messageId } });
    return { statuses: [], findings: [unknown] };
  }
  const findings = [...strangersIn(report, sent)];
  const statuses = sent.payments.flatMap((payment) => {
    const said = report.payments.find(({ paymentInformationId }) => sameId(paymentInformationId, payment.id));
    const wholePayment = said !== undefined && isRejectedWhole(said, payment.transactionIds.length, findings);
    const told = transactionsById(said?.transactions ?? []);
    return payment.transactionIds.map((id) => resolveOne(id, told.get(plainId(id)), { payment: said, wholePayment, report }));
  });
  return { statuses, findings };
}

/** The rank of outcomes: reports arrive in any order, and a status never goes down (rule 3). */
const ranks: Readonly<Record<PayoutOutcome, number>> = {
  unchanged: 0,
  duplicate: 1,
  received: 1,
  accepted: 2,
  settling: 3,
  rejected: 4,
};

/** What holds after another report; a rejection goes over everything but money that was seen to leave the account, which others know. */
export const laterOutcome = (known: PayoutOutcome, reported: PayoutOutcome): PayoutOutcome =>
  ranks[reported] > ranks[known] ? reported : known;

/** The first that a report says of each. */
const transactionsById = (transactions: readonly TransactionStatus[]): ReadonlyMap<string, TransactionStatus> =>
  new Map(transactions.toReversed().map((item) => [plainId(idOf(item)), item]));

interface Around {
  readonly payment: PaymentStatus | undefined;
  readonly wholePayment: boolean;
  readonly report: PaymentStatusReport;
}

function resolveOne(id: string, own: TransactionStatus | undefined, { payment, wholePayment, report }: Around): ResolvedStatus {
  const reasons = own?.reasons ?? [];
  if (own?.status !== undefined) return resolved(id, own.status, 'transaction', own.reasons);
  if (payment?.status !== undefined && payment.status !== PARTLY) {
    const isSpared = isRejection(payment.status) && !wholePayment && own === undefined;
    if (isSpared) return { transactionId: id, outcome: 'unchanged', reasons: [] };
    return resolved(id, payment.status, 'payment', reasons.length > 0 ? reasons : payment.reasons);
  }
  if (payment?.status === undefined && report.status !== undefined && report.status !== PARTLY) {
    return resolved(id, report.status, 'group', report.reasons);
  }
  return { transactionId: id, outcome: 'unchanged', reasons };
}

const PARTLY = 'PART';

const resolved = (
  transactionId: string,
  status: string,
  level: NonNullable<ResolvedStatus['level']>,
  reasons: readonly StatusReason[],
): ResolvedStatus => ({ transactionId, outcome: outcomeOf(status, reasons), status, level, reasons });

/** §7, the table of statuses; one that is not known changes nothing. */
const outcomes: Readonly<Record<string, PayoutOutcome>> = {
  RCVD: 'received',
  RCVC: 'received',
  ACTC: 'received',
  ACCP: 'accepted',
  ACSP: 'accepted',
  ACWC: 'accepted',
  ACSC: 'settling',
  ACCC: 'settling',
  RJCT: 'rejected',
  CANC: 'rejected',
};

/** Rule 5: the bank refuses it because it has it. */
const DUPLICATE_REASONS = new Set(['DU01', 'DU02', 'DU03', 'DU04', 'DU05', 'AM05', 'DUPL']);

const isRejection = (status: string): boolean => outcomes[status] === 'rejected';

function outcomeOf(status: string, reasons: readonly StatusReason[]): PayoutOutcome {
  const outcome = outcomes[status] ?? 'unchanged';
  const isDuplicate = outcome === 'rejected' && reasons.some(({ code }) => DUPLICATE_REASONS.has(code ?? ''));
  return isDuplicate ? 'duplicate' : outcome;
}

/**
 * A rejected payment with fewer transactions listed than it has: Nordea rejects the payment and lists the guilty, others list all that
 * were rejected. The bank's own count decides; without one the whole payment counts as rejected, and an operator is told (rule 1).
 */
function isRejectedWhole(payment: PaymentStatus, transactions: number, findings: Finding[]): boolean {
  const listed = payment.transactions.length;
  if (payment.status === undefined || !isRejection(payment.status) || listed === 0 || listed >= transactions) return true;
  const counted = payment.counts.find(({ status }) => isRejection(status));
  if (counted !== undefined) return counted.transactions >= transactions;
  const facts = { listed: String(listed), transactions: String(transactions) };
  findings.push(finding('PAIN-REJECTED-WHOLE', { line: payment.line, value: payment.paymentInformationId, facts }));
  return true;
}

function* strangersIn(report: PaymentStatusReport, sent: SentPaymentFile): Generator<Finding> {
  for (const payment of report.payments) {
    const ours = sent.payments.find(({ id }) => sameId(id, payment.paymentInformationId));
    if (ours === undefined) {
      yield finding('PAIN-UNKNOWN-PAYMENT', { line: payment.line, value: payment.paymentInformationId });
      continue;
    }
    const known = new Set(ours.transactionIds.map(plainId));
    for (const item of payment.transactions) {
      const id = idOf(item);
      if (!known.has(plainId(id))) yield finding('PAIN-UNKNOWN-PAYMENT', { line: item.line, value: id });
    }
  }
}

const idOf = ({ instructionId, endToEndId }: TransactionStatus): string => instructionId ?? endToEndId ?? '';

/** Banks change the case and add blanks (rule 6). */
const plainId = (id: string): string => id.trim().toUpperCase();
const sameId = (one: string, other: string): boolean => plainId(one) === plainId(other);
