import { toJson } from '#engine/invoice-json.ts';
import type { ReadItem } from '#engine/submission.ts';

/** What a reader yielded, as one line of JSON: the invoice in its canonical form, where it stood, and what was found (JSON Lines). */
export function writeReadItem(item: ReadItem): string {
  if (item.kind !== 'submission') return `${toJson(item)}\n`;
  const { invoice, directions, origin, findings } = item.submission;
  const { line, lastLine } = origin;
  return `${toJson({ kind: item.kind, line, lastLine, invoice, directions, findings })}\n`;
}
