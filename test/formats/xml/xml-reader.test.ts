import { XMLParser } from 'fast-xml-parser';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chunksOf } from '../chunks.ts';
import type { Encoding } from '#engine/csv-mapping.ts';
import { pathOf, type XmlElement, readXmlElements, type XmlItem, MAX_TEXT_CHARACTERS } from '#formats/xml/read-xml.ts';
import { writeXml, xmlNode, type XmlNode } from '#formats/xml/write-xml.ts';
import { MAX_ATTRIBUTES, MAX_DEPTH, MAX_PROLOG_CHARACTERS } from '#formats/xml/guarded-parser.ts';

const read = (
  content: string | Uint8Array,
  encoding: Encoding = 'utf-8',
  take = (path: string): boolean => path === '/a',
): Promise<XmlItem[]> => Array.fromAsync(readXmlElements(chunksOf(content, 1 << 16), { encoding, take }));

async function codes(content: string | Uint8Array, encoding?: Encoding): Promise<readonly string[]> {
  return (await read(content, encoding)).map((item) => (item.kind === 'broken' ? item.finding.code : 'element'));
}

const nested = (depth: number): string => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
const dtd = (subset: string): string => `<?xml version="1.0"?><!DOCTYPE a [${subset}]><a>&x;</a>`;

