import type { FindingCode } from '../finding.ts';

/** Findings about the form of a CSV file: quoting and line ends (RFC 4180), headings, its proof of wholeness. */
export const csvFormCodes = {
  'CSV-QUOTE-OPEN': {
    severity: 'error',
    rule: 'RFC 4180 §2.5',
    message: {
      sv: 'Citattecknet på rad {line} stängs inte inom {maxLines} rader; resten av filen kan inte tolkas.',
      en: 'The quote on line {line} is not closed within {maxLines} lines; the rest of the file cannot be read.',
    },
    hint: {
      sv: 'Stäng citattecknet, eller dubblera det ("") om det hör till texten.',
      en: 'Close the quote, or double it ("") if it belongs to the text.',
    },
  },
  'CSV-QUOTE-INSIDE': {
    severity: 'error',
    rule: 'RFC 4180 §2.5',
    message: {
      sv: 'Ett citattecken står mitt i ett fält utan citattecken på rad {line}: {value}',
      en: 'A quote stands inside an unquoted field on line {line}: {value}',
    },
    hint: {
      sv: 'Omslut hela fältet med citattecken och dubblera det som hör till texten: "Skruv 3/4"" tum".',
      en: 'Quote the whole field and double the quote that belongs to the text: "Screw 3/4"" inch".',
    },
  },
  'CSV-QUOTE-CLOSED': {
    severity: 'error',
    rule: 'RFC 4180 §2.7',
    message: {
      sv: 'Efter ett avslutande citattecken på rad {line} följer text i stället för avgränsare: {value}',
      en: 'A closing quote on line {line} is followed by text instead of a delimiter: {value}',
    },
    hint: {
      sv: 'Dubblera citattecken som hör till texten.',
      en: 'Double quotes that belong to the text.',
    },
  },
  'CSV-LONE-RETURN': {
    severity: 'error',
    rule: 'RFC 4180 §2.1',
    message: {
      sv: 'Rad {line} innehåller en vagnretur (CR) utan radmatning (LF).',
      en: 'Line {line} holds a carriage return (CR) without a line feed (LF).',
    },
    hint: {
      sv: 'Avsluta rader med CRLF eller LF.',
      en: 'End lines with CRLF or LF.',
    },
  },
  'CSV-RECORD-TOO-LONG': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Posten på rad {line} är längre än {maxCharacters} tecken.',
      en: 'The record on line {line} is longer than {maxCharacters} characters.',
    },
    hint: {
      sv: 'Kontrollera radslut och citattecken.',
      en: 'Check line ends and quotes.',
    },
  },
  'CSV-TOO-MANY-COLUMNS': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Rad {line} har fler än {maxColumns} kolumner.',
      en: 'Line {line} has more than {maxColumns} columns.',
    },
    hint: {
      sv: 'Kontrollera avgränsaren.',
      en: 'Check the delimiter.',
    },
  },
  'CSV-TOO-MANY-ROWS': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Filen har fler än {maxRows} rader.',
      en: 'The file has more than {maxRows} rows.',
    },
    hint: {
      sv: 'Dela upp fakturorna på flera filer.',
      en: 'Divide the invoices among several files.',
    },
  },
  'CSV-SEPARATOR': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Filens första rad anger en annan avgränsare än avtalet: {value}',
      en: 'The first line of the file names another delimiter than agreed: {value}',
    },
    hint: {
      sv: 'Exportera med avtalad avgränsare.',
      en: 'Export with the agreed delimiter.',
    },
  },
  'CSV-HEADING-TWICE': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Rubriken "{value}" står två gånger.',
      en: 'The heading "{value}" stands twice.',
    },
    hint: {
      sv: 'Ta bort eller döp om den ena kolumnen.',
      en: 'Remove or rename one of the columns.',
    },
  },
  'CSV-HEADING-UNKNOWN': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Rubriken "{value}" finns inte i avtalad fillayout.',
      en: 'The heading "{value}" is not part of the agreed layout.',
    },
    hint: {
      sv: 'Rätta stavningen, eller be oss lägga till kolumnen.',
      en: 'Correct the spelling, or ask us to add the column.',
    },
  },
  'CSV-HEADING-MISSING': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Rubriken "{field}" saknas. Filen har: {found}',
      en: 'The heading "{field}" is missing. The file has: {found}',
    },
    hint: {
      sv: 'Ta med kolumnen i exporten; ordningen är fri, stavningen inte.',
      en: 'Include the column in the export; its place is free, its spelling is not.',
    },
  },
  'CSV-NO-ROWS': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Filen har rubriker men inga fakturor.',
      en: 'The file has headings but no invoices.',
    },
    hint: {
      sv: 'Skicka ingen fil när det inte finns något att skicka, eller skapa filen på nytt.',
      en: 'Send no file when there is nothing to send, or produce the file again.',
    },
  },
  'CSV-NO-FINAL-NEWLINE': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Sista raden (rad {line}) saknar radslut: filen är troligen avkortad.',
      en: 'The last line (line {line}) has no line end: the file is probably cut off.',
    },
    hint: {
      sv: 'Skicka filen igen; avsluta även sista raden med radslut.',
      en: 'Send the file again; end the last line, too, with a line end.',
    },
  },
  'CSV-NO-TRAILER': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Slutraden "{marker}" saknas: filen är troligen avkortad.',
      en: 'The closing row "{marker}" is missing: the file is probably cut off.',
    },
    hint: {
      sv: 'Skicka hela filen igen.',
      en: 'Send the whole file again.',
    },
  },
  'CSV-AFTER-TRAILER': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Rad {line} står efter slutraden (rad {trailerLine}).',
      en: 'Line {line} stands after the closing row (line {trailerLine}).',
    },
    hint: {
      sv: 'Skicka varje fil för sig, med en slutrad sist.',
      en: 'Send each file by itself, with one closing row at the end.',
    },
  },
  'CSV-TRAILER-UNREADABLE': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Slutradens värde "{value}" är inget tal.',
      en: 'The closing row\'s value "{value}" is not a number.',
    },
    hint: {
      sv: 'Ange antal fakturor och summan att betala i avtalade kolumner.',
      en: 'State the number of invoices and the sum payable in the agreed columns.',
    },
  },
  'CSV-TRAILER-COUNT': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Slutraden anger {value} fakturor, filen innehåller {counted}.',
      en: 'The closing row states {value} invoices, the file holds {counted}.',
    },
    hint: {
      sv: 'Fakturor saknas eller är dubbla; skapa filen på nytt.',
      en: 'Invoices are missing or doubled; produce the file again.',
    },
  },
  'CSV-TRAILER-SUM': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Slutraden anger summan {value}, fakturorna summerar till {summed} (skillnad {difference}).',
      en: 'The closing row states the sum {value}, the invoices add up to {summed} (difference {difference}).',
    },
    hint: {
      sv: 'Summan är fakturornas belopp att betala med filens egna tecken, kreditfakturor inräknade.',
      en: "The sum is that of the invoices' payable amounts with the file's own signs, credit notes included.",
    },
  },
} as const satisfies Record<string, FindingCode>;
