import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import { decimal } from '#engine/decimal.ts';
import type { Invoice } from '#engine/invoice.ts';
import { windowZones, type PrintProfile } from '#engine/print-profile.ts';
import { composeLetter, type EnvelopedLetter } from '#layouts/documents/compose-letter.ts';
import { boundsOf, type TextDrawing } from '#layouts/page/drawing.ts';
import { checkPrintability } from '#layouts/page/printability.ts';
import { loadFonts } from '#layouts/spool/letter-renderer.ts';
import { colourProfile, invoice, type InvoiceLetter, letter, line, monoProfile, rightWindowProfile } from './sample-letters.ts';
import type { ComposedPage } from '#layouts/documents/compose-pages.ts';

const compose = (changes: Partial<InvoiceLetter> = {}, profile: PrintProfile = colourProfile): EnvelopedLetter =>
  composeLetter(letter(changes), { profile, fonts: loadFonts(), parts });

const drawingsOf = ({ drawings, background }: ComposedPage) => [...background.draw(), ...drawings];
const textsOf = (page: ComposedPage | undefined): TextDrawing[] =>
  page === undefined ? [] : drawingsOf(page).filter((drawing) => drawing.kind === 'text');
const wordsOf = (composed: EnvelopedLetter): string =>
  composed.pages
    .flatMap((page) => textsOf(page).map(({ text }) => text))
    .join('\n')
    .replaceAll('\u00a0', ' ');
const slipsOf = (composed: EnvelopedLetter): TextDrawing[] =>
  composed.pages.flatMap((page) => textsOf(page).filter(({ zone }) => zone === 'slipLine'));

const faultsOf = (composed: EnvelopedLetter, profile: PrintProfile) =>
  composed.pages.flatMap((page, at) =>
    checkPrintability(drawingsOf(page), { profile, envelope: composed.envelope, page: at + 1 }),
  );

const rows = (count: number) => Array.from({ length: count }, (_, at) => line(at + 1));

