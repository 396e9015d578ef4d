import { datedTable } from '../../dated-table.ts';
import { decimal } from '../../decimal.ts';
import { isoDate } from '../../iso-date.ts';
import type { Act, Compensation, LegalRules } from '../../claims/legal-rules.ts';

/** The highest fee for one written reminder, and only if it was agreed no later than when the debt arose (rule SE-01). */
export const reminderFeeMax = datedTable('reminder fee maximum SE', [
  {
    from: isoDate('2003-07-01'),
    to: isoDate('2013-03-15'),
    value: 5000n,
    source: 'förordning (1981:1057) om ersättning för inkassokostnader (2003:294)',
    confidence: 'V',
  },
  {
    from: isoDate('2013-03-16'),
    value: 6000n,
    source: 'lag (1981:739) om ersättning för inkassokostnader m.m. 2 och 4 §§ (2013:56)',
    confidence: 'V',
  },
]);

/** The highest fee for a collection demand (inkassokrav); it needs no agreement (rule SE-03). */
export const collectionLetterFeeMax = datedTable('collection letter fee maximum SE', [
  {
    from: isoDate('2003-07-01'),
    to: isoDate('2013-03-15'),
    value: 16000n,
    source: 'förordning (1981:1057) om ersättning för inkassokostnader (2003:294)',
    confidence: 'V',
  },
  {
    from: isoDate('2013-03-16'),
    value: 18000n,
    source: 'lag (1981:739) om ersättning för inkassokostnader m.m. 4 § (2013:56)',
    confidence: 'V',
  },
]);

/** Days from dispatch that a collection demand must give: what inkassolagen (1974:182) 5 § calls reasonable (rule SE-03). */
export const collectionLetterMinDays = datedTable('collection letter days from dispatch SE', [
  {
    from: isoDate('2011-01-01'),
    value: 8,
    source: 'IMY FAQ; Inkassonämnden 273-2021 quoting Datainspektionens allmänna råd',
    confidence: 'V',
  },
]);

/** Bank days from assumed receipt that a collection demand must give as well (rule SE-03). */
export const collectionLetterMinBankDays = datedTable('collection letter bank days from receipt SE', [
  {
    from: isoDate('2011-01-01'),
    value: 4,
    source: 'Inkassonämnden 273-2021 quoting Datainspektionens allmänna råd',
    confidence: 'S',
  },
]);

/** The highest fee for a complete written instalment plan made with the debtor (rule SE-07). */
export const instalmentPlanFeeMax = datedTable('instalment plan fee maximum SE', [
  {
    from: isoDate('2003-07-01'),
    to: isoDate('2013-03-15'),
    value: 15000n,
    source: 'förordning (1981:1057) om ersättning för inkassokostnader (2003:294)',
    confidence: 'V',
  },
  {
    from: isoDate('2013-03-16'),
    value: 17000n,
    source: 'lag (1981:739) om ersättning för inkassokostnader m.m. 4 § (2013:56)',
    confidence: 'V',
  },
]);

/** What agencies take for a notice of a plan that is not complete: practice, not in the statute (reference/collection-rules.md §2.3). */
export const instalmentPlanNoticeFeeMax = datedTable('instalment plan notice fee SE', [
  {
    from: isoDate('2013-03-16'),
    value: 6000n,
    source: 'Intrum Sverige price page; Aros Kapital 2013 (practice, not in the statute)',
    confidence: 'S',
  },
]);

/** Förseningsersättning: owed by traders and public bodies when the right to late interest arises, instead of the fees (rules SE-04, SE-05). */
export const lateCompensation = datedTable('late payment compensation SE', [
  {
    from: isoDate('2013-03-16'),
    value: 45000n,
    source: 'lag (1981:739) om ersättning för inkassokostnader m.m. 4 a § (2013:56)',
    confidence: 'V',
  },
]);

/** Where no due date was agreed, late interest runs from thirty days after the demand; a consumer must have been told so (rule SE-08). */
export const interestNotice = datedTable('interest notice SE', [
  {
    from: isoDate('2002-07-01'),
    value: { days: 30, consumersMustBeTold: true },
    source: 'räntelag (1975:635) 4 §',
    confidence: 'V',
  },
]);

/** What the enforcement authority takes for an application for an order to pay (rule SE-09). */
export const paymentOrderApplicationFee = datedTable('order to pay, application fee SE', [
  {
    from: isoDate('2008-11-01'),
    value: 30000n,
    source: 'förordning (1992:1094) om avgifter vid Kronofogdemyndigheten 1 §',
    confidence: 'V',
  },
]);

