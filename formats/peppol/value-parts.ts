import { elementAt, nodeAt, reportAt, reportMissing, type Part, type Reading, type RequiredPart } from './part.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { currencyCodes } from '#engine/code-lists.ts';
import { parseDecimal, type Decimal } from '#engine/decimal.ts';
import { isError } from '#engine/finding.ts';
import type { Identifier } from '#engine/invoice.ts';
import { parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import { absolute, formatAmount, MAX_AMOUNT, parseAmount, type Minor } from '#engine/money.ts';
import { defined } from '../defined.ts';

/** Makes a part required: where it is absent, the rule is reported and the document refused. */
export const must = <T>(part: Part<T>, path: string, rule: string): RequiredPart<T> => ({
  ...part,
  required: true,
  read: (from) => {
    const before = from.file.findings.length;
    const value = part.read(from);
    const explained = from.file.findings.slice(before).some(isError);
    if (value === undefined && !explained) reportMissing(from, path, rule);
    return value;
  },
});

/** A text, trimmed; an element without text is reported and counts as absent (PEPPOL-EN16931-R008). */
export const text = (path: string): Part<string> => ({
  read: (from) => {
    const element = elementAt(from, path);
    return element === undefined ? undefined : valueOf(from, element, []);
  },
  write: (value, into) => {
    nodeAt(into, path).text = value;
  },
});

/** A text whose element has one attribute that is a term of its own. */
export const textWith = (path: string, attributes: readonly string[]): Part<string> => ({
  ...text(path),
  read: (from) => {
    const element = elementAt(from, path);
    return element === undefined ? undefined : valueOf(from, element, attributes);
  },
});

/** An attribute of the element that the part before it wrote. */
export const attribute = (path: string, name: string): Part<string> => ({
  read: (from) => {
    const value = elementAt(from, path)?.attributes[name]?.trim();
    return value === '' ? undefined : value;
  },
  write: (value, into) => {
    nodeAt(into, path).attributes[name] = value;
  },
});

/** An identifier with its scheme. */
export const identifier = (path: string): Part<Identifier> => ({
  read: (from) => {
    const element = elementAt(from, path);
    if (element === undefined) return undefined;
    const id = valueOf(from, element, ['schemeID']);
    const scheme = element.attributes['schemeID']?.trim();
    return id === undefined ? undefined : { id, ...defined({ scheme: scheme === '' ? undefined : scheme }) };
  },
  write: (value, into) => {
    const node = nodeAt(into, path);
    node.text = value.id;
    if (value.scheme !== undefined) node.attributes['schemeID'] = value.scheme;
  },
});

/** A day; only `YYYY-MM-DD` (PEPPOL-EN16931-F001). */
export const date = (path: string): Part<IsoDate> => ({
  read: (from) => parsed(from, path, [], parseIsoDate, 'XML-NOT-A-DATE'),
  write: (value, into) => {
    nodeAt(into, path).text = value;
  },
});

/** A number that is no amount: quantity, percentage. */
export const number = (path: string, attributes: readonly string[] = []): Part<Decimal> => ({
  read: (from) => parsed(from, path, attributes, parseXmlDecimal, 'XML-NOT-A-NUMBER'),
  write: (value, into) => {
    nodeAt(into, path).text = value;
  },
});

/** A unit price: a number of any decimals with the document's currency. */
export const price = (path: string): Part<Decimal> => ({
  read: (from) => {
    const element = elementAt(from, path);
    if (element !== undefined) checkCurrency(from, element, from.file.currency);
    return parsed(from, path, ['currencyID'], parseXmlDecimal, 'XML-NOT-A-NUMBER');
  },
  write: (value, into) => {
    const node = nodeAt(into, path);
    node.text = value;
    node.attributes['currencyID'] = into.currency;
  },
});

/** An amount in the document's currency, of at most two decimals. */
export const amount = (path: string): Part<Minor> => ({
  read: (from) => {
    const element = elementAt(from, path);
    return element === undefined ? undefined : readAmount(from, element, from.file.currency);
  },
  write: (value, into) => {
    const node = nodeAt(into, path);
    node.text = formatAmount(value);
    node.attributes['currencyID'] = into.currency;
  },
});

/** The amount of an element in the currency it must have. */
export function readAmount(from: Reading, element: XmlElement, currency: string | undefined): Minor | undefined {
  checkCurrency(from, element, currency);
  const stated = valueOf(from, element, ['currencyID']);
  if (stated === undefined) return undefined;
  const value = parseXmlDecimal(stated);
  const result = value === null ? null : parseAmount(value);
  if (value === null) reportAt(from, element, 'XML-NOT-A-NUMBER', { value: stated });
  else if (result === null) reportAt(from, element, 'XML-AMOUNT-DECIMALS', { value: stated, rule: 'UBL-DT-01' });
  else if (absolute(result) > MAX_AMOUNT) reportAt(from, element, 'XML-AMOUNT-TOO-LARGE', { value: stated });
  else return result;
  return undefined;
}

/** All amounts are in the document's currency, but the VAT total in the accounting currency (PEPPOL-EN16931-R051). */
function checkCurrency(from: Reading, element: XmlElement, currency: string | undefined): void {
  const stated = element.attributes['currencyID'];
  if (stated === currency || currency === undefined) return;
  const known = stated === undefined || currencyCodes.has(stated);
  const rule = known ? 'PEPPOL-EN16931-R051' : 'BR-CL-03, PEPPOL-EN16931-R051';
  reportAt(from, element, 'XML-CURRENCY', { value: stated ?? '', rule, facts: { currency } });
}

/** An xs:decimal: an optional sign, digits, and digits on either side of a point. */
export function parseXmlDecimal(value: string): Decimal | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(value);
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) return null;
  const whole = match[2] === '' ? '0' : match[2]!.replace(/^0+(?=\d)/, '');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  return parseDecimal((match[1] === '-' ? '-' : '') + whole + (fraction === '' ? '' : `.${fraction}`));
}

/** True or false, in exactly these words (PEPPOL-EN16931-R043). */
export const flag = (path: string): Part<boolean> => ({
  read: (from) =>
    parsed(from, path, [], (value) => (value === 'true' ? true : value === 'false' ? false : null), 'XML-NOT-A-FLAG'),
  write: (value, into) => {
    nodeAt(into, path).text = String(value);
  },
});

/** The element's text, its attributes checked: any that is not known is reported, since it is not kept. */
export function valueOf(from: Reading, element: XmlElement, attributes: readonly string[]): string | undefined {
  from.file.used.add(element);
  for (const name of Object.keys(element.attributes)) {
    if (!attributes.includes(name)) reportAt(from, element, 'XML-NOT-READ', { value: `${name}="${element.attributes[name]!}"` });
  }
  const value = element.text.trim();
  if (value !== '') return value;
  reportAt(from, element, 'XML-EMPTY');
  return undefined;
}

function parsed<T>(
  from: Reading,
  path: string,
  attributes: readonly string[],
  parse: (value: string) => T | null,
  code: 'XML-NOT-A-DATE' | 'XML-NOT-A-NUMBER' | 'XML-NOT-A-FLAG',
): T | undefined {
  const element = elementAt(from, path);
  const value = element === undefined ? undefined : valueOf(from, element, attributes);
  if (element === undefined || value === undefined) return undefined;
  const result = parse(value);
  if (result === null) reportAt(from, element, code, { value });
  return result ?? undefined;
}