const attacks: readonly (readonly [name: string, content: string, code: string])[] = [
  ['XXE, file', dtd('<!ENTITY x SYSTEM "file:///etc/passwd">'), 'XML-DOCTYPE'],
  ['XXE, http', dtd('<!ENTITY x SYSTEM "http://127.0.0.1:1/x">'), 'XML-DOCTYPE'],
  ['XXE, parameter entity', dtd('<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;'), 'XML-DOCTYPE'],
  ['external DTD', '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>', 'XML-DOCTYPE'],
  [
    'billion laughs',
    dtd(
      `<!ENTITY x "lol">${Array.from('bcdefg', (name, index) => `<!ENTITY ${name} "${`&${index ? 'abcdefg'[index] : 'x'};`.repeat(10)}">`).join('')}`,
    ),
    'XML-DOCTYPE',
  ],
  ['quadratic blow-up', dtd(`<!ENTITY x "${'x'.repeat(10_000)}">`), 'XML-DOCTYPE'],
  ['a DOCTYPE without end', `<!DOCTYPE a [${'<!ELEMENT a ANY>'.repeat(10_000)}`, 'XML-PROLOG'],
  ['several DOCTYPEs', '<!DOCTYPE a><!DOCTYPE a><a/>', 'XML-DOCTYPE'],
  ['an unknown entity', '<a>&nbsp;</a>', 'XML-NOT-WELL-FORMED'],
  ['depth 100,000', nested(100_000), 'XML-TOO-DEEP'],
  [
    'a million attributes',
    `<a ${Array.from({ length: 100_000 }, (_, index) => `a${index}="1"`).join(' ')}/>`,
    'XML-TOO-MANY-ATTRIBUTES',
  ],
  ['a huge text', `<a>${'x'.repeat(MAX_TEXT_CHARACTERS + 1)}</a>`, 'XML-TEXT-TOO-LONG'],
  ['a huge comment', `<a><!--${'x'.repeat(MAX_TEXT_CHARACTERS + (1 << 17))}--></a>`, 'XML-TEXT-TOO-LONG'],
  ['a huge prolog', `<!--${'x'.repeat(MAX_PROLOG_CHARACTERS + (1 << 17))}--><a/>`, 'XML-PROLOG'],
  ['numeric references without end', `<a>${'&#65;'.repeat(4_000_000)}`, 'XML-TEXT-TOO-LONG'],
  ['a forbidden character by reference', '<a>&#0;</a>', 'XML-NOT-WELL-FORMED'],
  ['an undeclared prefix', '<b:a/>', 'XML-NOT-WELL-FORMED'],
  ['two roots', '<a/><a/>', 'XML-NOT-WELL-FORMED'],
  ['text behind the root', '<a/>x', 'XML-NOT-WELL-FORMED'],
  ['tags that cross', '<a><b></a></b>', 'XML-NOT-WELL-FORMED'],
  ['an attribute twice', '<a b="1" b="2"/>', 'XML-NOT-WELL-FORMED'],
  ['cut off', '<a><b>x</b>', 'XML-TRUNCATED'],
  ['cut off in a tag', '<a><b>x</', 'XML-TRUNCATED'],
  ['nothing', '', 'FILE-EMPTY'],
  ['blanks', ' \n ', 'XML-NOT-WELL-FORMED'],
  ['no XML', 'Fakturanr;Datum', 'XML-NOT-WELL-FORMED'],
  ['another encoding declared', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', 'XML-ENCODING'],
  ['an unknown encoding declared', '<?xml version="1.0" encoding="UTF-7"?><a/>', 'XML-ENCODING'],
];

test.each(attacks)('%s breaks the file, at once', async (_name, content, code) => {
  const begun = performance.now();
  expect((await codes(content)).at(-1)).toBe(code);
  expect(performance.now() - begun).toBeLessThan(20_000);
});

test('a document of the allowed depth and attributes is read', async () => {
  expect(await codes(nested(MAX_DEPTH))).toEqual(['element']);
  expect(await codes(`<a ${Array.from({ length: MAX_ATTRIBUTES }, (_, index) => `a${index}="1"`).join(' ')}/>`)).toEqual([
    'element',
  ]);
});

describe('what is read', () => {
  test('text, CDATA and references are one text; comments and instructions are nothing', async () => {
    const [item] = await read('<a>x<![CDATA[<&]]>&lt;<!-- n --><?p i?>&#229;</a>');
    expect(item).toMatchObject({ kind: 'element', element: { text: 'x<&<å', children: [] } });
  });

  test('namespaces are resolved, hints to schemas dropped', async () => {
    const [item] = await read(
      '<p:a xmlns:p="urn:p" xmlns="urn:d" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:p http://127.0.0.1:1/p.xsd" b="1"><c/></p:a>',
    );
    expect(item).toMatchObject({
      kind: 'element',
      element: { namespace: 'urn:p', attributes: { b: '1' }, children: [{ namespace: 'urn:d' }] },
    });
  });

  test('places count from one, paths number twins', async () => {
    const [item] = await read('<?xml version="1.0"?>\n<a>\n  <b/><c x="1"\n y="2">1</c>\n\t<b/>\n</a>');
    if (item?.kind !== 'element') throw new Error('broken');
    const places = item.element.children.map((child) => [pathOf(child), child.line, child.column]);
    expect(places).toEqual([
      ['/a/b[1]', 3, 3],
      ['/a/c', 3, 7],
      ['/a/b[2]', 5, 2],
    ]);
  });

  test('only what is taken is kept, as soon as it ends', async () => {
    const items = await read('<r><a><b/></a><x><a/></x><a/></r>', 'utf-8', (path) => path === '/r/a');
    expect(items).toMatchObject([{ element: { children: [{ name: 'b' }] } }, { element: { children: [] } }]);
  });

  test.each([
    ['iso-8859-1', 'ISO-8859-1'],
    ['windows-1252', 'windows-1252'],
  ] as const)('%s, as agreed and declared', async (encoding, declared) => {
    const items = await read(Buffer.from(`<?xml version="1.0" encoding="${declared}"?><a>Åsa</a>`, 'latin1'), encoding);
    expect(items).toMatchObject([{ kind: 'element', element: { text: 'Åsa' } }]);
  });
});

describe('what is written', () => {
  const name = fc.constantFrom('a', 'b', 'cbc:ID', 'x-1');
  const anyText = fc.string({ unit: 'binary', maxLength: 20 });
  const leaf = fc
    .tuple(name, fc.dictionary(fc.constantFrom('p', 'q'), anyText), anyText)
    .map(([tag, attributes, text]): XmlNode => ({ ...xmlNode(tag, text), attributes }));
  const parent = (child: fc.Arbitrary<XmlNode>): fc.Arbitrary<XmlNode> =>
    fc.tuple(name, fc.array(child, { maxLength: 3 })).map(([tag, children]) => ({ ...xmlNode(tag), children }));
  const node = fc.oneof(leaf, parent(fc.oneof(leaf, parent(leaf))));

  test('is read back by ours and by another parser, whatever the texts', async () => {
    const sound = (text: string): string =>
      // oxlint-disable-next-line no-control-regex -- these are the characters that are left out
      text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/gu, '');
    await fc.assert(
      fc.asyncProperty(fc.array(node, { maxLength: 4 }), anyText, async (children, text) => {
        const root: XmlNode = { ...xmlNode('a'), children: [xmlNode('first', `x${text.replaceAll('\uFEFF', '')}`), ...children] };
        root.attributes['xmlns:cbc'] = 'urn:c';
        const xml = writeXml(root, { empty: 'drop' });
        if (xml.includes('\uFEFF')) return;
        const [item] = await read(xml);
        if (item?.kind !== 'element') throw new Error(JSON.stringify(item));
        expect(item.element.children[0]?.text).toBe(sound(`x${text}`));
        expect(new XMLParser({ ignoreAttributes: false }).parse(xml)).toBeDefined();
        expect(emptyElements(item.element)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('escapes what XML would read as markup', () => {
    const root = xmlNode('a', '<b> & ]]> \r "q"');
    root.attributes['t'] = '"<&>\n\t';
    expect(writeXml(root, { empty: 'drop' })).toBe('<a t="&quot;&lt;&amp;&gt;&#10;&#9;">&lt;b&gt; &amp; ]]&gt; &#13; "q"</a>');
  });

  test('leaves out elements that hold nothing, or keeps them where a schema wants them (Finvoice 3.0: EpiReference)', () => {
    const root: XmlNode = {
      ...xmlNode('a'),
      children: [xmlNode('b'), { ...xmlNode('c'), children: [xmlNode('d', '')] }, xmlNode('e', '\u0001')],
    };
    expect(writeXml({ ...root, children: [...root.children, xmlNode('f', '1')] }, { empty: 'drop' })).toBe('<a><f>1</f></a>');
    expect(writeXml(root, { empty: 'drop' })).toBe('');
    expect(writeXml(root, { empty: 'keep' })).toBe('<a><b></b><c><d></d></c><e></e></a>');
  });
});

const emptyElements = (element: XmlElement): readonly string[] =>
  element.children.length === 0 && element.text === '' ? [element.name] : element.children.flatMap(emptyElements);
