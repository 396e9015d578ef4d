import type { Invoice, Seller } from '../invoice.ts';
import type { Countries } from '../rules/rule.ts';
import { MissingPartError, plugged } from './plugged.ts';

/**
 * A way on which documents reach their recipients. Which one a document takes is decided when it is booked (`decideChannel`); from then on it is
 * made, sent and confirmed by what stands here. What a channel cannot carry is passed over with its reason before anything is booked.
 */
export interface Channel {
  /** As agreements and files name it: lower case letters, digits and hyphens. */
  readonly id: string;
  /** Letters are asked of a printer, so that it can carry every document to everybody: an agreement names such a channel last. */
  readonly reachesAll: boolean;
  /** It carries letters of demand too, not only invoices and credit notes. */
  readonly carriesLetters: boolean;
  /** What a seller whose agreement allows it has not got: a problem of the configuration. */
  readonly lacking?: (seller: Seller) => { readonly message: string; readonly hint: string } | undefined;
  /** Why it cannot take a document; undefined: it can. Asked only of channels that were agreed. */
  readonly obstacle: (question: ObstacleQuestion) => Obstacle | undefined;
  /** `spool`: gathered into print jobs, a file for each printer. Else each document is a file of its own. */
  readonly make: 'spool' | DocumentMaker;
  /** Name of the remote that takes its files, if one is configured under that name; else they stay in the outbox. Absent: it sends them itself. */
  readonly remote?: string;
  /** Hands a file over. Safe to repeat; throws an OperatingError where the receiver cannot be reached. Present exactly without `remote`. */
  readonly send?: (file: SentFile) => Promise<void>;
  /** `when-sent`: a document is dispatched on the day on which it was handed over; `by-report`: on the day that its receiver reports. */
  readonly confirmed: 'when-sent' | 'by-report';
  /** What the bureau charges for a document. */
  readonly feeKind: DeliveryFeeKind;
}

/** Fees of an agreement for a document's way: `letterAmount` and `einvoiceAmount`. */
export type DeliveryFeeKind = 'letter' | 'einvoice';

export interface ObstacleQuestion {
  readonly invoice: Invoice;
  /** The network is known not to reach the buyer's endpoint (BT-49). */
  readonly endpointUnreachable: boolean;
  readonly countries: Countries;
}

/** In order of precedence: the first that holds is told. */
export interface Obstacle {
  /**
   * `no-endpoint`: nobody has said where to; `unreachable`: the network has refused the endpoint; `breaks-rule`: the receiver's rules would refuse
   * the document, though it may go on paper.
   */
  readonly because: 'no-endpoint' | 'unreachable' | 'breaks-rule';
  /** The rule that would refuse it, with `breaks-rule`. */
  readonly rule?: string;
}

export interface DocumentMaker {
  /** Folder of its files below the outbox. */
  readonly folder: string;
  /** Of its files' names, with the dot. */
  readonly extension: string;
  /** The file as it leaves; throws if what was written does not say what the document says: that is our mistake and must not leave. */
  readonly of: (document: DeliveredDocument) => string;
}

/** A document to be made. A function of it alone, so that a file made again has the same bytes. */
export interface DeliveredDocument {
  readonly id: string;
  readonly invoice: Invoice;
  readonly decidedAt: Date;
  readonly countries: Countries;
}

export interface SentFile {
  /** Where it lies. */
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

/** What is plugged in, as far as channels go. */
export interface WithChannels {
  readonly channels: Readonly<Record<string, Channel>>;
}

/** The channel of a document. Throws a MissingPartError where it is no longer plugged in. */
export const channelOf = ({ channels }: WithChannels, id: string): Channel => plugged(channels, 'channel', id);

/** Ids of the channels whose documents are gathered into print jobs. */
export const spooledChannels = ({ channels }: WithChannels): readonly string[] =>
  Object.values(channels).flatMap(({ id, make }) => (make === 'spool' ? [id] : []));

/** The agreed channel that carries letters of demand to everybody. Throws a MissingPartError if none does. */
export function letterChannel({ channels }: WithChannels, agreed: readonly string[]): Channel {
  const found = agreed.map((id) => channels[id]).findLast((channel) => channel?.reachesAll === true && channel.carriesLetters);
  if (found === undefined) throw new MissingPartError('channel, of those agreed, that carries letters of demand to everybody');
  return found;
}

/** Ids of the channels whose documents are dispatched on the day on which they are handed over. */
export const confirmedWhenSent = ({ channels }: WithChannels): readonly string[] =>
  Object.values(channels).flatMap(({ id, confirmed }) => (confirmed === 'when-sent' ? [id] : []));
