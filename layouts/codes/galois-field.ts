/** The field of 256 elements that a matrix code's Reed–Solomon check words are computed in. */
export interface GaloisField {
  readonly multiply: (a: number, b: number) => number;
  /** Coefficients of the generator polynomial for a number of check words, highest power first, the leading 1 left out. */
  readonly generator: (checkWords: number) => Uint8Array;
  readonly checkWords: (words: Uint8Array, generator: Uint8Array) => Uint8Array;
}

/** A field by its primitive polynomial, and the power of the first root of its generators (ECC200: 0x12D and 1; QR: 0x11D and 0). */
export function makeGaloisField(polynomial: number, firstRoot: number): GaloisField {
  const powers = new Uint8Array(510);
  const logarithms = new Uint8Array(256);
  for (let power = 0, value = 1; power < 255; power += 1) {
    powers[power] = value;
    powers[power + 255] = value;
    logarithms[value] = power;
    value <<= 1;
    if (value > 255) value ^= polynomial;
  }
  const multiply = (a: number, b: number): number =>
    a === 0 || b === 0 ? 0 : (powers[(logarithms[a] ?? 0) + (logarithms[b] ?? 0)] ?? 0);
  const known = new Map<number, Uint8Array>();
  return {
    multiply,
    generator(count) {
      const found = known.get(count) ?? makeGenerator(count, multiply, (power) => powers[(firstRoot + power) % 255] ?? 0);
      known.set(count, found);
      return found;
    },
    checkWords(words, generator) {
      const count = generator.length;
      const rest = new Uint8Array(count);
      for (const word of words) {
        const factor = word ^ (rest[0] ?? 0);
        rest.copyWithin(0, 1);
        rest[count - 1] = 0;
        if (factor === 0) continue;
        const shift = logarithms[factor] ?? 0;
        for (let at = 0; at < count; at += 1) {
          const coefficient = generator[at] ?? 0;
          if (coefficient !== 0) rest[at] = (rest[at] ?? 0) ^ (powers[shift + (logarithms[coefficient] ?? 0)] ?? 0);
        }
      }
      return rest;
    },
  };
}

function makeGenerator(count: number, multiply: GaloisField['multiply'], root: (power: number) => number): Uint8Array {
  let polynomial = [1];
  for (let power = 0; power < count; power += 1) {
    const next = [...polynomial, 0];
    for (let at = 0; at < polynomial.length; at += 1)
      next[at + 1] = (next[at + 1] ?? 0) ^ multiply(polynomial[at] ?? 0, root(power));
    polynomial = next;
  }
  return Uint8Array.from(polynomial.slice(1));
}