/** The highest recoverable cost of the applicant’s or agent’s work on an application (rule SE-09). */
export const paymentOrderAgentFeeMax = datedTable('order to pay, agent fee maximum SE', [
  {
    from: isoDate('2014-01-01'),
    value: 38000n,
    source: 'lag (1990:746) om betalningsföreläggande och handräckning 48 § (2013:1062)',
    confidence: 'V',
  },
]);

/** Grundavgift of an enforcement case, per title and year. */
export const enforcementBaseFee = datedTable('enforcement base fee SE', [
  {
    from: isoDate('2008-01-01'),
    value: 60000n,
    source: 'förordning (1992:1094) om avgifter vid Kronofogdemyndigheten 6 §; Intrum Sverige',
    confidence: 'V',
  },
]);

/** What every collection demand (inkassokrav) must state (rule X-05; reference/collection-rules.md §2.3). */
const demandContents: Act['contents'] = datedTable('contents of a collection demand SE', [
  {
    from: isoDate('1990-01-01'),
    value: [
      'creditor',
      'ground',
      'how-to-pay',
      'principal',
      'interest',
      'interest-calculation',
      'costs',
      'cost-types',
      'assignment',
      'deadline',
    ],
    source: 'inkassolag (1974:182) 5 §',
    confidence: 'V',
  },
]);

/** What only a bureau with Finansinspektionen's permit may do for others (rule X-06). */
export const licensedActs: LegalRules['licensedActs'] = datedTable('acts that need a licence SE', [
  {
    from: isoDate('1990-01-01'),
    value: ['demand', 'plan', 'application'],
    source: 'inkassolag (1974:182) 1 and 2 §§; permits by Finansinspektionen since 2024-01-01',
    confidence: 'V',
  },
]);

/**
 * Stems of words that press a debtor for more than a time of payment or a hand-over, in a letter without licence (rule SE-10). To be
 * widened when a letter shows that one is missing.
 */
export const pressingWords: LegalRules['pressingWords'] = datedTable('words of collection measures SE', [
  {
    from: isoDate('1990-01-01'),
    value: [
      'kronofog',
      'betalningsförel',
      'betalningsanmärk',
      'rättslig åtgärd',
      'rättsliga åtgärd',
      'rättslig prövning',
      'rättslig väg',
      'rättsliga följd',
      'rättsliga konsekvens',
      'tingsrätt',
      'domstol',
      'stämningsansök',
      'väcka talan',
      'utmät',
      'inkassokrav',
      'enforcement authority',
      'legal action',
      'order to pay',
      'legal proceeding',
      'court order',
      'court proceeding',
      'to court',
      'in court',
      'payment default',
    ],
    source: 'inkassolag (1974:182) 1 §: inkassoåtgärd; the choice of words is ours',
    confidence: 'M',
  },
]);

/** Rent, electricity, parking and others have rules of their own that are not recorded yet (reference/collection-rules.md §1.1, §17). */
export const claimKinds: LegalRules['claimKinds'] = datedTable('claim kinds with recorded rules SE', [
  { from: isoDate('1990-01-01'), value: ['contract'], source: 'reference/collection-rules.md §17', confidence: 'V' },
]);

/**
 * Good practice and starting values that no statute fixes (reference/collection-rules.md §2, §14.3, §15). The booking graces are those with
 * which the timetables of §14.4 come out: two bank days after a due date, four after a collection demand's.
 */
export const practice: LegalRules['practice'] = {
  bookingGraceBankDays: 2,
  collectionGraceBankDays: 4,
  postalDays: 3,
  minimumClaimAmount: 10000n,
  letters: { max: 3, withinDays: 30 },
  consumerInterest: { aboveStatutoryPoints: decimal('8'), severity: 'warning' },
  valuation: {
    writeOffBelowAmount: 10000n,
    limitationAlarmDays: 180,
    paysPermille: { consumer: 550, business: 650, public: 650 },
    manyDefaults: { above: 2, paysPermille: 150 },
    contestedPermille: 0,
    contestedCostAmount: 0n,
    paysLate: [
      { fromDays: 60, permille: 250 },
      { fromDays: 365, permille: 80 },
    ],
    advancedAmount: 90000n,
    recoverableAmount: 128000n,
    marginAmount: 0n,
    minimumLegalAmounts: [
      { debtorClass: 'consumer', amount: 50000n },
      { debtorClass: 'business', amount: 100000n },
      { debtorClass: 'public', amount: 100000n },
    ],
  },
};

