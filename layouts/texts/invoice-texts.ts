import type { Language } from '#engine/language.ts';

/** Every word an invoice or credit note prints of itself. A text missing in a language is a type error. */
export interface InvoiceTexts {
  readonly invoice: string;
  readonly creditNote: string;
  readonly page: (page: number, pages: number) => string;
  readonly facts: Readonly<
    Record<
      | 'invoiceNumber'
      | 'creditNoteNumber'
      | 'issueDate'
      | 'dueDate'
      | 'taxPointDate'
      | 'deliveryDate'
      | 'debtorNumber'
      | 'yourReference'
      | 'ourReference'
      | 'orderNumber'
      | 'contract'
      | 'project'
      | 'object'
      | 'buyerAccounting'
      | 'period'
      | 'credits'
      | 'buyerVatId',
      string
    >
  >;
  readonly panel: Readonly<Record<'toPay' | 'toCredit' | 'nothingToPay' | 'payBy' | 'account' | 'reference' | 'scan', string>>;
  readonly table: Readonly<
    Record<'item' | 'quantity' | 'unit' | 'price' | 'vat' | 'amount' | 'carriedOver' | 'broughtForward', string>
  >;
  readonly line: Readonly<Record<'itemNumber' | 'yourItemNumber' | 'order' | 'allowance' | 'charge' | 'object', string>>;
  readonly sums: Readonly<
    Record<'lines' | 'allowances' | 'charges' | 'net' | 'vat' | 'gross' | 'prepaid' | 'rounding' | 'toPay' | 'toCredit', string>
  >;
  readonly vat: Readonly<Record<'heading' | 'rate' | 'base' | 'vat' | 'exempt', string>> & {
    /** VAT in the currency of the books, where the document's is another (EN 16931 BT-111). */
    readonly inVatCurrency: (currency: string) => string;
    readonly sellerVat: (vatId: string) => string;
  };
  /** Printed where the VAT group gives no reason of its own; ML 17 kap. 24 § asks for the words. */
  readonly exemptions: Readonly<Record<'AE' | 'K' | 'G' | 'E' | 'O', string>>;
  readonly directDebit: string;
  readonly creditNotice: string;
  readonly otherAccounts: (accounts: string) => string;
  readonly deliveredTo: string;
  readonly payee: string;
  readonly footer: Readonly<Record<'address' | 'contact' | 'company' | 'payment' | 'legalId' | 'vatId', string>>;
}

