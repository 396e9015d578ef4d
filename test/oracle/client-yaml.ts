import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TermsName } from './terms.ts';

/** What the terms of `terms.ts` are in a client's file. */
const termsInYaml: Readonly<Record<TermsName, Readonly<Record<string, string>>>> = {
  consumer: {
    'debtorClass: business': 'debtorClass: consumer',
    '    fees:': '      reminderFee: 60.00\n\n    policies:\n      consumer: { use: se-consumer }\n\n    fees:',
  },
  handover: {
    'debtorClass: business': 'debtorClass: consumer',
    '    fees:': '      reminderFee: 60.00\n\n    policies:\n      consumer: { use: se-consumer-handover }\n\n    fees:',
  },
  business: {
    'lateInterest: { kind: statutory }': 'lateInterest: { kind: contract, percent: 12 }',
    '    fees:': `    policies:
      business:
        use: se-business
        interest: { mode: contract, dayCount: ACT/365F, claim: from-reminder, minimum: 0.00 }\n\n    fees:`,
  },
  purchase: {
    'product: service': 'product: purchase\n    purchase: { pricePercent: 96, recourse: no }',
    '    fees:': '    policies:\n      business: { use: se-business }\n\n    fees:',
  },
};

/** The configuration of a client of the histories: the test client `provet` under another name, with an account of its own. */
export async function clientYaml({ id, terms, bankgiro }: OracleClient): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../house/clients/provet.yaml'), 'utf8');
  const changes = {
    'name: Provbolaget\n': `name: Historia ${id}\n`,
    'validFrom: 2026-01-01': 'validFrom: 2025-01-01',
    'number: 888-8885\n        reference': `number: ${bankgiro}\n        reference`,
    "prefix: '20', serialDigits: 8, source: sender": "prefix: '20', serialDigits: 8, source: ours",
    'channels: [einvoice, print]': 'channels: [print]',
    ...termsInYaml[terms],
  };
  return Object.entries(changes).reduce((yaml, [before, after]) => {
    if (!yaml.includes(before)) throw new Error(`provet.yaml has no "${before}"`);
    return yaml.replace(before, after);
  }, text);
}

/** A bankgiro number of eight digits for the n-th client, with its check digit (modulus 10). */
export function bankgiroOf(place: number): string {
  const digits = `5${String(place).padStart(6, '0')}`;
  const products = Array.from(digits, (digit, index) => BigInt(digit) * (index % 2 === 0 ? 2n : 1n));
  const sum = products.reduce((total, product) => total + (product > 9n ? product - 9n : product), 0n);
  return `${digits.slice(0, 4)}-${digits.slice(4)}${(10n - (sum % 10n)) % 10n}`;
}

export interface OracleClient {
  readonly id: string;
  readonly terms: TermsName;
  readonly bankgiro: string;
}
