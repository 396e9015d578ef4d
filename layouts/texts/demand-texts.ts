import type { Component } from '#engine/amounts.ts';
import type { Language } from '#engine/language.ts';

/**
 * Every word a reminder or a collection demand prints of itself. They ask without pronouns, so that they suit a person and a company
 * alike, and a reminder says nothing of legal steps (rule SE-10). A text missing in a language is a type error.
 */
export interface DemandTexts {
  readonly title: Readonly<Record<string, string>>;
  readonly facts: Readonly<
    Record<'reminderNumber' | 'demandNumber' | 'date' | 'payBy' | 'debtorNumber' | 'creditor' | 'agent' | 'assignedFrom', string>
  >;
  readonly intro: Readonly<Record<string, (facts: IntroFacts) => string>>;
  readonly table: Readonly<Record<'invoice' | 'dueDate' | 'sum' | 'carriedOver' | 'broughtForward', string>>;
  readonly components: Readonly<Record<Component, string>>;
  readonly claim: {
    readonly ground: (ground: string) => string;
    readonly issued: (date: string, originalAmount: string) => string;
    readonly interest: (facts: InterestFacts) => string;
  };
  readonly sums: Readonly<Record<'toPay', string>>;
  readonly objections: {
    readonly heading: string;
    readonly text: (deadline: string) => string;
    readonly telephone: string;
  };
  readonly interestRuns: (rate: string) => string;
  readonly reminderFee: string;
  readonly collectionFee: string;
  readonly compensation: string;
  readonly assigned: (facts: { readonly from: string; readonly creditor: string }) => string;
  readonly next: {
    readonly handover: (agency: string) => string;
    readonly demand: string;
    readonly legal: string;
  };
  readonly agent: (facts: AgentFacts) => string;
  readonly supervision: (agent: string) => string;
  readonly controller: (facts: { readonly agent: string; readonly creditor: string; readonly contact: string }) => string;
}

export interface IntroFacts {
  readonly creditor: string;
  readonly agent: string;
  readonly invoices: number;
  readonly deadline: string;
}

export interface InterestFacts {
  readonly rate: string;
  readonly basis: 'statutory' | 'contract';
  readonly from: string;
  readonly to: string;
  readonly base: string;
}

export interface AgentFacts {
  readonly agent: string;
  readonly organisationNumber: string;
  readonly address: string;
}