describe('an invoice', () => {
  test('says what the law and the payer ask for', () => {
    const words = wordsOf(compose());
    // Sums by hand: 637,20 + 916,75 + 185,00 = 1 738,95; a quarter is 434,7375.
    for (const text of [
      'Faktura',
      '10023182',
      '2025-04-01',
      '2025-04-30',
      '40127',
      '1 738,95',
      '434,74',
      '2 173,69 kr',
      '991-2346',
      '1002318234',
      'Fast avgift vatten och avlopp',
      'mån',
      'm³',
      '25 %',
      'Org.nr 769600-1234',
      'SE769600123401',
      'Godkänd för F-skatt',
      'Säte Åsboda',
      'Sida 1 av 1',
    ]) {
      expect(words).toContain(text);
    }
  });

  test('in English has no Swedish but the slip', () => {
    const words = wordsOf(compose({ language: 'en', style: { ...letter().style, paymentSlip: false } }));
    for (const text of ['Invoice', 'Amount due', '2,173.69 SEK', 'VAT summary'.slice(0, 3), 'Page 1 of 1', 'months'])
      expect(words).toContain(text);
    for (const text of ['Faktura', 'Moms', 'Belopp', 'Sida']) expect(words).not.toContain(text);
  });

  test('with three lines and a slip is one page', () => {
    const composed = compose();
    expect([composed.pages.length, composed.sheets, composed.envelope.code, slipsOf(composed).length]).toEqual([1, 1, 'C5', 1]);
  });

  test('its machine line stands where print.md §6 puts it', () => {
    const [slip] = slipsOf(compose());
    // x 5 pt, baseline 48.2 pt from the foot: 1.764 mm and 297 − 17.004 mm; the check digit of 217369 öre is 8.
    expect(slip?.xMm).toBeCloseTo(1.764, 2);
    expect(slip?.yMm).toBeCloseTo(279.996, 2);
    expect(slip?.text).toBe('H  #                1002318234 #    2173 69   8 >                  9912346#41#');
  });

  test.each([
    ['a credit note', { kind: 'creditNote', typeCode: '381' }],
    ['nothing to pay', { totals: { ...invoice().totals, prepaidAmount: invoice().totals.grossAmount, payableAmount: 0n } }],
    ['an amount below zero', { totals: { ...invoice().totals, payableAmount: -100n } }],
    [
      'a plusgiro',
      { paymentMeans: [{ code: '30', reference: '1002318234', account: { id: '1234567', branch: 'SE:PLUSGIRO' } }] },
    ],
    ['euro', { currency: 'EUR' }],
  ] satisfies [string, Partial<Invoice>][])('%s has no slip', (_title, changes) => {
    expect(slipsOf(compose({ content: invoice(changes) }))).toEqual([]);
  });

  test('a slip that was asked for and cannot be made is a warning', () => {
    expect(compose({ content: invoice({ currency: 'EUR' }) }).warnings.join()).toMatch(/no payment slip/);
    expect(compose({ content: invoice({ kind: 'creditNote' }) }).warnings).toEqual([]);
  });

  test('a credit note says that nothing is to be paid, and what it credits', () => {
    const words = wordsOf(compose({ content: invoice({ kind: 'creditNote', precedingInvoices: [{ number: '10021001' }] }) }));
    for (const text of ['Kreditfaktura', 'Krediterar faktura', '10021001', 'Att tillgodoräkna', 'ska inte betalas'])
      expect(words).toContain(text);
    for (const text of ['Oss tillhanda', 'dröjsmålsränta']) expect(words).not.toContain(text);
  });

  test('several VAT rates, allowances, prepayment and rounding are all there', () => {
    const words = wordsOf(
      compose({
        content: invoice({
          allowancesAndCharges: [
            {
              charge: false,
              amount: 5_000n,
              percent: decimal('5'),
              reason: 'Medlemsrabatt',
              vat: { code: 'S', rate: decimal('25') },
            },
            { charge: true, amount: 2_500n, reason: 'Expeditionsavgift', vat: { code: 'S', rate: decimal('25') } },
          ],
          vatBreakdown: [
            { code: 'S', rate: decimal('25'), baseAmount: 100_000n, vatAmount: 25_000n },
            { code: 'S', rate: decimal('12'), baseAmount: 50_000n, vatAmount: 6_000n },
            { code: 'S', rate: decimal('6'), baseAmount: 10_000n, vatAmount: 600n },
            {
              code: 'E',
              rate: decimal('0'),
              baseAmount: 7_000n,
              vatAmount: 0n,
              exemptionReason: 'Undantag enligt 10 kap. 35 § ML',
            },
          ],
          totals: {
            linesAmount: 169_500n,
            allowancesAmount: 5_000n,
            chargesAmount: 2_500n,
            netAmount: 167_000n,
            vatAmount: 31_600n,
            grossAmount: 198_600n,
            prepaidAmount: 10_000n,
            roundingAmount: 40n,
            payableAmount: 188_640n,
          },
        }),
      }),
    );
    for (const text of [
      '25 %',
      '12 %',
      '6 %',
      'Momsfritt',
      'Undantag enligt 10 kap. 35 § ML',
      'Medlemsrabatt 5 %',
      '−50,00',
      'Expeditionsavgift',
      '25,00',
      '1 986,00',
      'Redan betalt',
      '−100,00',
      'Öresavrundning',
      '0,40',
      '1 886,40 kr',
    ]) {
      expect(words).toContain(text);
    }
  });

  test.each([
    ['without a reason', {}, 'Omvänd betalningsskyldighet'],
    [
      'with other words',
      { exemptionReason: 'Byggtjänster 16 kap. 13 § ML' },
      'Omvänd betalningsskyldighet. Byggtjänster 16 kap. 13 § ML',
    ],
    ['by its name', { exemptionReason: 'Omvänd betalningsskyldighet, bygg' }, 'Omvänd betalningsskyldighet, bygg'],
  ])('reverse charge %s is called so', (_title, reason, expected) => {
    const vatBreakdown = [{ code: 'AE', rate: decimal('0'), baseAmount: 100_000n, vatAmount: 0n, ...reason }];
    expect(wordsOf(compose({ content: invoice({ vatBreakdown }) })).split('\n')).toContain(expected);
  });
});

