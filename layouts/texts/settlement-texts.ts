import type { FeeKind, SettlementReturn } from '#engine/settlement/statement.ts';
import type { Component } from '#engine/amounts.ts';
import type { Language } from '#engine/language.ts';

/** Every word a settlement prints of itself. A text missing in a language is a type error. */
export interface SettlementTexts {
  readonly title: string;
  readonly facts: Readonly<Record<'number' | 'date' | 'period' | 'legalId' | 'vatId', string>>;
  readonly panel: Readonly<Record<'payout' | 'noPayout' | 'on' | 'closing', string>>;
  readonly statement: Readonly<
    Record<'heading' | 'opening' | 'received' | 'restored' | 'returned' | 'fees' | 'payout' | 'closing', string>
  > & { readonly vat: (rate: string) => string };
  readonly invoice: {
    readonly heading: (number: string) => string;
    readonly kinds: Readonly<Record<FeeKind, string>>;
    readonly each: (count: string, price: string) => string;
    readonly net: string;
    readonly total: string;
    readonly setOff: string;
  };
  readonly movements: Readonly<Record<'bookedOn' | 'invoice' | 'what' | 'sum' | 'total', string>>;
  readonly components: Readonly<Record<Component, string>>;
  readonly returned: Readonly<Record<SettlementReturn['reason'], string>>;
  readonly restored: (settlement: string) => string;
  readonly negative: string;
}

export const settlementTexts: Readonly<Record<Language, SettlementTexts>> = {
  sv: {
    title: 'Avräkning',
    facts: { number: 'Avräkningsnummer', date: 'Datum', period: 'Period', legalId: 'Ert org.nr', vatId: 'Ert momsnummer' },
    panel: { payout: 'Utbetalas', noPayout: 'Ingen utbetalning', on: 'Utbetalningsdag', closing: 'Saldo till nästa avräkning' },
    statement: {
      heading: 'Sammanställning',
      opening: 'Saldo från föregående avräkning',
      received: 'Inbetalt',
      restored: 'Utbetalningar som inte nått fram',
      returned: 'Återbetalt och återtaget',
      fees: 'Våra avgifter exkl. moms',
      vat: (rate) => `Moms ${rate}`,
      payout: 'Utbetalas',
      closing: 'Saldo till nästa avräkning',
    },
    invoice: {
      heading: (number) => `Faktura ${number} för våra tjänster`,
      kinds: {
        letter: 'Brev',
        einvoice: 'E-faktura',
        reminder: 'Påminnelse',
        demand: 'Inkassokrav',
        payment: 'Inbetalning',
        purchase: 'Köp av fordringar',
      },
      each: (count, price) => `${count} st à ${price}`,
      net: 'Summa exkl. moms',
      total: 'Summa inkl. moms',
      setOff: 'Fakturan är betald genom avräkning mot de medel som redovisas här.',
    },
    movements: { bookedOn: 'Bokförd', invoice: 'Faktura', what: 'Avser', sum: 'Summa', total: 'Summa rörelser' },
    components: {
      principal: 'Kapital',
      interest: 'Ränta',
      reminderFee: 'Påminnelseavgift',
      collectionFee: 'Inkassokostnad',
      compensation: 'Förseningsersättning',
    },
    returned: { reversal: 'Återtaget av banken', refund: 'Återbetalt till betalaren' },
    restored: (settlement) => `Utbetalning enligt avräkning ${settlement} nådde inte fram`,
    negative: 'Saldot är negativt: mer har återtagits eller debiterats än som kommit in. Det förs till nästa avräkning.',
  },
  en: {
    title: 'Settlement',
    facts: {
      number: 'Settlement number',
      date: 'Date',
      period: 'Period',
      legalId: 'Your reg. no.',
      vatId: 'Your VAT number',
    },
    panel: { payout: 'Payout', noPayout: 'No payout', on: 'Date of payout', closing: 'Balance carried forward' },
    statement: {
      heading: 'Summary',
      opening: 'Balance brought forward',
      received: 'Received',
      restored: 'Payouts that did not arrive',
      returned: 'Returned and taken back',
      fees: 'Our fees excluding VAT',
      vat: (rate) => `VAT ${rate}`,
      payout: 'Payout',
      closing: 'Balance carried forward',
    },
    invoice: {
      heading: (number) => `Invoice ${number} for our services`,
      kinds: {
        letter: 'Letter',
        einvoice: 'E-invoice',
        reminder: 'Reminder',
        demand: 'Collection demand',
        payment: 'Payment received',
        purchase: 'Purchase of claims',
      },
      each: (count, price) => `${count} at ${price}`,
      net: 'Total excluding VAT',
      total: 'Total including VAT',
      setOff: 'This invoice is paid by being set off against the money accounted for here.',
    },
    movements: { bookedOn: 'Booked', invoice: 'Invoice', what: 'Concerning', sum: 'Total', total: 'Total movements' },
    components: {
      principal: 'Capital',
      interest: 'Interest',
      reminderFee: 'Reminder fee',
      collectionFee: 'Collection cost',
      compensation: 'Compensation',
    },
    returned: { reversal: 'Taken back by the bank', refund: 'Refunded to the payer' },
    restored: (settlement) => `Payout of settlement ${settlement} did not arrive`,
    negative: 'The balance is negative: more was taken back or charged than came in. It is carried to the next settlement.',
  },
};
