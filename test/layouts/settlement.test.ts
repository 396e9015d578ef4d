import { describe, expect, test } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import { languages } from '#engine/language.ts';
import { settlementProblems, type Settlement } from '#engine/settlement/statement.ts';
import { composeSettlement, settlementProfile } from '#layouts/documents/settlement.ts';
import { checkPrintability } from '#layouts/page/printability.ts';
import { loadFonts } from '#layouts/spool/letter-renderer.ts';
import { longSettlement, settlement } from './sample-settlement.ts';
import { renderSettlementPdf, settlementDifferences } from '#layouts/spool/single-pdf.ts';

const wordsOf = (content: Settlement): string =>
  composeSettlement(content, { fonts: loadFonts(), parts })
    .pages.flatMap(({ drawings, background }) => [...background.draw(), ...drawings])
    .flatMap((drawing) => (drawing.kind === 'text' ? [drawing.text] : []))
    .join('\n')
    .replaceAll('\u00a0', ' ');

describe('a settlement', () => {
  test('says what came in, what is kept and what is paid out, and is the bureau’s invoice for its fees', () => {
    const words = wordsOf(settlement());
    for (const text of [
      'Avräkning',
      '2026-10-01 – 2026-10-15',
      '14 032,66 kr',
      '15 325,16 kr',
      '−1 250,00 kr',
      '−114,00 kr',
      '−28,50 kr',
      '100,00 kr',
      'Faktura 17 för våra tjänster',
      'Brev, 12 st à 6,50',
      'Påminnelse, 4 st à 9,00',
      'Moms 25 %',
      '142,50 kr',
      'Momsreg.nr SE559999000801',
      'Org.nr 559999-0008',
      'SE769600123401',
      '991-2346',
      '2026-10-19',
      '15 066,00',
      '19,16',
      '240,00',
      'Återtaget av banken',
      '14 075,16',
    ])
      expect(words).toContain(text);
  });

  test.each(languages)('keeps to its page in %s, however long', (language) => {
    for (const content of [settlement({ language }), { ...longSettlement(120), language }]) {
      const { pages, envelope } = composeSettlement(content, { fonts: loadFonts(), parts });
      const faults = pages.flatMap(({ drawings, background }, at) =>
        checkPrintability([...background.draw(), ...drawings], { profile: settlementProfile, envelope, page: at + 1 }),
      );
      expect(faults).toEqual([]);
    }
  });

  test('is the same bytes twice, and read again says what was settled', async () => {
    const bytes = await renderSettlementPdf(settlement(), parts);
    expect(Buffer.from(await renderSettlementPdf(settlement(), parts))).toEqual(Buffer.from(bytes));
    expect(settlementDifferences(bytes, settlement())).toEqual([]);
    expect(settlementDifferences(await renderSettlementPdf(longSettlement(120), parts), longSettlement(120))).toEqual([]);
  });

  test.each<[string, Partial<Settlement>, RegExp]>([
    ['the payout', { payoutAmount: 1n }, /Payable is .*PaidOut is /],
    ['the VAT', { vatAmount: 1n }, /Vat is /],
    ['the number', { number: '18' }, /page 1 has another number/],
    ['a return that is not printed', { restoredAmount: 5n }, /Restored is not there/],
    ['the currency', { currency: 'EUR' }, /Opening is /],
  ])('that was printed otherwise in %s is not handed out', async (_name, changes, wrong) => {
    const bytes = await renderSettlementPdf(settlement(), parts);
    expect(settlementDifferences(bytes, { ...settlement(), ...changes }).join(' ')).toMatch(wrong);
  });

  test.each<[string, Partial<Settlement>]>([
    ['receipts', { receivedAmount: 1n }],
    ['returns', { returnedAmount: 1n }],
    ['fees', { feesAmount: 1n }],
    ['closing', { closingAmount: 1n }],
    ['a payout to nobody', { payoutAmount: 0n, closingAmount: 1_403_266n }],
  ])('that does not add up in its %s is not drawn', async (_name, changes) => {
    const wrong = settlement(changes);
    expect(settlementProblems(wrong)).not.toEqual([]);
    await expect(renderSettlementPdf(wrong, parts)).rejects.toThrow('contradicts itself');
  });

  test('with nothing to pay out says so, and carries a negative balance on', () => {
    const { payout: _payout, ...rest } = settlement();
    const none: Settlement = {
      ...rest,
      received: [],
      receivedAmount: 0n,
      payoutAmount: 0n,
      closingAmount: 10_000n - 125_000n - 11_400n - 2_850n,
    };
    const words = wordsOf(none);
    expect(words).toContain('Ingen utbetalning');
    expect(words).toContain('−1 292,50 kr');
    expect(words).toContain('Saldot är negativt');
  });
});
