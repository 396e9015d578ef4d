import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { loadConfig } from '#config/load-config.ts';
import { agencyFiles } from '#jobs/demo/files/agency-files.ts';
import { estateFile } from '#jobs/demo/files/estate-file.ts';
import { waterFile } from '#jobs/demo/files/water-file.ts';
import { parts } from '#jobs/house/parts.ts';
import { endState } from '../house/end-state.ts';
import { loadProgress } from '../house/progress.ts';
import { openTestHouse, type TestHouse } from '../house/test-house.ts';

const NOW = '2026-11-21T09:00:00Z';
const ISSUED = '2026-11-20';
const PATIENCE_MILLISECONDS = 120_000;
const STOP_MILLISECONDS = 30_000;

interface Upload {
  readonly client: string;
  readonly name: string;
  readonly content: Uint8Array;
}

const WATER_FILES = 5;
const CONSUMERS = 40;
const ESTATE_FILES = 5;
const TENANTS = 30;
/** Invoices of each estate file that have a fault and are refused. */
const ESTATE_FAULTS = 6;
const AGENCY_FILES = 10;
/** The credit note among the agency's files is used for the invoice that it names, whichever comes first: an entry of its own. */
const AGENCY_CREDITS = 1;

/** 20 files of three clients: CSV with a closing row, columns by position with wrong invoices, Peppol XML. */
async function twentyFiles(configFolder: string): Promise<readonly Upload[]> {
  const { config } = await loadConfig(configFolder, parts);
  const seller = config?.clients.get('byra')?.agreements[0]?.seller;
  if (!seller) throw new Error('the configuration has no client byra');
  const water = Array.from({ length: WATER_FILES }, (_, index) => ({
    client: 'vattnet',
    name: `vatten-${index}.csv`,
    content: waterFile({ consumers: CONSUMERS, issueDate: ISSUED, firstNumber: 100_000 * (index + 1) }),
  }));
  const estate = Array.from({ length: ESTATE_FILES }, (_, index) => ({
    client: 'fastighet',
    name: `hyror-${index}.txt`,
    content: estateFile({ tenants: TENANTS, issueDate: ISSUED, firstNumber: 1_000 * (index + 1) }),
  }));
  const agency = agencyFiles({ debtors: AGENCY_FILES, issueDate: ISSUED, firstNumber: 3_001, seller, bankgiro: '55555551' });
  return [...water, ...estate, ...agency.map((file) => ({ client: 'byra', ...file }))];
}

async function expectSound(house: TestHouse): Promise<void> {
  const verified = await house.kuvert('verify');
  expect(verified.stdout).toContain('invariants hold');
  expect(verified.code).toBe(0);
}

test('two daemons on one home take 20 files of three clients: nothing is lost, nothing is doubled', async () => {
  const house = await openTestHouse({ now: NOW });
  try {
    // Both start at once on an empty database: both would migrate it, and make the queues.
    const daemons = [house.spawnDaemon(), house.spawnDaemon()];
    await Promise.all(daemons.map((daemon) => daemon.started));
    const files = await twentyFiles(house.configFolder);
    expect(files).toHaveLength(20);
    await Promise.all(files.map(({ client, name, content }) => house.deliver(client, name, content)));
    await house.untilDone(files.length, PATIENCE_MILLISECONDS);
    const codes = await Promise.all(daemons.map((daemon) => daemon.end('SIGTERM')));
    expect(codes).toEqual([0, 0]);
    const { tables } = await endState(house);
    const accepted = WATER_FILES * CONSUMERS + ESTATE_FILES * (TENANTS - ESTATE_FAULTS) + AGENCY_FILES;
    expect(tables.file).toHaveLength(20);
    expect(tables.invoice).toHaveLength(accepted);
    expect(tables.ledger).toHaveLength(accepted + AGENCY_CREDITS);
    expect(tables.document).toHaveLength(accepted);
    const receipts = (tables.outbound ?? []).filter((row) => String(row).includes('"kind":"receipt"'));
    expect(receipts).toHaveLength(2 * 20);
    const worked = daemons.map(
      (daemon) =>
        daemon
          .printed()
          .split('\n')
          .filter((line) => line.includes('file.received')).length,
    );
    console.log(`files taken by each daemon: ${worked.join(' and ')}`);
    expect(worked[0]! + worked[1]!).toBe(20);
    await expectSound(house);
  } finally {
    await house.close();
  }
});

test('SIGTERM in the midst of work ends the daemon with 0 in time; the next one finishes as if nothing had been', async () => {
  const file = waterFile({ consumers: 1_500, issueDate: ISSUED, firstNumber: 700_001 });
  const undisturbed = await openTestHouse({ now: NOW });
  const house = await openTestHouse({ now: NOW });
  try {
    const only = await undisturbed.startDaemon();
    await undisturbed.deliver('vattnet', 'avgifter.csv', file);
    await undisturbed.untilDone(1, PATIENCE_MILLISECONDS);
    expect(await only.end('SIGTERM')).toBe(0);
    await house.deliver('vattnet', 'avgifter.csv', file);
    // Once while it books, once while it makes the letters.
    for (const far of [(progress: Progress) => progress.unsettled > 0, (progress: Progress) => progress.spoolBytes > 0]) {
      const daemon = await house.startDaemon();
      await until(house, far);
      const began = performance.now();
      expect(await daemon.end('SIGTERM')).toBe(0);
      console.log(`ended after ${Math.round(performance.now() - began)} ms`);
      expect(performance.now() - began).toBeLessThan(STOP_MILLISECONDS);
      await expectSound(house);
    }
    const last = await house.startDaemon();
    await house.untilDone(1, PATIENCE_MILLISECONDS);
    expect(await last.end('SIGTERM')).toBe(0);
    expect(await endState(house)).toEqual(await endState(undisturbed));
    await expectSound(house);
  } finally {
    await undisturbed.close();
    await house.close();
  }
});

type Progress = Awaited<ReturnType<typeof loadProgress>>;

const LOOK_MILLISECONDS = 10;

async function until(house: TestHouse, far: (progress: Progress) => boolean): Promise<void> {
  const began = performance.now();
  while (performance.now() - began < PATIENCE_MILLISECONDS) {
    if (far(await loadProgress(house))) return;
    await sleep(LOOK_MILLISECONDS);
  }
  throw new Error('the daemon never came so far');
}
