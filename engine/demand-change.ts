import { components, sameAmounts, type Amounts } from './amounts.ts';
import type { Minor } from './money.ts';
import type { Hold } from './claims/receivable.ts';

/** One invoice of a demand as it is printed, and as ledger, holds and steps have it now. */
export interface ClaimState {
  readonly invoiceNumber: string;
  /** Absent: no receivable of this client has that invoice's number. */
  readonly receivable?: bigint;
  readonly printed: Amounts;
  readonly open: Amounts;
  /** Of the principal, disputed and therefore not demanded. */
  readonly disputedAmount: Minor;
  /** Fees and compensation are disputed and not demanded. */
  readonly feesDisputed: boolean;
  /** A hold on all of it. */
  readonly held?: Hold['kind'];
  /** Whether the step that made the letter still stands. */
  readonly stepTaken: boolean;
}

/** What may be demanded now: all that is open, less what is disputed. */
export const demandable = ({ open, disputedAmount, feesDisputed }: ClaimState): Amounts => ({
  ...open,
  ...(feesDisputed ? { reminderFee: 0n, collectionFee: 0n, compensation: 0n } : {}),
  principal: open.principal - disputedAmount,
});

export type ChangeReason = 'settled' | 'changed' | 'held' | 'step-withdrawn' | 'unknown';

/**
 * What has happened to a demand's claims since it was planned, or null: then every printed amount is what may be demanded at this
 * instant (IR5). A letter with any change is pulled back.
 */
export function demandChange(claims: readonly ClaimState[]): { readonly reason: ChangeReason; readonly invoice: string } | null {
  for (const claim of claims) {
    const reason = changeOf(claim);
    if (reason !== null) return { reason, invoice: claim.invoiceNumber };
  }
  return claims.length === 0 ? { reason: 'unknown', invoice: '' } : null;
}

function changeOf(claim: ClaimState): ChangeReason | null {
  if (claim.receivable === undefined) return 'unknown';
  if (!claim.stepTaken) return 'step-withdrawn';
  if (claim.held !== undefined) return 'held';
  const now = demandable(claim);
  if (sameAmounts(now, claim.printed)) return null;
  return components.every((component) => now[component] <= 0n) ? 'settled' : 'changed';
}
