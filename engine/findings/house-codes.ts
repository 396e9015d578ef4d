import type { FindingCode } from '../finding.ts';

/** Findings of the house as a whole: what lies outside the file itself, in agreements, in earlier files, in the way it was delivered. */
export const houseCodes = {
  'FILE-ALIEN': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Filen är av ett annat slag ({kind}) än det som är avtalat och har lagts i karantän.',
      en: 'The file is of another kind ({kind}) than agreed and was put into quarantine.',
    },
    hint: {
      sv: 'Skicka fakturafilen själv, uppackad och i det avtalade formatet.',
      en: 'Send the invoice file itself, unpacked and in the agreed format.',
    },
  },
  'FILE-NAME-UNSAFE': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Filnamnet kan inte tas emot ({reason}); filen har lagts i karantän oläst.',
      en: 'The file name cannot be accepted ({reason}); the file was put into quarantine unread.',
    },
    hint: {
      sv: 'Använd bokstäver, siffror, punkt, bindestreck och understreck, högst 200 byte, och skicka filen igen.',
      en: 'Use letters, digits, dot, hyphen and underscore, at most 200 bytes, and send the file again.',
    },
  },
  'FILE-NOT-TRUSTED': {
    severity: 'error',
    rule: 'intake',
    message: {
      sv: 'Filen ändrades eller byttes ut efter att den tagits emot ({reason}) och har lagts i karantän.',
      en: 'The file was changed or replaced after it was taken ({reason}) and was put into quarantine.',
    },
    hint: {
      sv: 'Skicka filen på nytt under ett tillfälligt namn och byt namn när den är hel.',
      en: 'Send the file again under a temporary name and rename it when it is whole.',
    },
  },
  'FILE-REPEATED': {
    severity: 'warning',
    rule: 'IF4',
    message: {
      sv: 'Samma innehåll kom {earlier} som fil {number} ({name}). Inget har bokförts en andra gång.',
      en: 'The same content came {earlier} as file {number} ({name}). Nothing was booked a second time.',
    },
    hint: {
      sv: 'Inget behöver göras. Är det andra fakturor, skapa filen på nytt.',
      en: 'Nothing needs to be done. If these are other invoices, produce the file again.',
    },
  },
  'FILE-NO-AGREEMENT': {
    severity: 'error',
    rule: 'F01',
    message: {
      sv: 'Det finns inget avtal som gäller den {value}; filen är parkerad och inget har bokförts.',
      en: 'No agreement is in force on {value}; the file is parked and nothing was booked.',
    },
    hint: {
      sv: 'Byrån tar in filen så snart ett avtal gäller; den behöver inte skickas igen.',
      en: 'The bureau takes the file in as soon as an agreement is in force; it need not be sent again.',
    },
  },
  'FILE-NO-DOCUMENTS': {
    severity: 'error',
    rule: 'intake',
    message: { sv: 'Filen innehåller inga fakturor.', en: 'The file contains no invoices.' },
    hint: { sv: 'Kontrollera urvalet i faktureringssystemet.', en: 'Check the selection in the billing system.' },
  },
  'FILE-REFUSED-WHOLE': {
    severity: 'error',
    rule: 'agreement',
    message: {
      sv: '{value} fakturor avvisades, och enligt avtalet avvisas då hela filen. Inget har bokförts.',
      en: '{value} invoices were refused, and by agreement the whole file is then refused. Nothing was booked.',
    },
    hint: { sv: 'Rätta fakturorna och skicka hela filen igen.', en: 'Correct the invoices and send the whole file again.' },
  },
  'FILE-TOO-MANY-DOCUMENTS': {
    severity: 'error',
    rule: 'limit',
    message: {
      sv: 'Filen har fler än {value} fakturor; inget har bokförts.',
      en: 'The file has more than {value} invoices; nothing was booked.',
    },
    hint: { sv: 'Dela upp den i flera filer.', en: 'Split it into several files.' },
  },
  'FILE-TOO-MANY-FINDINGS': {
    severity: 'warning',
    rule: 'limit',
    message: {
      sv: 'Filen har fler än {value} anmärkningar; de övriga är inte uppräknade.',
      en: 'The file has more than {value} findings; the others are not listed.',
    },
    hint: {
      sv: 'Börja med den första: så många beror oftast på ett enda fel i filens uppbyggnad.',
      en: 'Start with the first: so many usually come from one mistake in the layout of the file.',
    },
  },
  'INV-REPEATED': {
    severity: 'warning',
    rule: 'IF4',
    message: {
      sv: 'Faktura {value} är redan mottagen med samma innehåll och har inte bokförts igen.',
      en: 'Invoice {value} was received before with the same content and was not booked again.',
    },
    hint: { sv: 'Inget behöver göras.', en: 'Nothing needs to be done.' },
  },
  'INV-NUMBER-REUSED': {
    severity: 'error',
    rule: 'ML 17:24 2',
    message: {
      sv: 'Fakturanummer {value} är redan använt för en faktura med annat innehåll.',
      en: 'Invoice number {value} is already used for an invoice with other content.',
    },
    hint: {
      sv: 'Ge fakturan ett nytt nummer, eller rätta den tidigare med en kreditfaktura.',
      en: 'Give the invoice a new number, or correct the earlier one with a credit note.',
    },
  },
  'INV-REFERENCE-REUSED': {
    severity: 'error',
    rule: 'F32',
    message: {
      sv: 'Betalningsreferensen {value} är redan använd på kontot.',
      en: 'The payment reference {value} has already been used on the account.',
    },
    hint: {
      sv: 'Varje faktura behöver en egen referens; utelämna den så sätter byrån en.',
      en: 'Every invoice needs a reference of its own; leave it out and the bureau makes one.',
    },
  },
  'INV-OTHER-SELLER': {
    severity: 'error',
    rule: 'agreement',
    message: {
      sv: 'Fakturan är utställd av {value}, men avtalet gäller {agreed}.',
      en: 'The invoice is issued by {value}, but the agreement is with {agreed}.',
    },
    hint: {
      sv: 'Skicka fakturan i rätt uppdragsgivares mapp, eller låt byrån lägga till säljaren i avtalet.',
      en: 'Send the invoice to the right client’s folder, or have the bureau add the seller to the agreement.',
    },
  },
  'INV-OTHER-CURRENCY': {
    severity: 'error',
    rule: 'agreement',
    message: {
      sv: 'Fakturan är i {value}, men avtalet gäller {agreed}.',
      en: 'The invoice is in {value}, but the agreement is for {agreed}.',
    },
    hint: {
      sv: 'Fakturera i {agreed}, eller avtala om valutan med byrån.',
      en: 'Invoice in {agreed}, or agree on the currency with the bureau.',
    },
  },
  'INV-REFERENCE-WRONG': {
    severity: 'error',
    rule: 'OCR',
    message: {
      sv: 'Betalningsreferensen {value} är inget OCR-nummer: 2–25 siffror med rätt kontrollsiffra sist.',
      en: 'The payment reference {value} is no OCR number: 2 to 25 digits ending in the right check digit.',
    },
    hint: {
      sv: 'Räkna om kontrollsiffran (10-modul), eller utelämna referensen så sätter byrån en.',
      en: 'Compute the check digit again (modulus 10), or leave the reference out and the bureau makes one.',
    },
  },
} as const satisfies Record<string, FindingCode>;
