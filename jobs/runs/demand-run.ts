import { totalOf, components } from '#engine/amounts.ts';
import { formatAmount, sum } from '#engine/money.ts';
import {
  type DemandRunKind,
  type PlannedStep,
  type FeeBearingLetters,
  planTotals,
  type DemandPlan,
} from '#engine/claims/plan-demands.ts';
import { becauseText } from '#engine/findings/texts/en/reasons.ts';
import { planFromBasis, groundOf } from './demand-basis.ts';
import type { PreviewLine, RunKind, Applied, RunRequest, RunStep, BegunRun } from './run-kind.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import type { Tx } from '#engine/store/database.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { storeRunItems, type RunOutcome } from '#engine/store/runs.ts';
import { type House, agreementOf } from '../house/house.ts';
import { applyAssessments } from './apply-assessments.ts';
import { applyLetters, stepRow } from './apply-letters.ts';
import { lockUntoldChanges, setChangesTold, storeCases } from '#engine/store/collection-cases.ts';
import { takeNumbers } from '#engine/store/number-series.ts';
import { writeChangeFile, writeCaseFile } from '#formats/collection/agency-files.ts';
import { stageOutgoing, remoteFor } from '../outbox/outgoing.ts';
import type { LedgerTransaction } from '#engine/ledger.ts';
import { planWriteOff } from '#engine/plan-postings.ts';
import { storeCaseChanges } from '#engine/store/credits.ts';
import { storeDemandSteps } from '#engine/store/demand-letters.ts';
import type { CollectionCase, CollectionParty, CollectionStep } from '#engine/claims/collection-case.ts';
import type { Buyer, Seller } from '#engine/invoice.ts';
import { actOf, isLetter } from '#engine/claims/bounds.ts';
import type { LegalRules } from '#engine/claims/legal-rules.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { loadAddressedDebtors, loadClaimedInvoices } from '#engine/store/letter-facts.ts';

/** A run that takes steps of the timetable. */
export const demandRun = (kind: DemandRunKind, title: string): RunKind => ({
  kind,
  title,
  concerns: ({ product, policies }) => product !== 'distribute-only' && Object.keys(policies ?? {}).length > 0,
  catchUp: 'each-date',
  apply: (house, tx, request) => applyDemands(house, tx, kind, request),
  plan: async (house, tx, { client, businessDate, today }) => {
    const plan = await planFromBasis(house, tx, {
      kind,
      client,
      businessDate,
      today,
      taken: new Set(),
      charged: new Set(),
    });
    return { ...outcomeOf(plan), lines: [...plan.steps.map(stepLine), ...plan.skips.map(skipLine)] };
  },
});

const stepLine = ({ receivable, step, because }: PlannedStep): PreviewLine => {
  return {
    subject: receivable.invoiceNumber,
    what: `${step.document}${step.deadline === undefined ? '' : ` to ${step.deadline}`}`,
    amount: formatAmount(totalOf(step.amounts)),
    because: because.map(becauseText).join('; '),
  };
};

const skipLine = ({
  receivable,
  rule,
  because,
}: {
  readonly receivable: PlannedStep['receivable'];
  readonly rule: string;
  readonly because: PlannedStep['because'];
}): PreviewLine => ({
  subject: receivable.invoiceNumber,
  what: `not: ${rule}`,
  amount: '',
  because: because.map(becauseText).join('; '),
});

/**
 * Takes the steps of one or several business dates, in order, on the client's locked ledger. The facts are read under the lock, so that
 * nothing comes between them and what is booked. Letters are made at the end, when all dates are decided: however long the outage, a
 * debtor gets one (G06).
 */
async function applyDemands(house: House, tx: Tx, kind: DemandRunKind, request: RunRequest): Promise<readonly RunOutcome[]> {
  const at = house.clock();
  return withLedger(tx, { client: request.client, at }, (ledger) => takeSteps({ house, tx, ledger, at }, kind, request));
}

async function takeSteps(
  { house, tx, ledger, at }: Pick<Applied, 'house' | 'tx' | 'ledger' | 'at'>,
  kind: DemandRunKind,
  { client, today, runs }: RunRequest,
): Promise<readonly RunOutcome[]> {
  const taken = new Set<bigint>();
  const charged: FeeBearingLetters = new Set();
  const steps: RunStep[] = [];
  const outcomes: RunOutcome[] = [];
  for (const run of runs) {
    const plan = await planFromBasis(house, tx, { kind, client, businessDate: run.businessDate, today, taken, charged });
    for (const planned of plan.steps) {
      taken.add(planned.receivable.id);
      steps.push({ ...planned, run });
    }
    await storeItems(tx, run.id, plan);
    outcomes.push(outcomeOf(plan));
  }
  const applied = { house, tx, ledger, client, today, at, steps };
  await applyLetters(applied);
  await applyHandovers(applied);
  await applyAssessments(applied);
  await applyWriteOffs(applied);
  const last = runs.at(-1);
  if (kind === 'collection' && last) await tellChanges(applied, last);
  return outcomes;
}

