import { describe, expect, it } from 'vitest';
import { decideChannel, type ChannelQuestion } from '#engine/channel.ts';
import type { Invoice } from '#engine/invoice.ts';
import type { Channel } from '#engine/sockets/channel.ts';
import { parts as houseParts } from '#jobs/house/parts.ts';
import { paperInvoice } from './rules/sample-invoice.ts';

const endpoint = { scheme: '0007', id: '5599992228' };
const { endpoint: _none, ...nowhere } = paperInvoice.buyer;
const addressed: Invoice = { ...paperInvoice, buyer: { ...nowhere, endpoint } };

/** The house's channels, of which the e-invoice's receivers have such rules. */
function withRules(rule: () => string | undefined): ChannelQuestion['parts'] {
  const { einvoice } = houseParts.channels;
  const obstacle: Channel['obstacle'] = (question) => {
    const unaddressed = question.invoice.buyer.endpoint === undefined || question.endpointUnreachable;
    const found = unaddressed ? einvoice.obstacle(question) : undefined;
    if (found !== undefined) return found;
    const broken = rule();
    return broken === undefined ? undefined : { because: 'breaks-rule', rule: broken };
  };
  return { ...houseParts, channels: { ...houseParts.channels, einvoice: { ...einvoice, obstacle } } };
}

const both: ChannelQuestion = { parts: withRules(() => undefined), policy: ['einvoice', 'print'], invoice: addressed };
const withoutEndpoint: ChannelQuestion = { ...both, invoice: { ...paperInvoice, buyer: nowhere } };

describe('decideChannel (F23)', () => {
  // recipient's wish > client's order > print
  it.each([
    ['the client prefers e-invoices and the buyer takes them', both, 'einvoice', 'client-policy'],
    ['the client prefers paper', { ...both, policy: ['print', 'einvoice'] }, 'print', 'client-policy'],
    ['the file asks for paper', { ...both, direction: 'print' }, 'print', 'file-direction'],
    ['the debtor asks for paper', { ...both, preference: 'print' }, 'print', 'debtor-preference'],
    [
      'the file is newer than the register',
      { ...both, direction: 'einvoice', preference: 'print' },
      'einvoice',
      'file-direction',
    ],
    [
      'the debtor asks for an e-invoice',
      { ...both, policy: ['print', 'einvoice'], preference: 'einvoice' },
      'einvoice',
      'debtor-preference',
    ],
    ['nothing is allowed', { ...both, policy: [] }, 'print', 'only-print-left'],
  ] as const)('%s', (_, question, channel, reason) => {
    expect(decideChannel(question)).toEqual({ channel, reason, passedOver: [] });
  });

  it('says why a wish could not be met', () => {
    expect(decideChannel({ ...both, policy: ['print'], direction: 'einvoice' })).toEqual({
      channel: 'print',
      reason: 'client-policy',
      passedOver: [{ channel: 'einvoice', wishedBy: 'file-direction', because: 'not-agreed', endpoint: '0007:5599992228' }],
    });
    expect(decideChannel(withoutEndpoint)).toEqual({
      channel: 'print',
      reason: 'client-policy',
      passedOver: [{ channel: 'einvoice', wishedBy: 'client-policy', because: 'no-endpoint' }],
    });
    expect(decideChannel({ ...both, endpointUnreachable: true, preference: 'einvoice' }).passedOver).toEqual([
      { channel: 'einvoice', wishedBy: 'debtor-preference', because: 'unreachable', endpoint: '0007:5599992228' },
      { channel: 'einvoice', wishedBy: 'client-policy', because: 'unreachable', endpoint: '0007:5599992228' },
    ]);
    expect(decideChannel({ ...both, policy: ['einvoice'], parts: withRules(() => 'BR-CO-25') })).toEqual({
      channel: 'print',
      reason: 'only-print-left',
      passedOver: [
        { channel: 'einvoice', wishedBy: 'client-policy', because: 'breaks-rule', rule: 'BR-CO-25', endpoint: '0007:5599992228' },
      ],
    });
  });

  it('asks for the rules only where nothing else stands against an e-invoice', () => {
    const parts = withRules(() => {
      throw new Error('asked');
    });
    const questions: readonly ChannelQuestion[] = [
      { ...both, direction: 'print' },
      { ...both, policy: ['print'] },
      withoutEndpoint,
      { ...both, endpointUnreachable: true },
    ];
    for (const question of questions) expect(decideChannel({ ...question, parts }).channel).toBe('print');
    expect(() => decideChannel({ ...both, parts })).toThrow('asked');
  });
});
