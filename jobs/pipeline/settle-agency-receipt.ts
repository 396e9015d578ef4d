import { AGENCY_REJECTED } from '#engine/claims/holds.ts';
import { finding, type Finding } from '#engine/finding.ts';
import type { AgencyAnswer, AgencyItem } from '#engine/sockets/format.ts';
import { answerCases, lockCases, returnClaims, type CaseRow } from '#engine/store/collection-cases.ts';
import type { Tx } from '#engine/store/database.ts';
import { storeFileDocuments, type DocumentOutcome, type FileDocument } from '#engine/store/file-documents.ts';
import { storeFindings } from '#engine/store/files.ts';
import { placeHolds } from '#engine/store/holds.ts';
import { openTasks } from '#engine/store/tasks.ts';
import { type House, todayOf } from '../house/house.ts';
import type { Settler } from './settlers.ts';

/**
 * Settles what a collection agency says of cases handed over (F52): accepted ones carry its reference; a rejected one goes back, is left
 * alone until a person has mended it, and the client gets a task. A row that says what was said before changes nothing.
 */
export const settleAgencyReceipt: Settler<'agency-answers'> = async (house, tx, { file, bytes, read }) => {
  const items: AgencyItem[] = [];
  for await (const item of read(bytes())) items.push(item);
  const broken = items.find((item) => item.kind === 'broken');
  if (broken) {
    await storeFindings(tx, file.id, [broken.finding]);
    return 'rejected';
  }
  const answers = items.flatMap((item) => (item.kind === 'answer' ? [item.answer] : []));
  const verdicts = await judge(tx, answers);
  const refusals = items.flatMap((item) =>
    item.kind === 'refusal' ? [{ line: item.line, number: null, outcome: 'rejected' as const, found: item.finding }] : [],
  );
  const rows = [...verdicts.map(rowOf), ...refusals].toSorted((a, b) => a.line - b.line);
  await storeFileDocuments(
    tx,
    file.id,
    rows.map((row, index) => documentOf(row, index + 1)),
    'order',
  );
  await storeFindings(
    tx,
    file.id,
    rows.flatMap(({ found }) => found ?? []),
  );
  await carryOut(house, tx, verdicts);
  return rows.some(({ outcome }) => outcome !== 'rejected') ? 'booked' : 'rejected';
};

/** An answer with its case, and what is wrong with it, if anything is. */
interface Verdict {
  readonly answer: AgencyAnswer;
  readonly found?: Finding;
  readonly row?: CaseRow;
}

async function judge(tx: Tx, answers: readonly AgencyAnswer[]): Promise<readonly Verdict[]> {
  const cases = await lockCases(
    tx,
    answers.map((answer) => ({ client: answer.client, number: answer.case })),
  );
  const states = new Map<string, CaseRow>(cases.map((row) => [caseName(row.client, row.number), row]));
  return answers.map((answer) => {
    const name = caseName(answer.client, answer.case);
    const row = states.get(name);
    const place = { line: answer.line, document: name, value: name };
    if (row === undefined) return { answer, found: finding('AGENCY-CASE-UNKNOWN', place) };
    const open = row.state === 'opened' || row.state === 'sent';
    const news = open || (row.state === 'accepted' && answer.status !== 'accepted');
    if (!news) return { answer, row, found: finding('AGENCY-CASE-ANSWERED', { ...place, facts: { state: row.state } }) };
    states.set(name, { ...row, state: answer.status });
    return { answer, row };
  });
}

const caseName = (client: string, number: number): string => `${client}/${number}`;

interface ReceiptRow {
  readonly line: number;
  readonly number: string | null;
  readonly outcome: DocumentOutcome;
  readonly found?: Finding;
}

function rowOf({ answer, found }: Verdict): ReceiptRow {
  const outcome = found === undefined ? 'accepted' : found.severity === 'warning' ? 'duplicate' : 'rejected';
  return { line: answer.line, number: caseName(answer.client, answer.case), outcome, ...(found ? { found } : {}) };
}

const documentOf = ({ line, number, outcome }: ReceiptRow, sequence: number): FileDocument => ({
  sequence,
  line,
  lastLine: line,
  number,
  outcome,
  amount: 0n,
  amountKnown: true,
  content: null,
});

async function carryOut(house: House, tx: Tx, verdicts: readonly Verdict[]): Promise<void> {
  const at = house.clock();
  const on = todayOf(house);
  const good = verdicts.flatMap(({ answer, row, found }) => (row && found === undefined ? [{ answer, row }] : []));
  // A case may be accepted and closed by one file: the last word counts.
  const last = new Map(good.map((item) => [item.row.id, item]));
  const answers = [...last.values()].map(({ answer, row }) => ({
    id: row.id,
    state: answer.status,
    agencyReference: answer.reference ?? null,
    rejection: answer.status === 'rejected' ? (answer.reason ?? '') : null,
  }));
  await answerCases(tx, answers, on);
  const rejected = [...last.values()].filter(({ answer }) => answer.status === 'rejected');
  await returnClaims(
    tx,
    rejected.map(({ row }) => row.id),
    { at, because: 'rejected by the collection agency' },
  );
  await placeHolds(
    tx,
    { on, at },
    rejected.map(({ answer, row }) => ({
      receivable: row.receivable,
      kind: 'block' as const,
      interestRuns: true,
      category: AGENCY_REJECTED,
      reason: answer.reason ?? '',
      placedBy: 'collection-agency',
    })),
  );
  await openTasks(
    tx,
    at,
    rejected.map(({ answer, row }) => ({
      client: row.client,
      kind: 'collection-rejected',
      subject: row.invoice,
      detail: { case: String(row.number), reason: answer.reason ?? '' },
    })),
  );
}
