import { documentParts } from './document-parts.ts';
import { CBC, CUSTOMIZATION_ID, PROFILE_ID, rootNamespaces, type RootName } from './names.ts';
import { childrenOf, elementAt, reportAt, reportMissing, type FileReading, type Reading } from './part.ts';
import { pathOf, type XmlElement } from '../xml/read-xml.ts';
import { finding, isError, type Finding, type Place } from '#engine/finding.ts';
import type { Invoice } from '#engine/invoice.ts';
import { parseAmount, type Minor } from '#engine/money.ts';
import type { ReadItem } from '#engine/submission.ts';
import { defined } from '../defined.ts';

/**
 * Makes an invoice or credit note of a UBL document. Every element is either understood or reported; a document that misses a term that
 * it cannot do without, or has one that cannot be read, becomes a refusal.
 */
export function readDocument(root: XmlElement): Exclude<ReadItem, { readonly kind: 'broken' }> {
  const { invoice, file } = readTerms(root);
  const findings = placeInDocument([...file.findings, ...unreadElements(root, file)], numberOf(root));
  const line = root.line;
  const lastLine = lastLineOf(root);
  if (invoice === undefined || findings.some(isError)) {
    const refusal = { line, lastLine, ...defined({ number: numberOf(root), statedAmount: statedAmountOf(root) }), findings };
    return { kind: 'refusal', refusal };
  }
  return {
    kind: 'submission',
    submission: { invoice, directions: {}, origin: { line, lastLine, locate: locator(root) }, findings },
  };
}

/** Is this the root of a document that can be read here? */
export const isDocument = (element: XmlElement): boolean =>
  (element.name === 'Invoice' || element.name === 'CreditNote') && element.namespace === rootNamespaces[element.name];

function readTerms(root: XmlElement, places?: Map<string, XmlElement>): { invoice: Invoice | undefined; file: FileReading } {
  const file: FileReading = {
    findings: [],
    used: new Set([root]),
    ...(places === undefined ? {} : { places }),
    currency: textOf(root, 'DocumentCurrencyCode'),
    vatCurrency: textOf(root, 'TaxCurrencyCode'),
  };
  const from: Reading = { element: root, path: '', file };
  readSpecification(from);
  const name = root.name as RootName;
  const terms = documentParts[name].read(from);
  return { invoice: terms && { ...terms, kind: name === 'Invoice' ? 'invoice' : 'creditNote' }, file };
}

/** BT-24 and BT-23: a document of another specification may mean something else by the same elements. */
function readSpecification(from: Reading): void {
  // The version of UBL says nothing that the namespace does not say.
  elementAt({ ...from, path: '#UBLVersionID' }, 'UBLVersionID');
  const customization = elementAt({ ...from, path: '#CustomizationID' }, 'CustomizationID');
  const profile = elementAt({ ...from, path: '#ProfileID' }, 'ProfileID');
  if (customization === undefined) reportMissing(from, 'CustomizationID', 'BR-01');
  else if (!customization.text.trim().startsWith(CUSTOMIZATION_ID)) {
    const facts = { allowed: CUSTOMIZATION_ID };
    reportAt(from, customization, 'XML-NOT-ALLOWED', { value: customization.text.trim(), rule: 'PEPPOL-EN16931-R004', facts });
  }
  if (profile === undefined) reportMissing(from, 'ProfileID', 'PEPPOL-EN16931-R001');
  else if (profile.text.trim() !== PROFILE_ID) {
    const facts = { allowed: PROFILE_ID };
    reportAt(from, profile, 'XML-NOT-ALLOWED', { value: profile.text.trim(), rule: 'PEPPOL-EN16931-R007', facts });
  }
}

const textOf = (element: XmlElement, name: string): string | undefined => childrenOf(element, name, CBC)[0]?.text.trim();

const numberOf = (root: XmlElement): string | undefined => textOf(root, 'ID')?.slice(0, MAX_NUMBER_SHOWN) || undefined;

const MAX_NUMBER_SHOWN = 80;

/** The payable amount of a document that is refused, with the sign that it has for the receiver. */
function statedAmountOf(root: XmlElement): Minor | undefined {
  const total = root.children.find((child) => child.name === 'LegalMonetaryTotal');
  const stated = total && textOf(total, 'PayableAmount');
  return (stated === undefined ? null : parseAmount(stated)) ?? undefined;
}

function lastLineOf(element: XmlElement): number {
  const last = element.children.at(-1);
  return last === undefined ? element.line : lastLineOf(last);
}

/** Elements that no term was read from: the topmost ones, since what is below them was not read either. */
function unreadElements(element: XmlElement, file: FileReading): readonly Finding[] {
  return element.children.flatMap((child) => {
    if (file.used.has(child)) return unreadElements(child, file);
    const value = child.text.trim();
    const place = { line: child.line, column: child.column, field: pathOf(child) };
    return [finding('XML-NOT-READ', { ...place, value: value === '' ? child.name : value })];
  });
}

const placeInDocument = (findings: readonly Finding[], document: string | undefined): readonly Finding[] =>
  document === undefined ? findings : findings.map((item) => ({ ...item, document }));

/** Reads the document once more, when the first place is asked for, to learn where everything stood. */
function locator(root: XmlElement): (path: string) => Place {
  let places: Map<string, XmlElement> | undefined;
  return (path) => {
    if (places === undefined) {
      places = new Map();
      readTerms(root, places);
    }
    let known = path;
    while (known !== '' && !places.has(known)) known = known.replace(/(?:^|\.|\[)[^.[]*$/, '');
    const element = places.get(known) ?? root;
    return { line: element.line, column: element.column, field: pathOf(element) };
  };
}