export const invoiceTexts: Readonly<Record<Language, InvoiceTexts>> = {
  sv: {
    invoice: 'Faktura',
    creditNote: 'Kreditfaktura',
    page: (page, pages) => `Sida ${page} av ${pages}`,
    facts: {
      invoiceNumber: 'Fakturanummer',
      creditNoteNumber: 'Kreditfakturanummer',
      issueDate: 'Fakturadatum',
      dueDate: 'Förfallodatum',
      taxPointDate: 'Beskattningsdatum',
      deliveryDate: 'Leveransdatum',
      debtorNumber: 'Kundnummer',
      yourReference: 'Er referens',
      ourReference: 'Vår referens',
      orderNumber: 'Ordernummer',
      contract: 'Avtal',
      project: 'Projekt',
      object: 'Avser',
      buyerAccounting: 'Er kontering',
      period: 'Period',
      credits: 'Krediterar faktura',
      buyerVatId: 'Ert momsnummer',
    },
    panel: {
      toPay: 'Att betala',
      toCredit: 'Krediteras',
      nothingToPay: 'Inget att betala',
      payBy: 'Oss tillhanda senast',
      account: 'Konto',
      reference: 'Ange vid betalning',
      scan: 'Skanna i bankens app',
    },
    table: {
      item: 'Beskrivning',
      quantity: 'Antal',
      unit: 'Enhet',
      price: 'À-pris',
      vat: 'Moms',
      amount: 'Belopp',
      carriedOver: 'Transport till nästa sida',
      broughtForward: 'Transport från föregående sida',
    },
    line: {
      itemNumber: 'Artikelnr',
      yourItemNumber: 'Ert artikelnr',
      order: 'Orderrad',
      allowance: 'Rabatt',
      charge: 'Avgift',
      object: 'Avser',
    },
    sums: {
      lines: 'Summa rader',
      allowances: 'Rabatt',
      charges: 'Avgift',
      net: 'Summa exkl. moms',
      vat: 'Moms',
      gross: 'Summa inkl. moms',
      prepaid: 'Redan betalt',
      rounding: 'Öresavrundning',
      toPay: 'Att betala',
      toCredit: 'Att tillgodoräkna',
    },
    vat: {
      heading: 'Momsspecifikation',
      rate: 'Momssats',
      base: 'Underlag',
      vat: 'Moms',
      exempt: 'Momsfritt',
      inVatCurrency: (currency) => `Moms i ${currency}`,
      sellerVat: (vatId) => `Säljarens momsnummer ${vatId}`,
    },
    exemptions: {
      AE: 'Omvänd betalningsskyldighet',
      K: 'Unionsintern varuförsäljning, undantagen från moms',
      G: 'Export, undantagen från moms',
      E: 'Undantaget från moms',
      O: 'Omfattas inte av moms',
    },
    directDebit: 'Beloppet dras från ditt konto via autogiro på förfallodagen. Betala alltså inte fakturan själv.',
    creditNotice: 'Detta är en kreditfaktura. Beloppet ska inte betalas utan räknas dig till godo.',
    otherAccounts: (accounts) => `Du kan också betala till ${accounts}.`,
    deliveredTo: 'Levererat till',
    payee: 'Betalningsmottagare',
    footer: {
      address: 'Adress',
      contact: 'Kontakt',
      company: 'Företagsuppgifter',
      payment: 'Betalning',
      legalId: 'Org.nr',
      vatId: 'Momsreg.nr',
    },
  },
  en: {
    invoice: 'Invoice',
    creditNote: 'Credit note',
    page: (page, pages) => `Page ${page} of ${pages}`,
    facts: {
      invoiceNumber: 'Invoice number',
      creditNoteNumber: 'Credit note number',
      issueDate: 'Invoice date',
      dueDate: 'Due date',
      taxPointDate: 'Tax point',
      deliveryDate: 'Delivery date',
      debtorNumber: 'Your account number',
      yourReference: 'Your reference',
      ourReference: 'Our reference',
      orderNumber: 'Order number',
      contract: 'Contract',
      project: 'Project',
      object: 'Concerning',
      buyerAccounting: 'Your cost code',
      period: 'Period',
      credits: 'Credits invoice',
      buyerVatId: 'Your VAT number',
    },
    panel: {
      toPay: 'Amount due',
      toCredit: 'Credited',
      nothingToPay: 'Nothing to pay',
      payBy: 'To reach us by',
      account: 'Account',
      reference: 'Quote when paying',
      scan: 'Scan with your bank app',
    },
    table: {
      item: 'Description',
      quantity: 'Quantity',
      unit: 'Unit',
      price: 'Unit price',
      vat: 'VAT',
      amount: 'Amount',
      carriedOver: 'Carried over',
      broughtForward: 'Brought forward',
    },
    line: {
      itemNumber: 'Item no.',
      yourItemNumber: 'Your item no.',
      order: 'Order line',
      allowance: 'Discount',
      charge: 'Charge',
      object: 'Concerning',
    },
    sums: {
      lines: 'Sum of lines',
      allowances: 'Discount',
      charges: 'Charge',
      net: 'Total excluding VAT',
      vat: 'VAT',
      gross: 'Total including VAT',
      prepaid: 'Already paid',
      rounding: 'Rounding',
      toPay: 'Amount due',
      toCredit: 'Credited to you',
    },
    vat: {
      heading: 'VAT summary',
      rate: 'Rate',
      base: 'Taxable amount',
      vat: 'VAT',
      exempt: 'No VAT',
      inVatCurrency: (currency) => `VAT in ${currency}`,
      sellerVat: (vatId) => `Seller’s VAT number ${vatId}`,
    },
    exemptions: {
      AE: 'Reverse charge',
      K: 'Intra-Community supply, exempt from VAT',
      G: 'Export, exempt from VAT',
      E: 'Exempt from VAT',
      O: 'Not subject to VAT',
    },
    directDebit: 'The amount is taken from your account by direct debit on the due date. Please do not pay it yourself.',
    creditNotice: 'This is a credit note. Nothing is to be paid; the amount is credited to you.',
    otherAccounts: (accounts) => `You can also pay to ${accounts}.`,
    deliveredTo: 'Delivered to',
    payee: 'Payee',
    footer: {
      address: 'Address',
      contact: 'Contact',
      company: 'Company',
      payment: 'Payment',
      legalId: 'Reg. no.',
      vatId: 'VAT no.',
    },
  },
};
