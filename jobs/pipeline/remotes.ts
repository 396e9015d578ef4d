import type { HouseConfig, Receiver } from '#config/house-config.ts';
import { channelOf, type Channel } from '#engine/sockets/channel.ts';
import type { OutboundKind } from '#engine/store/outbound.ts';

const PRINT_HOUSE = 'print-house';
const ACCESS_POINT = 'access-point';
const BANK = 'bank';
const COLLECTION_AGENCY = 'collection-agency';

/** The name of the remote that takes files of a kind, kept with each file; null if none is configured: they stay in the outbox. */
export function remoteFor(config: HouseConfig, kind: OutboundKind, client: string): string | null {
  switch (kind) {
    case 'spool':
      return config.remotes.printHouse ? PRINT_HOUSE : null;
    case 'payment-file':
      return config.remotes.bank ? BANK : null;
    case 'collection':
      return config.remotes.collectionAgency ? COLLECTION_AGENCY : null;
    case 'receipt':
    case 'settlement':
    case 'report':
      return config.remotes.deliveries.has(client) ? `client:${client}` : null;
  }
}

export function remoteNamed(config: HouseConfig, name: string): Receiver | undefined {
  if (name === PRINT_HOUSE) return config.remotes.printHouse;
  if (name === ACCESS_POINT) return config.remotes.accessPoint;
  if (name === BANK) return config.remotes.bank;
  if (name === COLLECTION_AGENCY) return config.remotes.collectionAgency;
  return name.startsWith('client:') ? config.remotes.deliveries.get(name.slice('client:'.length)) : undefined;
}

/** Where the files of a channel go: to the remote of that name, or to the channel itself where it sends them; else they stay in the outbox. */
export function channelRemote(config: HouseConfig, id: string): string | null {
  const { remote, send } = channelOf(config.parts, id);
  if (send !== undefined) return `${CHANNEL}${id}`;
  return remote !== undefined && remoteNamed(config, remote) !== undefined ? remote : null;
}

/** The channel that sends the files of a remote itself; undefined: it is a server. */
export const senderNamed = (config: HouseConfig, name: string): Channel['send'] =>
  name.startsWith(CHANNEL) ? channelOf(config.parts, name.slice(CHANNEL.length)).send : undefined;

const CHANNEL = 'channel:';
