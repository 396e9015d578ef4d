import { XMLParser } from 'fast-xml-parser';

type Node = Readonly<Record<string, unknown>>;

/**
 * Every element of a UBL document as `path @attributes = text`, sorted, so that two documents can be compared whatever the order of their
 * elements; read by another parser than ours. Numbers lose zeros that say nothing.
 */
export function elementList(xml: string): readonly string[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: true,
  });
  const found: string[] = [];
  walk(parser.parse(xml) as Node[], '', found);
  return found.toSorted();
}

function walk(nodes: readonly Node[], path: string, found: string[]): void {
  for (const node of nodes) {
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name === '#text' || name.startsWith('?')) continue;
    const children = node[name] as Node[];
    const here = `${path}/${name.replace(/^\w+:/, '')}`;
    const text = children.find((child) => '#text' in child)?.['#text'];
    found.push(`${here} ${attributesOf(node)}= ${typeof text === 'string' ? plainNumber(here, text) : ''}`);
    walk(children, here, found);
  }
}

function attributesOf(node: Node): string {
  const attributes = (node[':@'] ?? {}) as Readonly<Record<string, string>>;
  return Object.keys(attributes)
    .filter((key) => !/^@_(xmlns|xsi)/.test(key))
    .toSorted()
    .map((key) => `${key}=${attributes[key]} `)
    .join('');
}

function plainNumber(path: string, text: string): string {
  if (path.endsWith('TaxScheme/ID')) return text.toUpperCase();
  return /(Amount|Percent|Quantity|Numeric)$/.test(path)
    ? text.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
    : text.replaceAll(/\s+/g, ' ');
}
