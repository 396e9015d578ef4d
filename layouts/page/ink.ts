/** What a shape or text is filled with: the colour operator as it stands in the content stream. */
export interface Ink {
  readonly operator: string;
}

/** The inks of one letter. In black and white every one of them is DeviceGray, so no page makes a colour click (print.md §3.1). */
export interface Palette {
  readonly text: Ink;
  /** Rules and headings in the client's colour; black on a black and white machine. */
  readonly accent: Ink;
  /** A light ground in the client's colour; absent in black and white, where a frame replaces it. */
  readonly tint?: Ink;
  readonly rule: Ink;
  /** The ink for a colour of a logo. */
  readonly of: (hexColour: string) => Ink;
}

/** DeviceGray black: never the three-colour black that a colour machine would charge for. */
export const black: Ink = { operator: '0 g' };
export const white: Ink = { operator: '1 g' };
const gray: Ink = { operator: '0.55 g' };

/** How much of the accent colour the light ground holds. */
const TINT_SHARE = 0.08;

type Rgb = readonly [red: number, green: number, blue: number];

/** The inks for an accent colour `#rrggbb`, in colour or in black and white. */
export function makePalette(accentColour: string, colour: boolean): Palette {
  if (!colour) return { text: black, accent: black, rule: black, of: (hex) => grayInk(parseColour(hex)) };
  const accent = parseColour(accentColour);
  const tint = accent.map((part) => 1 - TINT_SHARE * (1 - part)) as unknown as Rgb;
  return { text: black, accent: rgbInk(accent), tint: rgbInk(tint), rule: gray, of: (hex) => rgbInk(parseColour(hex)) };
}

/** Reads `#rgb`, `#rrggbb`, `black` or `white`; anything else is a fault of the client's configuration. */
function parseColour(text: string): Rgb {
  const named = { black: '#000000', white: '#ffffff' }[text] ?? text;
  const long = /^#[0-9a-f]{3}$/i.test(named) ? named.replaceAll(/[0-9a-f]/gi, '$&$&') : named;
  if (!/^#[0-9a-f]{6}$/i.test(long)) throw new RangeError(`not a colour (#rrggbb): ${text}`);
  const part = (at: number): number => Number.parseInt(long.slice(at, at + 2), 16) / 255;
  return [part(1), part(3), part(5)];
}

const decimals = (value: number): string => String(Math.round(value * 1000) / 1000);

function rgbInk(rgb: Rgb): Ink {
  if (rgb[0] === rgb[1] && rgb[1] === rgb[2]) return { operator: `${decimals(rgb[0])} g` };
  return { operator: `${rgb.map(decimals).join(' ')} rg` };
}

/** Luminance by ITU-R BT.601, as every RIP converts. */
const grayInk = ([red, green, blue]: Rgb): Ink => ({ operator: `${decimals(0.299 * red + 0.587 * green + 0.114 * blue)} g` });
