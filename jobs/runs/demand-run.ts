import { totalOf } from '#engine/amounts.ts';
import { formatAmount } from '#engine/money.ts';
import type { DemandRunKind, PlannedStep } from '#engine/runs/plan-demands.ts';
import { applyDemands, outcomeOf } from './apply-demands.ts';
import { becauseText } from '#engine/findings/texts/en/reasons.ts';
import { planFromBasis } from './demand-basis.ts';
import type { PreviewLine, RunKind } from './run-kind.ts';

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
