import { type Demand, demandProblems } from '#engine/claims/demand.ts';
import type { LetterOf } from '#engine/letter.ts';
import { addressWindow, facts, type LabelledFact } from '../parts/letter-frame.ts';
import { claimSums, claimsTable } from '../parts/claims-table.ts';
import {
  flowRows,
  type FlowBlock,
  gap,
  paragraph,
  type PartContext,
  stackBlocks,
  leading,
  type,
  type TableRow,
} from '../parts/flow.ts';
import { paymentPanel, type PanelContent } from '../parts/payment-panel.ts';
import { type DemandTexts, demandTexts } from '../texts/demand-texts.ts';
import {
  composePages,
  type Opening,
  type ComposedLetter,
  type LetterSettings,
  partContext,
  type PlacedSlip,
} from './compose-pages.ts';
import { extraComponents, type Component } from '#engine/amounts.ts';
import type { PaymentQr } from '../slips/slip.ts';
import { paymentCodeOf, slipOf } from '../slips/slips.ts';
import { printAccount, printLegalId, printReference } from '../texts/account-numbers.ts';
import { printMoney, printPercent } from '../texts/figures.ts';

const BODY_GAP_MM = 5;
/** Beside the title, in the corner. */
const PAGE_NUMBER_MM = 16;

/**
 * A reminder or collection demand for one or several invoices on as many A4 pages as it needs. Pure. Throws a RangeError that names
 * what is missing for a demand that must not go out (`demandProblems`): it is refused, and the others of the job go.
 */
export function composeDemand(letter: LetterOf<Demand>, settings: LetterSettings): ComposedLetter {
  const { content: demand, law } = letter;
  if (law === undefined) throw new Error(`demand ${demand.number} comes without the law of its country`);
  const problems = demandProblems(demand, law);
  if (problems.length > 0) throw new RangeError(problems.map(({ rule, message }) => `${rule}: ${message}`).join('; '));
  const context = partContext(letter, settings);
  if (law.words === undefined) throw new RangeError(`there are no words for a letter of the kind ${demand.kind}`);
  const texts = demandTexts(letter.language, law.words);
  const warnings: string[] = [];
  const slip = demandSlip(letter, context, texts);
  const table = claimsTable(context, texts, demand);
  const { creditor, number } = demand;
  const pages = composePages(context, settings, {
    letter,
    sender: { seller: creditor, accounts: [demand.account] },
    opening: firstPageParts(letter, context, { texts, hasSlip: slip !== undefined, warnings }),
    heading: table.heading,
    blocks: flowBlocks(context, demand, texts, table.rows),
    continued: { name: creditor.tradingName ?? creditor.name, title: texts.title, number },
    slip,
    slipTakes: 'texts',
  });
  const replaced = context.set.replaced();
  if (replaced.length > 0) warnings.push(`characters without a glyph were replaced by a square: ${replaced.join(' ')}`);
  return { envelope: settings.envelope, pages, warnings };
}

interface OpeningParts {
  readonly texts: DemandTexts;
  readonly hasSlip: boolean;
  readonly warnings: string[];
}

/** Everything of the first page down to the table. */
function firstPageParts(letter: LetterOf<Demand>, context: PartContext, { texts, hasSlip, warnings }: OpeningParts): Opening {
  const { content: demand } = letter;
  const { frame, set, palette } = context;
  const address = addressWindow(context, letter.addressLines);
  for (const line of address.cutLines) warnings.push(`address line is wider than the window and was cut: ${line}`);
  const titleWidth = frame.title.right - frame.title.left - PAGE_NUMBER_MM;
  const title = set.shrink(texts.title, { ...type.title, ink: palette.accent }, titleWidth);
  const listed = facts(context, frame.facts, demandFacts(demand, texts));
  const bodyTop = Math.max(frame.window.bottom, listed.bottomMm) + BODY_GAP_MM;
  const panel = paymentPanel(context, demandPanel(demand, context, hasSlip ? undefined : demandCode(letter, context)));
  const { creditor, agent, deadline, claims } = demand;
  const intro = texts.intro({ creditor: creditor.name, agent: agent.name, invoices: claims.length, deadline });
  const body = stackBlocks([panel, gap(BODY_GAP_MM - 1), ...paragraph(context, intro, type.body, leading.body), gap(2)], 0);
  return {
    drawings: [
      set.line(texts.title, title, { xMm: frame.title.left, yMm: frame.title.top + 8 }),
      ...address.drawings,
      ...listed.drawings,
      ...body.draw(bodyTop),
    ],
    bottomMm: bodyTop + body.heightMm,
  };
}

function flowBlocks(context: PartContext, demand: Demand, texts: DemandTexts, rows: readonly TableRow[]): readonly FlowBlock[] {
  const { goesOn, restsOn } = demandClosing(demand, texts, context);
  const lines = (text: string, kind: FlowBlock['kind']): readonly FlowBlock[] =>
    text === '' ? [] : [gap(1.6), ...paragraph(context, text, type.small, leading.small)].map((block) => ({ ...block, kind }));
  return [
    ...flowRows(rows),
    { ...claimSums(context, texts, demand), kind: 'close' },
    ...lines(goesOn, 'close'),
    ...lines(restsOn, 'text'),
  ];
}

/** The facts beside the address. */
function demandFacts(demand: Demand, texts: DemandTexts): readonly LabelledFact[] {
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
function demandPanel(demand: Demand, context: PartContext, qr: PaymentQr | undefined): PanelContent {
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

function demandCode({ content: demand, style }: LetterOf<Demand>, { parts, texts }: PartContext): PaymentQr | undefined {
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
function demandSlip(letter: LetterOf<Demand>, context: PartContext, texts: DemandTexts): PlacedSlip | undefined {
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

function demandClosing(demand: Demand, texts: DemandTexts, context: PartContext): DemandClosing {
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
