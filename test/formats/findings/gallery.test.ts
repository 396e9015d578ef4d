import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { chunksOf } from '../chunks.ts';
import { sampleContext } from '../csv/sample-mapping.ts';
import type { BankItem } from '#engine/matching/bank-file.ts';
import type { CsvMapping, Encoding } from '#engine/csv-mapping.ts';
import { describeFinding, findingCodes, findingTexts, type Finding, type FindingCodeName } from '#engine/finding.ts';
import { languages } from '#engine/language.ts';
import { placeFindings } from '#engine/rules/rule.ts';
import { validateInvoice } from '#engine/rules/validate-invoice.ts';
import type { ReadItem } from '#engine/submission.ts';
import { readControlFile, type ControlItem } from '#formats/control/control-file.ts';
import { amount, count, filler, readRecords, record, text } from '#formats/fixed/record.ts';
import { decodeText } from '#formats/text/decode.ts';
import type { AgencyItem, PieceItem } from '#engine/sockets/format.ts';
import { readAgencyReceipt } from '#formats/collection/agency-files.ts';
import { readCamt } from '#formats/iso20022/read-camt.ts';
import { readPain002 } from '#formats/iso20022/read-pain002.ts';
import { readCsvInvoices } from '#formats/csv/read-csv-invoices.ts';
import { readPrintStatus } from '#formats/print-house/read-status.ts';
import { readPeppolInvoice } from '#formats/peppol/peppol.ts';

const gallery = new URL('../../../fixtures/findings/', import.meta.url);

/** Settings of a case that differ from the gallery's: `also` are codes that cannot but come with it. */
interface Case {
  readonly encoding?: Encoding;
  readonly mapping?: Partial<CsvMapping>;
  /** Of a bank's file. */
  readonly allowNoNamespace?: boolean;
  readonly also?: readonly FindingCodeName[];
}

const jsonOf = <T>(url: URL): T => JSON.parse(readFileSync(url, 'utf8')) as T;
const sharedMapping = jsonOf<CsvMapping>(new URL('mapping.json', gallery));
const folders = readdirSync(gallery, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** Codes without a file, each with the reason. */
const withoutFile = jsonOf<Readonly<Record<string, string>>>(new URL('without-fixture.json', gallery));

function settingsOf(code: string): Case {
  const url = new URL(`${code}/case.json`, gallery);
  return existsSync(url) ? jsonOf<Case>(url) : {};
}

const fileOf = (code: string): string => readdirSync(new URL(`${code}/`, gallery)).find((name) => name !== 'case.json')!;

/** Everything that is found in a file: by its reader, and by the rules of e-invoices in what it holds. */
async function findingsIn(code: string): Promise<readonly Finding[]> {
  const { encoding = 'utf-8', mapping, allowNoNamespace = false } = settingsOf(code);
  const name = fileOf(code);
  const chunks = chunksOf(readFileSync(new URL(`${code}/${name}`, gallery)));
  if (/^(CAMT|BANK)-/.test(code)) return camtFindings(readCamt(chunks, { encoding, allowNoNamespace }));
  if (code.startsWith('CTL-')) return controlFindings(readControlFile(chunks));
  if (code.startsWith('PRINT-')) return printFindings(readPrintStatus(chunks));
  if (code.startsWith('AGENCY-')) return agencyFindings(readAgencyReceipt(chunks));
  if (code.startsWith('FIXED-')) return fixedFindings(decodeText(chunks, { encoding, maxBytes: 1000 }));
  if (code.startsWith('PAIN-')) {
    const report = await readPain002(chunks, { encoding });
    return report.kind === 'broken' ? [report.finding] : [];
  }
  const isXml = name.endsWith('.xml');
  const items = isXml
    ? readPeppolInvoice(chunks, { encoding })
    : readCsvInvoices(chunks, { ...sampleContext, encoding, mapping: { ...sharedMapping, ...mapping } });
  const found: Finding[] = [];
  for await (const item of items) found.push(...findingsOf(item, isXml));
  return found;
}

async function controlFindings(items: AsyncIterable<ControlItem>): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for await (const item of items) {
    if (item.kind === 'broken') found.push(item.finding);
    if (item.kind === 'refusal') found.push(...item.findings);
  }
  return found;
}

/** A format of two records, of no bank. */
const fixedRecords = [
  record({ kind: 'payment', code: '1', title: 'Payment', length: 23, fields: { reference: text(10), amount: amount(12) } }),
  record({ kind: 'closing', code: '9', title: 'Closing', length: 23, fields: { payments: count(6), rest: filler(16) } }),
];

async function fixedFindings(texts: ReturnType<typeof decodeText>): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for await (const item of readRecords(fixedRecords, texts)) if (item.kind === 'wrong') found.push(...item.findings);
  return found;
}

async function printFindings(items: AsyncIterable<PieceItem>): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for await (const item of items) if (item.kind !== 'status') found.push(item.finding);
  return found;
}

async function agencyFindings(items: AsyncIterable<AgencyItem>): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for await (const item of items) if (item.kind !== 'answer') found.push(item.finding);
  return found;
}

async function camtFindings(items: AsyncIterable<BankItem>): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for await (const item of items) {
    if (item.kind === 'broken') found.push(item.finding);
    if (item.kind === 'message') found.push(...item.message.findings);
    if (item.kind === 'entry') found.push(...item.entry.findings);
    if (item.kind === 'block-end') found.push(...item.totals.findings);
  }
  return found;
}

function findingsOf(item: ReadItem, isXml: boolean): readonly Finding[] {
  if (item.kind === 'broken') return [item.finding];
  if (item.kind === 'refusal') return item.refusal.findings;
  const { invoice, origin, findings } = item.submission;
  // A CSV document is checked as it comes, before the house adds accounts and addresses.
  const rules = validateInvoice(invoice, {
    ruleSet: isXml ? 'einvoice' : 'core',
    countries: { SE: sweden },
    vatRates: Object.values(sweden.vatRates),
  });
  return [...findings, ...placeFindings(rules, origin)];
}

describe('the gallery of findings', () => {
  test('has a file for every code, or a reason why not', () => {
    const expected = Object.keys(findingCodes).filter((code) => !(code in withoutFile));
    expect(folders.toSorted()).toEqual(expected.toSorted());
  });

  test('gives reasons only for codes that exist', () => {
    expect(Object.keys(withoutFile).filter((code) => !(code in findingCodes))).toEqual([]);
  });

  test.each(folders)('%s', async (code) => {
    const found = await findingsIn(code);
    const { also = [] } = settingsOf(code);
    expect([...new Set(found.map((item) => item.code))].toSorted()).toEqual([code, ...also].toSorted());
    const own = found.find((item) => item.code === code)!;
    for (const language of languages) {
      const { message, hint } = describeFinding(own, language);
      expect(`${message} ${hint}`).not.toMatch(/\{\w+\}|undefined/);
    }
    // Every finding but that of an empty file has a place.
    expect(own.line === undefined).toBe(code === 'FILE-EMPTY');
  });
});

test('every code has a message and a hint in every language', () => {
  for (const language of languages) {
    const texts = Object.entries(findingTexts[language]);
    expect(texts.map(([code]) => code).toSorted()).toEqual(Object.keys(findingCodes).toSorted());
    for (const [code, { message, hint }] of texts) {
      expect(`${code}: ${message}`).toMatch(/: \S/);
      expect(`${code}: ${hint}`).toMatch(/: \S/);
    }
  }
});
