import type { ClientId } from './agreement.ts';
import type { IsoDate } from './iso-date.ts';
import type { Currency, Minor } from './money.ts';
import type { AccountNumber } from './sockets/account-scheme.ts';

/**
 * Where a payout stands (reference/iso20022.md §6.7): planned → approved by a second person → frozen with its ids → sent to the bank →
 * accepted (pain.002) → settled (the account was debited) → returned. Rejected, returned and cancelled payouts owe the money again;
 * one whose fate is unknown never gets new ids.
 */
export const payoutStates = [
  'planned',
  'approved',
  'frozen',
  'sent',
  'accepted',
  'settled',
  'rejected',
  'returned',
  'cancelled',
] as const;
export type PayoutState = (typeof payoutStates)[number];

/** Money that leaves: to a client, or back to a payer. */
export interface Payout {
  readonly id: bigint;
  readonly client: ClientId;
  readonly kind: 'client' | 'refund';
  readonly settlement: bigint | null;
  /** Of a refund: the payment that is given back. */
  readonly payment: bigint | null;
  readonly amount: Minor;
  readonly currency: Currency;
  /** By its name in the configuration. */
  readonly fromAccount: string;
  readonly receiver: PayoutParty;
  readonly remittance: string;
  readonly executionDate: IsoDate;
  readonly state: PayoutState;
  /** Of the transfer and of its group in the file; given once, when it is frozen. */
  readonly instructionId: string | null;
  readonly paymentInformationId: string | null;
  readonly paymentFile: bigint | null;
  readonly plannedBy: string;
  readonly approvedBy: string | null;
  readonly bankStatus: string | null;
  readonly bankReason: string | null;
  readonly settledOn: IsoDate | null;
}

/** Who gets the money and where. */
export interface PayoutParty {
  readonly account: AccountNumber;
  readonly name: string;
  readonly town: string;
  readonly country: string;
}

/** The account as people write and compare it: its kind, and the number in normal form. */
export const receiverText = ({ kind, number }: AccountNumber): string => `${kind === 'iban' ? 'IBAN' : kind} ${number}`;
