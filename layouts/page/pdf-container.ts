import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import PdfKitDocument from 'pdfkit';
import { BACKGROUND_NAME, PICTURE_NAME } from './content-stream.ts';
import { type FontFace, fontRoles, type FontRole, type FontSet } from './fonts.ts';
import { PAGE_HEIGHT_MM, PAGE_WIDTH_MM, points } from './drawing.ts';

/**
 * A PDF file under construction from finished parts: pdfkit numbers and writes the objects, everything in them is made elsewhere.
 * This file is the only one that knows pdfkit and its private fields (print.md §4.2); the version is pinned in package.json.
 */
export interface PdfContainer {
  /** The bytes, to be read while pages are added: pdfkit has no back-pressure of its own. */
  readonly stream: Readable;
  /** Defines a static background once, under the name that pages refer to it by. */
  readonly defineBackground: (key: string, form: BackgroundForm) => void;
  readonly addPage: (page: PdfPage) => void;
  /** The unprinted back of a sheet. */
  readonly addBlankPage: () => void;
  readonly finish: () => void;
}

export interface BackgroundForm {
  /** Content stream, compressed. */
  readonly deflated: Uint8Array;
  readonly picture?: DeflatedPicture;
}

/** A picture of 8 bits a sample, compressed. */
export interface DeflatedPicture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly deflated: Uint8Array;
}

export interface PdfPage {
  /** Content streams, compressed, drawn one after the other. */
  readonly deflated: readonly Uint8Array[];
  readonly background?: string;
}

export interface PdfTitle {
  readonly title: string;
  readonly createdAt: Date;
}

interface Reference {
  data: Record<string, unknown>;
  compress: boolean;
  end: (chunk?: Uint8Array) => void;
}

interface PrivateDocument extends Readable {
  ref: (data: Record<string, unknown>) => Reference;
  end: () => void;
  readonly _root: { readonly data: { readonly Pages: Reference & { readonly data: { Kids: Reference[]; Count: number } } } };
}

const PAGE_BOX = [0, 0, Math.round(points(PAGE_WIDTH_MM) * 100) / 100, Math.round(points(PAGE_HEIGHT_MM) * 100) / 100];

export function makePdfContainer(fonts: FontSet, { title, createdAt }: PdfTitle): PdfContainer {
  // A font of null keeps pdfkit from loading Helvetica; CreationDate also decides /ID, so the same input gives the same bytes.
  const info = { Title: title, Creator: 'Kuvert', Producer: 'Kuvert', CreationDate: createdAt };
  const options = { autoFirstPage: false, font: null as unknown as string, pdfVersion: '1.6' as const, info };
  const document = new PdfKitDocument(options) as unknown as PrivateDocument;
  const fontResources = Object.fromEntries(
    Object.entries(fontRoles).map(([role, name]) => [name, writeFont(document, fonts[role as FontRole])]),
  );
  const plainResources = document.ref({ Font: fontResources });
  plainResources.end();
  const pageResources = new Map<string, Reference>();
  // oxlint-disable-next-line no-underscore-dangle -- pdfkit has no other way to its page tree (print.md §4.2)
  const tree = document._root.data.Pages;
  const append = (entries: Record<string, unknown>): void => {
    const page = document.ref({ Type: 'Page', Parent: tree, MediaBox: PAGE_BOX, TrimBox: PAGE_BOX, ...entries });
    page.end();
    // The page tree keeps every reference to the end; without its entries it is small.
    page.data = {};
    tree.data.Kids.push(page);
    tree.data.Count += 1;
  };
  return {
    stream: document,
    defineBackground(key, form) {
      if (pageResources.has(key)) return;
      const resources = document.ref({
        Font: fontResources,
        XObject: { [BACKGROUND_NAME]: writeForm(document, form, fontResources) },
      });
      resources.end();
      pageResources.set(key, resources);
    },
    addPage({ deflated, background }) {
      const resources = background === undefined ? plainResources : pageResources.get(background);
      if (resources === undefined) throw new Error(`page refers to an undefined background ${background}`);
      append({ Contents: deflated.map((bytes) => writeStream(document, bytes, {})), Resources: resources });
    },
    addBlankPage: () => append({ Resources: {} }),
    finish: () => document.end(),
  };
}

