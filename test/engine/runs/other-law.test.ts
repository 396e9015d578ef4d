import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { datedTable } from '#engine/dated-table.ts';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import { appropriate } from '#engine/claims/appropriation.ts';
import { amountOn } from '#engine/claims/bounds.ts';
import { checkPolicy } from '#engine/claims/policy-rules.ts';
import { interestRates } from '#engine/claims/interest-rates.ts';
import type { Act, Compensation, FeeRule, LegalRules } from '#engine/claims/legal-rules.ts';
import type { Policy, PolicyStep } from '#engine/claims/policy.ts';
import type { Receivable, TakenStep } from '#engine/claims/receivable.ts';
import { decide, lineOf, on, receivable, termsUnder } from './sample-receivable.ts';

/**
 * The law of a made-up country, shaped like Norway's, Finland's and Denmark's (reference/collection-rules.md §§3–6, 14.2) and written
 * in nothing but rows: fees are shares of a dated rate and may be charged from fourteen days after the due date, at most two of the
 * small ones until six months without; a notice and a payment request give fourteen days each; compensation is set off.
 */
const table = <Value>(name: string, ...rows: readonly (readonly [from: string, value: Value])[]) =>
  datedTable<Value>(
    name,
    rows.map(([from, value]) => ({ from: isoDate(from), value, source: 'made up', confidence: 'M' as const })),
  );
const days = (value: number) => table(`${value} days`, ['2000-01-01', value]);
const base = table('collection rate', ['2017-01-01', 700_00n], ['2026-01-01', 750_00n]);
const fraction = (numerator: bigint, denominator: bigint) =>
  ({
    kind: 'fraction',
    base,
    share: table(`${numerator}/${denominator}`, ['2017-01-01', { numerator, denominator, unit: 100n }]),
  }) as const;
const smallFee: FeeRule = {
  title: 'letter fee',
  component: 'reminderFee',
  rule: 'XN-01',
  max: fraction(1n, 20n),
  mustBeAgreed: false,
  afterDueDays: days(14),
  number: {
    group: 'small',
    max: 2,
    anewAfterMonths: 6,
    broken: { rule: 'XN-02', severity: 'error', because: 'more than the two that are owed' },
  },
};
const fourteen = { rule: 'XN-03', minDays: days(14), of: 'the law' } as const;
const acts: Readonly<Record<string, Act>> = {
  reminder: {
    title: 'reminder',
    does: 'letter',
    run: 'reminder',
    grace: 'booking',
    fee: smallFee,
    term: { ...fourteen, minDays: days(1) },
  },
  notice: { title: 'collection notice', does: 'letter', run: 'collection', grace: 'booking', fee: smallFee, term: fourteen },
  request: {
    title: 'payment request',
    does: 'letter',
    run: 'collection',
    grace: 'collection',
    fee: { ...smallFee, component: 'collectionFee', max: fraction(3n, 20n), number: { group: 'request', max: 1 } },
    term: fourteen,
  },
  agency: { title: 'hand-over', does: 'handover', run: 'collection', grace: 'booking' },
};
const setOff: Compensation = {
  debtorClasses: ['business'],
  amount: { kind: 'fixed', table: table('compensation', ['2026-01-01', 460_00n], ['2026-07-01', 430_00n]) },
  withFees: 'set-off',
};
const law: LegalRules = {
  ...sweden,
  country: 'XN',
  currency: 'NOK',
  acts,
  filedAfter: 'request',
  compensation: setOff,
  lateInterest: {
    statutory: [
      { debtorClasses: ['consumer'], sumOf: [table('consumers', ['2026-01-01', decimal('9.5')])] },
      {
        dueUntil: isoDate('2013-02-28'),
        sumOf: [table('reference', ['2000-01-01', decimal('2.5')]), table('old', ['2000-01-01', decimal('7')])],
      },
      { sumOf: [table('reference', ['2000-01-01', decimal('2.5')]), table('new', ['2000-01-01', decimal('8')])] },
    ],
  },
  appropriationOrder: {
    ...sweden.appropriationOrder,
    consumer: ['interest', 'principal', 'reminderFee', 'collectionFee', 'compensation'],
  },
  licensedActs: table('licensed', ['2000-01-01', []]),
  ruleIds: ['XN-01', 'XN-02', 'XN-03'],
  checkPolicy: () => [],
  checkStep: () => [],
};

