import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { waterFile } from '#jobs/demo/files/water-file.ts';
import { openTestHouse } from '../house/test-house.ts';

const INVOICES = 10_000;
const MAIN = new URL('../../jobs/cli/main.ts', import.meta.url).pathname;
const SAMPLE_MILLISECONDS = 50;

interface LogLine {
  readonly time: string;
  readonly event: string;
}

/** The whole way of one file by the command line: booked, receipted, rendered, spooled, checked. */
test(`main job: ${INVOICES} invoices in one CSV`, async () => {
  const house = await openTestHouse();
  try {
    const content = waterFile({ consumers: INVOICES, issueDate: '2026-11-20', firstNumber: 100_001 });
    const path = join(house.home, 'avgifter.csv');
    await writeFile(path, content);
    const began = Date.now();
    const { code, peakKilobytes, seconds } = await runIngest(house, path);
    expect(code).toBe(0);
    const stages = await stagesOf(house.home, began);
    const rows = content.toString('latin1').split('\r\n').length - 3;
    const bare = secondsOf(() => Papa.parse(iconv.decode(content, 'iso-8859-1'), { delimiter: ';', newline: '\r\n' }));
    const settle = stages['file.settled'] ?? Number.NaN;
    const counted = await house.database.query<{ letters: number; pages: number; sheets: number; bytes: bigint }>(
      'select letters, pages, sheets, bytes from kuvert.spool',
    );
    console.log(
      [
        `${INVOICES} invoices, ${rows} rows, ${(content.byteLength / 1e6).toFixed(1)} MB: ${seconds.toFixed(1)} s in all, peak ${Math.round(peakKilobytes / 1024)} MB`,
        ...Object.entries(stages).map(([event, at]) => `  ${event.padEnd(16)} ${at.toFixed(1)} s`),
        `  read, checked and booked: ${Math.round(rows / settle)} rows a second; bare PapaParse ${Math.round(rows / bare)}; ratio 1 : ${(settle / bare).toFixed(0)}`,
        `  spool: ${JSON.stringify(counted.rows, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))}`,
      ].join('\n'),
    );
    expect(peakKilobytes / 1024, 'peak memory in MB').toBeLessThan(700);
  } finally {
    await house.close();
  }
});

async function runIngest(house: Awaited<ReturnType<typeof openTestHouse>>, path: string) {
  const environment = { ...process.env, KUVERT_HOME: house.home, KUVERT_CONFIG: house.configFolder, KUVERT_DATABASE_URL: '' };
  const began = performance.now();
  const child = spawn(process.execPath, [MAIN, 'ingest', path, '--client', 'vattnet', '--json'], {
    env: environment,
    stdio: 'ignore',
  });
  let peakKilobytes = 0;
  const timer = setInterval(() => {
    readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => (peakKilobytes = Math.max(peakKilobytes, Number.parseInt(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? '0', 10))),
      () => undefined,
    );
  }, SAMPLE_MILLISECONDS);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(timer);
  return { code, peakKilobytes, seconds: (performance.now() - began) / 1000 };
}

/** Seconds each step took, by the log's times: from the event before to its own. */
async function stagesOf(home: string, began: number): Promise<Record<string, number>> {
  const lines = (await readFile(join(home, 'log', 'kuvert.log'), 'utf8')).trim().split('\n');
  const events = new Set(['file.received', 'file.settled', 'receipt.written', 'spool.released']);
  const stages: Record<string, number> = {};
  let before = began;
  for (const line of lines) {
    const { time, event } = JSON.parse(line) as LogLine;
    if (!events.has(event)) continue;
    stages[event] = (Date.parse(time) - before) / 1000;
    before = Date.parse(time);
  }
  return stages;
}

function secondsOf(work: () => unknown): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}
