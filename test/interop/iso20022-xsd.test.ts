import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePaymentFile } from '../formats/iso20022/sample-payment-file.ts';
import { shared } from '../formats/shared-folder.ts';
import { isoDate } from '#engine/iso-date.ts';
import { parts } from '#jobs/house/parts.ts';
import { writePain001 } from '#formats/iso20022/write-pain001.ts';
import { makeCamt053, makeCamt054, type DemoBankFile } from '#jobs/demo/files/bank-file.ts';

const schemas = shared('schemas/iso20022/');
const xmllint = spawnSync('xmllint', ['--version']).status === 0;
if (!xmllint) console.warn('SKIPPED: xmllint of libxml2-utils is not there');
const fixtures = new URL('../../fixtures/iso20022/', import.meta.url);

/** What xmllint says against the official schema of the message; empty where it is valid. */
function faultsOf(path: string, message: string): string {
  const schema = new URL(`${message}.xsd`, schemas).pathname;
  const { status, stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, path], { encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}

const messageIn = (content: string): string => /tech:xsd:([a-z]+(?:\.\d+)+)/.exec(content)?.[1] ?? '';

describe.skipIf(schemas === undefined || !xmllint)('against the schemas of ISO 20022', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'kuvert-xsd-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function faultsIn(content: string | Uint8Array): string {
    const path = join(folder, 'message.xml');
    writeFileSync(path, content);
    return faultsOf(path, messageIn(Buffer.from(content).toString('utf8')));
  }

  test.each(['03', '09'] as const)('our payment file, version %s, is valid', (version) => {
    expect(faultsIn(writePain001(samplePaymentFile, { version, parts }))).toBe('');
  });

  test('the judge sees a fault', () => {
    const written = writePain001(samplePaymentFile, { version: '03', parts });
    expect(faultsIn(written.replace('<PmtMtd>TRF</PmtMtd>', ''))).toContain('PmtMtd');
    expect(faultsIn(written.replace('1500.00', 'much'))).toContain('InstdAmt');
  });

  const names = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'));
  test.each(names)('the fixture %s is valid', (name) => {
    expect(faultsIn(readFileSync(new URL(name, fixtures)))).toBe('');
  });

  const file: DemoBankFile = {
    messageId: 'M-20261120-01',
    account: { iban: 'SE4550000000058398257466', currency: 'SEK' },
    bookingDate: isoDate('2026-11-20'),
    createdAt: '2026-11-20T17:05:00+01:00',
    payments: [
      {
        amount: 125_000n,
        bankgiro: '9912346',
        servicerReference: 'BK1',
        ocr: '1234566',
        payerName: 'Åsa & Co',
        payerAccount: '50501055',
      },
      {
        amount: 30_000n,
        bankgiro: '9912346',
        servicerReference: 'BK2',
        documentNumbers: [
          { number: '1001', amount: 10_000n },
          { number: '1002', amount: 20_000n },
        ],
      },
      { amount: 100n, bankgiro: '50501055', servicerReference: 'BK3', text: 'Tack' },
      {
        amount: 150_000n,
        bankgiro: '9912346',
        servicerReference: 'BK4',
        returned: { messageId: 'PO-1', paymentInformationId: 'PO-1-P1', endToEndId: 'PO-1-T1', reason: 'AC04' },
      },
    ],
  };

  test('the account reports of the demo are valid', () => {
    expect(faultsIn(makeCamt054(file))).toBe('');
    const statement = {
      ...file,
      sequenceNumber: 224,
      openingAmount: -5000n,
      lumps: [
        { amount: 1000n, servicerReference: 'BK5', kind: 'deposit', text: 'Insättning' },
        { amount: -1500n, servicerReference: 'BK6', kind: 'charge', text: 'Avgift' },
        {
          amount: -150_000n,
          servicerReference: 'BK7',
          kind: 'payout',
          batch: { messageId: 'PO-2', paymentInformationId: 'PO-2-P1', count: 2 },
        },
      ],
    } as const;
    expect(faultsIn(makeCamt053(statement))).toBe('');
  });
});
