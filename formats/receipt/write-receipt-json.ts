import { describeFinding } from '#engine/finding.ts';
import { toJson } from '#engine/invoice-json.ts';
import { receivedIn, type Receipt } from '#engine/receipt.ts';

/** The receipt for programs: JSON, UTF-8, amounts as decimal text, findings with message and hint in the receiver's language. */
export function writeReceiptJson(receipt: Receipt): string {
  const { file, language, documents } = receipt;
  const json = {
    kind: 'kuvert-receipt',
    version: 1,
    bureau: receipt.bureau,
    client: receipt.client,
    clientName: receipt.clientName,
    language,
    file: { ...file, receivedAt: file.receivedAt.toISOString(), settledAt: file.settledAt.toISOString() },
    currency: receipt.currency,
    documents: { in: receivedIn(documents), ...documents },
    amountsUnknown: receipt.amountsUnknown,
    findingsInAll: receipt.findingsInAll,
    findings: receipt.findings.map((item) => ({ ...item, ...describeFinding(item, language) })),
  };
  return `${toJson(json, 2)}\n`;
}
