import type { Buyer } from './invoice.ts';
import type { DebtorClass, Submission } from './submission.ts';
import type { Agreement } from './agreement.ts';

/** A debtor as one document tells of it; the register keeps each differing version (F12). */
export interface Debtor {
  /** The client's number of the debtor, or what else tells the debtor apart among the client's. */
  readonly number: string;
  readonly class: DebtorClass;
  readonly party: Buyer;
}

/**
 * The debtor of a document. Its number is the client's own number, else the buyer identifier, else a registration number or
 * electronic address, else name and postcode: a document that names its recipient always finds a debtor.
 */
export function debtorOf({ invoice, directions }: Pick<Submission, 'invoice' | 'directions'>, agreement: Agreement): Debtor {
  const { buyer } = invoice;
  const number =
    directions.debtorNumber ??
    buyer.identifier?.id ??
    buyer.legalId?.id ??
    buyer.vatId ??
    (buyer.endpoint ? `${buyer.endpoint.scheme ?? ''}:${buyer.endpoint.id}` : `${buyer.name}/${buyer.address.postcode ?? ''}`);
  return { number, class: directions.debtorClass ?? agreement.debtorClass, party: buyer };
}
