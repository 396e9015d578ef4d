import type { Finding } from '../finding.ts';
import type { Origin } from '../submission.ts';

/** Gives findings about canonical paths the line, column and name by which the sender knows the field. */
export const placeFindings = (findings: readonly Finding[], origin: Pick<Origin, 'locate'>): readonly Finding[] =>
  findings.map((item) => (item.field === undefined ? item : { ...item, ...origin.locate(item.field) }));
