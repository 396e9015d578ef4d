import type { Component } from '#engine/amounts.ts';
import type { LetterWords } from '#engine/claims/demand.ts';
import type { Language } from '#engine/language.ts';

/**
 * Every word a reminder or a collection demand prints of itself. They ask without pronouns, so that they suit a person and a company
 * alike. A text missing in a language is a type error; what depends on the law comes from the country (`Country.letterWords`).
 */
export interface DemandTexts {
  readonly title: string;
  readonly facts: Readonly<Record<'number' | 'date' | 'payBy' | 'debtorNumber' | 'creditor' | 'agent' | 'assignedFrom', string>>;
  readonly intro: (facts: IntroFacts) => string;
  readonly table: Readonly<Record<'invoice' | 'dueDate' | 'sum' | 'carriedOver' | 'broughtForward', string>>;
  readonly components: Readonly<Record<Component, string>>;
  readonly claim: {
    readonly ground: (ground: string) => string;
    readonly issued: (date: string, originalAmount: string) => string;
    readonly interest: (facts: Omit<InterestFacts, 'basis'> & { readonly basis: 'statutory' | 'contract' }) => string;
  };
  readonly sums: Readonly<Record<'toPay', string>>;
  readonly objections: {
    readonly heading: string;
    readonly text: (deadline: string) => string;
    readonly telephone: string;
  };
  readonly interestRuns: (rate: string) => string;
  /** What a part of the costs rests on; absent: nothing is said of it. */
  readonly restsOn: (component: Component) => string | undefined;
  readonly assigned: (facts: { readonly from: string; readonly creditor: string }) => string;
  readonly next: (announced: string, agency: string | undefined) => string | undefined;
  readonly agent: (facts: AgentFacts) => string;
  /** Sentences at the end that the kind of letter has by law; `own`: the writer is the creditor. */
  readonly closing: (facts: ClosingFacts, own: boolean) => readonly string[];
}

export interface ClosingFacts {
  readonly agent: string;
  readonly creditor: string;
  readonly contact: string;
}

/** What a language says of its own; the rest comes from the country. */
interface LanguageTexts extends Pick<
  DemandTexts,
  'table' | 'components' | 'sums' | 'objections' | 'interestRuns' | 'assigned' | 'agent'
> {
  readonly facts: Omit<DemandTexts['facts'], 'number'>;
  readonly claim: Pick<DemandTexts['claim'], 'ground' | 'issued'> & { readonly interest: (facts: InterestFacts) => string };
  /** What agreed interest is counted by. */
  readonly agreement: string;
}

/** The words of a letter: its language's, and its country's for the kind of letter that it is. */
export function demandTexts(language: Language, words: LetterWords): DemandTexts {
  const { agreement, facts, claim, ...own } = texts[language];
  const filledFor = (sentences: readonly string[], given: ClosingFacts): readonly string[] =>
    sentences.map((sentence) => filled(sentence, { ...given }));
  return {
    ...own,
    facts: { ...facts, number: words.number },
    title: words.title,
    intro: ({ invoices, ...given }) =>
      filled(invoices === 1 ? words.introOne : words.introMany, { ...given, invoices: String(invoices) }),
    claim: {
      ...claim,
      interest: ({ basis, ...given }) =>
        claim.interest({ ...given, basis: basis === 'statutory' ? words.statutoryInterest : agreement }),
    },
    restsOn: (component) => words.components[component],
    next: (announced, agency) => {
      const sentence = words.next[announced];
      if (sentence === undefined || (announced === 'handover' && agency === undefined)) return undefined;
      return filled(sentence, agency === undefined ? {} : { agency });
    },
    closing: (given, isOwn) => [...filledFor(words.closing, given), ...(isOwn ? [] : filledFor(words.closingForOthers, given))],
  };
}

/** A sentence with its `{braces}` filled in. Throws a RangeError for one that nothing is known of. */
function filled(sentence: string, facts: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = facts[name];
    if (value === undefined) throw new RangeError(`"${sentence}" asks for ${name}, which is not known`);
    return value;
  });
}

export interface IntroFacts {
  readonly creditor: string;
  readonly agent: string;
  readonly invoices: number;
  readonly deadline: string;
}

export interface InterestFacts {
  readonly rate: string;
  /** What it is counted by. */
  readonly basis: string;
  readonly from: string;
  readonly to: string;
  readonly base: string;
}

export interface AgentFacts {
  readonly agent: string;
  readonly organisationNumber: string;
  readonly address: string;
}

const texts: Readonly<Record<Language, LanguageTexts>> = {
  sv: {
    facts: {
      date: 'Datum',
      payBy: 'Betala senast',
      debtorNumber: 'Kundnummer',
      creditor: 'Fordringsägare',
      agent: 'Ombud',
      assignedFrom: 'Överlåten från',
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
      interest: ({ rate, basis, from, to, base }) => `Ränta ${from} – ${to} på ${base}, nu ${rate} per år enligt ${basis}`,
    },
    agreement: 'avtal',
    sums: { toPay: 'Att betala' },
    objections: {
      heading: 'Frågor och invändningar',
      text: (deadline) => `Är något fel, eller har betalningen skett på annat sätt? Kontakta oss senast ${deadline}.`,
      telephone: 'telefon',
    },
    interestRuns: (rate) => `Dröjsmålsränta löper med ${rate} per år på kapitalet tills det är betalt.`,
    assigned: ({ from, creditor }) =>
      `Fordran har överlåtits från ${from} till ${creditor}. Den som betalar till någon annan än ${creditor} blir inte fri från skulden.`,
    agent: ({ agent, organisationNumber, address }) => `Brevet skickas av ${agent}, org.nr ${organisationNumber}, ${address}.`,
  },
  en: {
    facts: {
      date: 'Date',
      payBy: 'Pay by',
      debtorNumber: 'Your account number',
      creditor: 'Creditor',
      agent: 'Agent',
      assignedFrom: 'Assigned by',
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
      interest: ({ rate, basis, from, to, base }) => `Interest ${from} – ${to} on ${base}, now ${rate} a year by ${basis}`,
    },
    agreement: 'agreement',
    sums: { toPay: 'Amount due' },
    objections: {
      heading: 'Questions and objections',
      text: (deadline) => `Is anything wrong, or was it paid in another way? Please let us know by ${deadline}.`,
      telephone: 'telephone',
    },
    interestRuns: (rate) => `Late interest runs at ${rate} a year on the capital until it is paid.`,
    assigned: ({ from, creditor }) =>
      `The claim was assigned by ${from} to ${creditor}. Paying anyone but ${creditor} does not discharge the debt.`,
    agent: ({ agent, organisationNumber, address }) =>
      `This letter is sent by ${agent}, reg. no. ${organisationNumber}, ${address}.`,
  },
};
