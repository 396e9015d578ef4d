/** An element to be written: names with prefix, attributes and children in the order they will have. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlNode[];
  text?: string;
}

export const xmlNode = (name: string, text?: string): XmlNode => ({
  name,
  attributes: {},
  children: [],
  ...(text === undefined ? {} : { text }),
});

export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** What becomes of an element without text and children: left out, or written, where a schema wants it though it is empty. */
export type EmptyElements = 'drop' | 'keep';

/**
 * Writes an element and all it holds, without the declaration: same node, same bytes. Characters that XML cannot carry are left out. A serializer of our own: fast-xml-parser's XMLBuilder took 1.7
 * to 3.1 times as long (test/bench/peppol.test.ts) and adds nothing to a tree that is ordered already.
 */
export function writeXml(node: XmlNode, { empty }: { readonly empty: EmptyElements }): string {
  const parts: string[] = [];
  append(node, parts, empty);
  return parts.join('');
}

function append(node: XmlNode, parts: string[], empty: EmptyElements): void {
  const begin = parts.length;
  parts.push(openTag(node));
  for (const child of node.children) append(child, parts, empty);
  const text = escapeText(node.text ?? '');
  if (text !== '') parts.push(text);
  if (parts.length === begin + 1 && empty === 'drop') parts.pop();
  else parts.push(`</${node.name}>`);
}

function openTag({ name, attributes }: XmlNode): string {
  let tag = `<${name}`;
  for (const key of Object.keys(attributes)) tag += ` ${key}="${escapeAttribute(attributes[key]!)}"`;
  return `${tag}>`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const escapeText = (text: string): string => strip(text).replaceAll(/[&<>\r]/g, (character) => escapes[character]!);

const escapeAttribute = (text: string): string => strip(text).replaceAll(/[&<>"\r\n\t]/g, (character) => escapes[character]!);

/** Leaves out what XML 1.0 §2.2 does not allow; such characters come with clients' texts. */
const strip = (text: string): string => text.replaceAll(forbidden, '');

// oxlint-disable-next-line no-control-regex -- these are the characters that are looked for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu;
