import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HouseConfig } from '#config/house-config.ts';
import { dateInZone } from '#engine/iso-date.ts';
import { agencyFiles } from './files/agency-files.ts';
import { estateFile } from './files/estate-file.ts';
import { waterFile } from './files/water-file.ts';

/** One file that a client of the demo uploads. */
export interface DemoFile {
  readonly client: string;
  readonly name: string;
  readonly content: Buffer;
}

const CONSUMERS = 300;
const AGENCY_DEBTORS = 40;
const TENANTS = 30;

/**
 * The demo's uploads. They are dated by the day the demo first ran on this home, so that running it again uploads the same bytes, and
 * the house recognises them.
 */
export async function demoFiles(home: string, config: HouseConfig, now: Date): Promise<readonly DemoFile[]> {
  const issueDate = await firstDate(home, dateInZone(now, config.bureau.timeZone));
  const year = issueDate.slice(0, 4);
  const agency = config.clients.get('byra')?.agreements.at(-1);
  const bankgiro = agency?.paymentAccounts[0]?.number;
  if (!agency || bankgiro === undefined)
    throw new Error('the demo needs the configuration that comes with it: client byra is missing');
  const invoices = agencyFiles({ debtors: AGENCY_DEBTORS, issueDate, firstNumber: 3001, seller: agency.seller, bankgiro });
  return [
    {
      client: 'vattnet',
      name: `vattenavgifter-${year}-2.csv`,
      content: waterFile({ consumers: CONSUMERS, issueDate, firstNumber: 26_0001 }),
    },
    ...invoices.map((file) => ({ client: 'byra', ...file })),
    {
      client: 'fastighet',
      name: `HYROR_${issueDate.slice(0, 7).replace('-', '')}.TXT`,
      content: estateFile({ tenants: TENANTS, issueDate, firstNumber: 8001 }),
    },
  ];
}

async function firstDate(home: string, today: string): Promise<string> {
  const path = join(home, 'demo', 'first-date');
  await mkdir(join(home, 'demo'), { recursive: true });
  await writeFile(path, `${today}\n`, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  return (await readFile(path, 'utf8')).trim();
}
