/** Writes the bytes of a content stream into a buffer that grows and is used again for the next stream. */
export interface ByteWriter {
  readonly text: (latin1: string) => void;
  readonly byte: (value: number) => void;
  /** A number rounded to two decimals, without trailing zeros, and a blank. */
  readonly number: (value: number) => void;
  /** A copy of what was written since the last call. */
  readonly take: () => Uint8Array;
}

const FIRST_CAPACITY_BYTES = 64 * 1024;
const ZERO = 0x30;

export function makeByteWriter(): ByteWriter {
  let bytes = new Uint8Array(FIRST_CAPACITY_BYTES);
  let length = 0;
  const reserve = (count: number): void => {
    if (length + count <= bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * bytes.length, length + count));
    larger.set(bytes);
    bytes = larger;
  };
  const byte = (value: number): void => {
    if (length === bytes.length) reserve(1);
    bytes[length] = value;
    length += 1;
  };
  const whole = (value: number): void => {
    if (value >= 10) whole(Math.floor(value / 10));
    byte(ZERO + (value % 10));
  };
  return {
    byte,
    text(latin1) {
      reserve(latin1.length);
      for (let at = 0; at < latin1.length; at += 1) bytes[length + at] = latin1.charCodeAt(at);
      length += latin1.length;
    },
    number(value) {
      const hundredths = Math.round(Math.abs(value) * 100);
      if (value < 0 && hundredths !== 0) byte(0x2d);
      whole(Math.floor(hundredths / 100));
      const fraction = hundredths % 100;
      if (fraction !== 0) {
        byte(0x2e);
        byte(ZERO + Math.floor(fraction / 10));
        if (fraction % 10 !== 0) byte(ZERO + (fraction % 10));
      }
      byte(0x20);
    },
    take() {
      const taken = bytes.slice(0, length);
      length = 0;
      return taken;
    },
  };
}
