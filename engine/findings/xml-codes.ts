import type { FindingCode } from '../finding.ts';

/** Findings about XML files: their form, their limits, and UBL documents whose terms cannot be read. */
export const xmlCodes = {
  'XML-DOCTYPE': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Filen innehåller en DOCTYPE. Sådana tas aldrig emot: de kan hämta främmande filer och svälla utan gräns.',
      en: 'The file holds a DOCTYPE. None is ever accepted: they can fetch foreign files and grow without limit.',
    },
    hint: {
      sv: 'Ta bort DOCTYPE; fakturor i UBL har ingen.',
      en: 'Remove the DOCTYPE; invoices in UBL have none.',
    },
  },
  'XML-NOT-WELL-FORMED': {
    severity: 'error',
    rule: 'XML 1.0',
    message: {
      sv: 'Filen är inte välformad XML på rad {line}: {reason}',
      en: 'The file is not well-formed XML on line {line}: {reason}',
    },
    hint: {
      sv: 'Skapa filen med ett XML-bibliotek, inte med textmallar.',
      en: 'Produce the file by an XML library, not by text templates.',
    },
  },
  'XML-TRUNCATED': {
    severity: 'error',
    rule: 'XML 1.0 §2.1',
    message: {
      sv: 'Filen slutar mitt i dokumentet, på rad {line}: {reason}',
      en: 'The file ends inside the document, on line {line}: {reason}',
    },
    hint: {
      sv: 'Skicka hela filen igen.',
      en: 'Send the whole file again.',
    },
  },
  'XML-TOO-DEEP': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Element är nästlade djupare än {maximum} nivåer.',
      en: 'Elements are nested deeper than {maximum} levels.',
    },
    hint: {
      sv: 'En faktura har högst tio nivåer; kontrollera hur filen skapas.',
      en: 'An invoice has ten levels at most; check how the file is produced.',
    },
  },
  'XML-TOO-MANY-ATTRIBUTES': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Ett element har fler än {maximum} attribut.',
      en: 'An element has more than {maximum} attributes.',
    },
    hint: {
      sv: 'Kontrollera hur filen skapas.',
      en: 'Check how the file is produced.',
    },
  },
  'XML-TOO-MANY-ELEMENTS': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Filen har fler än {maximum} element.',
      en: 'The file has more than {maximum} elements.',
    },
    hint: {
      sv: 'Dela upp innehållet på flera filer.',
      en: 'Divide the content among several files.',
    },
  },
  'XML-TEXT-TOO-LONG': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'En text, kommentar eller tagg är längre än {maximum} tecken.',
      en: 'A text, comment or tag is longer than {maximum} characters.',
    },
    hint: {
      sv: 'Minska bilagorna.',
      en: 'Reduce the attachments.',
    },
  },
  'XML-PROLOG': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Före rotelementet står mer än {maximum} tecken.',
      en: 'More than {maximum} characters stand before the root element.',
    },
    hint: {
      sv: 'Ta bort kommentarer före rotelementet.',
      en: 'Remove comments before the root element.',
    },
  },
  'XML-ENCODING': {
    severity: 'error',
    rule: 'XML 1.0 §4.3.3',
    message: {
      sv: 'Filen säger sig vara {declared}, avtalad teckenkodning är {agreed}.',
      en: 'The file declares itself as {declared}, the agreed encoding is {agreed}.',
    },
    hint: {
      sv: 'Skriv filen i avtalad teckenkodning och ange den i XML-deklarationen.',
      en: 'Write the file in the agreed encoding and declare that one.',
    },
  },
  'XML-ROOT': {
    severity: 'error',
    rule: 'XML namespaces',
    message: {
      sv: 'Rotelementet {value} är ingen faktura som avtalet omfattar.',
      en: 'The root element {value} is no invoice that the agreement covers.',
    },
    hint: {
      sv: 'Skicka UBL Invoice eller CreditNote enligt Peppol BIS Billing 3.0, med rätt namnrymd.',
      en: 'Send a UBL Invoice or CreditNote by Peppol BIS Billing 3.0, in the right namespace.',
    },
  },
  'XML-MISSING': {
    severity: 'error',
    rule: 'EN 16931',
    message: {
      sv: '{field} saknas.',
      en: '{field} is missing.',
    },
    hint: {
      sv: 'Fyll i uppgiften i källsystemet; utan den är dokumentet ingen faktura.',
      en: 'Fill it in in the source system; without it the document is no invoice.',
    },
  },
  'XML-REPEATED': {
    severity: 'error',
    rule: 'UBL-SR',
    message: {
      sv: '{field} står flera gånger; bara en gång är tillåten.',
      en: '{field} stands several times; only one is allowed.',
    },
    hint: {
      sv: 'Slå ihop texterna, eller behåll den uppgift som gäller.',
      en: 'Join the texts, or keep the one that holds.',
    },
  },
  'XML-NOT-A-DATE': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-F001',
    message: {
      sv: '{field} är inget datum: "{value}".',
      en: '{field} is not a date: "{value}".',
    },
    hint: {
      sv: 'Skriv ÅÅÅÅ-MM-DD utan tid och tidszon. Dagen måste finnas, mellan 1990 och 2100.',
      en: 'Write YYYY-MM-DD without time and zone. The day must exist, between 1990 and 2100.',
    },
  },
  'XML-NOT-A-NUMBER': {
    severity: 'error',
    rule: 'XSD decimal',
    message: {
      sv: '{field} är inget tal: "{value}".',
      en: '{field} is not a number: "{value}".',
    },
    hint: {
      sv: 'Skriv siffror med decimalpunkt, utan mellanslag och exponent.',
      en: 'Write digits with a decimal point, without blanks and exponent.',
    },
  },
  'XML-NOT-A-FLAG': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R043',
    message: {
      sv: '{field} är varken true eller false: "{value}".',
      en: '{field} is neither true nor false: "{value}".',
    },
    hint: {
      sv: 'Skriv true för tillägg, false för avdrag.',
      en: 'Write true for a charge, false for an allowance.',
    },
  },
  'XML-AMOUNT-DECIMALS': {
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
  'XML-AMOUNT-TOO-LARGE': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: '{field} är orimligt stort: {value}.',
      en: '{field} is unreasonably large: {value}.',
    },
    hint: {
      sv: 'Kontrollera decimalpunkt och enhet.',
      en: 'Check the decimal point and the unit.',
    },
  },
  'XML-CURRENCY': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R051',
    message: {
      sv: '{field} är i valutan "{value}", fakturan i {currency}.',
      en: '{field} is in the currency "{value}", the invoice in {currency}.',
    },
    hint: {
      sv: 'Alla belopp anges i fakturans valuta; bara momsens slutsumma får även stå i redovisningsvalutan.',
      en: "All amounts are stated in the invoice's currency; only the VAT total may stand in the accounting currency as well.",
    },
  },
  'XML-NOT-ALLOWED': {
    severity: 'error',
    rule: 'EN 16931',
    message: {
      sv: '{field} har ett värde som inte är tillåtet: "{value}".',
      en: '{field} has a value that is not allowed: "{value}".',
    },
    hint: {
      sv: 'Tillåtet: {allowed}',
      en: 'Allowed: {allowed}',
    },
  },
  'XML-NOT-READ': {
    severity: 'warning',
    rule: 'UBL-CR',
    message: {
      sv: '{field} ingår inte i Peppol BIS Billing 3.0 och lästes inte: "{value}".',
      en: '{field} is not part of Peppol BIS Billing 3.0 and was not read: "{value}".',
    },
    hint: {
      sv: 'Flytta uppgiften till ett fält som ingår, till exempel Note, om mottagaren behöver den.',
      en: 'Move it to a term that is, such as Note, if the receiver needs it.',
    },
  },
  'XML-EMPTY': {
    severity: 'warning',
    rule: 'PEPPOL-EN16931-R008',
    message: {
      sv: '{field} är tomt och räknas som utelämnat.',
      en: '{field} is empty and counts as absent.',
    },
    hint: {
      sv: 'Utelämna tomma element.',
      en: 'Leave out empty elements.',
    },
  },
  'PEPPOL-RECHECK': {
    severity: 'error',
    rule: 'house',
    message: {
      sv: 'Den skrivna e-fakturan återger inte {field}: "{value}" i stället för "{expected}".',
      en: 'The e-invoice that was written does not give back {field}: "{value}" instead of "{expected}".',
    },
    hint: {
      sv: 'Uppgiften kan inte uttryckas i Peppol BIS Billing 3.0; dokumentet skickas på papper.',
      en: 'The term cannot be expressed in Peppol BIS Billing 3.0; the document goes on paper.',
    },
  },
} as const satisfies Record<string, FindingCode>;
