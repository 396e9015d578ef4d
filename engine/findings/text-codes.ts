import type { FindingCode } from '../finding.ts';

const sendAgain = {
  sv: 'Exportera filen med rätt teckenkodning och skicka den igen, eller be oss ändra avtalets teckenkodning.',
  en: 'Export the file in the agreed encoding and send it again, or ask us to change the encoding in the agreement.',
} as const;

/** Findings about bytes that are not text in the agreed encoding (reliability.md XC1). */
export const textCodes = {
  'FILE-TOO-LARGE': {
    severity: 'error',
    rule: 'intake',
    message: { sv: 'Filen är större än {maxBytes} byte.', en: 'The file is larger than {maxBytes} bytes.' },
    hint: { sv: 'Dela upp fakturorna på flera filer.', en: 'Divide the invoices among several files.' },
  },
  'TEXT-NOT-UTF-8': {
    severity: 'error',
    rule: 'RFC 3629',
    message: {
      sv: 'Avtalad teckenkodning är UTF-8, men byte {offset} på rad {line} är inte UTF-8 (hex {value}). Filen liknar {hintEncoding}.',
      en: 'The agreed encoding is UTF-8, but byte {offset} on line {line} is not UTF-8 (hex {value}). The file looks like {hintEncoding}.',
    },
    hint: sendAgain,
  },
  'TEXT-LOOKS-UTF-8': {
    severity: 'error',
    rule: 'RFC 3629',
    message: {
      sv: 'Avtalad teckenkodning är {encoding}, men byte {offset} på rad {line} visar att filen är UTF-8; å, ä och ö skulle bli Ã¥, Ã¤ och Ã¶.',
      en: 'The agreed encoding is {encoding}, but byte {offset} on line {line} shows that the file is UTF-8; å, ä and ö would become Ã¥, Ã¤ and Ã¶.',
    },
    hint: sendAgain,
  },
  'TEXT-UTF-16': {
    severity: 'error',
    rule: 'RFC 2781',
    message: {
      sv: 'Filen är UTF-16 ("Unicode-text"); avtalad teckenkodning är {encoding}.',
      en: 'The file is UTF-16 ("Unicode text"); the agreed encoding is {encoding}.',
    },
    hint: sendAgain,
  },
  'TEXT-NUL': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Filen innehåller ett NUL-tecken vid byte {offset} på rad {line}; en textfil gör aldrig det.',
      en: 'The file holds a NUL at byte {offset} on line {line}; a text file never does.',
    },
    hint: {
      sv: 'Filen är skadad eller ingen textfil. Skapa den på nytt och kontrollera överföringen (binärt läge).',
      en: 'The file is damaged or no text file. Produce it again and check the transfer (binary mode).',
    },
  },
  'TEXT-NO-CHARACTER': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Byte {offset} på rad {line} (hex {byte}) är inget skrivbart tecken i {encoding}.',
      en: 'Byte {offset} on line {line} (hex {byte}) is no printable character in {encoding}.',
    },
    hint: sendAgain,
  },
  'TEXT-MARK-INSIDE': {
    severity: 'error',
    rule: 'RFC 3629 §6',
    message: {
      sv: 'En byte order mark står mitt i filen, vid byte {offset} på rad {line}: två filer har troligen klistrats ihop.',
      en: 'A byte order mark stands inside the file, at byte {offset} on line {line}: two files were probably joined.',
    },
    hint: { sv: 'Skicka filerna var för sig.', en: 'Send the files one by one.' },
  },
  'TEXT-CONTROL-REMOVED': {
    severity: 'warning',
    rule: 'XML 1.0 §2.2',
    message: {
      sv: 'Styrtecken som varken kan skrivas ut eller skickas elektroniskt togs bort ur fältet {field}.',
      en: 'Control characters that can neither be printed nor sent electronically were removed from the field {field}.',
    },
    hint: { sv: 'Rensa texten i källsystemet.', en: 'Clean the text in the source system.' },
  },
} as const satisfies Record<string, FindingCode>;
