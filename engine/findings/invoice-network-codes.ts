import type { FindingCode } from '../finding.ts';

/** Findings that stop an e-invoice but not a letter: addresses, identifiers, payment means, Peppol's Swedish rules (reference/einvoice.md §1.6, §1.7). */
export const invoiceNetworkCodes = {
  'INV-BUYER-REFERENCE': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R003',
    message: {
      sv: 'En e-faktura behöver köparens referens eller ordernummer.',
      en: "An e-invoice needs the buyer's reference or an order number.",
    },
    hint: {
      sv: 'Fråga köparen efter "Er referens"; fakturan skickas annars på papper.',
      en: 'Ask the buyer for their reference; the invoice goes on paper otherwise.',
    },
  },
  'INV-ENDPOINT': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R010',
    message: {
      sv: 'Elektronisk adress saknas: {field}.',
      en: 'The electronic address is missing: {field}.',
    },
    hint: {
      sv: 'Ange mottagarens Peppol-adress, till exempel 0007 och organisationsnumret.',
      en: "State the receiver's Peppol address, such as 0007 and the organisation number.",
    },
  },
  'INV-ENDPOINT-SCHEME': {
    severity: 'error',
    rule: 'BR-62, BR-63',
    message: {
      sv: 'Den elektroniska adressen "{value}" saknar schema.',
      en: 'The electronic address "{value}" has no scheme.',
    },
    hint: {
      sv: 'Ange schemat: 0007 organisationsnummer, 0088 GLN.',
      en: 'State its scheme: 0007 organisation number, 0088 GLN.',
    },
  },
  'INV-IDENTIFIER-FORM': {
    severity: 'error',
    rule: 'PEPPOL-COMMON',
    message: {
      sv: '"{value}" är inget giltigt nummer i schema {scheme}.',
      en: '"{value}" is no valid number in scheme {scheme}.',
    },
    hint: {
      sv: 'Kontrollera siffrorna; sista siffran är en kontrollsiffra.',
      en: 'Check the digits; the last one is a check digit.',
    },
  },
  'INV-ACCOUNT-MISSING': {
    severity: 'error',
    rule: 'BR-50, BR-61',
    message: {
      sv: 'Betalningssätt {value} saknar konto.',
      en: 'Payment means {value} has no account.',
    },
    hint: {
      sv: 'Ange bankgiro, plusgiro eller IBAN.',
      en: 'State bankgiro, plusgiro or IBAN.',
    },
  },
  'INV-MANDATE-MISSING': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R061',
    message: {
      sv: 'Autogiro (betalningssätt {value}) saknar medgivandets nummer.',
      en: "Direct debit (payment means {value}) lacks the mandate's number.",
    },
    hint: {
      sv: 'Ange medgivandets nummer.',
      en: "State the mandate's number.",
    },
  },
  'INV-CARD-NUMBER': {
    severity: 'warning',
    rule: 'BR-51',
    message: {
      sv: 'Hela kortnumret står på fakturan.',
      en: 'The whole card number stands on the invoice.',
    },
    hint: {
      sv: 'Visa högst sex första och fyra sista siffrorna.',
      en: 'Show at most the first six and the last four digits.',
    },
  },
  'INV-MEANS-DIFFER': {
    severity: 'error',
    rule: 'UBL-SR-47',
    message: {
      sv: 'Betalningssätten har olika koder: {first} och {value}.',
      en: 'The payment means have different codes: {first} and {value}.',
    },
    hint: {
      sv: 'Ange bankgiro, plusgiro och IBAN alla med kod 30.',
      en: 'State bankgiro, plusgiro and IBAN all by code 30.',
    },
  },
  'INV-REFERENCES-DIFFER': {
    severity: 'error',
    rule: 'UBL-SR-44',
    message: {
      sv: 'Betalningssätten har olika betalningsreferenser: {first} och {value}.',
      en: 'The payment means have different payment references: {first} and {value}.',
    },
    hint: {
      sv: 'Använd samma OCR-nummer för alla konton.',
      en: 'Use the same reference for all accounts.',
    },
  },
  'INV-SE-VAT-ID': {
    severity: 'error',
    rule: 'SE-R-001, SE-R-002',
    message: {
      sv: 'Säljarens momsregistreringsnummer {value} har inte formen SE + 12 siffror.',
      en: "The seller's VAT number {value} does not have the form SE + 12 digits.",
    },
    hint: {
      sv: 'Skriv SE, organisationsnumret utan bindestreck, 01.',
      en: 'Write SE, the organisation number without hyphen, 01.',
    },
  },
  'INV-SE-LEGAL-ID': {
    severity: 'error',
    rule: 'SE-R-003, SE-R-004, SE-R-013',
    message: {
      sv: 'Säljarens organisationsnummer {value} är inte tio siffror med rätt kontrollsiffra.',
      en: "The seller's organisation number {value} is not ten digits with the right check digit.",
    },
    hint: {
      sv: 'Skriv numret utan bindestreck.',
      en: 'Write the number without hyphen.',
    },
  },
  'INV-SE-TAX-APPROVAL': {
    severity: 'error',
    rule: 'SE-R-005',
    message: {
      sv: 'Säljarens skatteuppgift "{value}" ska vara "Godkänd för F-skatt".',
      en: 'The seller\'s tax registration "{value}" must be "Godkänd för F-skatt".',
    },
    hint: {
      sv: 'Skriv exakt så, eller utelämna uppgiften.',
      en: 'Write exactly that, or leave it out.',
    },
  },
  'INV-SE-GIRO': {
    severity: 'warning',
    rule: 'SE-R-007',
    message: {
      sv: '"{value}" är inget {kind}nummer utan bindestreck.',
      en: '"{value}" is no {kind} number without hyphen.',
    },
    hint: {
      sv: 'Bankgiro har 7–8 siffror, plusgiro 2–8.',
      en: 'A bankgiro has 7–8 digits, a plusgiro 2–8.',
    },
  },
  'INV-SE-MEANS': {
    severity: 'warning',
    rule: 'SE-R-011, SE-R-012',
    message: {
      sv: 'Betalningssätt {value} bör vara 30 mellan svenska parter.',
      en: 'Payment means {value} should be 30 between Swedish parties.',
    },
    hint: {
      sv: 'Ange kod 30 och SE:BANKGIRO eller SE:PLUSGIRO.',
      en: 'State code 30 and SE:BANKGIRO or SE:PLUSGIRO.',
    },
  },
} as const satisfies Record<string, FindingCode>;
