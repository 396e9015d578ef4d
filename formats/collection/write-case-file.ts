import type { CollectionCase, CollectionChange } from '#engine/claims/collection-case.ts';
import { toJson } from '#engine/invoice-json.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { sum } from '#engine/money.ts';

/** Raised when a field changes its meaning or goes; new ones may come without. */
const FORMAT_VERSION = 1;

interface FileHead {
  readonly client: string;
  /** The bureau's id of the run that made the file. */
  readonly run: string;
  readonly date: IsoDate;
}

/** Cases handed over by one run to the agency (formats/collection/README.md). UTF-8 JSON, amounts as text, with count and sum to check. */
export const writeCaseFile = (head: FileHead, cases: readonly CollectionCase[]): string =>
  `${toJson(
    {
      format: 'kuvert-collection-cases',
      version: FORMAT_VERSION,
      ...head,
      count: cases.length,
      totalAmount: sum(cases.map((item) => item.totalAmount)),
      cases,
    },
    2,
  )}\n`;

/** What became of cases since they were handed over (formats/collection/README.md). */
export const writeChangeFile = (head: FileHead, changes: readonly CollectionChange[]): string =>
  `${toJson(
    {
      format: 'kuvert-collection-changes',
      version: FORMAT_VERSION,
      ...head,
      count: changes.length,
      totalAmount: sum(changes.map((item) => item.amount)),
      changes,
    },
    2,
  )}\n`;
