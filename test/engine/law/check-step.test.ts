import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import { checkStep } from '#engine/claims/step-rules.ts';
import { demandItems, type StepQuestion } from '#engine/claims/legal-rules.ts';
import { generalRuleIds, type RuleId } from '#engine/claims/policy.ts';
import { businessPolicy, consumerPolicy } from './sample-policy.ts';
import {
  at,
  businessFacts,
  compensated,
  demanded,
  facts,
  freeReminder,
  interestTo,
  notTold,
  proposedApplication,
  proposedAssessment,
  proposedDemand,
  proposedHandover,
  proposedPlan,
  proposedReminder,
  reminded,
  sentReminder,
  unconfirmedInvoice,
  withRate,
  withoutAgreedFee,
  withoutInterest,
} from './sample-steps.ts';

type Question = Pick<StepQuestion, 'facts' | 'proposed'> & Partial<StepQuestion>;
const findings = (question: Question) => checkStep({ policy: consumerPolicy, rules: sweden, licensed: true, ...question });
const found = (question: Question): readonly string[] => findings(question).map(({ rule, severity }) => `${rule} ${severity}`);
const business = { policy: businessPolicy, facts: businessFacts };

describe('a step within the law', () => {
  test.each<readonly [string, Question]>([
    ['reminder', { facts, proposed: proposedReminder }],
    ['reminder without licence', { facts, proposed: proposedReminder, licensed: false }],
    ['collection demand', { facts: reminded, proposed: proposedDemand }],
    ['hand-over without licence', { facts: reminded, proposed: proposedHandover, licensed: false }],
    ['assessment in the demand’s grace', { facts: demanded, proposed: proposedAssessment }],
    ['application', { facts: demanded, proposed: proposedApplication }],
    ['plan', { facts: demanded, proposed: proposedPlan }],
    ['reminder of a business with compensation', { ...business, proposed: compensated }],
    [
      'reminder by the consumer policy of somebody unknown',
      { facts: { ...facts, debtorClass: 'unknown' }, proposed: proposedReminder },
    ],
    [
      'letter with provisional interest that is only a reminder',
      {
        facts: { ...facts, dueDate: isoDate('2026-12-21') },
        proposed: {
          ...proposedReminder,
          date: isoDate('2027-01-11'),
          deadline: isoDate('2027-01-21'),
          interest: interestTo('2027-01-11', { firstDay: '2026-12-22' }),
        },
      },
    ],
    [
      'demand without interest and costs, which then need not be stated',
      {
        facts: { ...facts, letters: [{ ...sentReminder, feeAmount: 0n }] },
        proposed: {
          ...withoutInterest(proposedDemand),
          feeAmount: 0n,
          contents: ['creditor', 'ground', 'how-to-pay', 'principal', 'deadline'],
        },
      },
    ],
  ])('%s', (_name, question) => expect(found(question)).toEqual([]));
});

