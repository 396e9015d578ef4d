import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { shared } from '../formats/shared-folder.ts';
import { decimal } from '#engine/decimal.ts';
import { isError } from '#engine/finding.ts';
import type { Invoice } from '#engine/invoice.ts';
import { isoDate } from '#engine/iso-date.ts';
import { validateInvoice } from '#engine/rules/validate-invoice.ts';
import { readPeppolText } from '#formats/peppol/peppol.ts';
import { wrapSbdh } from '#formats/peppol/channel.ts';
import { writePeppolInvoice } from '#formats/peppol/write-peppol-invoice.ts';

const referee = shared('referee/validate.sh');
const samples = shared('samples/einvoice/sweden/');

/** Rules that the referee found broken, fatal ones, by the file's name. */
async function judge(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = readdirSync(folder).map((name) => join(folder, name));
  const output = await new Promise<string>((resolve, reject) => {
    const options = { env: { ...process.env, NODE: process.execPath }, maxBuffer: 64 * 1024 * 1024 };
    execFile(referee!.pathname, ['--json', ...files], options, (error, stdout) => {
      // Exit code 1 only says that some file is not valid; anything else is trouble.
      if (error && error.code !== 1) reject(error);
      else resolve(stdout);
    });
  });
  const results = JSON.parse(output) as { file: string; found: { id: string; flag: string }[] }[];
  return new Map(
    results.map(({ file, found }) => [basename(file, '.xml'), found.filter((one) => one.flag === 'fatal').map((one) => one.id)]),
  );
}

function sample(name: string): Invoice {
  const item = readPeppolText(readFileSync(new URL(`${name}.xml`, samples), 'utf8'));
  if (item.kind !== 'submission') throw new Error(JSON.stringify(item));
  return item.submission.invoice;
}

type Change = (invoice: Invoice) => Invoice;

const firstLine =
  (change: Partial<Invoice['lines'][number]>): Change =>
  ({ lines, ...rest }) => ({
    ...rest,
    lines: lines.map((line, index) => (index === 0 ? { ...line, ...change } : line)),
  });
const firstGroup =
  (change: Partial<Invoice['vatBreakdown'][number]>): Change =>
  ({ vatBreakdown, ...rest }) => ({
    ...rest,
    vatBreakdown: vatBreakdown.map((group, index) => (index === 0 ? { ...group, ...change } : group)),
  });
const without =
  (key: keyof Invoice): Change =>
  (invoice) => {
    const { [key]: _left, ...rest } = invoice;
    return rest as Invoice;
  };

