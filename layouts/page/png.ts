import { inflateSync } from 'node:zlib';

/** A decoded picture, 8 bits a sample, flattened on white: print files carry no transparency. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** 1: gray; 3: red, green, blue */
  readonly channels: 1 | 3;
  readonly samples: Uint8Array;
}

/** A logo larger than this is a fault of configuration; it would be in every volume. */
export const MAX_LOGO_PIXELS = 4_000_000;

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const samplesPerPixel: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/**
 * Decodes a PNG (ISO/IEC 15948) of 8 bits a sample, not interlaced, in any colour type; `gray` turns colours into luminance for
 * black and white machines. Throws a RangeError for anything else: the client's logo file has to be exported anew.
 */
export function readPng(bytes: Uint8Array, gray: boolean): Raster {
  if (SIGNATURE.some((byte, at) => bytes[at] !== byte)) throw new RangeError('logo is no PNG file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks = readChunks(bytes, view);
  const header = chunks.get('IHDR')?.[0];
  if (header === undefined || header.length < 13) throw new RangeError('PNG logo has no header');
  const at = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [at.getUint32(0), at.getUint32(4)];
  const [depth, colourType, interlaced] = [header[8], header[9] ?? 0, header[12]];
  const perPixel = samplesPerPixel[colourType];
  if (depth !== 8 || perPixel === undefined || interlaced !== 0) {
    throw new RangeError('PNG logo must have 8 bits a sample and not be interlaced');
  }
  if (width * height === 0 || width * height > MAX_LOGO_PIXELS) throw new RangeError(`PNG logo has ${width}×${height} pixels`);
  const rowBytes = width * perPixel;
  const filtered = inflateSync(Buffer.concat(chunks.get('IDAT') ?? []), { maxOutputLength: height * (rowBytes + 1) });
  if (filtered.length !== height * (rowBytes + 1)) throw new RangeError('PNG logo is cut short');
  const raw = unfilter(filtered, height, rowBytes, perPixel);
  const palette = chunks.get('PLTE')?.[0];
  const alpha = chunks.get('tRNS')?.[0];
  return flatten({ width, height, colourType, raw, gray, palette, alpha });
}

function readChunks(bytes: Uint8Array, view: DataView): Map<string, Uint8Array[]> {
  const chunks = new Map<string, Uint8Array[]>();
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const found = chunks.get(kind) ?? [];
    found.push(bytes.subarray(at + 8, at + 8 + length));
    chunks.set(kind, found);
    at += length + 12;
  }
  return chunks;
}

/** Undoes the row filters (ISO/IEC 15948 §9). */
function unfilter(filtered: Uint8Array, height: number, rowBytes: number, step: number): Uint8Array {
  const raw = new Uint8Array(height * rowBytes);
  for (let row = 0; row < height; row += 1) {
    const filter = filtered[row * (rowBytes + 1)] ?? 0;
    for (let column = 0; column < rowBytes; column += 1) {
      const to = row * rowBytes + column;
      const left = column >= step ? (raw[to - step] ?? 0) : 0;
      const up = row > 0 ? (raw[to - rowBytes] ?? 0) : 0;
      const corner = column >= step && row > 0 ? (raw[to - rowBytes - step] ?? 0) : 0;
      raw[to] = (filtered[row * (rowBytes + 1) + 1 + column] ?? 0) + predict(filter, left, up, corner);
    }
  }
  return raw;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

interface RawPicture {
  readonly width: number;
  readonly height: number;
  readonly colourType: number;
  readonly raw: Uint8Array;
  readonly gray: boolean;
  readonly palette: Uint8Array | undefined;
  readonly alpha: Uint8Array | undefined;
}

function flatten(picture: RawPicture): Raster {
  const { width, height, colourType, raw } = picture;
  const grayscale = picture.gray || colourType === 0 || colourType === 4;
  const channels = grayscale ? 1 : 3;
  const samples = new Uint8Array(width * height * channels);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [red, green, blue, opacity] = pixelOf(picture, pixel);
    const onWhite = (part: number): number => Math.round((part * opacity + 255 * (255 - opacity)) / 255);
    if (grayscale) samples[pixel] = onWhite(0.299 * red + 0.587 * green + 0.114 * blue);
    else samples.set([onWhite(red), onWhite(green), onWhite(blue)], pixel * 3);
  }
  return { width, height, channels, samples };

  function pixelOf(from: RawPicture, pixel: number): readonly [number, number, number, number] {
    const sample = (index: number): number => raw[index] ?? 0;
    if (colourType === 0) return [sample(pixel), sample(pixel), sample(pixel), 255];
    if (colourType === 4) return [sample(pixel * 2), sample(pixel * 2), sample(pixel * 2), sample(pixel * 2 + 1)];
    if (colourType === 2) return [sample(pixel * 3), sample(pixel * 3 + 1), sample(pixel * 3 + 2), 255];
    if (colourType === 6) return [sample(pixel * 4), sample(pixel * 4 + 1), sample(pixel * 4 + 2), sample(pixel * 4 + 3)];
    const entry = sample(pixel);
    const part = (offset: number): number => from.palette?.[entry * 3 + offset] ?? 0;
    return [part(0), part(1), part(2), from.alpha?.[entry] ?? 255];
  }
}
