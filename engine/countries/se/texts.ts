import { datedTable } from '../../dated-table.ts';
import { isoDate } from '../../iso-date.ts';
import type { Language } from '../../language.ts';
import type { Country, LetterWordBook } from '../../sockets/country.ts';

/** Words that Swedish law wants on an invoice; the Swedish ones are the statute's own (reference/collection-rules.md §9.1). */
export const legalTexts: Country['texts'] = {
  reverseCharge: datedTable('text SE, reverse charge', [
    {
      from: isoDate('2023-07-01'),
      value: { sv: 'Omvänd betalningsskyldighet', en: 'Reverse charge' },
      source: 'ML (2023:200) 17:24 p. 14',
      confidence: 'V',
    },
  ]),
  selfBilling: datedTable('text SE, self-billing', [
    {
      from: isoDate('2023-07-01'),
      value: { sv: 'Självfakturering', en: 'Self-billing' },
      source: 'ML (2023:200) 17:24 p. 12',
      confidence: 'V',
    },
  ]),
  taxApproval: datedTable('text SE, approval for F-tax', [
    {
      from: isoDate('2012-01-01'),
      value: { sv: 'Godkänd för F-skatt', en: 'Approved for F-tax' },
      source: 'SE-R-005 of Peppol BIS Billing 3.0; skatteförfarandelag (2011:1244) 9 kap.',
      confidence: 'S',
    },
  ]),
};

/**
 * What a påminnelse and an inkassokrav say by Swedish law (reference/collection-rules.md §2.1, §2.3). A reminder says nothing of legal
 * steps (rule SE-10).
 */
export const letterWords: Readonly<Record<Language, LetterWordBook>> = {
  sv: {
    kinds: {
      reminder: {
        title: 'Betalningspåminnelse',
        number: 'Påminnelsenummer',
        introOne:
          'Hela betalningen för fakturan nedan har inte kommit in. Är den redan betald behöver inget göras. Annars ber vi om betalning senast {deadline}.',
        introMany:
          'Hela betalningen för de {invoices} fakturorna nedan har inte kommit in. Är de redan betalda behöver inget göras. Annars ber vi om betalning senast {deadline}.',
        closing: [],
        closingForOthers: [],
      },
      demand: {
        title: 'Inkassokrav',
        number: 'Kravnummer',
        introOne:
          '{agent} kräver på uppdrag av {creditor} betalning av skulden nedan. Den ska vara betald, eller invändningar mot den framförda, senast {deadline}.',
        introMany:
          '{agent} kräver på uppdrag av {creditor} betalning av skulden nedan. Den ska vara betald, eller invändningar mot den framförda, senast {deadline}.',
        closing: ['{agent} bedriver inkassoverksamhet med tillstånd av Finansinspektionen och står under dess tillsyn.'],
        closingForOthers: [
          '{agent} och {creditor} är personuppgiftsansvariga för uppgifterna om skulden, som kommer från {creditor} och används för att få den betald. Frågor om uppgifterna, rättelse och klagomål: {contact} eller Integritetsskyddsmyndigheten.',
        ],
      },
    },
    statutoryInterest: '6 § räntelagen',
    interestTerms: 'enligt räntelagen',
    components: {
      reminderFee: 'Påminnelseavgiften är avtalad och tas ut enligt lagen (1981:739) om ersättning för inkassokostnader m.m.',
      collectionFee: 'Inkassokostnaden tas ut enligt lagen (1981:739) om ersättning för inkassokostnader m.m.',
      compensation:
        'Förseningsersättningen tas ut enligt 4 a § lagen (1981:739) om ersättning för inkassokostnader m.m. och ersätter andra avgifter.',
    },
    next: {
      handover: 'Skulder som inte betalas i tid lämnas till {agency} för inkasso.',
      demand: 'Skulder som inte betalas i tid går vidare till inkasso, vilket medför ytterligare kostnader.',
      legal:
        'Betalas inte skulden, och framförs inga invändningar, kan ansökan om betalningsföreläggande göras hos Kronofogdemyndigheten. Det medför ytterligare kostnader.',
    },
  },
  en: {
    kinds: {
      reminder: {
        title: 'Payment reminder',
        number: 'Reminder number',
        introOne:
          'The invoice below has not been paid in full. If it was paid already, nothing needs to be done. Otherwise please pay by {deadline}.',
        introMany:
          'The {invoices} invoices below have not been paid in full. If they were paid already, nothing needs to be done. Otherwise please pay by {deadline}.',
        closing: [],
        closingForOthers: [],
      },
      demand: {
        title: 'Collection demand',
        number: 'Demand number',
        introOne:
          'On behalf of {creditor}, {agent} demands payment of the debt below. It must be paid, or objections to it raised, by {deadline}.',
        introMany:
          'On behalf of {creditor}, {agent} demands payment of the debt below. It must be paid, or objections to it raised, by {deadline}.',
        closing: ['{agent} collects debts with the permit and under the supervision of Finansinspektionen.'],
        closingForOthers: [
          '{agent} and {creditor} are controllers of the personal data about the debt, which come from {creditor} and are used to have it paid. Questions about the data, corrections and complaints: {contact} or the Swedish Authority for Privacy Protection.',
        ],
      },
    },
    statutoryInterest: 'section 6 of the Swedish Interest Act',
    interestTerms: 'under the Swedish Interest Act (räntelagen)',
    components: {
      reminderFee:
        'The reminder fee was agreed and is charged under the Swedish act 1981:739 on compensation for collection costs.',
      collectionFee: 'The collection cost is charged under the Swedish act 1981:739 on compensation for collection costs.',
      compensation:
        'The compensation is charged under section 4 a of the Swedish act 1981:739 on compensation for collection costs and replaces other fees.',
    },
    next: {
      handover: 'Debts that are not paid in time are handed over to {agency} for collection.',
      demand: 'Debts that are not paid in time go on to collection, which adds further costs.',
      legal:
        'If the debt is neither paid nor objected to, an order to pay may be applied for at the Swedish Enforcement Authority (Kronofogdemyndigheten). That adds further costs.',
    },
  },
};