/** One fault each, made in a valid invoice; both judges must name the rule. */
const faults: readonly (readonly [rule: string, change: Change])[] = [
  ['BR-CO-10', ({ totals, ...rest }) => ({ ...rest, totals: { ...totals, linesAmount: totals.linesAmount + 1n } })],
  ['BR-CO-13', ({ totals, ...rest }) => ({ ...rest, totals: { ...totals, netAmount: totals.netAmount + 1n } })],
  ['BR-CO-14', ({ totals, ...rest }) => ({ ...rest, totals: { ...totals, vatAmount: totals.vatAmount + 1n } })],
  ['BR-CO-15', ({ totals, ...rest }) => ({ ...rest, totals: { ...totals, grossAmount: totals.grossAmount - 1n } })],
  ['BR-CO-16', ({ totals, ...rest }) => ({ ...rest, totals: { ...totals, payableAmount: 0n } })],
  ['BR-S-08', firstGroup({ baseAmount: 1n })],
  ['BR-S-09', firstGroup({ vatAmount: 1n })],
  ['BR-S-10', firstGroup({ exemptionReason: 'Undantag' })],
  ['BR-S-05', firstLine({ vat: { code: 'S', rate: decimal('0') } })],
  ['SE-R-006', firstLine({ vat: { code: 'S', rate: decimal('24') } })],
  ['BR-E-05', firstLine({ vat: { code: 'E', rate: decimal('25') } })],
  [
    'BR-O-12',
    (invoice) => ({ ...invoice, vatBreakdown: [{ code: 'O', baseAmount: 0n, vatAmount: 0n, exemptionReason: 'Utanför' }] }),
  ],
  ['PEPPOL-EN16931-R120', firstLine({ quantity: decimal('777') })],
  ['BR-27', firstLine({ price: { net: decimal('-5') } })],
  ['PEPPOL-EN16931-R046', firstLine({ price: { net: decimal('5'), gross: decimal('9'), discount: decimal('3') } })],
  ['PEPPOL-EN16931-R121', firstLine({ price: { net: decimal('5'), baseQuantity: decimal('0') } })],
  ['BR-CL-23', firstLine({ unit: 'PCE' })],
  ['BR-30', firstLine({ period: { start: isoDate('2018-03-02'), end: isoDate('2018-03-01') } })],
  ['PEPPOL-EN16931-R110', firstLine({ period: { start: isoDate('1999-01-01') } })],
  ['PEPPOL-EN16931-R003', (invoice) => without('buyerReference')(without('orderReference')(invoice))],
  ['PEPPOL-EN16931-R010', ({ buyer: { endpoint: _gone, ...buyer }, ...rest }) => ({ ...rest, buyer })],
  ['PEPPOL-EN16931-R020', ({ seller: { endpoint: _gone, ...seller }, ...rest }) => ({ ...rest, seller })],
  [
    'PEPPOL-COMMON-R049',
    ({ buyer, ...rest }) => ({ ...rest, buyer: { ...buyer, endpoint: { id: '9876543210', scheme: '0007' } } }),
  ],
  [
    'PEPPOL-COMMON-R040',
    ({ buyer, ...rest }) => ({ ...rest, buyer: { ...buyer, endpoint: { id: '7312345500003', scheme: '0088' } } }),
  ],
  [
    'PEPPOL-COMMON-R041',
    ({ buyer, ...rest }) => ({ ...rest, buyer: { ...buyer, endpoint: { id: '123456789', scheme: '0192' } } }),
  ],
  [
    'PEPPOL-EN16931-CL008',
    ({ buyer, ...rest }) => ({ ...rest, buyer: { ...buyer, endpoint: { id: '5560004615', scheme: '9955' } } }),
  ],
  ['SE-R-013', ({ seller, ...rest }) => ({ ...rest, seller: { ...seller, legalId: { id: '5566778890' } } })],
  ['SE-R-004', ({ seller, ...rest }) => ({ ...rest, seller: { ...seller, legalId: { id: '556677' } } })],
  ['SE-R-001', ({ seller, ...rest }) => ({ ...rest, seller: { ...seller, vatId: 'SE5566' } })],
  ['SE-R-005', ({ seller, ...rest }) => ({ ...rest, seller: { ...seller, taxRegistration: 'F-skatt finns' } })],
  ['BR-CO-09', ({ seller, ...rest }) => ({ ...rest, seller: { ...seller, vatId: '55667788990122' } })],
  ['BR-S-02', ({ seller: { vatId: _vat, taxRegistration: _tax, ...seller }, ...rest }) => ({ ...rest, seller })],
  [
    'BR-61',
    ({ paymentMeans, ...rest }) => ({ ...rest, paymentMeans: paymentMeans.map(({ account: _gone, ...means }) => means) }),
  ],
  [
    'UBL-SR-47',
    ({ paymentMeans, ...rest }) => ({
      ...rest,
      paymentMeans: paymentMeans.map((means, index) => (index === 0 ? { ...means, code: '58' } : means)),
    }),
  ],
  [
    'UBL-SR-44',
    ({ paymentMeans, ...rest }) => ({
      ...rest,
      paymentMeans: paymentMeans.map((means, index) => (index === 0 ? { ...means, reference: '1' } : means)),
    }),
  ],
  [
    'PEPPOL-EN16931-R061',
    ({ paymentMeans, ...rest }) => ({ ...rest, paymentMeans: paymentMeans.map((means) => ({ ...means, code: '49' })) }),
  ],
  ['BR-17', (invoice) => ({ ...invoice, seller: { ...invoice.seller, tradingName: 'Samma' }, payee: { name: 'Samma' } })],
  ['BR-CL-14', ({ buyer, ...rest }) => ({ ...rest, buyer: { ...buyer, address: { ...buyer.address, country: 'QQ' } } })],
  ['PEPPOL-EN16931-P0100', (invoice) => ({ ...invoice, typeCode: '381' })],
  ['PEPPOL-EN16931-P0112', (invoice) => ({ ...invoice, typeCode: '384' })],
  ['BR-CL-08', (invoice) => ({ ...invoice, note: '#qqq#text' })],
  ['PEPPOL-EN16931-R005', (invoice) => ({ ...invoice, vatCurrency: invoice.currency })],
  ['BR-53', (invoice) => ({ ...invoice, vatCurrency: 'EUR' })],
  ['BR-29', (invoice) => ({ ...invoice, period: { start: isoDate('2018-03-02'), end: isoDate('2018-03-01') } })],
  [
    'BR-33',
    (invoice) => ({ ...invoice, allowancesAndCharges: [{ charge: false, amount: 0n, vat: { code: 'S', rate: decimal('25') } }] }),
  ],
  ['BR-32', (invoice) => ({ ...invoice, allowancesAndCharges: [{ charge: false, amount: 0n, reason: 'Rabatt' }] })],
  [
    'PEPPOL-EN16931-R040',
    firstLine({
      allowancesAndCharges: [{ charge: true, amount: 100n, baseAmount: 1000n, percent: decimal('5'), reason: 'Frakt' }],
    }),
  ],
  [
    'PEPPOL-EN16931-R042',
    firstLine({ allowancesAndCharges: [{ charge: true, amount: 100n, baseAmount: 1000n, reason: 'Frakt' }] }),
  ],
  [
    'PEPPOL-EN16931-R041',
    firstLine({ allowancesAndCharges: [{ charge: true, amount: 100n, percent: decimal('5'), reason: 'Frakt' }] }),
  ],
  ['BR-CL-20', firstLine({ allowancesAndCharges: [{ charge: true, amount: 0n, reasonCode: 'XXX' }] })],
  ['BR-CL-19', firstLine({ allowancesAndCharges: [{ charge: false, amount: 0n, reasonCode: 'FC' }] })],
];

