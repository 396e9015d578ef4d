import { addressLines } from '#engine/address-lines.ts';
import type { Seller } from '#engine/invoice.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { type Settlement, settlementProblems, type SettlementParty } from '#engine/settlement/statement.ts';
import { accountSchemeOf } from '#engine/sockets/account-scheme.ts';
import { addressWindow, facts } from '../parts/letter-frame.ts';
import { flowRows, gap, type PartContext, stackBlocks, type } from '../parts/flow.ts';
import { movementsTable, settlementSummary } from '../parts/movements-table.ts';
import { paymentPanel } from '../parts/payment-panel.ts';
import { printLegalId } from '../texts/account-numbers.ts';
import { printMoney } from '../texts/figures.ts';
import { type SettlementTexts, settlementTexts } from '../texts/settlement-texts.ts';
import { composePages, type Opening, type ComposedLetter, type LetterSettings, partContext } from './compose-pages.ts';

/** A settlement is sent as a file; its page has the address where a C5 envelope's window would show it. */
const envelope: PrintProfile['envelopes'][number] = {
  code: 'C5',
  widthMm: 229,
  heightMm: 162,
  foldedWidthMm: 210,
  foldedHeightMm: 148.5,
  window: { xMm: 15, yMm: 44, widthMm: 105, heightMm: 35 },
  maxSheets: Number.MAX_SAFE_INTEGER,
  milligrams: 0,
  postage: '',
};
export const settlementProfile: PrintProfile = {
  id: 'settlement',
  title: 'Settlements as files',
  duplex: false,
  colour: true,
  sheetMilligrams: 0,
  margins: { leftMm: 20, rightMm: 15, topMm: 10, bottomMm: 10 },
  controlMark: { xMm: 0, yMm: 0, moduleMm: 0, freeToXMm: 0 },
  maxSheetsPerVolume: Number.MAX_SAFE_INTEGER,
  envelopes: [envelope],
};

/** The bureau's own letters are plain. */
const style = { layout: 'settlement', layoutVersion: 1, accentColour: '#23415a', paymentSlip: false, paymentQr: false } as const;

const BODY_GAP_MM = 5;

/** A settlement on as many A4 pages as it needs. Throws an Error for one that contradicts itself: whoever computed it is wrong. */
export function composeSettlement(
  settlement: Settlement,
  { fonts, parts }: Pick<LetterSettings, 'fonts' | 'parts'>,
): ComposedLetter {
  const problems = settlementProblems(settlement);
  if (problems.length > 0) throw new Error(`settlement ${settlement.number} contradicts itself: ${problems.join('; ')}`);
  const letter = { style, language: settlement.language };
  const settings = { profile: settlementProfile, envelope, fonts, parts };
  const context = partContext(letter, settings);
  const texts = settlementTexts[settlement.language];
  const movements = movementsTable(context, texts, settlement);
  const rows = flowRows(movements.rows);
  const pages = composePages(context, settings, {
    letter,
    sender: { seller: sellerOf(settlement.bureau), accounts: [] },
    opening: firstPageParts(context, texts, settlement),
    heading: movements.heading,
    blocks: rows.length === 0 ? [] : [...rows, { ...movements.total, kind: 'close' }],
    continued: { name: settlement.bureau.name, title: texts.title, number: settlement.number },
    slip: undefined,
    slipTakes: 'sums',
  });
  return { envelope, pages, warnings: [] };
}

/** The bureau as the footer shows it, with the numbers its invoice for the fees must carry (ML 17 kap. 24 §). */
const sellerOf = ({ name, address, organisationNumber, vatId, telephone, email }: SettlementParty): Seller => ({
  name,
  identifiers: [],
  legalId: { id: organisationNumber },
  ...(vatId === undefined ? {} : { vatId }),
  address,
  contact: { ...(telephone === undefined ? {} : { telephone }), ...(email === undefined ? {} : { email }) },
});

/** Everything of the first page down to the movements. */
function firstPageParts(context: PartContext, texts: SettlementTexts, settlement: Settlement): Opening {
  const { frame, set, palette } = context;
  const { client, number, date, period } = settlement;
  const listed = facts(context, frame.facts, [
    { label: texts.facts.number, value: number, strong: true, fact: 'Number' },
    { label: texts.facts.date, value: date },
    { label: texts.facts.period, value: `${period.start} – ${period.end}` },
    {
      label: texts.facts.legalId,
      value: printLegalId(context, { id: client.organisationNumber, country: client.address.country }),
    },
    ...(client.vatId === undefined ? [] : [{ label: texts.facts.vatId, value: client.vatId }]),
  ]);
  const bodyTop = Math.max(frame.window.bottom, listed.bottomMm) + BODY_GAP_MM;
  const body = stackBlocks(
    [panel(context, texts, settlement), gap(BODY_GAP_MM), settlementSummary(context, texts, settlement), gap(BODY_GAP_MM)],
    0,
  );
  return {
    drawings: [
      set.line(texts.title, { ...type.title, ink: palette.accent }, { xMm: frame.title.left, yMm: frame.title.top + 8 }),
      ...addressWindow(
        context,
        addressLines(client, { postedIn: settlement.bureau.address.country, countries: context.parts.countries }),
      ).drawings,
      ...listed.drawings,
      ...body.draw(bodyTop),
    ],
    bottomMm: bodyTop + body.heightMm,
  };
}

function panel(context: PartContext, texts: SettlementTexts, settlement: Settlement): ReturnType<typeof paymentPanel> {
  const { payout, payoutAmount, closingAmount, currency } = settlement;
  const receiver = payout && accountSchemeOf(context.parts, payout.receiver.kind);
  const money = (amount: bigint): string => printMoney(amount, currency, context.language);
  return paymentPanel(context, {
    main: {
      label: payout === undefined ? texts.panel.noPayout : texts.panel.payout,
      value: money(payoutAmount),
      fact: 'Payable',
    },
    cells: [
      ...(payout === undefined || receiver === undefined
        ? []
        : [
            { label: texts.panel.on, value: payout.on },
            { label: receiver.labels[context.language], value: receiver.print(payout.receiver.number) },
          ]),
      { label: texts.panel.closing, value: money(closingAmount), fact: 'Closing' },
    ],
  });
}
