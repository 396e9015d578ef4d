import { formatAmount } from '#engine/money.ts';
import type { FileRow } from '#engine/store/files.ts';
import type { ReceivableEvent } from '#engine/store/receivable-events.ts';
import type { InvoiceTrail } from '#engine/store/trace.ts';

/** One step of the way through the house, from stored facts. */
export interface TraceStep {
  /** Absent: not yet. */
  readonly at: Date | null;
  readonly step: string;
  readonly what: string;
  readonly sha256?: string | null;
}

export function fileSteps(file: FileRow): readonly TraceStep[] {
  const { counts } = file;
  const documents = `${counts.accepted} accepted, ${counts.rejected} rejected, ${counts.duplicate} duplicate, ${counts.held} held`;
  return [
    { at: file.receivedAt, step: 'received', what: `${file.name}, ${file.bytes} bytes`, sha256: file.sha256 },
    { at: file.settledAt, step: file.state, what: file.state === 'duplicate' ? 'content known already' : documents },
  ];
}

export function invoiceSteps(trail: InvoiceTrail): readonly TraceStep[] {
  const steps: (TraceStep | undefined)[] = [
    {
      at: trail.receivedAt,
      step: 'received',
      what: `file ${trail.client}/${trail.file} ${trail.fileName}, line ${trail.line}`,
      sha256: trail.fileSha256,
    },
    {
      at: trail.settledAt,
      step: 'accepted',
      what: `agreement ${trail.agreementVersion}, ${trail.mode}, debtor ${trail.debtor}, ${dueText(trail)}`,
    },
    bookedStep(trail),
    trail.receipt === null
      ? undefined
      : { at: trail.receiptAt, step: 'receipt', what: trail.receipt, sha256: trail.receiptSha256 },
    ...deliverySteps(trail),
  ];
  return steps.filter((step) => step !== undefined);
}

function bookedStep(trail: InvoiceTrail): TraceStep | undefined {
  if (trail.ledgerSequence === null) return undefined;
  const amount = `${formatAmount(trail.payableAmount)} ${trail.currency}`;
  const reference = trail.reference === null ? '' : `, reference ${trail.reference}`;
  return {
    at: trail.bookedAt,
    step: 'booked',
    what: `ledger transaction ${trail.ledgerSequence}, ${amount}${reference}`,
    sha256: trail.ledgerHash,
  };
}

function deliverySteps(trail: InvoiceTrail): (TraceStep | undefined)[] {
  if (trail.document === null) return [];
  const channel = { at: trail.decidedAt, step: 'channel', what: `${trail.channel}, because ${channelText(trail)}` };
  if (trail.documentState === 'refused') return [channel, { at: null, step: 'refused', what: trail.refusal ?? '' }];
  return [
    channel,
    trail.jobNumber === null ? undefined : { at: trail.plannedAt, step: 'planned', what: `print job ${trail.jobNumber}` },
    {
      at: trail.releasedAt,
      step: trail.releasedAt === null ? 'not yet made' : 'made',
      what: pieceText(trail),
      sha256: trail.contentSha256,
    },
    trail.outboundName === null
      ? undefined
      : { at: trail.releasedAt, step: 'released', what: `outbox/${trail.outboundName}`, sha256: trail.outboundSha256 },
    trail.remote === null
      ? undefined
      : { at: trail.sentAt, step: trail.sentAt === null ? 'not yet sent' : 'sent', what: sentText(trail) },
  ];
}

const pieceText = (trail: InvoiceTrail): string =>
  trail.piece === null
    ? `document ${trail.document}`
    : `piece ${trail.piece} of ${trail.volume}, ${trail.sheets} sheet(s), marks ${trail.controlCodes?.join(' ') ?? ''}`;

const sentText = (trail: InvoiceTrail): string =>
  trail.lastError === null ? `to ${trail.remote}` : `to ${trail.remote}, attempt ${trail.attempts}: ${trail.lastError}`;

function dueText({ dueDate, nominalDueDate }: InvoiceTrail): string {
  if (dueDate === null) return 'nothing falls due';
  return nominalDueDate === null || nominalDueDate === dueDate
    ? `due ${dueDate}`
    : `due ${dueDate} (terms gave ${nominalDueDate})`;
}

interface PassedOver {
  readonly channel: string;
  readonly because: string;
  readonly rule?: string;
}

function channelText(trail: InvoiceTrail): string {
  const passed = (trail.channelFacts ?? []) as readonly PassedOver[];
  const before = passed.map(({ channel, because, rule }) => `${channel} ${because}${rule === undefined ? '' : ` ${rule}`}`);
  return [trail.channelReason ?? '', ...before].join('; ');
}

/** What happened after the invoice was issued: payments, holds, demands. */
export const eventSteps = (events: readonly ReceivableEvent[]): readonly TraceStep[] =>
  events.map(({ at, step, businessDate, amount, detail, hash }) => ({
    at,
    step,
    what: [businessDate, amount === null ? '' : formatAmount(amount), detail].filter((part) => part !== '').join(', '),
    sha256: hash,
  }));
