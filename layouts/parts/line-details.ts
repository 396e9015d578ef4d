import type { AllowanceOrCharge, InvoiceLine, Period } from '#engine/invoice.ts';
import { printAmount, printPercent } from '../texts/figures.ts';
import type { PartContext } from './part.ts';

/** What stands under a line's name in small print, one entry a line. */
export function lineDetails(context: PartContext, line: InvoiceLine): readonly string[] {
  const { texts } = context;
  const identifiers = [
    line.sellersItemId === undefined ? undefined : `${texts.line.itemNumber} ${line.sellersItemId}`,
    line.buyersItemId === undefined ? undefined : `${texts.line.yourItemNumber} ${line.buyersItemId}`,
    line.orderLineReference === undefined ? undefined : `${texts.line.order} ${line.orderLineReference}`,
    line.object === undefined ? undefined : `${texts.line.object} ${line.object.id}`,
  ].filter((part) => part !== undefined);
  return [
    line.description,
    line.period === undefined ? undefined : printPeriod(line.period),
    identifiers.length === 0 ? undefined : identifiers.join(' · '),
    ...line.attributes.map(({ name, value }) => `${name}: ${value}`),
    ...line.allowancesAndCharges.map((item) => printAllowance(context, item)),
    line.note,
  ].filter((detail): detail is string => detail !== undefined && detail !== '');
}

/** `2025-01-01 – 2025-03-31`, or the one end that is known. */
export const printPeriod = ({ start, end }: Period): string => `${start ?? ''} – ${end ?? ''}`.trim();

/** An allowance or charge with its reason and sign, already part of the line's amount. */
export function printAllowance({ texts, language }: PartContext, item: AllowanceOrCharge): string {
  const label = item.reason ?? (item.charge ? texts.line.charge : texts.line.allowance);
  const percent = item.percent === undefined ? '' : ` ${printPercent(item.percent, language)}`;
  return `${label}${percent}: ${printAmount(item.charge ? item.amount : -item.amount, language)}`;
}
