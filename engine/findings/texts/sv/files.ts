import { textsOf } from '../../declaration.ts';
import { fileCodes } from '../../files.ts';

export const fileTexts = textsOf(fileCodes, {
  'FILE-ALIEN': {
    message: 'Filen är av ett annat slag ({kind}) än det som är avtalat och har lagts i karantän.',
    hint: 'Skicka fakturafilen själv, uppackad och i det avtalade formatet.',
  },
  'FILE-NAME-UNSAFE': {
    message: 'Filnamnet kan inte tas emot ({reason}); filen har lagts i karantän oläst.',
    hint: 'Använd bokstäver, siffror, punkt, bindestreck och understreck, högst 200 byte, och skicka filen igen.',
  },
  'FILE-NOT-TRUSTED': {
    message: 'Filen ändrades eller byttes ut efter att den tagits emot ({reason}) och har lagts i karantän.',
    hint: 'Skicka filen på nytt under ett tillfälligt namn och byt namn när den är hel.',
  },
  'FILE-REPEATED': {
    message: 'Samma innehåll kom {earlier} som fil {number} ({name}). Inget har bokförts en andra gång.',
    hint: 'Inget behöver göras. Är det andra fakturor, skapa filen på nytt.',
  },
  'FILE-NO-AGREEMENT': {
    message: 'Det finns inget avtal som gäller den {value}; filen är parkerad och inget har bokförts.',
    hint: 'Byrån tar in filen så snart ett avtal gäller; den behöver inte skickas igen.',
  },
  'FILE-NO-DOCUMENTS': {
    message: 'Filen innehåller inga fakturor.',
    hint: 'Kontrollera urvalet i faktureringssystemet.',
  },
  'FILE-REFUSED-WHOLE': {
    message: '{value} fakturor avvisades, och enligt avtalet avvisas då hela filen. Inget har bokförts.',
    hint: 'Rätta fakturorna och skicka hela filen igen.',
  },
  'FILE-TOO-MANY-DOCUMENTS': {
    message: 'Filen har fler än {value} fakturor; inget har bokförts.',
    hint: 'Dela upp den i flera filer.',
  },
  'FILE-TOO-MANY-FINDINGS': {
    message: 'Filen har fler än {value} anmärkningar; de övriga är inte uppräknade.',
    hint: 'Börja med den första: så många beror oftast på ett enda fel i filens uppbyggnad.',
  },
  'FILE-EMPTY': {
    message: 'Filen är tom.',
    hint: 'Skapa filen på nytt och skicka den igen.',
  },
  'FILE-TOO-LARGE': {
    message: 'Filen är större än {maxBytes} byte.',
    hint: 'Dela upp fakturorna på flera filer.',
  },
  'TEXT-NOT-UTF-8': {
    message:
      'Avtalad teckenkodning är UTF-8, men byte {offset} på rad {line} är inte UTF-8 (hex {value}). Filen liknar {hintEncoding}.',
    hint: 'Exportera filen med rätt teckenkodning och skicka den igen, eller be oss ändra avtalets teckenkodning.',
  },
  'TEXT-LOOKS-UTF-8': {
    message:
      'Avtalad teckenkodning är {encoding}, men byte {offset} på rad {line} visar att filen är UTF-8; å, ä och ö skulle bli Ã¥, Ã¤ och Ã¶.',
    hint: 'Exportera filen med rätt teckenkodning och skicka den igen, eller be oss ändra avtalets teckenkodning.',
  },
  'TEXT-UTF-16': {
    message: 'Filen är UTF-16 ("Unicode-text"); avtalad teckenkodning är {encoding}.',
    hint: 'Exportera filen med rätt teckenkodning och skicka den igen, eller be oss ändra avtalets teckenkodning.',
  },
  'TEXT-NUL': {
    message: 'Filen innehåller ett NUL-tecken vid byte {offset} på rad {line}; en textfil gör aldrig det.',
    hint: 'Filen är skadad eller ingen textfil. Skapa den på nytt och kontrollera överföringen (binärt läge).',
  },
  'TEXT-NO-CHARACTER': {
    message: 'Byte {offset} på rad {line} (hex {byte}) är inget skrivbart tecken i {encoding}.',
    hint: 'Exportera filen med rätt teckenkodning och skicka den igen, eller be oss ändra avtalets teckenkodning.',
  },
  'TEXT-MARK-INSIDE': {
    message: 'En byte order mark står mitt i filen, vid byte {offset} på rad {line}: två filer har troligen klistrats ihop.',
    hint: 'Skicka filerna var för sig.',
  },
  'TEXT-CONTROL-REMOVED': {
    message: 'Styrtecken som varken kan skrivas ut eller skickas elektroniskt togs bort ur fältet {field}.',
    hint: 'Rensa texten i källsystemet.',
  },
  'FIXED-LENGTH': {
    message: 'Rad {line} är {length} tecken lång; posten ska ha {expected}.',
    hint: 'Skicka filen som den skapades: utfyllnaden i slutet av raderna hör till posterna och får inte tas bort.',
  },
  'FIXED-RECORD': {
    message: 'Rad {line} börjar inte som någon post i formatet: "{value}".',
    hint: 'Kontrollera att filen är i det avtalade formatet och att raden är hel.',
  },
  'FIXED-FIELD': {
    message: 'Fältet {field} i posten {record} (position {column}–{last}) är "{value}"; det ska vara {form}.',
    hint: 'Rätta värdet i källsystemet. Om flera fält i rad är fel är raden troligen förskjuten.',
  },
  'XML-DOCTYPE': {
    message: 'Filen innehåller en DOCTYPE. Sådana tas aldrig emot: de kan hämta främmande filer och svälla utan gräns.',
    hint: 'Ta bort DOCTYPE; fakturor i UBL har ingen.',
  },
  'XML-NOT-WELL-FORMED': {
    message: 'Filen är inte välformad XML på rad {line}: {reason}',
    hint: 'Skapa filen med ett XML-bibliotek, inte med textmallar.',
  },
  'XML-TRUNCATED': {
    message: 'Filen slutar mitt i dokumentet, på rad {line}: {reason}',
    hint: 'Skicka hela filen igen.',
  },
  'XML-TOO-DEEP': {
    message: 'Element är nästlade djupare än {maximum} nivåer.',
    hint: 'En faktura har högst tio nivåer; kontrollera hur filen skapas.',
  },
  'XML-TOO-MANY-ATTRIBUTES': {
    message: 'Ett element har fler än {maximum} attribut.',
    hint: 'Kontrollera hur filen skapas.',
  },
  'XML-TOO-MANY-ELEMENTS': {
    message: 'Filen har fler än {maximum} element.',
    hint: 'Dela upp innehållet på flera filer.',
  },
  'XML-TEXT-TOO-LONG': {
    message: 'En text, kommentar eller tagg är längre än {maximum} tecken.',
    hint: 'Minska bilagorna.',
  },
  'XML-PROLOG': {
    message: 'Före rotelementet står mer än {maximum} tecken.',
    hint: 'Ta bort kommentarer före rotelementet.',
  },
  'XML-ENCODING': {
    message: 'Filen säger sig vara {declared}, avtalad teckenkodning är {agreed}.',
    hint: 'Skriv filen i avtalad teckenkodning och ange den i XML-deklarationen.',
  },
  'XML-ROOT': {
    message: 'Rotelementet {value} är ingen faktura som avtalet omfattar.',
    hint: 'Skicka UBL Invoice eller CreditNote enligt Peppol BIS Billing 3.0, med rätt namnrymd.',
  },
  'XML-MISSING': {
    message: '{field} saknas.',
    hint: 'Fyll i uppgiften i källsystemet; utan den är dokumentet ingen faktura.',
  },
  'XML-REPEATED': {
    message: '{field} står flera gånger; bara en gång är tillåten.',
    hint: 'Slå ihop texterna, eller behåll den uppgift som gäller.',
  },
  'XML-NOT-A-DATE': {
    message: '{field} är inget datum: "{value}".',
    hint: 'Skriv ÅÅÅÅ-MM-DD utan tid och tidszon. Dagen måste finnas, mellan 1990 och 2100.',
  },
  'XML-NOT-A-NUMBER': {
    message: '{field} är inget tal: "{value}".',
    hint: 'Skriv siffror med decimalpunkt, utan mellanslag och exponent.',
  },
  'XML-NOT-A-FLAG': {
    message: '{field} är varken true eller false: "{value}".',
    hint: 'Skriv true för tillägg, false för avdrag.',
  },
  'XML-AMOUNT-DECIMALS': {
    message: '{field} har fler än två decimaler: {value}.',
    hint: 'Avrunda beloppet till hela ören. Priser och antal får ha fler decimaler.',
  },
  'XML-AMOUNT-TOO-LARGE': {
    message: '{field} är orimligt stort: {value}.',
    hint: 'Kontrollera decimalpunkt och enhet.',
  },
  'XML-CURRENCY': {
    message: '{field} är i valutan "{value}", fakturan i {currency}.',
    hint: 'Alla belopp anges i fakturans valuta; bara momsens slutsumma får även stå i redovisningsvalutan.',
  },
  'XML-NOT-ALLOWED': {
    message: '{field} har ett värde som inte är tillåtet: "{value}".',
    hint: 'Tillåtet: {allowed}',
  },
  'XML-NOT-READ': {
    message: '{field} ingår inte i Peppol BIS Billing 3.0 och lästes inte: "{value}".',
    hint: 'Flytta uppgiften till ett fält som ingår, till exempel Note, om mottagaren behöver den.',
  },
  'XML-EMPTY': {
    message: '{field} är tomt och räknas som utelämnat.',
    hint: 'Utelämna tomma element.',
  },
});
