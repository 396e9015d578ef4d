import type { CollectionCase, CollectionParty, CollectionStep } from '#engine/claims/collection-case.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import type { Buyer, Seller } from '#engine/invoice.ts';
import { actOf, isLetter } from '#engine/law/bounds.ts';
import type { LegalRules } from '#engine/law/legal-rules.ts';
import { sum } from '#engine/money.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { storeCases } from '#engine/store/collection-cases.ts';
import { storeDemandSteps } from '#engine/store/demand-steps.ts';
import { loadAddressedDebtors, loadClaimedInvoices } from '#engine/store/letter-facts.ts';
import { takeNumbers } from '#engine/store/number-series.ts';
import { writeCaseFile } from '#formats/collection/write-case-file.ts';
import { stageOutgoing } from '../pipeline/outgoing.ts';
import { remoteFor } from '../pipeline/remotes.ts';
import { agreementOf } from '../agreement-of.ts';
import { stepRow } from './apply-letters.ts';
import { groundOf } from './ground-of.ts';
import type { Applied, RunStep } from './run-kind.ts';

/** Numbers of a client's collection cases, without gaps. */
export const caseSeries = (client: string): string => `case:${client}`;

/** Hands claims over to the collection agency: a case each, one file per run. The ledger is not touched; the debt stays as it is. */
export async function applyHandovers(applied: Applied): Promise<void> {
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
