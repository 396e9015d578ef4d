import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import svgPath from 'svgpath';
import type { Logo } from '#engine/letter.ts';
import type { Palette, PathDrawing, Raster } from './drawing.ts';

/** A logo that can be drawn: paths already as operators, or a decoded picture. */
export type ReadyLogo =
  | {
      readonly kind: 'paths';
      readonly viewBox: readonly [number, number, number, number];
      readonly shapes: PathDrawing['shapes'];
    }
  | { readonly kind: 'raster'; readonly raster: Raster };

/** Prepares a logo; throws a SyntaxError or RangeError for one that is no path data, colour or picture. */
export function readyLogo(logo: Logo, palette: Palette, colour: boolean): ReadyLogo {
  if (logo.kind === 'png') return { kind: 'raster', raster: readPng(logo.bytes, !colour) };
  const shapes = logo.paths.map(({ d, fill }) => ({ operators: pdfPath(d), ink: palette.of(fill) }));
  return { kind: 'paths', viewBox: logo.viewBox, shapes };
}

/**
 * SVG path data (SVG 1.1 §8.3) as PDF path operators in the same units, y still growing downwards. Throws a SyntaxError on data that
 * is no path: a logo is configuration, and was checked when the client's file was read.
 */
export function pdfPath(d: string): string {
  const path = svgPath(d);
  const fault = 'err' in path ? path.err : undefined;
  if (fault !== '' || d.trim() === '') throw new SyntaxError(typeof fault === 'string' && fault !== '' ? fault : 'no path data');
  const output: string[] = [];
  const draw = (operator: string, ...values: readonly number[]): void => void output.push(...values.map(rounded), operator);
  path
    .abs()
    .unshort()
    .unarc()
    .iterate((segment, _index, x, y) => {
      const [command, ...values] = segment;
      const [a = 0, b = 0, endX = 0, endY = 0] = values;
      if (command === 'M') draw('m', a, b);
      else if (command === 'L') draw('l', a, b);
      else if (command === 'H') draw('l', a, y);
      else if (command === 'V') draw('l', x, a);
      else if (command === 'C') draw('c', ...values);
      // A quadratic curve is the cubic whose controls lie two thirds of the way to its one control.
      else if (command === 'Q') draw('c', twoThirds(x, a), twoThirds(y, b), twoThirds(endX, a), twoThirds(endY, b), endX, endY);
      else if (command === 'Z' || command === 'z') draw('h');
      else throw new SyntaxError(`unknown path command ${command}`);
    });
  return output.join(' ');
}

const twoThirds = (from: number, to: number): number => from + ((to - from) * 2) / 3;
const rounded = (value: number): string => String(Math.round(value * 100) / 100);

/** A logo larger than this is a fault of configuration; it would be in every volume. */
const MAX_LOGO_PIXELS = 4_000_000;

/** Where the fields of the header chunk stand (ISO/IEC 15948 §5.2, §11.2.2), how long it is, and where the next chunk begins. */
const header = { kind: 12, width: 16, height: 20, depth: 24, colourType: 25, interlaced: 28, end: 33 };
const samplesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Decodes a PNG (ISO/IEC 15948) of 8 bits a sample, not interlaced, in any colour type; `gray` turns colours into luminance for
 * black and white machines. Throws a RangeError for anything else: the client's logo file has to be exported anew.
 */
export function readPng(bytes: Uint8Array, gray: boolean): Raster {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < header.end || file.toString('latin1', header.kind, header.width) !== 'IHDR') {
    throw new RangeError('logo is no PNG file');
  }
  const [width, height] = [file.readUInt32BE(header.width), file.readUInt32BE(header.height)];
  const colourType = file[header.colourType] ?? 0;
  const perPixel = samplesPerPixel[colourType];
  if (file[header.depth] !== 8 || perPixel === undefined || file[header.interlaced] !== 0) {
    throw new RangeError('PNG logo must have 8 bits a sample and not be interlaced');
  }
  if (width * height === 0 || width * height > MAX_LOGO_PIXELS) throw new RangeError(`PNG logo has ${width}×${height} pixels`);
  const pixels = decoded(file, height * (width * perPixel + 1));
  return flatten({ width, height, pixels, gray: gray || colourType === 0 || colourType === 4 });
}

/** Red, green, blue and opacity of each pixel. pngjs fills up rows that are missing, so the length of what is packed is looked at first. */
function decoded(file: Buffer, rowBytes: number): Buffer {
  try {
    if (inflateSync(packedRows(file), { maxOutputLength: rowBytes }).length !== rowBytes) throw new RangeError('it is cut short');
    return PNG.sync.read(file, { checkCRC: false }).data;
  } catch (error) {
    throw new RangeError(`PNG logo cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function packedRows(file: Buffer): Buffer {
  const rows: Buffer[] = [];
  for (let at = header.end; at + 8 <= file.length; at += file.readUInt32BE(at) + 12) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') rows.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  return Buffer.concat(rows);
}

function flatten(picture: { width: number; height: number; pixels: Buffer; gray: boolean }): Raster {
  const { width, height, pixels, gray } = picture;
  const channels = gray ? 1 : 3;
  const samples = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [red = 0, green = 0, blue = 0, opacity = 255] = pixels.subarray(pixel * 4, pixel * 4 + 4);
    const onWhite = (part: number): number => Math.round((part * opacity + 255 * (255 - opacity)) / 255);
    if (gray) samples[pixel] = onWhite(0.299 * red + 0.587 * green + 0.114 * blue);
    else samples.set([onWhite(red), onWhite(green), onWhite(blue)], pixel * 3);
  }
  return { width, height, channels, samples };
}
