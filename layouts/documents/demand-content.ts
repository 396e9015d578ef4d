import type { Demand } from '#engine/demand.ts';
import { extraComponents, type Component } from '#engine/amounts.ts';
import type { LetterOf } from '#engine/letter.ts';
import type { LabelledFact } from '../parts/letter-frame.ts';
import type { PartContext } from '../parts/flow.ts';
import type { PanelContent } from '../parts/payment-panel.ts';
import type { PaymentQr } from '../slips/slip.ts';
import { paymentCodeOf, slipOf } from '../slips/slips.ts';
import type { PlacedSlip } from './compose-pages.ts';
import { printAccount, printLegalId, printReference } from '../texts/account-numbers.ts';
import type { DemandTexts } from '../texts/demand-texts.ts';
import { printMoney, printPercent } from '../texts/figures.ts';

/** The facts beside the address. */
export function demandFacts(demand: Demand, texts: DemandTexts): readonly LabelledFact[] {
  const { facts } = texts;
  return [
    {
      label: facts.number,
      value: demand.number,
      strong: true,
      fact: 'Number',
    },
    { label: facts.date, value: demand.date },
    { label: facts.payBy, value: demand.deadline, strong: true },
    { label: facts.debtorNumber, value: demand.debtor.number },
    { label: facts.creditor, value: demand.creditor.name },
    ...(demand.assignedFrom === undefined ? [] : [{ label: facts.assignedFrom, value: demand.assignedFrom }]),
    // Whose own claim it is needs no agent.
    ...(demand.agent.name === demand.creditor.name ? [] : [{ label: facts.agent, value: demand.agent.name }]),
  ];
}

/** How much, by when, to which account and with which reference. */
export function demandPanel(demand: Demand, context: PartContext, qr: PaymentQr | undefined): PanelContent {
  const { texts, language } = context;
  const { panel } = texts;
  const { account, deadline, paymentReference } = demand;
  const content: PanelContent = {
    main: { label: panel.toPay, value: printMoney(demand.payableAmount, demand.currency, language), fact: 'Payable' },
    cells: [
      { label: panel.payBy, value: deadline },
      printAccount(context, account),
      { ...printReference(context, paymentReference, account), fact: 'Reference' },
    ],
  };
  return qr === undefined ? content : { ...content, qr };
}

export function demandCode({ content: demand, style }: LetterOf<Demand>, { parts, texts }: PartContext): PaymentQr | undefined {
  if (!style.paymentQr) return undefined;
  const content = paymentCodeOf(parts, {
    name: demand.creditor.name,
    legalId: demand.creditor.legalId?.id,
    reference: demand.paymentReference,
    issueDate: demand.date,
    dueDate: demand.deadline,
    amount: demand.payableAmount,
    currency: demand.currency,
    account: demand.account,
  });
  return content === undefined ? undefined : { content, caption: texts.panel.scan };
}

/** Payment by slip, where account, reference, amount and currency have one. */
export function demandSlip(letter: LetterOf<Demand>, context: PartContext, texts: DemandTexts): PlacedSlip | undefined {
  const { content: demand, style, addressLines } = letter;
  if (!style.paymentSlip) return undefined;
  const content = {
    reference: demand.paymentReference,
    amount: demand.payableAmount,
    currency: demand.currency,
    account: demand.account.id,
    dueDate: demand.deadline,
    payee: demand.creditor.name,
    payerLines: addressLines.filter((line) => line.trim() !== ''),
    invoiceNumber: demand.number,
  };
  const slip = slipOf(context.parts, demand.account);
  if (slip?.fits(content) !== true) return undefined;
  const qr = demandCode(letter, context);
  return { slip, content: qr === undefined ? content : { ...content, qr }, numberLabel: texts.facts.number };
}

/** What stands under the sums. */
export interface DemandClosing {
  /** How it goes on: stays on the page of the sums. */
  readonly goesOn: string;
  /** What the costs rest on, and who writes. */
  readonly restsOn: string;
}

export function demandClosing(demand: Demand, texts: DemandTexts, context: PartContext): DemandClosing {
  const { language } = context;
  const { agent, claims, creditor, assignedFrom } = demand;
  const has = (component: Component): boolean => claims.some((claim) => claim[`${component}Amount`] > 0n);
  const rates = [...new Set(claims.flatMap(({ interest }) => (interest === undefined ? [] : [interest.rate])))];
  const contact = [agent.email, agent.telephone].find((way) => way !== '') ?? agent.name;
  const ownClaim = agent.name === creditor.name;
  const goesOn = [
    texts.next(demand.nextStep, demand.handoverTo),
    assignedFrom === undefined ? undefined : texts.assigned({ from: assignedFrom, creditor: creditor.name }),
    ...rates.map((rate) => texts.interestRuns(printPercent(rate, language))),
  ];
  const restsOn = [
    ...extraComponents.map((component) => (has(component) ? texts.restsOn(component) : undefined)),
    ownClaim ? undefined : texts.agent({ agent: agent.name, ...agentAddress(context, demand) }),
    ...texts.closing({ agent: agent.name, creditor: creditor.name, contact }, ownClaim),
  ];
  return { goesOn: joined(goesOn), restsOn: joined(restsOn) };
}

const joined = (sentences: readonly (string | undefined)[]): string => sentences.filter((text) => text !== undefined).join(' ');

const agentAddress = (
  context: PartContext,
  { agent }: Demand,
): { readonly organisationNumber: string; readonly address: string } => ({
  organisationNumber: printLegalId(context, { id: agent.organisationNumber, country: agent.address.country }),
  address: [agent.address.line1, [agent.address.postcode, agent.address.city].filter(Boolean).join(' ')]
    .filter(Boolean)
    .join(', '),
});
