import { describe, expect, it } from 'vitest';
import { decideChannel, type ChannelQuestion } from '#engine/channel.ts';

const endpoint = { scheme: '0007', id: '5599992228' };
const both: ChannelQuestion = { policy: ['einvoice', 'print'], endpoint, einvoiceObstacle: () => undefined };

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
    expect(decideChannel({ policy: ['einvoice', 'print'] })).toEqual({
      channel: 'print',
      reason: 'client-policy',
      passedOver: [{ channel: 'einvoice', wishedBy: 'client-policy', because: 'no-endpoint' }],
    });
    expect(decideChannel({ ...both, endpointUnreachable: true, preference: 'einvoice' }).passedOver).toEqual([
      { channel: 'einvoice', wishedBy: 'debtor-preference', because: 'unreachable', endpoint: '0007:5599992228' },
      { channel: 'einvoice', wishedBy: 'client-policy', because: 'unreachable', endpoint: '0007:5599992228' },
    ]);
    expect(decideChannel({ ...both, policy: ['einvoice'], einvoiceObstacle: () => 'BR-CO-25' })).toEqual({
      channel: 'print',
      reason: 'only-print-left',
      passedOver: [
        { channel: 'einvoice', wishedBy: 'client-policy', because: 'breaks-rule', rule: 'BR-CO-25', endpoint: '0007:5599992228' },
      ],
    });
  });

  it('asks for the rules only where nothing else stands against an e-invoice', () => {
    const einvoiceObstacle = () => {
      throw new Error('asked');
    };
    const questions: readonly ChannelQuestion[] = [
      { ...both, direction: 'print' },
      { ...both, policy: ['print'] },
      { policy: ['einvoice', 'print'] },
      { ...both, endpointUnreachable: true },
    ];
    for (const question of questions) expect(decideChannel({ ...question, einvoiceObstacle }).channel).toBe('print');
    expect(() => decideChannel({ ...both, einvoiceObstacle })).toThrow('asked');
  });
});
