import { CAC, CBC } from '#formats/peppol/names.ts';
import { readDocument } from '#formats/peppol/read-document.ts';
import type { XmlElement } from '#formats/xml/read-xml.ts';
import type { Finding } from '#engine/finding.ts';

interface Editable extends XmlElement {
  attributes: Record<string, string>;
  children: Editable[];
  text: string;
}

/** Neutral contents of mandatory elements, by name; amounts are zero. */
const contents: Readonly<Record<string, string>> = {
  CustomizationID: 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0',
  ProfileID: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  IssueDate: '2026-01-15',
  InvoiceTypeCode: '380',
  DocumentCurrencyCode: 'EUR',
  IdentificationCode: 'FI',
  ChargeIndicator: 'false',
  InvoicedQuantity: '0',
  BaseQuantity: '1',
  ItemClassificationCode: 'X',
};

/**
 * The official fragments hold only what their rule looks at. This fills in, with neutral contents, whatever else a document must have to be
 * read at all, but never a term whose absence is the very rule under test.
 */
export function completeFragment(
  fragment: XmlElement,
  rule: string,
): { readonly document: XmlElement; readonly findings: readonly Finding[] } {
  const document = copy(fragment, undefined);
  addCurrency(document, rule);
  let findings: readonly Finding[] = [];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const item = readDocument(document);
    findings = item.kind === 'refusal' ? item.refusal.findings : item.submission.findings;
    const missing = findings.filter((one) => one.code === 'XML-MISSING' && !untouched(one, rule));
    if (missing.length === 0) break;
    for (const one of missing) insert(document, one.field ?? '');
    addCurrency(document, rule);
  }
  return { document, findings };
}

/** Rules about the same absence, which ours finds under the other's id. */
const precededBy: Readonly<Record<string, readonly string[]>> = { 'BR-61': ['BR-50'], 'BR-IC-12': ['BR-57'] };

/** VAT numbers are never made up, since the category rules look for them. */
const untouched = (one: Finding, rule: string): boolean =>
  [rule, 'UBL-SR-53', 'BR-56', ...(precededBy[rule] ?? [])].some((id) => one.rule.split(', ').includes(id));

const MAX_ROUNDS = 12;

function copy(element: XmlElement, parent: Editable | undefined): Editable {
  const result: Editable = { ...element, parent, attributes: { ...element.attributes }, children: [] };
  result.children = element.children.map((child) => copy(child, result));
  return result;
}

/** Follows a path such as `/Invoice/InvoiceLine[2]/Item/Name` and makes what is not there. */
function insert(root: Editable, field: string): void {
  const steps = field.split('/').slice(2);
  let element = root;
  for (const [index, step] of steps.entries()) {
    if (step.startsWith('@')) {
      element.attributes[step.slice(1)] = 'C62';
      return;
    }
    const [, name = '', position = '1'] = /^(\w+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    const twins = element.children.filter((child) => child.name === name);
    const leaf = index === steps.length - 1 && !containers.has(name);
    const known = twins[Number(position) - 1];
    const next = known ?? made(name, leaf, element);
    if (known === undefined) element.children.push(next);
    if (known !== undefined && leaf && known.text.trim() === '') known.text = made(name, true, element).text;
    element = next;
  }
}

/** Elements that a finding may name as a whole. */
const containers = new Set(['Party', 'PostalAddress', 'ClassifiedTaxCategory', 'LegalMonetaryTotal']);

const made = (name: string, leaf: boolean, parent: Editable): Editable => ({
  namespace: leaf ? CBC : CAC,
  name,
  attributes: {},
  children: [],
  text: leaf ? (contents[name] ?? (name.endsWith('Amount') ? '0' : 'X')) : '',
  line: 1,
  column: 1,
  parent,
});

/** Rules that look at currencies; everywhere else all amounts are given the same. */
const currencyRules = new Set(['BR-CL-03', 'BR-CO-15', 'BR-53', 'BR-CO-14']);

function addCurrency(element: Editable, rule: string): void {
  const isAmount = element.name.endsWith('Amount') && element.children.length === 0;
  if (isAmount && !currencyRules.has(rule)) element.attributes['currencyID'] = 'EUR';
  if (isAmount) element.attributes['currencyID'] ??= 'EUR';
  if (element.text.trim() === '' && Object.keys(element.attributes).some((name) => name !== 'currencyID'))
    element.text = contents[element.name] ?? 'X';
  for (const child of element.children) addCurrency(child, rule);
}
