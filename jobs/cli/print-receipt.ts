import { receiptOutcomes, receivedIn, type Receipt } from '#engine/receipt.ts';
import { amountText, printFindings, printTable } from './output.ts';

/** Shows a receipt as its sender will read it, findings first, the equation last where the eye rests. */
export function printReceipt(receipt: Receipt, { rehearsed = false }: { readonly rehearsed?: boolean } = {}): void {
  const { file, documents, currency } = receipt;
  printFindings(receipt.findings, file.name, receipt.language);
  const more = receipt.findingsInAll - receipt.findings.length;
  if (more > 0) console.log(`… and ${more} more findings.`);
  console.log(`\nFile ${file.number} of ${receipt.client}, ${file.name}${rehearsed ? ', would be' : ''}: ${file.state}`);
  printTable(
    [{ title: 'INVOICES' }, { title: 'COUNT', right: true }, { title: currency, right: true }],
    [['in', receivedIn(documents)] as const, ...receiptOutcomes.map((outcome) => [outcome, documents[outcome]] as const)].map(
      ([word, { count, amount }]) => [word, String(count), amountText(amount)],
    ),
    '',
  );
}
