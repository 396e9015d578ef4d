import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OracleClient } from './oracle-house.ts';

/** The configuration of a client of the histories: the test client `provet` under another name, with an account of its own. */
export async function clientYaml({ id, kind, bankgiro }: OracleClient): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../house/clients/provet.yaml'), 'utf8');
  return Object.entries({
    'name: Provbolaget\n': `name: Historia ${id}\n`,
    'validFrom: 2026-01-01': 'validFrom: 2025-01-01',
    'number: 888-8885': `number: ${bankgiro}`,
    "prefix: '20', serialDigits: 8, source: sender": "prefix: '20', serialDigits: 8, source: ours",
    'channels: [einvoice, print]': 'channels: [print]',
    'debtorClass: business': `debtorClass: ${kind}`,
  }).reduce((yaml, [before, after]) => {
    if (!yaml.includes(before)) throw new Error(`provet.yaml has no "${before}"`);
    return yaml.replace(before, after);
  }, text);
}

/** A bankgiro number of eight digits for the n-th client, with its check digit (modulus 10). */
export function bankgiroOf(place: number): string {
  const digits = `5${String(place).padStart(6, '0')}`;
  const products = [...digits].map((digit, index) => Number(digit) * (index % 2 === 0 ? 2 : 1));
  const sum = products.reduce((total, product) => total + (product > 9 ? product - 9 : product), 0);
  return `${digits.slice(0, 4)}-${digits.slice(4)}${(10 - (sum % 10)) % 10}`;
}
