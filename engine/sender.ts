/** Those that send files and are no clients; each has an inbox of its own name. */
export const senders = ['bank', 'print-house', 'collection-agency'] as const;
export type Sender = (typeof senders)[number];

/** The bureau's own ledger: money of which nobody knows yet whose it is. It has no inbox. */
export const BUREAU = 'bureau';

export const isSender = (client: string): client is Sender => (senders as readonly string[]).includes(client);
