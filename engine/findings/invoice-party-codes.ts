import type { FindingCode } from '../finding.ts';

/** Findings about parties, codes and what Swedish law asks of an invoice (reference/einvoice.md §1.5, collection-rules.md §9). */
export const invoicePartyCodes = {
  'INV-PAYEE-IS-SELLER': {
    severity: 'error',
    rule: 'BR-17',
    message: {
      sv: 'Betalningsmottagaren {value} är säljaren själv.',
      en: 'The payee {value} is the seller.',
    },
    hint: {
      sv: 'Ange betalningsmottagare bara när någon annan än säljaren ska ha betalt.',
      en: 'State a payee only where another than the seller is to be paid.',
    },
  },
  'INV-VAT-ID-PREFIX': {
    severity: 'error',
    rule: 'BR-CO-09',
    message: {
      sv: 'Momsregistreringsnumret {value} börjar inte med en landskod.',
      en: 'The VAT number {value} does not begin with a country code.',
    },
    hint: {
      sv: 'Skriv till exempel SE556000000001.',
      en: 'Write for example SE556000000001.',
    },
  },
  'INV-SELLER-IDENTITY': {
    severity: 'error',
    rule: 'BR-CO-26',
    message: {
      sv: 'Säljaren saknar identitet: organisationsnummer, momsregistreringsnummer eller annat.',
      en: 'The seller has no identity: organisation number, VAT number or other.',
    },
    hint: {
      sv: 'Ange säljarens organisationsnummer i avtalet.',
      en: "State the seller's organisation number in the agreement.",
    },
  },
  'INV-CODE': {
    severity: 'error',
    rule: 'BR-CL',
    message: {
      sv: '{field} har en kod som inte finns i kodlistan: "{value}".',
      en: '{field} has a code that is not in its code list: "{value}".',
    },
    hint: {
      sv: 'Välj en kod ur listan; vanliga enheter är C62 (st), HUR (tim), DAY, MON, KGM, LTR, MTR.',
      en: 'Choose a code of the list; usual units are C62 (piece), HUR (hour), DAY, MON, KGM, LTR, MTR.',
    },
  },
  'INV-ADDRESS': {
    severity: 'error',
    rule: 'ML 17:24',
    message: {
      sv: 'Adressen är ofullständig: {field} saknas.',
      en: 'The address is incomplete: {field} is missing.',
    },
    hint: {
      sv: 'Fullständigt namn och adress krävs på fakturan, och för att brevet ska komma fram.',
      en: 'Full name and address are required on the invoice, and for the letter to arrive.',
    },
  },
  'INV-VAT-IN-KRONOR': {
    severity: 'error',
    rule: 'ML 17:29',
    message: {
      sv: 'Fakturan är i {currency}; momsen måste även anges i svenska kronor.',
      en: 'The invoice is in {currency}; the VAT must be stated in Swedish kronor as well.',
    },
    hint: {
      sv: 'Ange SEK som redovisningsvaluta för moms, och momsbeloppet i SEK.',
      en: 'State SEK as VAT accounting currency, and the VAT amount in SEK.',
    },
  },
  'INV-CREDIT-REFERENCE': {
    severity: 'error',
    rule: 'ML 17:22',
    message: {
      sv: 'Kreditfakturan hänvisar inte till någon faktura.',
      en: 'The credit note refers to no invoice.',
    },
    hint: {
      sv: 'Ange numret på fakturan som krediteras.',
      en: 'State the number of the invoice that is credited.',
    },
  },
  'INV-SE-VAT-RATE': {
    severity: 'error',
    rule: 'SE-R-006',
    message: {
      sv: 'Momssatsen {value} finns inte i Sverige.',
      en: 'The VAT rate {value} does not exist in Sweden.',
    },
    hint: {
      sv: 'Svenska momssatser är 25, 12 och 6 procent.',
      en: 'Swedish VAT rates are 25, 12 and 6 per cent.',
    },
  },
  'INV-VAT-RATE-AT-DATE': {
    severity: 'error',
    rule: 'ML 9 kap.',
    message: {
      sv: 'Momssatsen {value} gällde inte {date}.',
      en: 'The VAT rate {value} was not in force on {date}.',
    },
    hint: {
      sv: 'Satsen följer leveransdagen, inte fakturadagen.',
      en: 'The rate follows the date of supply, not of invoicing.',
    },
  },
} as const satisfies Record<string, FindingCode>;