/** Years from a claim's origin, or from the last interruption, to its limitation (preskription). */
export const limitationYears = {
  general: datedTable('limitation SE', [
    { from: isoDate('1990-01-01'), value: 10, source: 'preskriptionslag (1981:130) 2 §, in force since 1982', confidence: 'V' },
  ]),
  consumer: datedTable('limitation SE, consumer debts for goods and services', [
    { from: isoDate('1990-01-01'), value: 3, source: 'preskriptionslag (1981:130) 2 §, in force since 1982', confidence: 'V' },
  ]),
};

/** Years that bookkeeping is kept, after the end of the calendar year in which the financial year ended. */
export const bookkeepingRetentionYears = datedTable('bookkeeping retention SE', [
  {
    from: isoDate('2011-01-01'),
    value: 7,
    source: 'bokföringslag (1999:1078) 7 kap. 2 § (seven years instead of ten since 2010:1514); Skatteverket; FAR',
    confidence: 'V',
  },
]);

/** The longest payment term between traders unless the creditor expressly agreed to more, in days. */
export const paymentTermMaxDays = datedTable('payment term between traders SE', [
  { from: isoDate('2013-03-16'), value: 30, source: 'räntelag (1975:635) 2 a §', confidence: 'V' },
]);

/** Sums to be paid are rounded to whole kronor, 50 öre upwards, unless something else is agreed (reference/collection-rules.md §9.3). */
export const payableUnit = datedTable('payable unit SE', [
  { from: isoDate('2010-10-01'), value: 100n, source: 'lag (1970:1029) 2 § (2009:283)', confidence: 'V' },
]);

/** The largest invoice, with VAT, that may have simplified content. */
export const simplifiedInvoiceMax = datedTable('simplified invoice maximum SE', [
  { from: isoDate('2023-07-01'), value: 400000n, source: 'ML (2023:200) 17:26', confidence: 'V' },
]);

/** A reminder must give time to be one (rule X-01); how much, the law leaves open. */
const reminderMinDays = datedTable('reminder days from dispatch SE', [
  { from: isoDate('1990-01-01'), value: 1, source: 'reference/collection-rules.md §14.3', confidence: 'M' },
]);

/** What can be done about a claim under Swedish law: påminnelse, inkassokrav, hand-over to an agency, avskrivning and so on. */
export const acts = {
  reminder: {
    title: 'reminder',
    does: 'letter',
    run: 'reminder',
    grace: 'booking',
    fee: {
      title: 'reminder fee',
      component: 'reminderFee',
      rule: 'SE-01',
      max: { kind: 'fixed', table: reminderFeeMax },
      mustBeAgreed: true,
      // One charged reminder per claim is good practice, not statute.
      number: {
        group: 'reminder',
        max: 1,
        broken: { rule: 'SE-02', severity: 'error', because: 'not reasonably needed (lag (1981:739) 5 §)' },
      },
    },
    term: { rule: 'X-01', minDays: reminderMinDays, of: 'the law' },
  },
  demand: {
    title: 'collection demand',
    does: 'letter',
    run: 'collection',
    grace: 'collection',
    fee: {
      title: 'collection fee',
      component: 'collectionFee',
      rule: 'SE-03',
      max: { kind: 'fixed', table: collectionLetterFeeMax },
      mustBeAgreed: false,
      number: { group: 'demand', max: 1 },
    },
    term: {
      rule: 'SE-03',
      minDays: collectionLetterMinDays,
      minBankDays: collectionLetterMinBankDays,
      of: 'good practice',
    },
    contents: demandContents,
  },
  handover: { title: 'hand-over', does: 'handover', run: 'collection', grace: 'booking' },
  assessment: { title: 'assessment', does: 'assessment', run: 'collection', grace: 'booking' },
  'write-off': { title: 'write-off', does: 'write-off', run: 'collection', grace: 'booking' },
  plan: {
    title: 'instalment plan',
    does: 'plan',
    run: 'collection',
    grace: 'booking',
    fee: {
      title: 'plan fee',
      component: 'collectionFee',
      rule: 'SE-07',
      max: { kind: 'fixed', table: instalmentPlanFeeMax },
      mustBeAgreed: false,
    },
  },
  application: { title: 'application', does: 'application', run: 'collection', grace: 'booking' },
} as const satisfies Readonly<Record<string, Act>>;

/** Lag (1981:739) 4 a §: from traders and public bodies, and instead of the fees (rule SE-04). */
export const compensation: Compensation = {
  debtorClasses: ['business', 'public'],
  amount: { kind: 'fixed', table: lateCompensation },
  withFees: 'instead',
};
