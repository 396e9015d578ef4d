import type { TextStyle } from '../page/typesetter.ts';

/** The sizes of a letter: few, and each with one purpose. */
export const type = {
  title: { font: 'semibold', sizePt: 22 },
  sellerName: { font: 'semibold', sizePt: 17 },
  amount: { font: 'semibold', sizePt: 17 },
  sum: { font: 'semibold', sizePt: 12 },
  strong: { font: 'semibold', sizePt: 9.5 },
  body: { font: 'regular', sizePt: 9.5 },
  row: { font: 'regular', sizePt: 9 },
  rowStrong: { font: 'semibold', sizePt: 9 },
  small: { font: 'regular', sizePt: 8 },
  label: { font: 'regular', sizePt: 8 },
  labelStrong: { font: 'semibold', sizePt: 8 },
  footer: { font: 'regular', sizePt: 7.5 },
  footerStrong: { font: 'semibold', sizePt: 7.5 },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** Distance between the baselines of body text, rows and small print, in mm. */
export const leading = { body: 4.6, row: 4.2, small: 3.6, footer: 3.3 } as const;
