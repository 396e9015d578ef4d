import type { CommandModule } from 'yargs';
import { inTransaction } from '#engine/store/database.ts';
import { loadFileByNumber, type FileRow } from '#engine/store/files.ts';
import { loadReceivableEvents } from '#engine/store/receivable-events.ts';
import { loadTrails } from '#engine/store/trace.ts';
import type { OpenHome } from '../house.ts';
import { withOpenHome } from '../house/open.ts';
import { eventSteps, fileSteps, invoiceSteps, type TraceStep } from '../trace-steps.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { printJson, printTable, timeText } from './output.ts';

interface TraceArguments extends CommonArguments {
  readonly id: string;
  readonly client?: string | undefined;
}

export const traceCommand = (end: End): CommandModule<CommonArguments, TraceArguments> => ({
  command: 'trace <id>',
  describe: 'Follow an invoice, a document or a file through the house: each step with time, file and hash',
  builder: (yargs) =>
    yargs
      .positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'Invoice number, payment reference, document id, or CLIENT/NUMBER of a file as on its receipt',
      })
      .option('client', { type: 'string', describe: 'Only this client, where numbers repeat' })
      .example('$0 trace 2026-1001', 'the way of an invoice')
      .example('$0 trace vattnet/3', 'the way of the third file of vattnet'),
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const traces = await findTraces(house, given);
      if (given.json) printJson(traces);
      else for (const trace of traces) printTrace(trace, house.config.bureau.timeZone);
      if (traces.length > 0) return;
      if (!given.json) console.log(`Nothing goes by ${given.id}.`);
      end(1);
    });
  },
});

interface Trace {
  readonly subject: string;
  readonly steps: readonly TraceStep[];
}

const findTraces = (house: OpenHome, given: TraceArguments): Promise<Trace[]> =>
  inTransaction(house.database, async (tx) => {
    const [, client, number] = /^([a-z0-9-]+)\/(\d{1,9})$/.exec(given.id) ?? [];
    const file: FileRow | null =
      client === undefined ? null : await loadFileByNumber(tx, client, Number.parseInt(number ?? '', 10));
    const trails = await loadTrails(tx, given.id, given.client ?? null);
    const events = await loadReceivableEvents(
      tx,
      trails.map((trail) => trail.id),
    );
    return [
      ...(file ? [{ subject: `file ${file.client}/${file.number}`, steps: fileSteps(file) }] : []),
      ...trails.map((trail) => ({
        subject: `${trail.kind} ${trail.invoice} of ${trail.client}`,
        steps: [
          ...invoiceSteps(trail),
          ...eventSteps(events.filter(({ client: of, invoice }) => of === trail.client && invoice === trail.invoice)),
        ],
      })),
    ];
  });

function printTrace({ subject, steps }: Trace, timeZone: string): void {
  console.log(subject);
  printTable(
    [{ title: 'WHEN' }, { title: 'STEP' }, { title: 'WHAT' }, { title: 'SHA-256' }],
    steps.map((step) => [step.at ? timeText(step.at, timeZone) : '–', step.step, step.what, step.sha256?.slice(0, 16) ?? '']),
    'No steps.',
  );
  console.log('');
}
