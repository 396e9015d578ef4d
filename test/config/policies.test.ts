import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { loadConfig } from '#config/load-config.ts';
import { loadPolicies } from '#config/load-policies.ts';
import { isoDate } from '#engine/iso-date.ts';
import { toJson } from '#engine/invoice-json.ts';
import { planSchedule } from '#engine/claims/step-date.ts';
import { parts } from '#jobs/house/parts.ts';
import { houseFolder } from './fault-gallery.ts';
import { readByName } from '../house/by-name.ts';

const committed = new URL('../../config', import.meta.url).pathname;

describe('a sound house', () => {
  it('has its policies in full in the agreements that name them', async () => {
    const { config } = await loadConfig(houseFolder, parts);
    const [first, second] = config!.clients.get('lillan')!.agreements;
    expect(first!.policies).toBeUndefined();
    expect(second!.policies!.consumer).toEqual({
      country: 'SE',
      debtorClass: 'consumer',
      claimKind: 'contract',
      currency: 'SEK',
      validFrom: '2025-01-01',
      bookingGraceBankDays: 2,
      collectionGraceBankDays: 4,
      interest: { rate: { kind: 'statutory' }, dayCount: 'ACT/365F', claim: 'from-reminder', minimumAmount: 0n },
      toleranceAmount: 1_000n,
      // The client's own, instead of the 100.00 of the named policy.
      minimumClaimAmount: 5_000n,
      steps: [
        {
          document: 'reminder',
          trigger: { after: 'due', days: 5, calendar: 'calendar' },
          deadlineDays: 10,
          // `agreed`, and nothing was agreed in this version.
          feeAmount: 0n,
          compensation: false,
        },
        {
          document: 'handover',
          trigger: { after: 'due', days: 21, calendar: 'calendar' },
          deadlineDays: 10,
          feeAmount: 0n,
          compensation: false,
        },
      ],
      acknowledged: [{ rule: 'X-10', by: 'Kassören', on: '2026-01-02' }],
    });
    expect(second!.policies!.business).toMatchObject({ bookingGraceBankDays: 3, interest: { dayCount: 'ACT/360' } });
    expect(config!.bureau.licences).toEqual({ SE: false });
  });

  it('keeps them through storage, amounts and all', async () => {
    const { policies } = (await loadConfig(houseFolder, parts)).config!.clients.get('lillan')!.agreements[1]!;
    expect(readByName(toJson(policies))).toEqual(policies);
  });
});

describe('the policies that come with Kuvert', () => {
  const folder = `${committed}/policies`;

  it('are within the law', async () => {
    const { ids, problems } = await loadPolicies(folder, parts);
    expect(problems).toEqual([]);
    expect(ids.length).toBe(readdirSync(folder).length);
  });

  it('show in the demo: a hand-over, a demand with a fee, and compensation instead of fees', async () => {
    const clients = (await loadConfig(committed, parts)).config!.clients;
    const policy = (id: string, debtorClass: 'consumer' | 'business') => clients.get(id)!.agreements[0]!.policies![debtorClass]!;
    const steps = (id: string, debtorClass: 'consumer' | 'business') =>
      policy(id, debtorClass).steps.map(({ document, feeAmount, compensation }) => [document, feeAmount, compensation]);
    expect(steps('vattnet', 'consumer')).toEqual([
      ['reminder', 6_000n, false],
      ['handover', 0n, false],
      ['assessment', 0n, false],
    ]);
    expect(steps('byra', 'business')).toEqual([
      ['reminder', 0n, true],
      ['demand', 0n, true],
      ['assessment', 0n, false],
    ]);
    expect(policy('byra', 'business').interest.rate).toEqual({ kind: 'contract', percent: '12' });
  });

  test('keep to +5, +21, +33 where no weekend is in the way', async () => {
    const policy = (await loadConfig(committed, parts)).config!.clients.get('vattnet')!.agreements[0]!.policies!.consumer!;
    // Due Thursday 1 October 2026 (F41).
    expect(planSchedule(policy, isoDate('2026-10-01'), parts.countries.SE).map(({ date }) => date)).toEqual([
      '2026-10-06',
      '2026-10-22',
      '2026-11-03',
    ]);
  });
});
