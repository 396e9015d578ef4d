import type { FindingCode } from '../finding.ts';

/** Findings about totals, the VAT breakdown and VAT categories (reference/einvoice.md §1.5). */
export const invoiceVatCodes = {
  'INV-TOTAL': {
    severity: 'error',
    rule: 'BR-CO-10',
    message: {
      sv: '{field} är {value}, men {formula} = {expected}.',
      en: '{field} is {value}, but {formula} = {expected}.',
    },
    hint: {
      sv: 'Räkna slutsummorna ur raderna: summa rader, − avdrag, + tillägg, + moms, − betalt, + öresavrundning.',
      en: 'Compute the totals from the lines: sum of lines, − allowances, + charges, + VAT, − paid, + rounding.',
    },
  },
  'INV-VAT-BREAKDOWN-MISSING': {
    severity: 'error',
    rule: 'BR-CO-18',
    message: {
      sv: 'Momsspecifikationen saknas.',
      en: 'The VAT breakdown is missing.',
    },
    hint: {
      sv: 'Ange beskattningsunderlag och moms för varje kategori och sats.',
      en: 'State taxable amount and tax for each category and rate.',
    },
  },
  'INV-VAT-CURRENCY': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R005, -R054',
    message: {
      sv: 'Momsens redovisningsvaluta är inte rätt angiven: "{value}".',
      en: 'The VAT accounting currency is not stated rightly: "{value}".',
    },
    hint: {
      sv: 'Ange den bara när den är en annan än fakturans valuta, och då tillsammans med momsbeloppet i den.',
      en: "State it only where it is another than the invoice's currency, and then with the VAT amount in it.",
    },
  },
  'INV-VAT-CURRENCY-AMOUNT': {
    severity: 'error',
    rule: 'BR-53',
    message: {
      sv: 'Momsbeloppet i redovisningsvalutan {vatCurrency} saknas.',
      en: 'The VAT amount in the accounting currency {vatCurrency} is missing.',
    },
    hint: {
      sv: 'Räkna om momsen till den valutan.',
      en: 'Convert the VAT to that currency.',
    },
  },
  'INV-VAT-CURRENCY-SIGN': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-R055',
    message: {
      sv: 'Momsen i redovisningsvalutan, {value}, har ett annat tecken än fakturans moms.',
      en: "The VAT in the accounting currency, {value}, has another sign than the invoice's VAT.",
    },
    hint: {
      sv: 'Rätta tecknet.',
      en: 'Correct the sign.',
    },
  },
  'INV-VAT-RATE': {
    severity: 'error',
    rule: 'BR-48',
    message: {
      sv: 'Momssatsen "{value}" stämmer inte med momskategori {category}.',
      en: 'The VAT rate "{value}" does not fit VAT category {category}.',
    },
    hint: {
      sv: 'S har en sats över noll; Z, E, AE, K och G har 0; O har ingen.',
      en: 'S has a rate above zero; Z, E, AE, K and G have 0; O has none.',
    },
  },
  'INV-VAT-AMOUNT': {
    severity: 'error',
    rule: 'BR-CO-17',
    message: {
      sv: 'Momsen {value} är inte {rate} % av {base} = {expected}.',
      en: 'The VAT {value} is not {rate} % of {base} = {expected}.',
    },
    hint: {
      sv: 'Räkna momsen per kategori och sats på underlaget och avrunda en gång.',
      en: 'Compute VAT per category and rate on the taxable amount and round once.',
    },
  },
  'INV-VAT-BASE': {
    severity: 'error',
    rule: 'BR-S-08',
    message: {
      sv: 'Beskattningsunderlaget {value} för {category} {rate} är inte summan av dess rader, avdrag och tillägg = {expected}.',
      en: 'The taxable amount {value} of {category} {rate} is not the sum of its lines, allowances and charges = {expected}.',
    },
    hint: {
      sv: 'Summera raderna per kategori och sats.',
      en: 'Sum up the lines per category and rate.',
    },
  },
  'INV-VAT-GROUP-MISSING': {
    severity: 'error',
    rule: 'BR-S-01',
    message: {
      sv: 'Momsspecifikationen saknar kategori {category} {rate}, som finns på fakturans rader.',
      en: "The VAT breakdown lacks category {category} {rate}, which stands on the invoice's lines.",
    },
    hint: {
      sv: 'Ange en rad för varje kategori och sats.',
      en: 'State a row for each category and rate.',
    },
  },
  'INV-VAT-GROUP-TWICE': {
    severity: 'error',
    rule: 'BR-Z-01',
    message: {
      sv: 'Momsspecifikationen har kategori {category} två gånger.',
      en: 'The VAT breakdown has category {category} twice.',
    },
    hint: {
      sv: 'Slå ihop raderna.',
      en: 'Join the rows.',
    },
  },
  'INV-VAT-GROUP-ALONE': {
    severity: 'error',
    rule: 'BR-S-01',
    message: {
      sv: 'Momsspecifikationen har kategori {category}, som ingen rad på fakturan har.',
      en: 'The VAT breakdown has category {category}, which no line of the invoice has.',
    },
    hint: {
      sv: 'Ta bort den ur momsspecifikationen, eller rätta radernas kategori.',
      en: "Remove it from the breakdown, or correct the lines' category.",
    },
  },
  'INV-SELLER-VAT-ID': {
    severity: 'error',
    rule: 'BR-S-02',
    message: {
      sv: 'Säljarens momsregistreringsnummer saknas; momskategori {category} kräver det.',
      en: "The seller's VAT number is missing; VAT category {category} requires it.",
    },
    hint: {
      sv: 'Ange det i avtalet (SE, organisationsnummer, 01).',
      en: 'State it in the agreement (SE, organisation number, 01).',
    },
  },
  'INV-BUYER-VAT-ID': {
    severity: 'error',
    rule: 'BR-AE-02, BR-IC-02',
    message: {
      sv: 'Köparens momsregistreringsnummer saknas; momskategori {category} kräver det.',
      en: "The buyer's VAT number is missing; VAT category {category} requires it.",
    },
    hint: {
      sv: 'Ange köparens nummer, med landskod först.',
      en: "State the buyer's number, country code first.",
    },
  },
  'INV-VAT-ID-OUTSIDE-SCOPE': {
    severity: 'error',
    rule: 'BR-O-02',
    message: {
      sv: '{field} får inte anges på en faktura utanför momsområdet (kategori O).',
      en: '{field} must not stand on an invoice outside the scope of VAT (category O).',
    },
    hint: {
      sv: 'Utelämna momsnumret, eller använd kategori E med orsak.',
      en: 'Leave out the VAT number, or use category E with a reason.',
    },
  },
  'INV-OUTSIDE-SCOPE-MIXED': {
    severity: 'error',
    rule: 'BR-O-11',
    message: {
      sv: 'Kategori O (utanför moms) kan inte stå på samma faktura som kategori {value}.',
      en: 'Category O (outside VAT) cannot stand on one invoice with category {value}.',
    },
    hint: {
      sv: 'Använd E med orsak, eller dela upp fakturan.',
      en: 'Use E with a reason, or divide the invoice.',
    },
  },
  'INV-EXEMPTION-MISSING': {
    severity: 'error',
    rule: 'BR-E-10',
    message: {
      sv: 'Orsak till att moms inte tas ut saknas för kategori {category}.',
      en: 'The reason why no VAT is charged is missing for category {category}.',
    },
    hint: {
      sv: 'Ange lagrum eller motsvarande, till exempel "Omvänd betalningsskyldighet" (ML 17:24 13–14).',
      en: 'State the section of the law or the like, such as "Reverse charge" (ML 17:24 13–14).',
    },
  },
  'INV-EXEMPTION-FORBIDDEN': {
    severity: 'error',
    rule: 'BR-S-10',
    message: {
      sv: 'Kategori {category} har moms och därför ingen orsak till undantag: "{value}".',
      en: 'Category {category} bears VAT and has no reason of exemption: "{value}".',
    },
    hint: {
      sv: 'Utelämna orsaken eller byt kategori.',
      en: 'Leave out the reason or change the category.',
    },
  },
  'INV-EXEMPTION-CATEGORY': {
    severity: 'error',
    rule: 'PEPPOL-EN16931-P0104',
    message: {
      sv: 'Undantagskoden {value} hör till kategori {category}, inte {stated}.',
      en: 'The exemption code {value} belongs to category {category}, not {stated}.',
    },
    hint: {
      sv: 'Byt kod eller kategori.',
      en: 'Change code or category.',
    },
  },
  'INV-DELIVERY-MISSING': {
    severity: 'error',
    rule: 'BR-IC-11, BR-IC-12',
    message: {
      sv: 'Leveransdag och leveransland krävs vid försäljning till annat EU-land (kategori K): {field} saknas.',
      en: 'Delivery date and country are needed for supplies to another EU country (category K): {field} is missing.',
    },
    hint: {
      sv: 'Ange när och till vilket land varorna levererades.',
      en: 'State when and to which country the goods were delivered.',
    },
  },
} as const satisfies Record<string, FindingCode>;
