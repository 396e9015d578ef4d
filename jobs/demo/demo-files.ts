import type { HouseConfig } from '#config/house-config.ts';
import { isoDate, type IsoDate } from '#engine/iso-date.ts';
import { agencyFiles } from './files/agency-files.ts';
import { estateFile } from './files/estate-file.ts';
import { waterFile } from './files/water-file.ts';

/**
 * The demo's first day, always the same: what follows lies in the past, whose rates of interest are known, and crosses neither a half-year
 * nor Christmas.
 */
export const DEMO_START = isoDate('2026-09-01');

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
 * The demo's uploads of its first day. Running it again on the same home uploads the same bytes, and the house recognises them.
 */
export function demoFiles(config: HouseConfig, issueDate: IsoDate): readonly DemoFile[] {
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
