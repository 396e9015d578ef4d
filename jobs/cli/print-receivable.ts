import { holdOn } from '#engine/holds.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { components } from '#engine/amounts.ts';
import { openTotal, type Receivable } from '#engine/claims/receivable.ts';
import { amountText, printTable } from './output.ts';

/** What is owed of an invoice and whether it is left alone, in a few lines. */
export function printReceivable(receivable: Receivable, date: IsoDate): void {
  const { invoiceNumber, debtor, dueDate, issueDate, currency, principalAmount, open } = receivable;
  console.log(
    `Invoice ${invoiceNumber} to ${debtor.number} ${debtor.name} (${debtor.class}), issued ${issueDate}, due ${dueDate}`,
  );
  printTable(
    [{ title: 'OPEN' }, { title: currency, right: true }],
    [
      ...components
        .filter((component) => component === 'principal' || open[component] !== 0n)
        .map((component) => [component, amountText(open[component])]),
      ['total', amountText(openTotal(receivable))],
    ],
    'Nothing is open.',
  );
  console.log(`Issued for ${amountText(principalAmount)} ${currency}. ${holdSentence(receivable, date)}`);
}

function holdSentence(receivable: Receivable, date: IsoDate): string {
  const verdict = holdOn(receivable, date);
  switch (verdict.kind) {
    case 'free':
      return 'Nothing holds it.';
    case 'held': {
      const { kind, category, until } = verdict.hold;
      const why = category === undefined ? '' : ` (${category})`;
      return `Held: ${kind}${why}${until === undefined ? ' until it is released' : ` through ${until}`}.`;
    }
    case 'part':
      return verdict.feesDisputed && verdict.disputedAmount === 0n
        ? 'The fees are disputed; the principal may be demanded.'
        : `${amountText(verdict.disputedAmount)} of the principal is disputed and not demanded.`;
  }
}
