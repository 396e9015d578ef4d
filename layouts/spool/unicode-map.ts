/** Text of a font's two-byte codes, from its ToUnicode stream. */
export type UnicodeMap = ReadonlyMap<number, string>;

/** Reads the `bfchar` and `bfrange` sections of a ToUnicode CMap (ISO 32000-1 §9.10.3). */
export function readUnicodeMap(content: Uint8Array): UnicodeMap {
  const source = Buffer.from(content).toString('latin1');
  const map = new Map<number, string>();
  for (const [section] of source.matchAll(/beginbfchar[^]*?endbfchar/g)) {
    for (const [, code = '', target = ''] of section.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi)) {
      map.set(Number.parseInt(code, 16), textOf(target));
    }
  }
  for (const [section] of source.matchAll(/beginbfrange[^]*?endbfrange/g)) {
    for (const [, low = '', high = '', target = ''] of section.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*<([0-9a-f]+)>/gi)) {
      const first = Number.parseInt(low, 16);
      for (let code = first; code <= Number.parseInt(high, 16); code += 1) {
        map.set(code, String.fromCharCode(Number.parseInt(target, 16) + code - first));
      }
    }
  }
  return map;
}

const textOf = (hex: string): string =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)));
