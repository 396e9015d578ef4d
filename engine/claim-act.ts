import type { BlockCause, DisputeCategory } from './hold-categories.ts';
import type { IsoDate } from './iso-date.ts';
import type { Minor } from './money.ts';
import type { Hold } from './claims/receivable.ts';

/** Something a person orders about one invoice, on the command line or in a client's control file. */
export interface ClaimOrder {
  readonly invoice: string;
  readonly act: ClaimAct;
  /** In the orderer's own words, kept as they are. */
  readonly reason: string;
}

export type ClaimAct =
  /** Anstånd: a new date to pay. */
  | { readonly action: 'defer'; readonly until: IsoDate; readonly interestRuns: boolean }
  /** Bestridande of the whole, or of a part of the principal. */
  | { readonly action: 'dispute'; readonly category: DisputeCategory; readonly amount?: Minor }
  /** Spärr: left alone until a person releases it. */
  | { readonly action: 'hold'; readonly cause: BlockCause }
  /** Betalningslöfte: the debtor has said to pay by a date. */
  | { readonly action: 'promise'; readonly until: IsoDate }
  /** Ends a hold: the only one there is, or the one of a kind. A dispute ends with an outcome. */
  | { readonly action: 'release'; readonly kind?: Hold['kind']; readonly outcome?: DisputeOutcome }
  /** A credit note by the bureau on the client's behalf: for an amount, or for all that is open of the principal. */
  | { readonly action: 'credit'; readonly amount?: Minor }
  /** Avskrivning of an amount, or of all that is open. */
  | { readonly action: 'write-off'; readonly amount?: Minor }
  /** The debtor has paid the client directly on a date. */
  | { readonly action: 'paid-to-client'; readonly date: IsoDate; readonly amount: Minor };

export const disputeOutcomes = ['accepted', 'rejected', 'withdrawn'] as const;
export type DisputeOutcome = (typeof disputeOutcomes)[number];

export const claimActions = ['defer', 'dispute', 'hold', 'promise', 'release', 'credit', 'write-off', 'paid-to-client'] as const;