export const demandTexts: Readonly<Record<Language, DemandTexts>> = {
  sv: {
    title: { reminder: 'Betalningspåminnelse', demand: 'Inkassokrav' },
    facts: {
      reminderNumber: 'Påminnelsenummer',
      demandNumber: 'Kravnummer',
      date: 'Datum',
      payBy: 'Betala senast',
      debtorNumber: 'Kundnummer',
      creditor: 'Fordringsägare',
      agent: 'Ombud',
      assignedFrom: 'Överlåten från',
    },
    intro: {
      reminder: ({ invoices, deadline }) =>
        invoices === 1
          ? `Hela betalningen för fakturan nedan har inte kommit in. Är den redan betald behöver inget göras. Annars ber vi om betalning senast ${deadline}.`
          : `Hela betalningen för de ${invoices} fakturorna nedan har inte kommit in. Är de redan betalda behöver inget göras. Annars ber vi om betalning senast ${deadline}.`,
      demand: ({ creditor, agent, deadline }) =>
        `${agent} kräver på uppdrag av ${creditor} betalning av skulden nedan. Den ska vara betald, eller invändningar mot den framförda, senast ${deadline}.`,
    },
    table: {
      invoice: 'Faktura',
      dueDate: 'Förfallodag',
      sum: 'Summa',
      carriedOver: 'Transport till nästa sida',
      broughtForward: 'Transport från föregående sida',
    },
    components: {
      principal: 'Kapital',
      interest: 'Dröjsmålsränta',
      reminderFee: 'Påminnelseavgift',
      collectionFee: 'Inkassokostnad',
      compensation: 'Förseningsersättning',
    },
    claim: {
      ground: (ground) => `Avser ${ground}`,
      issued: (date, originalAmount) => `Fakturadatum ${date}, ursprungligt belopp ${originalAmount}`,
      interest: ({ rate, basis, from, to, base }) =>
        `Ränta ${from} – ${to} på ${base}, nu ${rate} per år enligt ${basis === 'statutory' ? '6 § räntelagen' : 'avtal'}`,
    },
    sums: { toPay: 'Att betala' },
    objections: {
      heading: 'Frågor och invändningar',
      text: (deadline) => `Är något fel, eller har betalningen skett på annat sätt? Kontakta oss senast ${deadline}.`,
      telephone: 'telefon',
    },
    interestRuns: (rate) => `Dröjsmålsränta löper med ${rate} per år på kapitalet tills det är betalt.`,
    reminderFee: 'Påminnelseavgiften är avtalad och tas ut enligt lagen (1981:739) om ersättning för inkassokostnader m.m.',
    collectionFee: 'Inkassokostnaden tas ut enligt lagen (1981:739) om ersättning för inkassokostnader m.m.',
    compensation:
      'Förseningsersättningen tas ut enligt 4 a § lagen (1981:739) om ersättning för inkassokostnader m.m. och ersätter andra avgifter.',
    assigned: ({ from, creditor }) =>
      `Fordran har överlåtits från ${from} till ${creditor}. Den som betalar till någon annan än ${creditor} blir inte fri från skulden.`,
    next: {
      handover: (agency) => `Skulder som inte betalas i tid lämnas till ${agency} för inkasso.`,
      demand: 'Skulder som inte betalas i tid går vidare till inkasso, vilket medför ytterligare kostnader.',
      legal:
        'Betalas inte skulden, och framförs inga invändningar, kan ansökan om betalningsföreläggande göras hos Kronofogdemyndigheten. Det medför ytterligare kostnader.',
    },
    agent: ({ agent, organisationNumber, address }) => `Brevet skickas av ${agent}, org.nr ${organisationNumber}, ${address}.`,
    supervision: (agent) =>
      `${agent} bedriver inkassoverksamhet med tillstånd av Finansinspektionen och står under dess tillsyn.`,
    controller: ({ agent, creditor, contact }) =>
      `${agent} och ${creditor} är personuppgiftsansvariga för uppgifterna om skulden, som kommer från ${creditor} och används för att få den betald. Frågor om uppgifterna, rättelse och klagomål: ${contact} eller Integritetsskyddsmyndigheten.`,
  },
  en: {
    title: { reminder: 'Payment reminder', demand: 'Collection demand' },
    facts: {
      reminderNumber: 'Reminder number',
      demandNumber: 'Demand number',
      date: 'Date',
      payBy: 'Pay by',
      debtorNumber: 'Your account number',
      creditor: 'Creditor',
      agent: 'Agent',
      assignedFrom: 'Assigned by',
    },
    intro: {
      reminder: ({ invoices, deadline }) =>
        invoices === 1
          ? `The invoice below has not been paid in full. If it was paid already, nothing needs to be done. Otherwise please pay by ${deadline}.`
          : `The ${invoices} invoices below have not been paid in full. If they were paid already, nothing needs to be done. Otherwise please pay by ${deadline}.`,
      demand: ({ creditor, agent, deadline }) =>
        `On behalf of ${creditor}, ${agent} demands payment of the debt below. It must be paid, or objections to it raised, by ${deadline}.`,
    },
    table: {
      invoice: 'Invoice',
      dueDate: 'Due date',
      sum: 'Total',
      carriedOver: 'Carried over',
      broughtForward: 'Brought forward',
    },
    components: {
      principal: 'Capital',
      interest: 'Late interest',
      reminderFee: 'Reminder fee',
      collectionFee: 'Collection cost',
      compensation: 'Compensation',
    },
    claim: {
      ground: (ground) => `For ${ground}`,
      issued: (date, originalAmount) => `Issued ${date}, original amount ${originalAmount}`,
      interest: ({ rate, basis, from, to, base }) =>
        `Interest ${from} – ${to} on ${base}, now ${rate} a year by ${basis === 'statutory' ? 'section 6 of the Swedish Interest Act' : 'agreement'}`,
    },
    sums: { toPay: 'Amount due' },
    objections: {
      heading: 'Questions and objections',
      text: (deadline) => `Is anything wrong, or was it paid in another way? Please let us know by ${deadline}.`,
      telephone: 'telephone',
    },
    interestRuns: (rate) => `Late interest runs at ${rate} a year on the capital until it is paid.`,
    reminderFee:
      'The reminder fee was agreed and is charged under the Swedish act 1981:739 on compensation for collection costs.',
    collectionFee: 'The collection cost is charged under the Swedish act 1981:739 on compensation for collection costs.',
    compensation:
      'The compensation is charged under section 4 a of the Swedish act 1981:739 on compensation for collection costs and replaces other fees.',
    assigned: ({ from, creditor }) =>
      `The claim was assigned by ${from} to ${creditor}. Paying anyone but ${creditor} does not discharge the debt.`,
    next: {
      handover: (agency) => `Debts that are not paid in time are handed over to ${agency} for collection.`,
      demand: 'Debts that are not paid in time go on to collection, which adds further costs.',
      legal:
        'If the debt is neither paid nor objected to, an order to pay may be applied for at the Swedish Enforcement Authority (Kronofogdemyndigheten). That adds further costs.',
    },
    agent: ({ agent, organisationNumber, address }) =>
      `This letter is sent by ${agent}, reg. no. ${organisationNumber}, ${address}.`,
    supervision: (agent) => `${agent} collects debts with the permit and under the supervision of Finansinspektionen.`,
    controller: ({ agent, creditor, contact }) =>
      `${agent} and ${creditor} are controllers of the personal data about the debt, which come from ${creditor} and are used to have it paid. Questions about the data, corrections and complaints: ${contact} or the Swedish Authority for Privacy Protection.`,
  },
};
