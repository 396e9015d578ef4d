import type { Report, Rule } from './rule.ts';
import type { Period } from '../invoice.ts';

/** Dates and periods: BR-29, BR-30, BR-CO-03, BR-CO-19, BR-CO-20, PEPPOL-EN16931-R110 and -R111, and a due date after the issue date. */
export const periodRules: Rule = (invoice, report) => {
  const { period, issueDate, dueDate, taxPointDate, taxPointDateCode } = invoice;
  checkOrder(period, 'period', 'BR-29', report);
  if (period && !period.start && !period.end && taxPointDateCode === undefined) report('INV-PERIOD-EMPTY', 'period', 'BR-CO-19');
  if (taxPointDate !== undefined && taxPointDateCode !== undefined) report('INV-TAX-POINT', 'taxPointDateCode', 'BR-CO-03');
  if (invoice.kind === 'invoice' && dueDate !== undefined && dueDate < issueDate) {
    report('INV-DUE-BEFORE-ISSUE', 'dueDate', 'house', { value: dueDate, facts: { issueDate } });
  }
  for (const [index, line] of invoice.lines.entries()) {
    const path = `lines[${index}].period`;
    checkOrder(line.period, path, 'BR-30', report);
    if (line.period && !line.period.start && !line.period.end) report('INV-PERIOD-EMPTY', path, 'BR-CO-20');
    checkInside(line.period, period, path, report);
  }
};

function checkOrder(period: Period | undefined, path: string, rule: string, report: Report): void {
  if (period?.start !== undefined && period.end !== undefined && period.end < period.start) {
    report('INV-PERIOD-ORDER', `${path}.end`, rule, { value: period.end, facts: { start: period.start } });
  }
}

function checkInside(line: Period | undefined, whole: Period | undefined, path: string, report: Report): void {
  if (line?.start !== undefined && whole?.start !== undefined && line.start < whole.start) {
    report('INV-LINE-PERIOD', `${path}.start`, 'PEPPOL-EN16931-R110', { value: line.start, facts: { limit: whole.start } });
  }
  if (line?.end !== undefined && whole?.end !== undefined && line.end > whole.end) {
    report('INV-LINE-PERIOD', `${path}.end`, 'PEPPOL-EN16931-R111', { value: line.end, facts: { limit: whole.end } });
  }
}
