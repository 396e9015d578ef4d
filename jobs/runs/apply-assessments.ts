import { at } from '#engine/dated-table.ts';
import { addDays, daysBetween, yearOf, type IsoDate } from '#engine/iso-date.ts';
import { assessCase, type Assessment, type AssessmentBlock, type AssessmentInputs } from '#engine/claims/assessment.ts';
import { filingDate } from '#engine/claims/step-date.ts';
import { sum } from '#engine/money.ts';
import { toJson } from '#engine/invoice-json.ts';
import { storeDemandSteps } from '#engine/store/demand-letters.ts';
import { loadAddressedDebtors } from '#engine/store/letter-facts.ts';
import { agreementOf } from '../house/house.ts';
import { stepRow } from './apply-letters.ts';
import { storeAssessments } from '#engine/store/assessments.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import type { Applied, RunStep } from './run-kind.ts';
import { termsOf, type TermsOf } from './terms-of.ts';

/** Values claims that stayed unpaid, each as a proposal that a person confirms (reference/collection-rules.md §15, GDPR article 22). */
export async function applyAssessments(applied: Applied): Promise<void> {
  const { house, client, tx, steps } = applied;
  const assessed = steps.filter(({ step }) => step.does === 'assessment');
  if (assessed.length === 0) return;
  const debtors = await loadAddressedDebtors(tx, [...new Set(assessed.map(({ receivable }) => receivable.debtor.id))]);
  const known = new Set(
    debtors.filter(({ party }) => party.legalId !== undefined || party.vatId !== undefined).map(({ id }) => id),
  );
  const terms = termsOf(house, client);
  for (const batch of Map.groupBy(assessed, ({ run }) => run.id).values()) {
    const { run } = batch[0]!;
    const byDebtor = Map.groupBy(batch, ({ receivable }) => receivable.debtor.id);
    const proposals = batch.map((planned) => ({
      receivable: planned.receivable.id,
      ...rowOf(
        assess(applied, planned, {
          terms,
          known: known.has(planned.receivable.debtor.id),
          otherDueClaims: (byDebtor.get(planned.receivable.debtor.id)?.length ?? 1) - 1,
        }),
      ),
    }));
    await storeAssessments(tx, { run: run.id, on: run.businessDate }, proposals);
    await storeDemandSteps(
      tx,
      run,
      batch.map((planned) => stepRow(null, planned.step.deadline ?? null, planned)),
    );
  }
}

const rowOf = ({ outcome, rule, because, version, ...rest }: Assessment) => ({
  outcome,
  rule: `§15.${rule} ${because}`,
  version,
  inputs: toJson({ ...rest.inputs, legalValueAmount: rest.legalValueAmount, waitValueAmount: rest.waitValueAmount }),
});

interface Circumstances {
  readonly terms: TermsOf;
  /** The debtor's registered number is on record. */
  readonly known: boolean;
  /** Other claims of the same debtor that are assessed on the day: they are valued with it. */
  readonly otherDueClaims: number;
}

function assess(applied: Applied, planned: RunStep, { terms, known, otherDueClaims }: Circumstances): Assessment {
  const { receivable, step, run } = planned;
  const under = terms(receivable);
  if (under === undefined) throw new Error(`receivable ${receivable.id} has no policy any more`);
  const { rules, policy } = under;
  const demand = receivable.steps.findLast(({ kind, dispatchedOn }) => kind === rules.filedAfter && dispatchedOn !== undefined);
  const filingFrom = demand?.deadline === undefined ? undefined : filingDate(policy, demand.deadline, rules);
  const accrued = step.accrued?.totalAmount ?? receivable.interestClaimedAmount;
  const { open, interestClaimedAmount: claimed } = receivable;
  const inputs: AssessmentInputs = {
    on: run.businessDate,
    principalAmount: step.amounts.principal,
    interestAmount: open.interest + (accrued > claimed ? accrued - claimed : 0n),
    feesAmount: step.feesDisputed ? 0n : sum([open.reminderFee, open.collectionFee, open.compensation]),
    debtorClass: receivable.debtor.class,
    ageDays: daysBetween(receivable.dueDate, run.businessDate),
    blocks: blocksOf(known),
    ...(filingFrom === undefined ? {} : { filingFrom }),
    otherDueClaims,
    daysToLimitation: daysBetween(run.businessDate, limitationDate(receivable.dueDate, limitationYears(applied, planned))),
    // Nothing in the house tells these of a debtor yet: a person who confirms the proposal adds them.
    leavesCountry: false,
    defaults: 0,
    answersOrEarns: false,
  };
  return assessCase(inputs, rules.practice.valuation);
}

/** No application without the debtor's number (§2.7); what holds a claim back was asked before the step was taken. */
const blocksOf = (known: boolean): readonly AssessmentBlock[] => (known ? [] : ['missing-debtor-id']);

/** Years from the due date to limitation by the table of the country, the letters aside. */
function limitationYears({ house, client }: Applied, { receivable }: RunStep): number {
  const { country } = agreementOf(house, client, receivable.agreementVersion);
  const { general, consumer } = countryOf(house.config.parts, country).limitationYears;
  return at(receivable.debtor.class === 'consumer' ? consumer : general, receivable.dueDate);
}

const limitationDate = (dueDate: IsoDate, years: number): IsoDate => {
  const anniversary = `${yearOf(dueDate) + years}${dueDate.slice(4)}`;
  return (anniversary.endsWith('02-29') ? addDays(`${anniversary.slice(0, 4)}-02-28` as IsoDate, 1) : anniversary) as IsoDate;
};
