import type { Parts } from '#engine/sockets/parts.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { makePdfContainer, deflateStream, type PdfTitle } from '../page/pdf-container.ts';
import { loadFonts } from './letter-renderer.ts';
import { makeContentWriter } from '../page/content-stream.ts';
import type { ComposedPage } from '../documents/compose-pages.ts';
import type { Letter } from '#engine/letter.ts';
import { composeLetter } from '../documents/compose-letter.ts';
import { formatAmount, type Minor } from '#engine/money.ts';
import type { Settlement } from '#engine/settlement/statement.ts';
import { composeSettlement } from '../documents/settlement.ts';
import type { Fact } from '../page/drawing.ts';
import { plain, type PrintedFact, readPrintedFacts } from './check-piece.ts';
import { readPrintedAmount } from './printed-amount.ts';
import { rereadPdf } from './reread-pdf.ts';

/** Composed pages as a PDF of their own: the very content streams of a spool, without control marks and blank backs. */
function writePdf(pages: readonly ComposedPage[], title: PdfTitle): Uint8Array {
  const fonts = loadFonts();
  const write = makeContentWriter(fonts);
  const container = makePdfContainer(fonts, title);
  for (const { drawings, background } of pages) {
    const { picture } = background;
    container.defineBackground(background.key, {
      deflated: deflateStream(write(background.draw())),
      ...(picture === undefined ? {} : { picture: { ...picture, deflated: deflateStream(picture.samples) } }),
    });
    container.addPage({ deflated: [deflateStream(write(drawings, { onBackground: true }))], background: background.key });
  }
  container.finish();
  // Everything was written in this turn, so the stream holds the whole file.
  const bytes: unknown = container.stream.read();
  if (!(bytes instanceof Uint8Array)) throw new Error('the PDF container gave no bytes');
  return bytes;
}

/**
 * A letter as a PDF of its own, for samples and the archive. A letter of more sheets than any envelope holds is drawn for the largest
 * one. Throws a RangeError or SyntaxError for a logo, colour, layout or demand that cannot be drawn.
 */
export const renderLetter = (
  letter: Letter,
  { profile, parts, createdAt }: { readonly profile: PrintProfile; readonly parts: Parts; readonly createdAt: Date },
): Uint8Array =>
  writePdf(composeLetter(letter, { profile, parts, fonts: loadFonts() }).pages, { title: letter.documentId, createdAt });

/**
 * A settlement as a PDF of its own. It is read again before it is handed out, and every amount of the statement must be the one that
 * was settled; the same settlement gives the same bytes. Throws an Error for a settlement that contradicts itself, or a page that
 * does not say what it should: both are ours.
 */
export const renderSettlementPdf = (settlement: Settlement, parts: Parts): Promise<Uint8Array> =>
  Promise.try(() => renderChecked(settlement, parts));

function renderChecked(settlement: Settlement, parts: Parts): Uint8Array {
  const { pages } = composeSettlement(settlement, { fonts: loadFonts(), parts });
  const bytes = writePdf(pages, { title: settlement.number, createdAt: new Date(`${settlement.date}T00:00:00Z`) });
  const wrong = settlementDifferences(bytes, settlement);
  if (wrong.length > 0) throw new Error(`settlement ${settlement.number} is printed wrong: ${wrong.join('; ')}`);
  return bytes;
}

/** Where a printed settlement says something else than the settled amounts; empty for one that may be handed out. */
export function settlementDifferences(bytes: Uint8Array, settlement: Settlement): readonly string[] {
  const pages = [...rereadPdf(bytes).pages()].map(({ contents, fonts }) =>
    contents.flatMap((content) => readPrintedFacts(content, fonts).facts),
  );
  const unnumbered = pages.flatMap((facts, at) =>
    hasNumber(facts, settlement.number) ? [] : [`page ${at + 1} has another number`],
  );
  const wrong = Object.entries(expectedAmounts(settlement)).flatMap(([name, amount]) =>
    wrongAmounts(pages.flat(), { name, amount, currency: settlement.currency }),
  );
  return [...unnumbered, ...wrong];
}

const hasNumber = (facts: readonly PrintedFact[], number: string): boolean => {
  const numbers = facts.filter(({ name }) => name === 'Number');
  return numbers.length > 0 && numbers.every(({ text }) => plain(text) === plain(number));
};

/** As printed: what lessens the balance has a minus. Absent: the row is left out where it is zero. */
function expectedAmounts(settlement: Settlement): Readonly<Partial<Record<Fact, Minor>>> {
  const optional: readonly (readonly [Fact, Minor])[] = [
    ['Restored', settlement.restoredAmount],
    ['Returned', -settlement.returnedAmount],
    ['Fees', -settlement.feesAmount],
    ['Vat', -settlement.vatAmount],
  ];
  return {
    Opening: settlement.openingAmount,
    Received: settlement.receivedAmount,
    Payable: settlement.payoutAmount,
    PaidOut: -settlement.payoutAmount,
    Closing: settlement.closingAmount,
    ...Object.fromEntries(optional.filter(([, amount]) => amount !== 0n)),
  };
}

interface ExpectedAmount {
  readonly name: string;
  readonly amount: Minor;
  readonly currency: string;
}

function wrongAmounts(facts: readonly PrintedFact[], { name, amount, currency }: ExpectedAmount): readonly string[] {
  const printed = facts.filter((fact) => fact.name === name).map(({ text }) => text);
  const right = printed.filter((text) => {
    const read = readPrintedAmount(text);
    return read?.amount === amount && read.currency === currency;
  });
  return printed.length > 0 && right.length === printed.length
    ? []
    : [`${name} is ${printed.join(', ') || 'not there'}, settled ${formatAmount(amount)}`];
}