const cases: readonly (readonly [RuleId, string, Question, 'warning'?])[] = [
  ['X-01', 'a fee of a hand-over', { facts: reminded, proposed: { ...proposedHandover, feeAmount: 1n } }],
  ['X-01', 'compensation of more than 450', { ...business, proposed: { ...compensated, compensationAmount: 45_001n } }],
  [
    'X-01',
    'interest from before the first interest day',
    { facts, proposed: { ...proposedReminder, interest: interestTo('2026-09-07', { firstDay: '2026-09-01' }) } },
  ],
  [
    'X-01',
    'interest that has not begun to run, since the due date was not agreed',
    { facts: { ...facts, dueDateAgreed: false, interestNoticeDate: isoDate('2026-08-20') }, proposed: proposedReminder },
  ],
  ['X-01', 'a rate above what is owed', { facts, proposed: withRate('10.01') }],
  ['X-02', 'a letter on the due date', { facts, proposed: at(withoutInterest(proposedReminder), '2026-09-01') }],
  ['X-02', 'a letter in the bank days of grace', { facts, proposed: at(proposedReminder, '2026-09-03') }],
  ['X-02', 'a demand in the reminder’s term', { facts: reminded, proposed: at(proposedDemand, '2026-09-17') }],
  ['X-02', 'a demand in the grace after it', { facts: reminded, proposed: at(proposedDemand, '2026-09-21') }],
  ['X-02', 'a hand-over in the grace', { facts: reminded, proposed: at(proposedHandover, '2026-09-21') }],
  ['X-03', 'an invoice whose dispatch is not confirmed', { facts: unconfirmedInvoice(), proposed: proposedReminder }],
  [
    'X-03',
    'a reminder whose dispatch is not confirmed',
    {
      facts: {
        ...reminded,
        letters: [{ document: 'reminder', deadline: isoDate('2026-09-17'), feeAmount: 0n, compensationAmount: 0n }],
      },
      proposed: proposedDemand,
    },
  ],
  ...(['disputed', 'deferred', 'plan', 'blocked', 'time-barred'] as const).map(
    (state) => ['X-04', `a ${state} claim`, { facts: { ...facts, states: [state] }, proposed: proposedReminder }] as const,
  ),
  ['X-04', 'a hand-over of a disputed claim', { facts: { ...reminded, states: ['disputed'] }, proposed: proposedHandover }],
  ...demandItems
    .filter((item) => item !== 'assignment')
    .map(
      (item) =>
        [
          'X-05',
          `a demand without ${item}`,
          {
            facts: reminded,
            proposed: { ...proposedDemand, contents: proposedDemand.contents.filter((stated) => stated !== item) },
          },
        ] as const,
    ),
  ['X-05', 'an assigned claim without the assignment', { facts: { ...reminded, assigned: true }, proposed: proposedDemand }],
  ['X-05', 'a sector without recorded rules', { facts: { ...facts, claimKind: 'rent' }, proposed: proposedReminder }],
  ['X-06', 'a demand without licence', { facts: reminded, proposed: proposedDemand, licensed: false }],
  ['X-06', 'an application without licence', { facts: demanded, proposed: proposedApplication, licensed: false }],
  [
    'X-07',
    'a demand with provisional interest',
    {
      facts: { ...reminded, dueDate: isoDate('2026-12-01'), letters: [] },
      proposed: {
        ...proposedDemand,
        date: isoDate('2027-01-11'),
        deadline: isoDate('2027-01-25'),
        interest: interestTo('2027-01-11', { firstDay: '2026-12-02' }),
      },
    },
  ],
  [
    'X-08',
    'interest on the fee as well',
    { facts, proposed: { ...proposedReminder, interest: interestTo('2026-09-07', { amount: 131_000n }) } },
  ],
  [
    'X-08',
    'a consumer’s agreed interest of more than statutory + 8',
    {
      policy: { ...consumerPolicy, interest: { ...consumerPolicy.interest, rate: { kind: 'contract', percent: decimal('24') } } },
      facts,
      proposed: withRate('24'),
    },
    'warning',
  ],
  [
    'X-09',
    'a fee after the law was last read through',
    {
      facts: { ...facts, dueDate: isoDate('2027-06-24') },
      proposed: { ...withoutInterest(proposedReminder), date: isoDate('2027-07-01'), deadline: isoDate('2027-07-12') },
    },
  ],
  [
    'X-10',
    'a principal below the minimum',
    { facts: { ...facts, remainingPrincipalAmount: 9_999n }, proposed: proposedReminder },
    'warning',
  ],
  [
    'X-10',
    'a remainder of fees only',
    { facts: { ...reminded, remainingPrincipalAmount: 0n }, proposed: proposedHandover },
    'warning',
  ],
  [
    'X-11',
    'a fourth letter within thirty days',
    {
      facts: {
        ...facts,
        letters: ['09-07', '09-09', '09-11'].map((day) => ({
          document: 'reminder' as const,
          dispatchDate: isoDate(`2026-${day}`),
          feeAmount: 0n,
          compensationAmount: 0n,
        })),
      },
      proposed: proposedDemand,
    },
    'warning',
  ],
  ['X-11', 'letters of one day that could be one', { facts, proposed: { ...proposedReminder, unmergedLetters: 1 } }, 'warning'],
  [
    'X-12',
    'the business policy for somebody unknown',
    { policy: businessPolicy, facts: { ...facts, debtorClass: 'unknown' }, proposed: freeReminder },
  ],
  ['X-12', 'the business policy for a consumer', { policy: businessPolicy, facts, proposed: freeReminder }],
  ['X-13', 'a deadline on a Saturday', { facts, proposed: { ...proposedReminder, deadline: isoDate('2026-09-19') } }, 'warning'],
  [
    'SE-01',
    'a reminder fee above the cap',
    { facts: { ...facts, agreedReminderFeeAmount: 7_500n }, proposed: { ...proposedReminder, feeAmount: 7_500n } },
  ],
  ['SE-01', 'a reminder fee that nobody agreed to', { facts: withoutAgreedFee(), proposed: proposedReminder }],
  [
    'SE-01',
    'a reminder fee above the agreed one',
    { facts: { ...facts, agreedReminderFeeAmount: 5_000n }, proposed: proposedReminder },
  ],
  [
    'SE-02',
    'a second reminder with a fee',
    { facts: reminded, proposed: { ...proposedReminder, date: isoDate('2026-09-22'), deadline: isoDate('2026-10-02') } },
  ],
  ['SE-03', 'a collection fee above the cap', { facts: reminded, proposed: { ...proposedDemand, feeAmount: 18_001n } }],
  // Eight days from dispatch are over on 30 September, four bank days from receipt on 1 October.
  [
    'SE-03',
    'less than four bank days from receipt',
    { facts: reminded, proposed: { ...proposedDemand, deadline: isoDate('2026-09-30') } },
  ],
  [
    'SE-03',
    'less than eight days from dispatch',
    {
      facts: { ...facts, dueDate: isoDate('2026-09-01') },
      proposed: {
        ...proposedDemand,
        date: isoDate('2026-09-14'),
        deadline: isoDate('2026-09-21'),
        interest: interestTo('2026-09-14'),
      },
    },
  ],
  ['SE-04', 'compensation from a consumer', { facts, proposed: compensated }],
  ['SE-04', 'compensation from somebody unknown', { facts: { ...facts, debtorClass: 'unknown' }, proposed: compensated }],
  ['SE-04', 'compensation with a fee', { ...business, proposed: { ...compensated, feeAmount: 6_000n } }],
  [
    'SE-04',
    'a fee after compensation',
    {
      policy: businessPolicy,
      facts: {
        ...businessFacts,
        unpaidFeesAmount: 45_000n,
        letters: [{ ...sentReminder, feeAmount: 0n, compensationAmount: 45_000n }],
      },
      proposed: proposedDemand,
    },
  ],
  [
    'SE-05',
    'compensation before the thirty days, the due date not being agreed',
    {
      policy: businessPolicy,
      facts: { ...businessFacts, dueDateAgreed: false, invoiceDispatchDate: isoDate('2026-08-08') },
      proposed: withoutInterest(compensated),
    },
  ],
  ['SE-06', 'an application in the demand’s grace', { facts: demanded, proposed: at(proposedApplication, '2026-10-08') }],
  ['SE-06', 'an application without a demand', { facts: reminded, proposed: proposedApplication }],
  [
    'SE-06',
    'an application about a disputed claim',
    { facts: { ...demanded, states: ['disputed'] }, proposed: proposedApplication },
  ],
  [
    'SE-06',
    'an application about a claim that is not due',
    { facts: { ...demanded, dueDate: isoDate('2026-10-09') }, proposed: withoutInterest(proposedApplication) },
  ],
  ['SE-07', 'a plan fee above the cap', { facts: demanded, proposed: { ...proposedPlan, feeAmount: 17_001n } }],
  [
    'SE-07',
    'the fee of a plan that is not complete',
    { facts: demanded, proposed: { ...proposedPlan, plan: { written: true, complete: false } } },
  ],
  [
    'SE-07',
    'the fee of a plan that is not in writing',
    { facts: demanded, proposed: { ...proposedPlan, plan: { written: false, complete: true } } },
  ],
  ['SE-08', 'interest from a consumer who was not told', { facts: notTold(), proposed: proposedReminder }],
  [
    'SE-09',
    'an agent’s fee above the cap',
    {
      facts: demanded,
      proposed: { ...proposedApplication, application: { applicationFeeAmount: 30_000n, agentFeeAmount: 38_001n } },
    },
    'warning',
  ],
  [
    'SE-09',
    'another application fee than the authority’s',
    {
      facts: demanded,
      proposed: { ...proposedApplication, application: { applicationFeeAmount: 34_000n, agentFeeAmount: 38_000n } },
    },
    'warning',
  ],
  ...[
    'Annars ansöker vi om betalningsföreläggande.',
    'Ärendet går till KRONOFOGDEMYNDIGHETEN.',
    'Du kan få en betalningsanmärkning.',
    'We will take legal action.',
  ].map((text) => ['SE-10', text, { facts, proposed: { ...proposedReminder, text }, licensed: false }] as const),
];

