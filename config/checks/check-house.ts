import { windowZones, type Envelope, type PrintProfile } from '#engine/print-profile.ts';
import type { ConfigProblem } from '../config-problem.ts';
import { type ConfigFile, nearestWord } from '../read-config-file.ts';
import { problemAt, type YamlPath } from '../yaml-source.ts';
import type { z } from 'zod';
import type { remotesSchema } from '../schema/house-schemas.ts';
import type { Schedules } from '../house-config.ts';

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

export type RemotesFile = ConfigFile<z.output<typeof remotesSchema>>;

/** Remotes belong to clients that exist, and a client has one place for its receipts. */
export function checkRemotes({ source, value }: RemotesFile, clients: readonly string[]): readonly ConfigProblem[] {
  const unknown = (['deliveries', 'inboxes'] as const).flatMap((list) =>
    value[list].flatMap(({ client }, index) => {
      if (clients.includes(client)) return [];
      const near = nearestWord(client, clients);
      return [
        problemAt(source, {
          path: [list, index, 'client'],
          message: `There is no client "${client}".`,
          hint: near === undefined ? 'Clients have a file each in config/clients.' : `Did you mean "${near}"?`,
        }),
      ];
    }),
  );
  const twice = value.deliveries.flatMap(({ client }, index) =>
    value.deliveries.findIndex((item) => item.client === client) === index
      ? []
      : [
          problemAt(source, {
            path: ['deliveries', index, 'client'],
            message: `Client "${client}" has two deliveries.`,
            hint: 'Take one of them away.',
          }),
        ],
  );
  return [...unknown, ...twice];
}

/** Cut-off times are in order, each once; runs keep to the hours of the day that every day has exactly once. */
export const checkSchedules = (file: ConfigFile<Schedules>): readonly ConfigProblem[] => [
  ...checkRuns(file),
  ...checkCutOffs(file),
];

/**
 * Runs that move money or demand it: at night a time may come twice or never when the clocks change (reference/reliability XM2), and the
 * bank's files of the day before are not in.
 */
const EARLIEST_RUN = '04:00';
const LATEST_RUN = '22:00';

function checkRuns({ source, value }: ConfigFile<Schedules>): readonly ConfigProblem[] {
  return Object.entries(value.runs).flatMap(([kind, time]) => {
    if (time >= EARLIEST_RUN && time <= LATEST_RUN) return [];
    return [
      problemAt(source, {
        path: ['runs', kind],
        message: `The ${kind} run at ${time} is outside ${EARLIEST_RUN} to ${LATEST_RUN}.`,
        hint: 'Let runs start by day, after the bank’s files have come.',
      }),
    ];
  });
}

function checkCutOffs({ source, value }: ConfigFile<Schedules>): readonly ConfigProblem[] {
  if (value.spools.kind === 'immediate') return [];
  const { times } = value.spools;
  return times.flatMap((time, index) => {
    const before = times[index - 1];
    if (before === undefined || before < time) return [];
    return [
      problemAt(source, {
        path: ['spools', 'times', index],
        message: `The cut-off ${time} is not after ${before}.`,
        hint: 'Write each time once, the earliest first.',
      }),
    ];
  });
}
