/**
 * A text in the characters that every Swedish bank takes in a payment file: `a-z A-Z 0-9 / - ? : ( ) . , ' +`, blank, and å ä ö
 * (reference/iso20022.md §6.5). Other letters lose their marks, signs become the nearest one, quotes go; what has no likeness becomes `?`. No
 * slash stands at either end, and no two together.
 */
export function paymentText(text: string): string {
  const written = Array.from(text.normalize('NFC'), (character) => (KEPT.test(character) ? character : substitute(character)));
  return written
    .join('')
    .replaceAll(/\/{2,}/g, '/')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s/]+|[\s/]+$/g, '');
}

const KEPT = /^[A-Za-z0-9/\-?:().,'+ åäöÅÄÖ]$/;

const substitutes: Readonly<Record<string, string>> = {
  '&': '+',
  _: '-',
  '–': '-',
  '—': '-',
  '"': '',
  '”': '',
  '“': '',
  '„': '',
  '»': '',
  '«': '',
  '’': "'",
  '‘': "'",
  '´': "'",
  '`': "'",
  ';': ',',
  '\t': ' ',
  '\n': ' ',
  '\r': ' ',
  '\u00A0': ' ',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  ß: 'ss',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  œ: 'oe',
  Œ: 'OE',
};

function substitute(character: string): string {
  const known = substitutes[character];
  if (known !== undefined) return known;
  const bare = character.normalize('NFD').replaceAll(/\p{M}/gu, '');
  if (bare === '') return '';
  return KEPT.test(bare) ? bare : '?';
}