const step = (document: string, days: number, feeAmount: bigint): PolicyStep => ({
  document,
  trigger: { after: 'due', days, calendar: 'calendar' },
  deadlineDays: 14,
  feeAmount,
  compensation: false,
});
const policy: Policy = {
  country: 'XN',
  debtorClass: 'consumer',
  claimKind: 'contract',
  currency: 'NOK',
  validFrom: isoDate('2026-01-01'),
  bookingGraceBankDays: 2,
  collectionGraceBankDays: 4,
  interest: { rate: { kind: 'none' }, dayCount: 'ACT/365F', claim: 'from-demand', minimumAmount: 0n },
  toleranceAmount: 0n,
  minimumClaimAmount: 100_00n,
  steps: [step('reminder', 14, 38_00n), step('notice', 32, 38_00n), step('request', 50, 113_00n), step('agency', 70, 0n)],
  acknowledged: [],
};
const broken = (changes: Partial<Policy>, rules: Partial<LegalRules> = {}): readonly string[] =>
  checkPolicy({ ...policy, ...changes }, { rules: { ...law, ...rules }, licensed: true }, isoDate('2026-03-01')).map(
    ({ rule, path }) => `${rule} ${path.join('.')}`,
  );

describe('a policy under the law', () => {
  test('within its bounds has no findings', () => expect(broken({})).toEqual([]));

  test.each<[name: string, changes: Partial<Policy>, expected: readonly string[]]>([
    // 750 / 20 is 37.50, rounded to whole kroner 38.
    ['a fee above the share of the rate', { steps: [step('reminder', 14, 38_01n)] }, ['XN-01 steps.0.feeAmount']],
    ['a fee before the fourteenth day', { steps: [step('reminder', 13, 38_00n)] }, ['XN-01 steps.0.feeAmount']],
    ['a free reminder before it', { steps: [step('reminder', 5, 0n)] }, []],
    [
      'a third small fee, reminders and notices together',
      { steps: [step('reminder', 14, 38_00n), step('notice', 32, 38_00n), step('notice', 50, 38_00n)] },
      ['XN-02 steps.2.feeAmount'],
    ],
    ['a notice of thirteen days', { steps: [{ ...step('notice', 14, 0n), deadlineDays: 13 }] }, ['XN-03 steps.0.deadlineDays']],
    ['a step that the law does not know', { steps: [step('demand', 14, 0n)] }, ['X-05 steps.0.document']],
  ])('%s', (_name, changes, expected) => expect(broken(changes)).toEqual(expected));

  test('what the country has no rule for is refused, never lawful by silence', () => {
    const { fee: _fee, ...free } = acts['reminder']!;
    const { term: _term, ...endless } = acts['reminder']!;
    const { compensation: _compensation, ...without } = law;
    const claiming = { debtorClass: 'business' as const, steps: [{ ...step('reminder', 14, 0n), compensation: true }] };
    expect(broken({}, { acts: { ...acts, reminder: free } })).toEqual(['X-01 steps.0.feeAmount']);
    expect(broken({}, { acts: { ...acts, reminder: endless } })).toEqual(['X-05 steps.0.deadlineDays']);
    expect(broken(claiming)).toEqual([]);
    expect(
      checkPolicy({ ...policy, ...claiming }, { rules: without, licensed: true }, isoDate('2026-03-01')).map(({ rule }) => rule),
    ).toEqual(['X-01']);
  });
});

