import type { Identifier } from './invoice.ts';
import type { Channel } from './submission.ts';

/** The channel of one document and why, as stored with it (F23). */
export interface ChannelDecision {
  readonly channel: Channel;
  readonly reason: ChannelReason;
  /** Wishes that came before and could not be met, in order. */
  readonly passedOver: readonly PassedOver[];
}

/** Whose wish was met; `only-print-left`: nobody's, paper is always possible. */
export type ChannelReason = 'file-direction' | 'debtor-preference' | 'client-policy' | 'only-print-left';

export interface PassedOver {
  readonly channel: Channel;
  readonly wishedBy: Exclude<ChannelReason, 'only-print-left'>;
  readonly because: Obstacle;
  /** The endpoint in question, `scheme:id`, where there is one. */
  readonly endpoint?: string;
  /** The rule that would refuse it, with `breaks-rule`. */
  readonly rule?: string;
}

/**
 * `not-agreed`: the client's agreement has no such channel; `unreachable`: the network has refused the endpoint; `breaks-rule`: the
 * receiver's rules would refuse the e-invoice, though the document may go on paper.
 */
export type Obstacle = 'not-agreed' | 'no-endpoint' | 'unreachable' | 'breaks-rule';

export interface ChannelQuestion {
  /** The file's direction for this document: the newest word on the recipient's wish. */
  readonly direction?: Channel | undefined;
  /** The debtor register's preference. */
  readonly preference?: Channel | undefined;
  /** The agreement's channels in order of preference. */
  readonly policy: readonly Channel[];
  /** The buyer's electronic address (BT-49). */
  readonly endpoint?: Identifier | undefined;
  /** The network is known not to reach that endpoint. */
  readonly endpointUnreachable?: boolean;
  /** The first rule that the e-invoice would break, asked only where everything else is in order. */
  readonly einvoiceObstacle?: () => string | undefined;
}

/** Recipient's wish, then the client's order of channels, then print. */
export function decideChannel(question: ChannelQuestion): ChannelDecision {
  const passedOver: PassedOver[] = [];
  for (const { channel, wishedBy } of wishes(question)) {
    const obstacle = obstacleTo(channel, question);
    if (obstacle === undefined) return { channel, reason: wishedBy, passedOver };
    const { endpoint } = question;
    passedOver.push({ channel, wishedBy, ...obstacle, ...(endpoint ? { endpoint: endpointText(endpoint) } : {}) });
  }
  return { channel: 'print', reason: 'only-print-left', passedOver };
}

type Wish = Pick<PassedOver, 'channel' | 'wishedBy'>;

function* wishes({ direction, preference, policy }: ChannelQuestion): Generator<Wish> {
  if (direction !== undefined) yield { channel: direction, wishedBy: 'file-direction' };
  if (preference !== undefined) yield { channel: preference, wishedBy: 'debtor-preference' };
  for (const channel of policy) yield { channel, wishedBy: 'client-policy' };
}

function obstacleTo(channel: Channel, question: ChannelQuestion): Pick<PassedOver, 'because' | 'rule'> | undefined {
  if (channel === 'print') return undefined;
  if (!question.policy.includes(channel)) return { because: 'not-agreed' };
  if (question.endpoint === undefined) return { because: 'no-endpoint' };
  if (question.endpointUnreachable === true) return { because: 'unreachable' };
  const rule = question.einvoiceObstacle?.();
  return rule === undefined ? undefined : { because: 'breaks-rule', rule };
}

const endpointText = ({ scheme, id }: Identifier): string => (scheme === undefined ? id : `${scheme}:${id}`);
