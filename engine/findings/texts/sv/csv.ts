import { textsOf } from '../../declaration.ts';
import { csvCodes } from '../../csv.ts';

export const csvTexts = textsOf(csvCodes, {
  'CSV-QUOTE-OPEN': {
    message: 'Citattecknet på rad {line} stängs inte inom {maxLines} rader; resten av filen kan inte tolkas.',
    hint: 'Stäng citattecknet, eller dubblera det ("") om det hör till texten.',
  },
  'CSV-QUOTE-INSIDE': {
    message: 'Ett citattecken står mitt i ett fält utan citattecken på rad {line}: {value}',
    hint: 'Omslut hela fältet med citattecken och dubblera det som hör till texten: "Skruv 3/4"" tum".',
  },
  'CSV-QUOTE-CLOSED': {
    message: 'Efter ett avslutande citattecken på rad {line} följer text i stället för avgränsare: {value}',
    hint: 'Dubblera citattecken som hör till texten.',
  },
  'CSV-LONE-RETURN': {
    message: 'Rad {line} innehåller en vagnretur (CR) utan radmatning (LF).',
    hint: 'Avsluta rader med CRLF eller LF.',
  },
  'CSV-RECORD-TOO-LONG': {
    message: 'Posten på rad {line} är längre än {maxCharacters} tecken.',
    hint: 'Kontrollera radslut och citattecken.',
  },
  'CSV-TOO-MANY-COLUMNS': {
    message: 'Rad {line} har fler än {maxColumns} kolumner.',
    hint: 'Kontrollera avgränsaren.',
  },
  'CSV-TOO-MANY-ROWS': {
    message: 'Filen har fler än {maxRows} rader.',
    hint: 'Dela upp fakturorna på flera filer.',
  },
  'CSV-SEPARATOR': {
    message: 'Filens första rad anger en annan avgränsare än avtalet: {value}',
    hint: 'Exportera med avtalad avgränsare.',
  },
  'CSV-HEADING-TWICE': {
    message: 'Rubriken "{value}" står två gånger.',
    hint: 'Ta bort eller döp om den ena kolumnen.',
  },
  'CSV-HEADING-UNKNOWN': {
    message: 'Rubriken "{value}" finns inte i avtalad fillayout.',
    hint: 'Rätta stavningen, eller be oss lägga till kolumnen.',
  },
  'CSV-HEADING-MISSING': {
    message: 'Rubriken "{field}" saknas. Filen har: {found}',
    hint: 'Ta med kolumnen i exporten; ordningen är fri, stavningen inte.',
  },
  'CSV-NO-ROWS': {
    message: 'Filen har rubriker men inga fakturor.',
    hint: 'Skicka ingen fil när det inte finns något att skicka, eller skapa filen på nytt.',
  },
  'CSV-NO-FINAL-NEWLINE': {
    message: 'Sista raden (rad {line}) saknar radslut: filen är troligen avkortad.',
    hint: 'Skicka filen igen; avsluta även sista raden med radslut.',
  },
  'CSV-NO-TRAILER': {
    message: 'Slutraden "{marker}" saknas: filen är troligen avkortad.',
    hint: 'Skicka hela filen igen.',
  },
  'CSV-AFTER-TRAILER': {
    message: 'Rad {line} står efter slutraden (rad {trailerLine}).',
    hint: 'Skicka varje fil för sig, med en slutrad sist.',
  },
  'CSV-TRAILER-UNREADABLE': {
    message: 'Slutradens värde "{value}" är inget tal.',
    hint: 'Ange antal fakturor och summan att betala i avtalade kolumner.',
  },
  'CSV-TRAILER-COUNT': {
    message: 'Slutraden anger {value} fakturor, filen innehåller {counted}.',
    hint: 'Fakturor saknas eller är dubbla; skapa filen på nytt.',
  },
  'CSV-TRAILER-SUM': {
    message: 'Slutraden anger summan {value}, fakturorna summerar till {summed} (skillnad {difference}).',
    hint: 'Summan är fakturornas belopp att betala med filens egna tecken, kreditfakturor inräknade.',
  },
  'CSV-ROW-SHORT': {
    message: 'Rad {line} har {cells} fält, rubrikraden har {columns}.',
    hint: 'En avgränsare saknas. Tomma fält ska också avgränsas.',
  },
  'CSV-ROW-LONG': {
    message: 'Rad {line} har {cells} fält, rubrikraden har {columns}. Första överskjutande: {value}',
    hint: 'En text innehåller avgränsaren. Omslut texten med citattecken.',
  },
  'CSV-NUMBER-AGAIN': {
    message: 'Fakturanummer {value} finns redan på rad {firstLine}.',
    hint: 'En fakturas rader ska stå tillsammans, och varje nummer användas en gång.',
  },
  'CSV-ROW-DIFFERS': {
    message: '{field} är "{value}" på rad {line} men "{first}" på fakturans första rad ({firstLine}).',
    hint: 'Fält som gäller hela fakturan ska vara lika på alla dess rader, eller stå bara på den första.',
  },
  'CSV-VALUE-MISSING': {
    message: '{field} saknas på rad {line}.',
    hint: 'Fyll i fältet i källsystemet.',
  },
  'CSV-NOT-A-NUMBER': {
    message: '{field} är inget tal: "{value}".',
    hint: 'Skriv tal som i avtalet, till exempel {example}; minustecken först, inga exponenter.',
  },
  'CSV-AMOUNT-DECIMALS': {
    message: '{field} har fler än två decimaler: {value}.',
    hint: 'Avrunda beloppet till hela ören. Priser och antal får ha fler decimaler.',
  },
  'CSV-AMOUNT-TOO-LARGE': {
    message: '{field} är orimligt stort: {value}.',
    hint: 'Kontrollera decimaltecken och enhet (kronor, inte ören).',
  },
  'CSV-NOT-A-DATE': {
    message: '{field} är inget datum: "{value}".',
    hint: 'Skriv datum som {format}. Dagen måste finnas, mellan 1990 och 2100.',
  },
  'CSV-NOT-ALLOWED': {
    message: '{field} har ett värde som inte är avtalat: "{value}".',
    hint: 'Tillåtna värden: {allowed}.',
  },
  'CSV-CURRENCY-NOT-AGREED': {
    message: 'Valutan är {value}, avtalet gäller {agreed}.',
    hint: 'Skicka fakturan i avtalad valuta, eller be oss utöka avtalet.',
  },
  'CSV-CHECK-DIGIT': {
    message: '{field} är inget giltigt organisations- eller personnummer: "{value}".',
    hint: 'Kontrollera numret. Kalkylprogram tappar inledande nollor och byter siffror mot 1,2E+09.',
  },
  'CSV-ENDPOINT': {
    message: '{field} är ingen elektronisk adress: "{value}".',
    hint: 'Skriv schema och identitet: 0007:5560000000 (organisationsnummer) eller 0088:7300000000000 (GLN).',
  },
  'CSV-VAT-CATEGORY': {
    message: 'Momssats {rate} säger inte varför: momskategori saknas på rad {line}.',
    hint: 'Ange Z (noll), E (undantagen), AE (omvänd betalningsskyldighet), K (EU), G (export) eller O (utanför moms).',
  },
  'CSV-LINE-NET': {
    message: 'Radbeloppet {value} är inte antal × pris = {quantity} × {price} = {expected}.',
    hint: 'Rätta antal, pris eller radbelopp; rabatt skrivs som egen rad.',
  },
  'CSV-NEGATIVE-PRICE': {
    message: 'Priset {value} är negativt; raden lästes som negativt antal med positivt pris.',
    hint: 'Skriv avdrag och krediter med negativt antal.',
  },
  'CSV-STATED-NET': {
    message: 'Fakturans nettobelopp anges till {value}, raderna summerar till {expected} (skillnad {difference}).',
    hint: 'Kontrollera att alla rader är med och att beloppet är utan moms.',
  },
  'CSV-STATED-VAT': {
    message: 'Momsen anges till {value}, men är {expected} (skillnad {difference}).',
    hint: 'Momsen räknas per momssats på summan av dess rader och avrundas en gång till hela ören.',
  },
  'CSV-STATED-PAYABLE': {
    message: 'Att betala anges till {value}, men är {expected} (skillnad {difference}).',
    hint: 'Att betala = netto + moms + öresavrundning. Öresavrundning anges i eget fält.',
  },
  'CSV-ROUNDING': {
    message: 'Öresavrundningen {value} är större än 0,50.',
    hint: 'Öresavrundning går till närmaste hela krona.',
  },
  'CSV-KIND-SIGN': {
    message: 'Dokumentet kallas faktura men är negativt.',
    hint: 'Ange kreditfaktura, eller lämna dokumenttypen tom så avgör tecknet.',
  },
  'CSV-TOO-MANY-LINES': {
    message: 'Fakturan har fler än {maxLines} rader.',
    hint: 'Dela upp fakturan eller summera rader.',
  },
});