describe('each rule is provoked alone', () => {
  const named = cases.map(([rule, name, question, severity = 'error']) => ({ rule, name, question, severity }));
  test.each(named)('$rule $name', ({ rule, question, severity }) => expect(found(question)).toEqual([`${rule} ${severity}`]));

  test('and there is no rule without a case', () => {
    expect(new Set(cases.map(([rule]) => rule))).toEqual(new Set([...generalRuleIds, ...sweden.ruleIds]));
  });

  test('every finding says what to do', () => {
    for (const question of cases.map((item) => item[2])) {
      for (const { message, hint } of findings(question)) {
        expect(message).toMatch(/^[A-Z].*\.$/);
        expect(hint).toMatch(/^[A-Z].*\.$/);
      }
    }
  });
});

describe('where the due date was not agreed', () => {
  const notAgreed = { ...facts, dueDateAgreed: false };
  test.each<readonly [string, Question, readonly string[]]>([
    // 1 August + 30 = 31 August, before the printed date
    ['interest runs from the printed date if thirty days are over', { facts: notAgreed, proposed: proposedReminder }, []],
    // 4 August + 30 = 3 September
    [
      'and from the thirty-first day otherwise',
      {
        facts: { ...notAgreed, invoiceDispatchDate: isoDate('2026-08-04'), interestNoticeDate: isoDate('2026-08-04') },
        proposed: { ...proposedReminder, interest: interestTo('2026-09-07', { firstDay: '2026-09-04' }) },
      },
      [],
    ],
    [
      'not a day earlier',
      {
        facts: { ...notAgreed, invoiceDispatchDate: isoDate('2026-08-04'), interestNoticeDate: isoDate('2026-08-04') },
        proposed: { ...proposedReminder, interest: interestTo('2026-09-07', { firstDay: '2026-09-03' }) },
      },
      ['X-01 error'],
    ],
  ])('%s', (_name, question, expected) => expect(found(question)).toEqual(expected));
});

