import type { ClaimOrder, ClaimAct } from '#engine/claims/holds.ts';
import type { Receivable, Hold } from '#engine/claims/receivable.ts';

/** An order with who gave it, and where it stands: what makes its effects unique. */
export interface GivenOrder {
  readonly order: ClaimOrder;
  /** A person, or a row of a client's file. */
  readonly by: string;
  /** Part of effect keys: unique for each order ever carried out. */
  readonly source: string;
  /** Of an order for a credit note: the row that its document stands in. */
  readonly row?: { readonly file: bigint; readonly sequence: number };
}

/** An order that may be carried out, with the receivable it is about and, of a release, the hold that ends. */
export interface AllowedOrder<Act extends ClaimAct = ClaimAct> extends Omit<GivenOrder, 'order'> {
  readonly order: Omit<ClaimOrder, 'act'> & { readonly act: Act };
  readonly receivable: Receivable;
  readonly released?: Hold;
}