/** Items stored by one statement. */
const CHUNK_ITEMS = 5000;

async function storeItems(tx: Tx, run: bigint, { steps, skips }: DemandPlan): Promise<void> {
  const of = ({ id }: Receivable): bigint => id;
  const items = [
    ...steps.map(({ receivable, step, because }) => ({
      receivable: of(receivable),
      outcome: 'step' as const,
      rule: step.document,
      because,
    })),
    ...skips.map(({ receivable, rule, because }) => ({ receivable: of(receivable), outcome: 'skip' as const, rule, because })),
  ];
  for (let first = 0; first < items.length; first += CHUNK_ITEMS)
    await storeRunItems(tx, run, items.slice(first, first + CHUNK_ITEMS));
}

function outcomeOf(plan: DemandPlan): RunOutcome {
  const { steps, skips, amounts } = planTotals(plan);
  const totals = components.map((component) => [component, formatAmount(amounts[component])]);
  const documents = Map.groupBy(plan.steps, ({ step }) => step.document);
  const counts = [...documents].map(([document, found]) => [`${document} steps`, String(found.length)]);
  return { steps, skips, totals: Object.fromEntries([...totals, ...counts]) as Record<string, string> };
}

/** Tells the agency what has happened to claims since they were handed over: payments, credits, withdrawals (F52). One file a run. */
async function tellChanges({ house, tx, client }: Applied, { id, businessDate }: BegunRun): Promise<void> {
  const changes = await lockUntoldChanges(tx, client);
  if (changes.length === 0) return;
  const number = await takeNumbers(tx, `changes:${client}`, 1);
  const name = `collection/${client}/${businessDate}-changes-${number}.json`;
  const remote = remoteFor(house.config, 'collection', client);
  const told = changes.map(({ id: _id, ...change }) => change);
  const content = writeChangeFile({ client, run: id.toString(), date: businessDate }, told);
  const { outbound } = await stageOutgoing(house, tx, { kind: 'collection', client, file: null, name, remote }, content);
  await setChangesTold(
    tx,
    changes.map((change) => change.id),
    outbound,
  );
}

/** Gives up claims at the end of their timetable: all that is open of each becomes a loss, and an agency that has it is told. */
async function applyWriteOffs(applied: Applied): Promise<void> {
  const { tx, client, ledger, steps } = applied;
  const given = steps.filter(({ step }) => step.does === 'write-off');
  if (given.length === 0) return;
  for (const batch of Map.groupBy(given, ({ run }) => run.id).values())
    await storeDemandSteps(
      tx,
      batch[0]!.run,
      batch.map((planned) => stepRow(null, null, planned)),
    );
  const planned = given.map((step) => writeOffOf(applied, step));
  await ledger.book(planned);
  await storeCaseChanges(tx, { client, keys: planned.map(({ effectKey }) => effectKey), kind: 'correction' });
}

function writeOffOf({ house, client }: Applied, { receivable, step, run }: RunStep): LedgerTransaction {
  const { id, invoiceNumber, currency, open, agreementVersion } = receivable;
  const { product, purchase } = agreementOf(house, client, agreementVersion);
  const effectKey = `write-off:${invoiceNumber}:${step.level}:${run.id}`;
  const booking = { receivable: id, currency, product, ...(purchase ? { purchase } : {}), effectKey, on: run.businessDate };
  return planWriteOff(
    booking,
    components.flatMap((component) => (open[component] === 0n ? [] : [{ component, amount: open[component] }])),
  );
}

/** Numbers of a client's collection cases, without gaps. */
export const caseSeries = (client: string): string => `case:${client}`;

/** Hands claims over to the collection agency: a case each, one file per run. The ledger is not touched; the debt stays as it is. */
async function applyHandovers(applied: Applied): Promise<void> {
  const handovers = applied.steps.filter(({ step }) => step.does === 'handover');
  for (const steps of Map.groupBy(handovers, ({ run }) => run.id).values()) await handOver(applied, steps);
}

