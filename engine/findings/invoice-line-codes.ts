import type { FindingCode } from '../finding.ts';

/** Findings about mandatory terms, periods, lines, allowances and charges (reference/einvoice.md §1.5, §1.6). */
export const invoiceLineCodes = {
  'INV-TERM-MISSING': {
    severity: 'error',
    rule: 'EN 16931',
    message: {
      sv: '{field} saknas.',
      en: '{field} is missing.',
    },
    hint: {
      sv: 'Fyll i uppgiften i källsystemet.',
      en: 'Fill it in in the source system.',
    },
  },
  'INV-NO-LINES': {
    severity: 'error',
    rule: 'BR-16',
    message: {
      sv: 'Fakturan har inga rader.',
      en: 'The invoice has no lines.',
    },
    hint: {
      sv: 'En faktura har minst en rad.',
      en: 'An invoice has at least one line.',
    },
  },
  'INV-PERIOD-ORDER': {
    severity: 'error',
    rule: 'BR-29, BR-30',
    message: {
      sv: 'Perioden slutar ({value}) innan den börjar ({start}).',
      en: 'The period ends ({value}) before it begins ({start}).',
    },
    hint: {
      sv: 'Byt plats på datumen eller rätta dem.',
      en: 'Swap or correct the dates.',
    },
  },
  'INV-PERIOD-EMPTY': {
    severity: 'error',
    rule: 'BR-CO-19, BR-CO-20',
    message: {
      sv: 'En period är angiven utan datum.',
      en: 'A period is given without dates.',
    },
    hint: {
      sv: 'Ange start, slut eller båda.',
      en: 'State its start, its end or both.',
    },
  },
  'INV-TAX-POINT': {
    severity: 'error',
    rule: 'BR-CO-03',
    message: {
      sv: 'Både datum och kod anges för momsens skattskyldighet.',
      en: 'Both a date and a code are given for the VAT point.',
    },
    hint: {
      sv: 'Ange det ena.',
      en: 'State one of them.',
    },
  },
  'INV-DUE-BEFORE-ISSUE': {
    severity: 'error',
    rule: 'house',
    message: {
      sv: 'Förfallodagen {value} ligger före fakturadatum {issueDate}.',
      en: 'The due date {value} is before the issue date {issueDate}.',
    },
    hint: {
      sv: 'Rätta datumen; fakturan skulle vara förfallen redan när den skickas.',
      en: 'Correct the dates; the invoice would be overdue when it is sent.',
    },
  },
  'INV-LINE-PERIOD': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R110',
    message: {
      sv: 'Radens period går utanför fakturans: {value} mot {limit}.',
      en: "The line's period lies outside the invoice's: {value} against {limit}.",
    },
    hint: {
      sv: 'Vidga fakturans period så att den omfattar alla rader.',
      en: "Widen the invoice's period so that it covers all lines.",
    },
  },
  'INV-PRICE-NEGATIVE': {
    severity: 'error',
    rule: 'BR-27, BR-28',
    message: {
      sv: 'Priset {value} är negativt.',
      en: 'The price {value} is negative.',
    },
    hint: {
      sv: 'Skriv avdrag och krediter med negativt antal och positivt pris.',
      en: 'Write deductions and credits with a negative quantity and a positive price.',
    },
  },
  'INV-PRICE-DISCOUNT': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R046',
    message: {
      sv: 'Nettopriset {value} är inte bruttopris {gross} − rabatt {discount}.',
      en: 'The net price {value} is not gross price {gross} − discount {discount}.',
    },
    hint: {
      sv: 'Räkna nettopriset ur bruttopriset utan avrundning, eller utelämna bruttopris och rabatt.',
      en: 'Compute the net price from the gross price without rounding, or leave out gross price and discount.',
    },
  },
  'INV-BASE-QUANTITY': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R121',
    message: {
      sv: 'Prisets basantal {value} är inte större än noll.',
      en: "The price's base quantity {value} is not above zero.",
    },
    hint: {
      sv: 'Utelämna basantalet; det är då 1.',
      en: 'Leave it out; it is 1 then.',
    },
  },
  'INV-BASE-QUANTITY-UNIT': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R130',
    message: {
      sv: 'Prisets enhet {value} är inte radens enhet {unit}.',
      en: "The price's unit {value} is not the line's unit {unit}.",
    },
    hint: {
      sv: 'Ange antal och pris i samma enhet.',
      en: 'State quantity and price in the same unit.',
    },
  },
  'INV-LINE-NET': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R120',
    message: {
      sv: 'Radbeloppet {value} är inte antal × pris + tillägg − avdrag = {expected}.',
      en: 'The line amount {value} is not quantity × price + charges − allowances = {expected}.',
    },
    hint: {
      sv: 'Rätta antal, pris eller radbelopp; två ören får skilja.',
      en: 'Correct quantity, price or amount; two öre may differ.',
    },
  },
  'INV-CHARGE-VAT': {
    severity: 'error',
    rule: 'BR-32, BR-37',
    message: {
      sv: 'Ett avdrag eller tillägg på fakturan saknar momskategori.',
      en: 'An allowance or charge of the invoice has no VAT category.',
    },
    hint: {
      sv: 'Ange momskategori och momssats.',
      en: 'State VAT category and rate.',
    },
  },
  'INV-REASON-MISSING': {
    severity: 'error',
    rule: 'BR-33, BR-38, BR-42, BR-44',
    message: {
      sv: 'Ett avdrag eller tillägg saknar orsak.',
      en: 'An allowance or charge has no reason.',
    },
    hint: {
      sv: 'Ange orsak i text eller kod, till exempel "Fraktkostnad" (FC).',
      en: 'State a reason by text or code, such as "Freight" (FC).',
    },
  },
  'INV-PERCENT-MISSING': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R042',
    message: {
      sv: 'Ett avdrag eller tillägg har basbelopp men ingen procentsats.',
      en: 'An allowance or charge has a base amount but no percentage.',
    },
    hint: {
      sv: 'Ange båda eller ingendera.',
      en: 'State both or neither.',
    },
  },
  'INV-BASE-MISSING': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R041',
    message: {
      sv: 'Ett avdrag eller tillägg har procentsats men inget basbelopp.',
      en: 'An allowance or charge has a percentage but no base amount.',
    },
    hint: {
      sv: 'Ange båda eller ingendera.',
      en: 'State both or neither.',
    },
  },
  'INV-PERCENT-AMOUNT': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R040',
    message: {
      sv: 'Beloppet {value} är inte {percent} % av {base} = {expected}.',
      en: 'The amount {value} is not {percent} % of {base} = {expected}.',
    },
    hint: {
      sv: 'Räkna om beloppet; två ören får skilja.',
      en: 'Compute the amount again; two öre may differ.',
    },
  },
} as const satisfies Record<string, FindingCode>;
