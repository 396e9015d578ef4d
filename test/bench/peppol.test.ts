import { XMLBuilder } from 'fast-xml-parser';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { shared } from '../formats/shared-folder.ts';
import { validateInvoice } from '#engine/rules/validate-invoice.ts';
import { readPeppolText, recheckPeppol } from '#formats/peppol/peppol.ts';
import { writePeppolInvoice } from '#formats/peppol/write-peppol-invoice.ts';
import { writeXml, xmlNode, type XmlNode } from '#formats/xml/write-xml.ts';

const ROUNDS = 400;
const sample = shared('samples/einvoice/sweden/SE-Elhandel.xml');

function milliseconds(work: () => unknown): number {
  for (let round = 0; round < ROUNDS / 4; round += 1) work();
  const begun = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) work();
  return (performance.now() - begun) / ROUNDS;
}

/** A tree of the size of an invoice of 30 lines. */
const tree = (): XmlNode => ({
  ...xmlNode('a'),
  children: Array.from({ length: 30 }, (_, line) => ({
    ...xmlNode('cac:InvoiceLine'),
    children: Array.from({ length: 25 }, (_field, field) => xmlNode('cbc:Name', `Text & text ${line} ${field}`)),
  })),
});

type Ordered = Readonly<Record<string, unknown>>;
const ordered = (node: XmlNode): Ordered => ({
  [node.name]: node.text === undefined ? node.children.map(ordered) : [{ '#text': node.text }],
});

test('the serializer beside the library it stands in for', () => {
  const node = tree();
  const builder = new XMLBuilder({ preserveOrder: true });
  expect(builder.build([ordered(node)])).toBe(writeXml(node, { empty: 'drop' }));
  const ours = milliseconds(() => writeXml(node, { empty: 'drop' }));
  const library = milliseconds(() => builder.build([ordered(node)]));
  console.log(
    `write a tree of 780 elements: ours ${ours.toFixed(3)} ms, XMLBuilder ${library.toFixed(3)} ms, ratio ${(library / ours).toFixed(1)}`,
  );
});

test.skipIf(sample === undefined)('one invoice of five lines', () => {
  const xml = readFileSync(sample!, 'utf8');
  const item = readPeppolText(xml);
  if (item.kind !== 'submission') throw new Error('refused');
  const { invoice } = item.submission;
  const written = writePeppolInvoice(invoice);
  const steps = {
    read: () => readPeppolText(xml),
    write: () => writePeppolInvoice(invoice),
    rules: () => validateInvoice(invoice, { ruleSet: 'einvoice', countries: { SE: sweden } }),
    recheck: () => recheckPeppol(written, invoice, { SE: sweden }),
  };
  const times = Object.entries(steps).map(([name, step]) => `${name} ${milliseconds(step).toFixed(3)} ms`);
  console.log(`one invoice: ${times.join(', ')}`);
  expect(recheckPeppol(written, invoice, { SE: sweden })).toEqual([]);
});