async function handOver(applied: Applied, steps: readonly RunStep[]): Promise<void> {
  const { house, tx, client } = applied;
  const { run } = steps[0]!;
  const first = await takeNumbers(tx, caseSeries(client), steps.length);
  const cases = await composeCases(applied, steps, Number(first));
  const name = `collection/${client}/${run.businessDate}-${run.id}.json`;
  const remote = remoteFor(house.config, 'collection', client);
  const content = writeCaseFile({ client, run: run.id.toString(), date: run.businessDate }, cases);
  const { outbound } = await stageOutgoing(house, tx, { kind: 'collection', client, file: null, name, remote }, content);
  await storeCases(
    tx,
    { client, on: run.businessDate, outbound },
    steps.map(({ receivable }, index) => ({ number: Number(first) + index, receivable: receivable.id, run: run.id })),
  );
  await storeDemandSteps(
    tx,
    run,
    steps.map((planned) => stepRow(null, planned.step.deadline ?? null, planned)),
  );
}

async function composeCases(applied: Applied, steps: readonly RunStep[], first: number): Promise<readonly CollectionCase[]> {
  const { tx } = applied;
  const invoices = await loadClaimedInvoices(
    tx,
    steps.map(({ receivable }) => receivable.id),
  );
  const debtors = await loadAddressedDebtors(tx, [...new Set(steps.map(({ receivable }) => receivable.debtor.id))]);
  const invoiceOf = new Map(invoices.map((item) => [item.receivable, item]));
  const debtorOf = new Map(debtors.map((item) => [item.id, item]));
  return steps.map((planned, index) => {
    const { receivable } = planned;
    const invoice = invoiceOf.get(receivable.id);
    const debtor = debtorOf.get(receivable.debtor.id);
    if (invoice === undefined || debtor === undefined) throw new Error(`nothing is known of invoice ${receivable.invoiceNumber}`);
    const { number, issueDate, originalAmount, language } = invoice;
    const agreement = agreementOf(applied.house, applied.client, receivable.agreementVersion);
    return {
      number: first + index,
      creditor: partyOf(agreement.seller),
      debtor: { ...partyOf(debtor.party), number: debtor.number, class: debtor.class },
      invoice: { number, issueDate, dueDate: receivable.dueDate, originalAmount, ground: groundOf(invoice, language) },
      currency: receivable.currency,
      ...amountsOf(planned, agreement.terms.lateInterest.kind === 'contract' ? 'contract' : 'statutory'),
      steps: lettersOf(receivable, countryOf(applied.house.config.parts, agreement.country)),
    };
  });
}

function partyOf({ name, legalId, address }: Seller | Buyer): CollectionParty {
  return { name, ...(legalId === undefined ? {} : { id: legalId.id }), address };
}

/** What the debtor has been written before. */
const lettersOf = ({ steps }: Receivable, rules: LegalRules): readonly CollectionStep[] =>
  steps.flatMap(({ kind, dispatchedOn, deadline }) =>
    dispatchedOn !== undefined && isLetter(actOf(rules, kind))
      ? [{ kind, dispatchedOn, ...(deadline === undefined ? {} : { deadline }) }]
      : [],
  );

type CaseAmounts = Pick<CollectionCase, 'principalAmount' | 'interest' | 'costs' | 'totalAmount'>;

/** Capital, interest and costs apart; interest runs on at the agency from the day after `until`. */
function amountsOf({ receivable, step, run }: RunStep, basis: 'statutory' | 'contract'): CaseAmounts {
  const { open } = receivable;
  // What has accrued since the start, less what was claimed and paid of it.
  const accruedAmount = step.accrued?.totalAmount ?? receivable.interestClaimedAmount;
  const interestAmount =
    open.interest + (accruedAmount > receivable.interestClaimedAmount ? accruedAmount - receivable.interestClaimedAmount : 0n);
  const periods = step.accrued?.periods ?? [];
  const [from, until] = [periods[0], periods.at(-1)];
  const interest = {
    amount: interestAmount,
    ...(from && until ? { rate: until.percent, basis, from: from.from } : {}),
    until: run.businessDate,
  };
  // Disputed fees stay in the house until the client has answered.
  const costs = (['reminderFee', 'collectionFee', 'compensation'] as const).flatMap((kind) =>
    open[kind] > 0n && !step.feesDisputed ? [{ kind, amount: open[kind] }] : [],
  );
  return {
    principalAmount: step.amounts.principal,
    interest,
    costs,
    totalAmount: step.amounts.principal + interestAmount + sum(costs.map(({ amount }) => amount)),
  };
}
