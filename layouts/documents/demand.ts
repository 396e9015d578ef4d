import type { Demand } from '#engine/demand.ts';
import { demandProblems } from '#engine/demand-problems.ts';
import type { LetterOf } from '#engine/letter.ts';
import { addressWindow, facts } from '../parts/letter-frame.ts';
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
import { paymentPanel } from '../parts/payment-panel.ts';
import { type DemandTexts, demandTexts } from '../texts/demand-texts.ts';
import { demandClosing, demandCode, demandFacts, demandPanel, demandSlip } from './demand-content.ts';
import { composePages, type Opening, type ComposedLetter, type LetterSettings, partContext } from './compose-pages.ts';

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
