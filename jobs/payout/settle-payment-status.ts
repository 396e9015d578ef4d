import { finding, isError, type Finding } from '#engine/finding.ts';
import { laterOutcome, resolveStatuses, type PayoutOutcome, type ResolvedStatus } from '#engine/settlement/payment-status.ts';
import type { Payout, PayoutState } from '#engine/settlement/payment-file.ts';
import type { Tx } from '#engine/store/database.ts';
import { storeFindings } from '#engine/store/files.ts';
import { findPaymentFile, storeStatuses } from '#engine/store/payment-files.ts';
import { loadPayouts, movePayouts } from '#engine/store/payouts.ts';
import { type House, todayOf } from '../house/house.ts';
import type { Settler } from '../pipeline/settlers.ts';
import { giveBack } from './decide-payouts.ts';

/**
 * A bank’s answer to a payment file (reference/iso20022.md §7): each payout moves on, never back; a rejected one owes its money again; one
 * that the bank has already is on its way and never sent anew. A file we did not send may be another system’s: it is held. The same answer
 * twice changes nothing, and neither does an older one that comes later.
 */
export const settlePaymentStatus: Settler<'payment-statuses'> = async (house, tx, { file, bytes, read: readReport }) => {
  const read = await readReport(bytes());
  const refuse = async (found: Finding, state: 'held' | 'rejected'): Promise<'held' | 'rejected'> => {
    await storeFindings(tx, file.id, [found]);
    return state;
  };
  if (read.kind === 'broken') return refuse(read.finding, 'rejected');
  const { report } = read;
  const sent = await findPaymentFile(tx, report.originalMessageId.trim().toUpperCase());
  if (!sent)
    return refuse(finding('PAIN-UNKNOWN-MESSAGE', { value: report.originalMessageId, facts: { expected: '–' } }), 'held');
  const payouts = await loadPayouts(tx, { scope: 'bureau', paymentFile: sent.id }, { lock: true });
  const groups = Map.groupBy(payouts, (payout) => payout.paymentInformationId ?? '');
  const { statuses, findings } = resolveStatuses(report, {
    messageId: sent.messageId,
    payments: [...groups].map(([id, own]) => ({ id, transactionIds: own.map(({ instructionId }) => instructionId ?? '') })),
  });
  const conflicts = await moveOn(house, tx, { file: file.id, payouts, statuses });
  await storeFindings(tx, file.id, [...findings, ...conflicts]);
  return findings.some(isError) ? 'held' : 'booked';
};

interface Answered {
  readonly file: bigint;
  readonly payouts: readonly Payout[];
  readonly statuses: readonly ResolvedStatus[];
}

async function moveOn(house: House, tx: Tx, { file, payouts, statuses }: Answered): Promise<readonly Finding[]> {
  const byId = new Map(payouts.map((payout) => [payout.instructionId, payout]));
  const told = statuses.flatMap((status) => {
    const payout = byId.get(status.transactionId);
    return payout === undefined || status.outcome === 'unchanged'
      ? []
      : [{ payout, ...status, next: nextState(payout, status.outcome) }];
  });
  const at = house.clock();
  await storeStatuses(tx, {
    file,
    at,
    statuses: told.map(({ payout, status, reasons }) => ({
      payout: payout.id,
      status: status ?? '',
      reason: reasonText(reasons),
    })),
  });
  for (const [next, moved] of Map.groupBy(told, (item) => item.next)) {
    if (next === 'same' || next === 'conflict') continue;
    const own = moved.map((item) => item.payout);
    await movePayouts(
      tx,
      own.map(({ id }) => id),
      { from: ['frozen', 'sent', 'accepted'], to: next },
    );
    if (next === 'rejected') await giveBack(tx, own, { on: todayOf(house), at });
  }
  return told
    .filter((item) => item.next === 'conflict')
    .map(({ payout, status }) =>
      finding('PAIN-REJECTED-AFTER-DEBIT', {
        value: payout.instructionId ?? '',
        facts: { status: status ?? '', state: payout.state },
      }),
    );
}

/** A payout's state as the outcome it had, to be compared by rank (rule 3). */
const outcomeOfState: Readonly<Partial<Record<PayoutState, PayoutOutcome>>> = {
  frozen: 'unchanged',
  sent: 'received',
  accepted: 'accepted',
  rejected: 'rejected',
};

/** Where an outcome takes a payout. Money that was seen to leave cannot be rejected any more: that is for an operator. */
function nextState({ state }: Payout, outcome: PayoutOutcome): 'sent' | 'accepted' | 'rejected' | 'same' | 'conflict' {
  const known = outcomeOfState[state];
  if (known === undefined) return outcome === 'rejected' ? 'conflict' : 'same';
  const later = laterOutcome(known, outcome);
  if (later === known) return 'same';
  if (later === 'rejected') return 'rejected';
  if (later === 'accepted' || later === 'settling') return state === 'accepted' ? 'same' : 'accepted';
  return state === 'frozen' ? 'sent' : 'same';
}

const reasonText = (reasons: ResolvedStatus['reasons']): string | null =>
  reasons.length === 0
    ? null
    : reasons.map(({ code, text }) => [code, text].filter((part) => part !== undefined && part !== '').join(' ')).join('; ');