/** What the referee finds only because of the first fault, and ours therefore leaves out: a division by zero. */
const followedBy: Readonly<Record<string, readonly string[]>> = { 'PEPPOL-EN16931-R121': ['PEPPOL-EN16931-R120'] };

describe.skipIf(referee === undefined || samples === undefined)(
  'the official rules, by engines that share no code with ours',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'kuvert-referee-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    let verdicts: ReadonlyMap<string, readonly string[]>;
    const names = samples === undefined ? [] : readdirSync(samples).map((name) => basename(name, '.xml'));
    beforeAll(async () => {
      const put = (name: string, xml: string): void => writeFileSync(join(folder, `${name}.xml`), xml);
      for (const name of names) put(name, writePeppolInvoice(sample(name)));
      const base = sample('SE-Elhandel');
      for (const [rule, change] of faults) put(rule, writePeppolInvoice(change(base)));
      put('enveloped', wrapSbdh(writePeppolInvoice(base), envelope));
      verdicts = await judge(folder);
    });

    test.each(names)('%s, read and written, is valid', (name) => expect(verdicts.get(name)).toEqual([]));

    test('a document in its envelope is valid', () => expect(verdicts.get('enveloped')).toEqual([]));

    test.each(faults)('%s is found by both', (rule, change) => {
      const ours = validateInvoice(change(sample('SE-Elhandel')), { ruleSet: 'einvoice', countries: { SE: sweden } }).filter(
        isError,
      );
      expect(verdicts.get(rule)).toContain(rule);
      expect(ours.flatMap((item) => item.rule.split(', '))).toContain(rule);
    });

    test.each(faults)('%s: what the referee finds beside it, ours finds too', (rule, change) => {
      const ours = new Set(
        validateInvoice(change(sample('SE-Elhandel')), { ruleSet: 'einvoice', countries: { SE: sweden } }).flatMap((item) =>
          item.rule.split(', '),
        ),
      );
      const consequences = followedBy[rule] ?? [];
      expect(verdicts.get(rule)?.filter((id) => !ours.has(id) && !consequences.includes(id))).toEqual([]);
    });
  },
);

const envelope = {
  sender: { scheme: '0007', id: '5560004615' },
  receiver: { scheme: '0088', id: '7300010000001' },
  documentType: 'Invoice',
  instanceIdentifier: '7a1b52f0-0000-4000-8000-000000000001',
  createdAt: new Date('2026-11-21T10:33:17Z'),
  countryC1: 'SE',
} as const;
