import type { FindingCode } from '../finding.ts';

/** Findings about the rows of a CSV invoice file, the values of their fields and the totals that they state. */
export const csvFieldCodes = {
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
