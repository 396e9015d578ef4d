import type { Identifier, Invoice } from './invoice.ts';
import type { Countries } from './rules/rule.ts';
import type { Channel, Obstacle, WithChannels } from './sockets/channel.ts';

/** The channel of one document and why, as stored with it (F23). */
export interface ChannelDecision {
  readonly channel: string;
  readonly reason: ChannelReason;
  /** Wishes that came before and could not be met, in order. */
  readonly passedOver: readonly PassedOver[];
}

/** Whose wish was met; `only-print-left`: nobody's, what reaches everybody is always possible. */
export type ChannelReason = 'file-direction' | 'debtor-preference' | 'client-policy' | 'only-print-left';

export interface PassedOver {
  readonly channel: string;
  readonly wishedBy: Exclude<ChannelReason, 'only-print-left'>;
  /** `not-agreed`: the client's agreement has no such channel, or the house has none any more. */
  readonly because: Obstacle['because'] | 'not-agreed';
  /** The endpoint in question, `scheme:id`, where there is one. */
  readonly endpoint?: string;
  /** The rule that would refuse it, with `breaks-rule`. */
  readonly rule?: string;
}

export interface ChannelQuestion {
  readonly parts: WithChannels & { readonly countries: Countries };
  readonly invoice: Invoice;
  /** The file's direction for this document: the newest word on the recipient's wish. */
  readonly direction?: string | undefined;
  /** The debtor register's preference. */
  readonly preference?: string | undefined;
  /** The agreement's channels in order of preference. */
  readonly policy: readonly string[];
  /** The network is known not to reach the buyer's endpoint. */
  readonly endpointUnreachable?: boolean;
}

/** Recipient's wish, then the client's order of channels, then what reaches everybody. Throws if no such channel is plugged in. */
export function decideChannel(question: ChannelQuestion): ChannelDecision {
  const { channels } = question.parts;
  const { endpoint } = question.invoice.buyer;
  const passedOver: PassedOver[] = [];
  for (const { channel, wishedBy } of wishes(question)) {
    const obstacle = obstacleTo(Object.hasOwn(channels, channel) ? channels[channel] : undefined, question);
    if (obstacle === undefined) return { channel, reason: wishedBy, passedOver };
    passedOver.push({ channel, wishedBy, ...obstacle, ...(endpoint ? { endpoint: endpointText(endpoint) } : {}) });
  }
  const left = Object.values(channels).find(({ reachesAll }) => reachesAll);
  if (left === undefined) throw new Error('no channel is plugged in that reaches everybody');
  return { channel: left.id, reason: 'only-print-left', passedOver };
}

type Wish = Pick<PassedOver, 'channel' | 'wishedBy'>;

function* wishes({ direction, preference, policy }: ChannelQuestion): Generator<Wish> {
  if (direction !== undefined) yield { channel: direction, wishedBy: 'file-direction' };
  if (preference !== undefined) yield { channel: preference, wishedBy: 'debtor-preference' };
  for (const channel of policy) yield { channel, wishedBy: 'client-policy' };
}

function obstacleTo(
  channel: Channel | undefined,
  { invoice, policy, parts, endpointUnreachable = false }: ChannelQuestion,
): Pick<PassedOver, 'because' | 'rule'> | undefined {
  if (channel === undefined || !(channel.reachesAll || policy.includes(channel.id))) return { because: 'not-agreed' };
  return channel.obstacle({ invoice, endpointUnreachable, countries: parts.countries });
}

const endpointText = ({ scheme, id }: Identifier): string => (scheme === undefined ? id : `${scheme}:${id}`);

/** Paper: letters gathered into print jobs, their dispatch reported by the print house. */
export const print: Channel = {
  id: 'print',
  reachesAll: true,
  carriesLetters: true,
  obstacle: () => undefined,
  make: 'spool',
  remote: 'print-house',
  confirmed: 'by-report',
  feeKind: 'letter',
};