function writeStream(document: PrivateDocument, deflated: Uint8Array, entries: Record<string, unknown>): Reference {
  const reference = document.ref({ ...entries, Filter: 'FlateDecode' });
  reference.compress = false;
  reference.end(deflated);
  return reference;
}

function writeForm(document: PrivateDocument, form: BackgroundForm, fontResources: Record<string, unknown>): Reference {
  const picture = form.picture === undefined ? {} : { XObject: { [PICTURE_NAME]: writePicture(document, form.picture) } };
  const resources = { Font: fontResources, ...picture };
  return writeStream(document, form.deflated, { Type: 'XObject', Subtype: 'Form', BBox: PAGE_BOX, Resources: resources });
}

function writePicture(document: PrivateDocument, { width, height, channels, deflated }: DeflatedPicture): Reference {
  const ColorSpace = channels === 1 ? 'DeviceGray' : 'DeviceRGB';
  return writeStream(document, deflated, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace,
    BitsPerComponent: 8,
  });
}

interface FontParts {
  readonly name: string;
  readonly program: Uint8Array;
  readonly toUnicode: Uint8Array;
}

const knownParts = new WeakMap<FontFace, FontParts>();

/** The face's compressed program and its tagged name; the tag follows from the bytes, so equal subsets have equal names everywhere. */
function fontParts(face: FontFace): FontParts {
  const known = knownParts.get(face);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(face.program).digest();
  const tag = Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(0x41 + (byte % 26))).join('');
  const parts = {
    name: `${tag}+${face.postscriptName}`,
    program: deflateSync(face.program),
    toUnicode: deflateSync(Buffer.from(unicodeMap(face), 'latin1')),
  };
  knownParts.set(face, parts);
  return parts;
}

/** A composite font whose character codes are the glyph numbers of the fixed subset (ISO 32000-1 §9.7). */
function writeFont(document: PrivateDocument, face: FontFace): Reference {
  const { name, program, toUnicode } = fontParts(face);
  const isTrueType = face.outlines === 'TrueType';
  const file = writeStream(document, program, isTrueType ? { Length1: face.program.length } : { Subtype: 'CIDFontType0C' });
  const { metrics } = face;
  const descriptor = document.ref({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: metrics.fixedPitch ? 5 : 4,
    FontBBox: metrics.box,
    ItalicAngle: metrics.italicAngle,
    Ascent: metrics.ascent,
    Descent: metrics.descent,
    CapHeight: metrics.capHeight,
    XHeight: metrics.xHeight,
    StemV: 80,
    [isTrueType ? 'FontFile2' : 'FontFile3']: file,
  });
  descriptor.end();
  const system = { Registry: stringObject('Adobe'), Ordering: stringObject('Identity'), Supplement: 0 };
  const descendant = document.ref({
    Type: 'Font',
    Subtype: isTrueType ? 'CIDFontType2' : 'CIDFontType0',
    BaseFont: name,
    CIDSystemInfo: system,
    FontDescriptor: descriptor,
    W: [0, face.subsetWidths],
    ...(isTrueType ? { CIDToGIDMap: 'Identity' } : {}),
  });
  descendant.end();
  const font = document.ref({
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: 'Identity-H',
    DescendantFonts: [descendant],
    ToUnicode: writeStream(document, toUnicode, {}),
  });
  font.end();
  return font;
}

/** A PDF string for pdfkit, which writes plain strings as names. */
const stringObject = (text: string): unknown => Object(text) as unknown;

/** Glyph numbers to Unicode, in blocks of at most 100 entries (Adobe technical note 5411). */
function unicodeMap(face: FontFace): string {
  const hex = (value: number): string => value.toString(16).padStart(4, '0');
  const entries = face.subsetCodePoints.flatMap((codePoint, glyph) =>
    glyph === 0 ? [] : [`<${hex(glyph)}> <${hex(codePoint)}>`],
  );
  const blocks: string[] = [];
  for (let at = 0; at < entries.length; at += 100) {
    const block = entries.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

/** A page's stream is some thousand bytes: level 4 takes half the time of level 6 for five per cent more bytes, and a small window
 * saves clearing tables that such a stream never fills. */
const OPTIONS = { level: 4, memLevel: 7, windowBits: 13 } as const;

/** Compresses a content stream for the filter FlateDecode. */
export const deflateStream = (content: Uint8Array): Uint8Array => deflateSync(content, OPTIONS);