describe('pages', () => {
  test.each([
    [1, 1],
    [30, 2],
    [400, 12],
  ])('%i lines', (count, atLeast) => {
    const composed = compose({ content: invoice({ lines: rows(count) }) });
    expect(composed.pages.length).toBeGreaterThanOrEqual(atLeast);
    const words = wordsOf(composed).split('\n');
    for (let number = 1; number <= count; number += 1) expect(words.filter((text) => text === `Post ${number}`)).toHaveLength(1);
    for (const [at, page] of composed.pages.entries()) {
      const texts = textsOf(page).map(({ text }) => text);
      expect(texts).toContain(`Sida ${at + 1} av ${composed.pages.length}`);
      expect(texts).toContain('Beskrivning');
    }
    expect(faultsOf(composed, colourProfile)).toEqual([]);
  });

  test('the sum carried over is the sum of the rows so far, and comes back on the next page', () => {
    const composed = compose({ content: invoice({ lines: rows(120) }) });
    let rowsSoFar = 0;
    for (const [at, page] of composed.pages.entries()) {
      const texts = textsOf(page).map(({ text }) => text.replaceAll('\u00a0', ' '));
      const after = (label: string) => texts[texts.indexOf(label) + 1];
      const sumText = (count: number): string => `${String(count * 100).replace(/\B(?=(\d{3})+$)/g, ' ')},00`;
      const before = rowsSoFar;
      rowsSoFar += texts.filter((text) => text.startsWith('Post ')).length;
      const isLast = at === composed.pages.length - 1;
      // Where a label is missing, `after` gives the first text of the page, which is no sum.
      const carried = [after('Transport från föregående sida'), after('Transport till nästa sida')];
      expect(carried).toEqual([at === 0 ? texts[0] : sumText(before), isLast ? texts[0] : sumText(rowsSoFar)]);
    }
    expect(rowsSoFar).toBe(120);
  });

  test('the sums never stand on a page without rows', () => {
    for (let count = 2; count <= 70; count += 1) {
      const { pages } = compose({ content: invoice({ lines: rows(count) }) });
      const withSums = pages.filter((page) => textsOf(page).some(({ text }) => text === 'Summa exkl. moms'));
      expect(withSums).toHaveLength(1);
      const rowsThere = textsOf(withSums[0]).filter(({ text }) => text.startsWith('Post '));
      expect(rowsThere.length).toBeGreaterThanOrEqual(2);
    }
  });

  test('a letter too long for C5 is composed for C4', () => {
    const composed = compose({ content: invoice({ lines: rows(500) }) });
    expect([composed.envelope.code, composed.fits]).toEqual(['C4', true]);
    const zone = windowZones(composed.envelope).alwaysVisible;
    for (const text of textsOf(composed.pages[0]).filter(({ zone: name }) => name === 'address')) {
      expect(boundsOf(text).top).toBeGreaterThanOrEqual(zone.top);
    }
  });
});

