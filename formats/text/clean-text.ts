/**
 * Text as it may stand in a document: line ends are line feeds, no blanks at either end, and none of the control characters that
 * neither paper nor XML can carry (XML 1.0 §2.2: below U+0020 but tab and line feed, lone surrogates, U+FFFE, U+FFFF).
 */
export function cleanText(text: string): { readonly text: string; readonly removed: boolean } {
  if (!suspicious.test(text)) return { text: text.trim(), removed: false };
  const lines = text.replaceAll('\r\n', '\n');
  const clean = lines.replaceAll(forbidden, '');
  return { text: clean.trim(), removed: clean !== lines };
}

// oxlint-disable-next-line no-control-regex -- these are the characters that are looked for
const suspicious = /[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/;

/** Control characters; surrogates only where they are not a pair (the `u` flag pairs them). */
// oxlint-disable-next-line no-control-regex -- these are the characters that are looked for
const forbidden = /[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/gu;
