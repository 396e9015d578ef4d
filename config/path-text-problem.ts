/**
 * Why a text is no SVG path data (SVG 1.1 §8.3), or undefined if it is. Stricter than the grammar in one point: an exponent is written with
 * a small `e`, as drawing programs do.
 */
export function pathTextProblem(d: string): string | undefined {
  if (!/^\s*[Mm]/.test(d)) return 'it does not start with a moveto (M)';
  for (const [, letter = '', rest = ''] of d.matchAll(/([A-Za-z])([^A-Za-z]*(?:e[-+]?\d+[^A-Za-z]*)*)/g)) {
    const command = letter.toUpperCase();
    const count = argumentCounts[command];
    if (count === undefined) return `${letter} is no command`;
    const numbers = countNumbers(rest, command);
    if (numbers === undefined) return `what follows ${letter} is not only numbers`;
    if (count === 0 ? numbers > 0 : numbers === 0 || numbers % count !== 0) return `${letter} is followed by ${numbers} numbers`;
  }
  return undefined;
}

const argumentCounts: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

/** Numbers read one after the other, each as long as it can be; the fourth and fifth of an arc are flags of one digit. */
function countNumbers(text: string, command: string): number | undefined {
  let count = 0;
  let at = skip(text, 0);
  while (at < text.length) {
    const isFlag = command === 'A' && (count % 7 === 3 || count % 7 === 4);
    const shape = isFlag ? /[01]/y : /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/y;
    shape.lastIndex = at;
    if (!shape.test(text)) return undefined;
    count += 1;
    at = skip(text, shape.lastIndex);
  }
  return count;
}

function skip(text: string, from: number): number {
  const separators = /[\s,]*/y;
  separators.lastIndex = from;
  separators.test(text);
  return separators.lastIndex;
}
