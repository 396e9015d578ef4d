import { writePeppolInvoice } from './write-peppol-invoice.ts';
import { finding, isError, type Finding } from '#engine/finding.ts';
import { toJson } from '#engine/invoice-json.ts';
import type { Invoice } from '#engine/invoice.ts';
import type { Countries } from '#engine/rules/rule.ts';
import { validateInvoice } from '#engine/rules/validate-invoice.ts';
import type { Format } from '#engine/sockets/format.ts';
import { SBDH } from './names.ts';
import { isDocument, readDocument } from './read-document.ts';
import { type XmlElement, readXmlElements, xmlReader } from '../xml/read-xml.ts';
import type { Encoding } from '#engine/csv-mapping.ts';
import type { ReadItem } from '#engine/submission.ts';

/** Differences listed of one document; one is enough to keep it in the house. */
const MAX_DIFFERENCES = 20;

/**
 * Reads an e-invoice that was written, compares every term with the invoice it was made from, and checks it by the receivers' rules, among
 * them those of the seller's country. Empty: the file may leave the house.
 */
export function recheckPeppol(xml: string, invoice: Invoice, countries: Countries): readonly Finding[] {
  const item = readPeppolText(xml);
  if (item.kind === 'broken') return [item.finding];
  if (item.kind === 'refusal') return item.refusal.findings;
  const { invoice: reread, findings } = item.submission;
  const rules = validateInvoice(reread, { ruleSet: 'einvoice', countries });
  return [...findings, ...differences(plain(invoice), plain(reread), '', invoice.number), ...rules.filter(isError)];
}

/** The JSON form as nested objects and texts: amounts are written out, absent terms are absent keys. */
const plain = (invoice: Invoice): unknown => JSON.parse(toJson(invoice));

function differences(expected: unknown, found: unknown, path: string, document: string): readonly Finding[] {
  if (typeof expected === 'object' && expected !== null && typeof found === 'object' && found !== null) {
    const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
    const inner = (value: object, key: string): unknown => (value as Record<string, unknown>)[key];
    return [...keys]
      .flatMap((key) => differences(inner(expected, key), inner(found, key), stepped(path, key, expected), document))
      .slice(0, MAX_DIFFERENCES);
  }
  if (expected === found) return [];
  return [finding('PEPPOL-RECHECK', { field: path, document, value: shown(found), facts: { expected: shown(expected) } })];
}

const shown = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value));

const stepped = (path: string, key: string, container: object): string =>
  Array.isArray(container) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;

export const peppol: Format = {
  id: 'peppol',
  title: 'Peppol BIS Billing 3.0 (UBL 2.1 Invoice and CreditNote, with or without SBDH)',
  extension: '.xml',
  reads: { of: 'invoices', encodings: ['utf-8'], byMapping: false, read: readPeppolInvoice },
  writes: { of: 'invoices', write: writePeppolInvoice, recheck: recheckPeppol, lost: ['PEPPOL-RECHECK'] },
};

/**
 * Reads a Peppol BIS Billing 3.0 file: one UBL Invoice or CreditNote, with or without its network envelope (SBDH). Yields that document
 * as a submission or refusal; `broken` if the file is no well-formed XML in the agreed encoding or holds something else.
 */
export async function* readPeppolInvoice(
  chunks: AsyncIterable<Uint8Array>,
  context: { readonly encoding: Encoding },
): AsyncGenerator<ReadItem> {
  const elements: XmlElement[] = [];
  for await (const item of readXmlElements(chunks, { encoding: context.encoding, take: isRoot })) {
    if (item.kind === 'broken') {
      yield item;
      return;
    }
    elements.push(item.element);
  }
  yield readRoot(elements);
}

/** Reads a document from text in memory, such as one that was just written. */
export function readPeppolText(text: string): ReadItem {
  const reader = xmlReader({ encoding: 'utf-8', take: isRoot });
  const written = reader.write(text);
  if ('code' in written) return { kind: 'broken', finding: written };
  const closed = reader.close();
  return 'code' in closed ? { kind: 'broken', finding: closed } : readRoot([...written, ...closed]);
}

const isRoot = (path: string): boolean => path.lastIndexOf('/') === 0;

function readRoot([root]: readonly XmlElement[]): ReadItem {
  if (root === undefined) return { kind: 'broken', finding: finding('FILE-EMPTY') };
  if (isDocument(root)) return readDocument(root);
  const isEnvelope = root.name === 'StandardBusinessDocument' && root.namespace === SBDH;
  const payload = isEnvelope ? root.children.filter((child) => child.namespace !== SBDH) : [];
  const [document, second] = payload;
  if (document !== undefined && second === undefined && isDocument(document)) return readDocument(document);
  const odd = document ?? root;
  const place = { line: odd.line, column: odd.column, field: odd.name, value: `{${odd.namespace}}${odd.name}` };
  return { kind: 'broken', finding: finding('XML-ROOT', place) };
}
