import { windowZones } from '#engine/print-profile.ts';
import type { Envelope, PrintProfile } from '#engine/print-profile.ts';
import type { ConfigProblem } from '../config-problem.ts';
import type { ConfigFile } from '../read-config-file.ts';
import { problemAt, type YamlPath } from '../yaml-source.ts';

/** Height that six address lines of 10 points need, and a width for a usual name (reference/print.md §1.4). */
const MIN_VISIBLE_HEIGHT_MM = 20;
const MIN_VISIBLE_WIDTH_MM = 60;

/** A print profile whose measures cannot be true would be noticed only by letters that are returned. */
export function checkPrinter({ source, value }: ConfigFile<Omit<PrintProfile, 'id'>>): readonly ConfigProblem[] {
  const complaints = value.envelopes.flatMap((envelope, index) => [
    ...envelopeComplaints(envelope, index, value.envelopes[index - 1]),
  ]);
  const { xMm, freeToXMm } = value.controlMark;
  if (freeToXMm <= xMm) {
    complaints.push({
      path: ['controlMark', 'freeToXMm'],
      message: 'The free strip ends before the control mark begins.',
      hint: 'Write a larger freeToXMm.',
    });
  }
  return complaints.map((complaint) => problemAt(source, complaint));
}

interface Complaint {
  readonly path: YamlPath;
  readonly message: string;
  readonly hint: string;
}

function* envelopeComplaints(envelope: Envelope, index: number, before: Envelope | undefined): Generator<Complaint> {
  const path = ['envelopes', index];
  const { code, window, widthMm, heightMm, foldedWidthMm, foldedHeightMm, maxSheets } = envelope;
  if (foldedWidthMm > widthMm || foldedHeightMm > heightMm) {
    yield {
      path: [...path, 'foldedWidthMm'],
      message: `The folded sheet is larger than the envelope ${code}.`,
      hint: 'Correct the measures.',
    };
  }
  if (window.xMm + window.widthMm > widthMm || window.yMm + window.heightMm > heightMm) {
    yield {
      path: [...path, 'window'],
      message: `The window reaches outside the envelope ${code}.`,
      hint: 'Correct the measures.',
    };
  }
  const { alwaysVisible } = windowZones(envelope);
  if (
    alwaysVisible.right - alwaysVisible.left < MIN_VISIBLE_WIDTH_MM ||
    alwaysVisible.bottom - alwaysVisible.top < MIN_VISIBLE_HEIGHT_MM
  ) {
    yield {
      path: [...path, 'window'],
      message: `However the sheet lies in envelope ${code}, the window must show ${MIN_VISIBLE_WIDTH_MM} × ${MIN_VISIBLE_HEIGHT_MM} mm of it.`,
      hint: 'The sheet can slide by the difference between envelope and sheet: ask the print house for a larger window.',
    };
  }
  if (before !== undefined && before.maxSheets >= maxSheets) {
    yield {
      path: [...path, 'maxSheets'],
      message: `Envelope ${code} holds no more than the one before it.`,
      hint: 'Name the smallest envelope first.',
    };
  }
}