describe('at the very bound', () => {
  test.each<readonly [string, Question]>([
    ['the day after the grace', { facts, proposed: at(proposedReminder, '2026-09-04') }],
    ['a demand to the first possible day', { facts: reminded, proposed: { ...proposedDemand, deadline: isoDate('2026-10-01') } }],
    [
      'a fee on the last reviewed day',
      {
        facts: { ...facts, dueDate: isoDate('2027-06-24') },
        proposed: { ...withoutInterest(proposedReminder), date: isoDate('2027-06-30'), deadline: isoDate('2027-07-12') },
      },
    ],
    // 7 August + 30 = 6 September
    [
      'compensation after the thirty days',
      {
        policy: businessPolicy,
        facts: { ...businessFacts, dueDateAgreed: false, invoiceDispatchDate: isoDate('2026-08-07') },
        proposed: withoutInterest(compensated),
      },
    ],
    [
      'a word that only contains a stem of the list',
      { facts, proposed: { ...proposedReminder, text: 'Vi är oberättsliga inkurtister, courgette.' }, licensed: false },
    ],
    ['a licensed bureau may name the authority', { facts, proposed: { ...proposedReminder, text: 'Kronofogden' } }],
  ])('%s is in order', (_name, question) => expect(found(question)).toEqual([]));
});
