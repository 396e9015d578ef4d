import { checkReceipt, MAX_RECEIPT_FINDINGS } from './check-receipt.ts';
import { describeFinding, type Finding } from '#engine/finding.ts';
import type { Language } from '#engine/language.ts';
import { formatAmount } from '#engine/money.ts';
import { receivedIn, type Receipt, type ReceiptCount } from '#engine/receipt.ts';

/**
 * The receipt of a file as JSON for the client's program: amounts as texts with two decimals, findings with message and hint in the client's
 * language. The same receipt gives the same bytes. Throws if the receipt contradicts itself.
 */
export function writeReceiptJson(receipt: Receipt): string {
  checkReceipt(receipt);
  const { file, documents } = receipt;
  const document = {
    bureau: receipt.bureau,
    client: { id: receipt.client, name: receipt.clientName },
    file: { ...file, receivedAt: file.receivedAt.toISOString(), settledAt: file.settledAt.toISOString() },
    currency: receipt.currency,
    received: tally(receivedIn(documents)),
    accepted: tally(documents.accepted),
    rejected: tally(documents.rejected),
    duplicate: tally(documents.duplicate),
    held: tally(documents.held),
    amountsUnknown: receipt.amountsUnknown,
    findingsInAll: receipt.findingsInAll,
    findings: receipt.findings.slice(0, MAX_RECEIPT_FINDINGS).map((item) => findingRow(item, receipt.language)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const tally = ({ count, amount }: ReceiptCount) => ({ count, amount: formatAmount(amount) });

function findingRow(item: Finding, language: Language) {
  const { severity, code, rule, document, line, column, field, value } = item;
  return { severity, code, rule, document, line, column, field, value, ...describeFinding(item, language) };
}
