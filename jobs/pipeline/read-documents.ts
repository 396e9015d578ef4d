import type { Parts } from '#engine/sockets/parts.ts';
import type { Agreement } from '#engine/agreement.ts';
import { finding, isError, type Finding } from '#engine/finding.ts';
import { toJson } from '#engine/invoice-json.ts';
import type { Tx } from '#engine/store/database.ts';
import { canonicalDigest, DIGEST_VERSION } from '#engine/store/digest.ts';
import { storeFileDocuments, type FileDocument } from '#engine/store/file-documents.ts';
import { storeFindings, type FileRow } from '#engine/store/files.ts';
import { principalOf } from '#engine/ledger.ts';
import type { Refusal, Submission } from '#engine/submission.ts';
import { checkDocument } from './check-document.ts';
import { readInput } from './read-input.ts';

/** Documents and findings stored together; bounds memory whatever the file's size. */
const CHUNK_DOCUMENTS = 500;
/** Findings kept of one file; the rest are only counted, so that a wrong mapping on a million lines stays readable. */
export const MAX_FINDINGS_PER_FILE = 10_000;

/**
 * Reads a received file under an agreement, in a stream, and stores every document with its outcome and every finding. `broken`
 * means that the file as a whole cannot be trusted.
 */
export async function readDocuments(
  tx: Tx,
  { file, bytes }: { readonly file: FileRow; readonly bytes: AsyncIterable<Uint8Array> },
  { agreement, parts, maxDocuments }: Terms,
): Promise<'whole' | 'broken'> {
  let sequence = 0;
  let findingsKept = 0;
  let documents: FileDocument[] = [];
  let findings: Finding[] = [];
  const store = async (): Promise<void> => {
    await storeFileDocuments(tx, file.id, documents);
    const room = MAX_FINDINGS_PER_FILE - findingsKept;
    const kept = findings.slice(0, room);
    if (kept.length < findings.length && room > 0)
      kept.push(finding('FILE-TOO-MANY-FINDINGS', { value: String(MAX_FINDINGS_PER_FILE) }));
    await storeFindings(tx, file.id, kept);
    findingsKept += findings.length;
    documents = [];
    findings = [];
  };
  for await (const item of readInput(agreement, parts, bytes)) {
    if (item.kind === 'broken') {
      findings.push(item.finding);
      await store();
      return 'broken';
    }
    sequence += 1;
    if (sequence > maxDocuments) {
      findings.push(finding('FILE-TOO-MANY-DOCUMENTS', { value: String(maxDocuments) }));
      await store();
      return 'broken';
    }
    const judged = judge(item, { agreement, parts }, sequence);
    documents.push(judged.document);
    findings.push(...judged.findings);
    if (documents.length >= CHUNK_DOCUMENTS) await store();
  }
  if (sequence === 0) {
    findings.push(finding('FILE-NO-DOCUMENTS'));
    await store();
    return 'broken';
  }
  await store();
  return 'whole';
}

/** What a file's documents are checked by. */
interface Terms {
  readonly agreement: Agreement;
  readonly parts: Parts;
  readonly maxDocuments: number;
}

interface Judged {
  readonly document: FileDocument;
  readonly findings: readonly Finding[];
}

type Readable =
  | { readonly kind: 'submission'; readonly submission: Submission }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

function judge(item: Readable, { agreement, parts }: Pick<Terms, 'agreement' | 'parts'>, sequence: number): Judged {
  if (item.kind === 'refusal') {
    const { line, lastLine, number, statedAmount, findings } = item.refusal;
    const known = statedAmount !== undefined;
    return {
      document: {
        sequence,
        line,
        lastLine,
        number: number ?? null,
        outcome: 'rejected',
        amount: statedAmount ?? 0n,
        amountKnown: known,
        content: null,
      },
      findings,
    };
  }
  const { submission } = item;
  const { invoice, directions, origin } = submission;
  const findings = [...submission.findings, ...checkDocument(submission, parts, agreement)];
  const read = { invoice, directions };
  return {
    document: {
      sequence,
      line: origin.line,
      lastLine: origin.lastLine,
      number: invoice.number,
      outcome: findings.some(isError) ? 'rejected' : 'accepted',
      amount: principalOf(invoice),
      amountKnown: true,
      content: { json: toJson(read), digest: canonicalDigest('submission', DIGEST_VERSION, read) },
    },
    findings,
  };
}
