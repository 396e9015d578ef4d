import { receiptOutcomes, receivedIn, type Receipt } from '#engine/receipt.ts';

/** Findings that a receipt lists; the rest are counted. A file with so many has one cause, which the first ones show. */
export const MAX_RECEIPT_FINDINGS = 10_000;

/**
 * Throws if a receipt contradicts itself: in = accepted + rejected + duplicate + held holds by how `receivedIn` sums, but a negative count,
 * more unread amounts than documents or more listed findings than there are would be our mistake, and must not reach a client (IF3).
 */
export function checkReceipt(receipt: Receipt): void {
  const received = receivedIn(receipt.documents);
  const { findings, findingsInAll, amountsUnknown } = receipt;
  const counts = [...receiptOutcomes.map((outcome) => receipt.documents[outcome].count), amountsUnknown];
  const empty = receiptOutcomes.find(
    (outcome) => receipt.documents[outcome].count === 0 && receipt.documents[outcome].amount !== 0n,
  );
  const fault =
    (counts.some((count) => !Number.isSafeInteger(count) || count < 0) && 'a count is negative') ||
    (empty !== undefined && `an amount without documents: ${empty}`) ||
    (amountsUnknown > received.count && 'more unread amounts than documents') ||
    (findings.length > findingsInAll && 'more findings listed than there are') ||
    (!/^[0-9a-f]{64}$/.test(receipt.file.sha256) && 'no SHA-256');
  if (fault) throw new Error(`receipt of ${receipt.file.name}: ${fault}`);
}
