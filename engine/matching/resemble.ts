/**
 * Do two names mean the same party as far as one can tell? Banks cut names, change case and drop accents, and put the family name
 * first; so the words of the shorter must all begin words of the longer. Legal forms say nothing.
 */
export function resemble(a: string, b: string): boolean {
  const [few = [], many = []] = [wordsOf(a), wordsOf(b)].sort((x, y) => x.length - y.length);
  return few.length > 0 && few.every((word) => many.some((other) => other.startsWith(word) || word.startsWith(other)));
}

const LEGAL_FORMS = new Set(['ab', 'hb', 'kb', 'ek', 'for', 'as', 'aps', 'oy', 'publ']);
/** Shorter words, such as initials, begin too many others. */
const MIN_WORD = 3;

const wordsOf = (name: string): readonly string[] =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word.length >= MIN_WORD && !LEGAL_FORMS.has(word));
