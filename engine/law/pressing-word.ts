/** The first stem of a list that a word of a text begins with, in any case of letters (rule SE-10; `LegalRules.pressingWords`). */
export const pressingWord = (text: string, stems: readonly string[]): string | undefined =>
  stems.find((stem) => new RegExp(`(?<!\\p{L})${stem}`, 'iu').test(text));