describe('what its runs decide', () => {
  const claim: Receivable = { ...receivable, currency: 'NOK' };
  const taken = (level: number, kind: string, date: string, fee: bigint): TakenStep => ({
    level,
    kind,
    businessDate: on(date),
    dispatchedOn: on(date),
    deadline: on(date),
    reminderFeeAmount: fee,
    collectionFeeAmount: 0n,
    compensationAmount: 0n,
  });
  const under = (changes: Partial<Policy>) => termsUnder({ ...policy, ...changes }, { rules: law });
  const first = taken(1, 'reminder', '2026-09-15', 38_00n);
  const second = taken(2, 'notice', '2026-10-05', 38_00n);

  test('reminder, notice and payment request, each with its fee', () => {
    expect(lineOf(decide(claim, under({}), '2026-09-15'))).toBe(
      'reminder 1, 2026-09-29, capital 125000, fee 3800, compensation 0, interest 0',
    );
    expect(lineOf(decide({ ...claim, steps: [first] }, under({}), '2026-10-05'))).toBe(
      'notice 2, 2026-10-19, capital 125000, fee 3800, compensation 0, interest 0',
    );
    expect(lineOf(decide({ ...claim, steps: [first, second] }, under({}), '2026-10-22'))).toBe(
      'request 3, 2026-11-05, capital 125000, fee 11300, compensation 0, interest 0',
    );
  });

  test('a third small fee is not charged, and after six months it is', () => {
    const terms = under({ steps: [...policy.steps.slice(0, 2), step('notice', 50, 38_00n)] });
    const reminded = { ...claim, steps: [first, second] };
    expect(lineOf(decide(reminded, terms, '2026-10-22'))).toContain('fee 0,');
    expect(lineOf(decide(reminded, terms, '2027-04-05'))).toContain('fee 3800,');
  });

  test('a letter announces what is certain to follow, by the country’s word', () => {
    const next = (item: Receivable, date: string) => {
      const decision = decide(item, under({}), date);
      return decision.outcome === 'step' ? decision.step.next : decision.rule;
    };
    expect(next(claim, '2026-09-15')).toBe('notice');
    expect(next({ ...claim, steps: [first, second] }, '2026-10-22')).toBe('handover');
  });

  test.each([
    ['instead', 'fee 0, compensation 43000'],
    // 430 are more than the fee of 38, so nothing is left of it.
    ['set-off', 'fee 0, compensation 43000'],
    ['on-top', 'fee 3800, compensation 43000'],
  ] as const)('compensation %s of fees', (withFees, expected) => {
    const business = { ...claim, debtor: { ...claim.debtor, class: 'business' as const } };
    const steps = [{ ...step('reminder', 14, 38_00n), compensation: true }];
    const rules = { ...law, compensation: { ...setOff, withFees } };
    const terms = termsUnder({ ...policy, debtorClass: 'business', steps }, { rules });
    expect(lineOf(decide(business, terms, '2026-09-15'))).toContain(expected);
  });

  test('fees are charged for what they are more than a compensation that is set off', () => {
    const small = {
      ...law,
      compensation: { ...setOff, amount: { kind: 'fixed', table: table('small', ['2026-01-01', 50_00n]) } as const },
    };
    const business = { ...claim, debtor: { ...claim.debtor, class: 'business' as const } };
    const steps = [{ ...step('reminder', 14, 38_00n), compensation: true }, step('notice', 32, 38_00n)];
    const terms = termsUnder({ ...policy, debtorClass: 'business', steps }, { rules: small });
    const claimed = { ...first, reminderFeeAmount: 0n, compensationAmount: 50_00n };
    // Two fees are 76, which is 26 more than the compensation.
    expect(lineOf(decide({ ...business, steps: [claimed] }, terms, '2026-10-05'))).toContain('fee 2600, compensation 0');
  });
});

describe('amounts, rates and orders by row', () => {
  const question = { date: isoDate('2026-03-01'), debtorClass: 'consumer', principalAmount: 900_00n } as const;

  test('a share of a dated base, by the size of the claim, by who owes it', () => {
    const bands = table('bands', [
      '2000-01-01',
      [{ upTo: 100_00n, amount: 14_00n }, { upTo: 1000_00n, amount: 24_00n }, { amount: 50_00n }],
    ]);
    const byClass = { kind: 'by-class', of: { consumer: { kind: 'bands', table: bands } } } as const;
    expect(amountOn(fraction(3n, 20n), question)?.value).toBe(113_00n);
    expect(amountOn(fraction(3n, 20n), { ...question, date: isoDate('2025-12-31') })?.value).toBe(105_00n);
    expect(amountOn(byClass, question)?.value).toBe(24_00n);
    expect(amountOn(byClass, { ...question, principalAmount: 1000_01n })?.value).toBe(50_00n);
    expect(amountOn(byClass, { ...question, debtorClass: 'business' })).toBeUndefined();
  });

  test.each([
    ['consumer', '2026-09-01', '9.5'],
    ['business', '2026-09-01', '10.5'],
    ['business', '2013-02-28', '9.5'],
  ] as const)('interest by law of a %s, due %s', (debtorClass, dueDate, expected) => {
    const rates = interestRates({ kind: 'statutory' }, law, { debtorClass, dueDate: isoDate(dueDate) });
    expect(rates.rows.at(-1)?.value).toBe(expected);
  });

  test('no points above a reference rate that the country has not', () => {
    const rates = interestRates({ kind: 'margin', points: decimal('5') }, law, {
      debtorClass: 'consumer',
      dueDate: on('2026-09-01'),
    });
    expect(rates.rows).toEqual([]);
  });

  test('a consumer’s payment covers the claim before its costs, a business’s the costs before the claim', () => {
    const open = [
      {
        claim: 'A',
        parts: [
          { component: 'reminderFee', amount: 38_00n },
          { component: 'principal', amount: 100_00n },
        ] as const,
      },
    ];
    const covered = (debtorClass: 'consumer' | 'business') =>
      appropriate(100_00n, open, law.appropriationOrder[debtorClass]).shares.map(
        ({ component, amount }) => `${component} ${amount}`,
      );
    expect(covered('consumer')).toEqual(['principal 10000']);
    expect(covered('business')).toEqual(['reminderFee 3800', 'principal 6200']);
  });
});