describe('odd texts', () => {
  test('a name of 300 characters is cut in the window with a warning, and the letter stays printable', () => {
    const name = 'Bostadsrättsföreningen Långnamnet '.repeat(9);
    const composed = compose({
      addressLines: [name, 'Gatan 1', '123 45  ORT'],
      content: invoice({ lines: [line(1, { name })] }),
    });
    expect(composed.warnings.join()).toMatch(/address line is wider/);
    expect(faultsOf(composed, colourProfile)).toEqual([]);
  });

  test('a missing glyph is a square and a warning', () => {
    const composed = compose({ content: invoice({ lines: [line(1, { name: 'Glass 🍦' })] }) });
    expect(wordsOf(composed)).toContain('Glass □');
    expect(composed.warnings).toEqual(['characters without a glyph were replaced by a square: U+1F366']);
  });

  test('a text of ten thousand characters flows over pages', () => {
    const composed = compose({ content: invoice({ note: 'Villkor och upplysningar. '.repeat(400) }) });
    expect(composed.pages.length).toBeGreaterThan(1);
    expect(faultsOf(composed, colourProfile)).toEqual([]);
  });

  test('a layout that nobody knows is refused', () => {
    expect(() => compose({ style: { ...letter().style, layout: 'fancy' } })).toThrow(/no layout "fancy 1"/);
  });
});

describe('printability', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 120 }),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constant('Ålands Öbor & Co'),
  );
  const anyLine = fc.record({
    name: anyText,
    description: fc.option(anyText, { nil: undefined }),
    amount: fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n }),
  });
  const anyLetter = fc.record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 60 }),
    addressLines: fc.array(anyText, { minLength: 1, maxLength: 6 }),
    note: anyText,
    seller: anyText,
    credit: fc.boolean(),
    slip: fc.boolean(),
    qr: fc.boolean(),
    logo: fc.boolean(),
    sv: fc.boolean(),
    profile: fc.constantFrom(colourProfile, monoProfile, rightWindowProfile),
  });

  test('no letter breaks a rule of its print house', () => {
    fc.assert(
      fc.property(anyLetter, (made) => {
        const lines = made.lines.map(({ name, description, amount }, at) =>
          line(at + 1, { name, netAmount: amount, ...(description === undefined ? {} : { description }) }),
        );
        const { logo, ...plainStyle } = letter().style;
        const sample = letter({
          addressLines: ['Mottagare', ...made.addressLines].slice(0, 6),
          language: made.sv ? 'sv' : 'en',
          style: {
            ...(made.logo && logo !== undefined ? { ...plainStyle, logo } : plainStyle),
            paymentSlip: made.slip,
            paymentQr: made.qr,
          },
          content: invoice({
            kind: made.credit ? 'creditNote' : 'invoice',
            note: made.note,
            seller: { ...invoice().seller, name: `X${made.seller}` },
            lines,
          }),
        });
        const composed = composeLetter(sample, { profile: made.profile, fonts: loadFonts(), parts });
        expect(faultsOf(composed, made.profile)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['an address beside the window', { xMm: 110, yMm: 50, zone: 'address' }, 'address-outside-window'],
    ['text in the window', { xMm: 30, yMm: 60 }, 'ink-in-window'],
    ['text by the mark', { xMm: 12, yMm: 200 }, 'ink-in-code-strip'],
    ['text over the right margin', { xMm: 190, yMm: 200 }, 'outside-margins'],
    ['red text on a black machine', { xMm: 30, yMm: 200, ink: { operator: '1 0 0 rg' } }, 'colour-in-mono'],
  ] as const)('finds %s', (_title, changes, rule) => {
    const text = {
      kind: 'text',
      text: 'Provtext',
      font: 'regular',
      sizePt: 9,
      ink: { operator: '0 g' },
      widthMm: 12,
      ...changes,
    } as const;
    const faults = checkPrintability([text], { profile: monoProfile, envelope: monoProfile.envelopes[0]!, page: 1 });
    expect(faults.map((fault) => fault.rule)).toEqual([rule]);
  });
});

test('behind a slip the reading zone of the code line stays free in duplex (print.md §6)', () => {
  const READING_ZONE_TOP_MM = 297 - (78 * 25.4) / 72;
  const composed = compose({ content: invoice({ lines: rows(38) }) });
  expect(composed.pages).toHaveLength(2);
  const bottoms = drawingsOf(composed.pages[0]!).map((drawing) => boundsOf(drawing).bottom);
  expect(Math.max(...bottoms)).toBeLessThanOrEqual(READING_ZONE_TOP_MM + 0.01);
});
