import type { FindingCode } from '../finding.ts';

/** Findings about CSV invoice files: their form (RFC 4180), the agreed layout, and the values of their fields. */
export const csvCodes = {
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
  'CSV-ROW-SHORT': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Rad {line} har {cells} fält, rubrikraden har {columns}.',
      en: 'Line {line} has {cells} cells, the heading row has {columns}.',
    },
    hint: {
      sv: 'En avgränsare saknas. Tomma fält ska också avgränsas.',
      en: 'A delimiter is missing. Empty cells need theirs, too.',
    },
  },
  'CSV-ROW-LONG': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Rad {line} har {cells} fält, rubrikraden har {columns}. Första överskjutande: {value}',
      en: 'Line {line} has {cells} cells, the heading row has {columns}. First one too many: {value}',
    },
    hint: {
      sv: 'En text innehåller avgränsaren. Omslut texten med citattecken.',
      en: 'A text holds the delimiter. Put the text in quotes.',
    },
  },
  'CSV-NUMBER-AGAIN': {
    severity: 'error',
    rule: 'ML 17:24 2',
    message: {
      sv: 'Fakturanummer {value} finns redan på rad {firstLine}.',
      en: 'Invoice number {value} stands already on line {firstLine}.',
    },
    hint: {
      sv: 'En fakturas rader ska stå tillsammans, och varje nummer användas en gång.',
      en: 'The rows of one invoice must stand together, and each number be used once.',
    },
  },
  'CSV-ROW-DIFFERS': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: '{field} är "{value}" på rad {line} men "{first}" på fakturans första rad ({firstLine}).',
      en: '{field} is "{value}" on line {line} but "{first}" on the invoice\'s first row ({firstLine}).',
    },
    hint: {
      sv: 'Fält som gäller hela fakturan ska vara lika på alla dess rader, eller stå bara på den första.',
      en: 'Fields of the whole invoice must be the same on all its rows, or stand on the first only.',
    },
  },
  'CSV-VALUE-MISSING': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: '{field} saknas på rad {line}.',
      en: '{field} is missing on line {line}.',
    },
    hint: {
      sv: 'Fyll i fältet i källsystemet.',
      en: 'Fill in the field in the source system.',
    },
  },
  'CSV-NOT-A-NUMBER': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: '{field} är inget tal: "{value}".',
      en: '{field} is not a number: "{value}".',
    },
    hint: {
      sv: 'Skriv tal som i avtalet, till exempel {example}; minustecken först, inga exponenter.',
      en: 'Write numbers as agreed, for example {example}; a minus stands first, no exponents.',
    },
  },
  'CSV-AMOUNT-DECIMALS': {
    severity: 'error',
    rule: 'BR-DEC',
    message: {
      sv: '{field} har fler än två decimaler: {value}.',
      en: '{field} has more than two decimals: {value}.',
    },
    hint: {
      sv: 'Avrunda beloppet till hela ören. Priser och antal får ha fler decimaler.',
      en: 'Round the amount to two decimals. Prices and quantities may have more.',
    },
  },
  'CSV-AMOUNT-TOO-LARGE': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: '{field} är orimligt stort: {value}.',
      en: '{field} is unreasonably large: {value}.',
    },
    hint: {
      sv: 'Kontrollera decimaltecken och enhet (kronor, inte ören).',
      en: 'Check the decimal mark and the unit (kronor, not öre).',
    },
  },
  'CSV-NOT-A-DATE': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: '{field} är inget datum: "{value}".',
      en: '{field} is not a date: "{value}".',
    },
    hint: {
      sv: 'Skriv datum som {format}. Dagen måste finnas, mellan 1990 och 2100.',
      en: 'Write dates as {format}. The day must exist, between 1990 and 2100.',
    },
  },
  'CSV-NOT-ALLOWED': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: '{field} har ett värde som inte är avtalat: "{value}".',
      en: '{field} has a value that is not agreed: "{value}".',
    },
    hint: {
      sv: 'Tillåtna värden: {allowed}.',
      en: 'Allowed values: {allowed}.',
    },
  },
  'CSV-CURRENCY-NOT-AGREED': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Valutan är {value}, avtalet gäller {agreed}.',
      en: 'The currency is {value}, the agreement is for {agreed}.',
    },
    hint: {
      sv: 'Skicka fakturan i avtalad valuta, eller be oss utöka avtalet.',
      en: 'Send the invoice in the agreed currency, or ask us to extend the agreement.',
    },
  },
  'CSV-CHECK-DIGIT': {
    severity: 'error',
    rule: 'SE-R-013',
    message: {
      sv: '{field} är inget giltigt organisations- eller personnummer: "{value}".',
      en: '{field} is no valid organisation or personal number: "{value}".',
    },
    hint: {
      sv: 'Kontrollera numret. Kalkylprogram tappar inledande nollor och byter siffror mot 1,2E+09.',
      en: 'Check the number. Spreadsheets lose leading zeros and turn digits into 1.2E+09.',
    },
  },
  'CSV-ENDPOINT': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R010',
    message: {
      sv: '{field} är ingen elektronisk adress: "{value}".',
      en: '{field} is no electronic address: "{value}".',
    },
    hint: {
      sv: 'Skriv schema och identitet: 0007:5560000000 (organisationsnummer) eller 0088:7300000000000 (GLN).',
      en: 'Write scheme and identifier: 0007:5560000000 (organisation number) or 0088:7300000000000 (GLN).',
    },
  },
  'CSV-VAT-CATEGORY': {
    severity: 'error',
    rule: 'BR-CO-04',
    message: {
      sv: 'Momssats {rate} säger inte varför: momskategori saknas på rad {line}.',
      en: 'VAT rate {rate} does not say why: the VAT category is missing on line {line}.',
    },
    hint: {
      sv: 'Ange Z (noll), E (undantagen), AE (omvänd betalningsskyldighet), K (EU), G (export) eller O (utanför moms).',
      en: 'State Z (zero), E (exempt), AE (reverse charge), K (intra-EU), G (export) or O (outside scope).',
    },
  },
  'CSV-LINE-NET': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R120',
    message: {
      sv: 'Radbeloppet {value} är inte antal × pris = {quantity} × {price} = {expected}.',
      en: 'The line amount {value} is not quantity × price = {quantity} × {price} = {expected}.',
    },
    hint: {
      sv: 'Rätta antal, pris eller radbelopp; rabatt skrivs som egen rad.',
      en: 'Correct quantity, price or amount; write a discount as a line of its own.',
    },
  },
  'CSV-NEGATIVE-PRICE': {
    severity: 'warning',
    rule: 'BR-27',
    message: {
      sv: 'Priset {value} är negativt; raden lästes som negativt antal med positivt pris.',
      en: 'The price {value} is negative; the line was read as a negative quantity with a positive price.',
    },
    hint: {
      sv: 'Skriv avdrag och krediter med negativt antal.',
      en: 'Write deductions and credits with a negative quantity.',
    },
  },
  'CSV-STATED-NET': {
    severity: 'error',
    rule: 'BR-CO-13',
    message: {
      sv: 'Fakturans nettobelopp anges till {value}, raderna summerar till {expected} (skillnad {difference}).',
      en: "The invoice's net amount is stated as {value}, its lines add up to {expected} (difference {difference}).",
    },
    hint: {
      sv: 'Kontrollera att alla rader är med och att beloppet är utan moms.',
      en: 'Check that all lines are there and that the amount is without VAT.',
    },
  },
  'CSV-STATED-VAT': {
    severity: 'error',
    rule: 'BR-CO-14',
    message: {
      sv: 'Momsen anges till {value}, men är {expected} (skillnad {difference}).',
      en: 'The VAT is stated as {value}, but is {expected} (difference {difference}).',
    },
    hint: {
      sv: 'Momsen räknas per momssats på summan av dess rader och avrundas en gång till hela ören.',
      en: 'VAT is computed per rate on the sum of its lines and rounded once to whole öre.',
    },
  },
  'CSV-STATED-PAYABLE': {
    severity: 'error',
    rule: 'BR-CO-16',
    message: {
      sv: 'Att betala anges till {value}, men är {expected} (skillnad {difference}).',
      en: 'The amount payable is stated as {value}, but is {expected} (difference {difference}).',
    },
    hint: {
      sv: 'Att betala = netto + moms + öresavrundning. Öresavrundning anges i eget fält.',
      en: 'Payable = net + VAT + rounding. Rounding is stated in its own field.',
    },
  },
  'CSV-ROUNDING': {
    severity: 'error',
    rule: 'SFS 1970:1029',
    message: {
      sv: 'Öresavrundningen {value} är större än 0,50.',
      en: 'The rounding {value} is more than 0.50.',
    },
    hint: {
      sv: 'Öresavrundning går till närmaste hela krona.',
      en: 'Rounding goes to the nearest whole krona.',
    },
  },
  'CSV-KIND-SIGN': {
    severity: 'error',
    rule: 'contract',
    message: {
      sv: 'Dokumentet kallas faktura men är negativt.',
      en: 'The document is called an invoice but is negative.',
    },
    hint: {
      sv: 'Ange kreditfaktura, eller lämna dokumenttypen tom så avgör tecknet.',
      en: 'State a credit note, or leave the kind empty and the sign decides.',
    },
  },
  'CSV-TOO-MANY-LINES': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Fakturan har fler än {maxLines} rader.',
      en: 'The invoice has more than {maxLines} lines.',
    },
    hint: {
      sv: 'Dela upp fakturan eller summera rader.',
      en: 'Divide the invoice or sum up lines.',
    },
  },
} as const satisfies Record<string, FindingCode>;
