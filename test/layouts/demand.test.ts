import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import { sweden } from '#engine/countries/se/sweden.ts';
import type { Demand } from '#engine/claims/demand.ts';
import { at } from '#engine/dated-table.ts';
import { languages } from '#engine/language.ts';
import { pressingWord } from '#engine/claims/step-rules.ts';
import { composeLetter, type EnvelopedLetter } from '#layouts/documents/compose-letter.ts';
import type { Fact, TextDrawing } from '#layouts/page/drawing.ts';
import { checkPrintability } from '#layouts/page/printability.ts';
import { loadFonts, makeLetterRenderer } from '#layouts/spool/letter-renderer.ts';
import { businessReminder, claim, collectionDemand, demand, demandLetter, manyClaims } from './sample-demands.ts';
import { build, verify } from './sample-jobs.ts';
import { colourProfile, manyLetters, monoProfile, rightWindowProfile } from './sample-letters.ts';
import type { ComposedPage } from '#layouts/documents/compose-pages.ts';

const compose = (content: Demand, profile = colourProfile): EnvelopedLetter =>
  composeLetter(demandLetter(content), { profile, fonts: loadFonts(), parts });
const drawingsOf = ({ drawings, background }: ComposedPage) => [...background.draw(), ...drawings];
const textsOf = (page: ComposedPage): TextDrawing[] => drawingsOf(page).filter((drawing) => drawing.kind === 'text');
const wordsOf = (composed: EnvelopedLetter): string =>
  composed.pages
    .flatMap((page) => textsOf(page).map(({ text }) => text))
    .join('\n')
    .replaceAll('\u00a0', ' ');
/** Lines of a paragraph as running text. */
const sentences = (composed: EnvelopedLetter): string => wordsOf(composed).replaceAll('\n', ' ');
const factsOf = (composed: EnvelopedLetter, name: Fact): readonly string[] => [
  ...new Set(
    composed.pages.flatMap(textsOf).flatMap(({ fact, text }) => (fact === name ? [text.replaceAll('\u00a0', ' ')] : [])),
  ),
];

const samples: readonly (readonly [name: string, content: Demand])[] = [
  ['one invoice', demand()],
  ['five invoices', demand({ claims: manyClaims(5) })],
  ['forty invoices', demand({ claims: manyClaims(40) })],
  ['a company with compensation', businessReminder()],
  ['a collection demand', collectionDemand()],
  ['a collection demand for an assigned claim', collectionDemand({ assignedFrom: 'Påhittad Handel AB' })],
];

describe.each(languages)('demands in %s', (language) => {
  describe.each([
    ['left window, duplex, colour', colourProfile],
    ['left window, simplex, mono', monoProfile],
    ['right window, duplex, mono', rightWindowProfile],
  ])('%s', (_profile, profile) => {
    test.each(samples)('%s keeps the print house’s rules and says its number on every page', (_name, content) => {
      const composed = compose({ ...content, language }, profile);
      const faults = composed.pages.flatMap((page, at) =>
        checkPrintability(drawingsOf(page), { profile, envelope: composed.envelope, page: at + 1 }),
      );
      expect(faults).toEqual([]);
      expect(composed.warnings).toEqual([]);
      expect(composed.fits).toBe(true);
      for (const page of composed.pages)
        expect(textsOf(page).some(({ fact, text }) => fact === 'Number' && text === content.number)).toBe(true);
    });
  });

  test('a reminder says nothing of legal steps (SE-10)', () => {
    for (const content of [demand({ language }), businessReminder({ language }), demand({ language, nextStep: 'none' })])
      expect(pressingWord(sentences(compose(content)), at(sweden.pressingWords, content.date))).toBeUndefined();
  });
});

describe('a reminder', () => {
  test('says what §2.1 asks for, each amount apart', () => {
    const composed = compose(demand());
    for (const text of [
      'Betalningspåminnelse',
      'P100017',
      '2026-10-15',
      '2026-10-26',
      '10023182',
      '2026-10-01',
      '1 250,00',
      '4,79',
      '60,00',
      '1 314,79 kr',
      '991-2346',
      '1002318234',
      'Åsboda Vattenförening ek. för.',
      'Fiktiva Utskriftshuset AB',
      'reskontra@utskriftshuset.example.se',
    ])
      expect(wordsOf(composed)).toContain(text);
    for (const text of [
      'Avser vatten och avlopp 2026-07-01 – 2026-09-30, Testgatan 12. Fakturadatum 2026-09-01, ursprungligt belopp 1 250,00 kr.',
      'Ränta 2026-10-02 – 2026-10-15 på 1 250,00 kr, nu 10 % per år enligt 6 § räntelagen.',
      'Skulder som inte betalas i tid lämnas till Påhittad Inkasso AB för inkasso.',
      'Dröjsmålsränta löper med 10 % per år på kapitalet tills det är betalt.',
    ])
      expect(sentences(composed)).toContain(text);
  });

  test('for one invoice is one page with its slip', () => {
    const composed = compose(demand());
    expect(composed.pages).toHaveLength(1);
    expect(textsOf(composed.pages[0]!).some(({ zone }) => zone === 'slipLine')).toBe(true);
  });

  test('to a company claims 450 kronor and names the act, and no fee', () => {
    const words = sentences(compose(businessReminder()));
    expect(words).toContain('Förseningsersättningen tas ut enligt 4 a § lagen (1981:739)');
    expect(words).toContain('450,00');
    expect(words).not.toContain('Påminnelseavgift');
  });

  test('carries its sums from page to page', () => {
    const composed = compose(demand({ claims: manyClaims(40) }));
    const carried = composed.pages.map((page) =>
      textsOf(page).flatMap(({ text }, at, all) => (text.startsWith('Transport') ? [all[at + 1]?.text] : [])),
    );
    for (let at = 0; at + 1 < carried.length; at += 1) expect(carried[at]?.at(-1)).toBe(carried[at + 1]?.[0]);
  });
});

describe('a collection demand', () => {
  test('has all of §2.3', () => {
    const words = sentences(compose(collectionDemand({ assignedFrom: 'Påhittad Handel AB' })));
    for (const text of [
      'Inkassokrav',
      'Fiktiva Utskriftshuset AB kräver på uppdrag av Åsboda Vattenförening ek. för. betalning av skulden nedan.',
      'Den ska vara betald, eller invändningar mot den framförda, senast 2026-10-26.',
      'Avser vatten och avlopp 2026-07-01 – 2026-09-30, Testgatan 12.',
      'Fordran har överlåtits från Påhittad Handel AB till Åsboda Vattenförening ek. för.',
      'Påminnelseavgift 60,00',
      'Inkassokostnad 180,00',
      'Dröjsmålsränta 9,59',
      'Kapital 1 250,00',
      'Betalas inte skulden, och framförs inga invändningar, kan ansökan om betalningsföreläggande göras hos Kronofogdemyndigheten.',
      'org.nr 559999-0008, Påhittade vägen 1, 100 01 Stenstad.',
      'med tillstånd av Finansinspektionen',
      'är personuppgiftsansvariga',
    ])
      expect(words).toContain(text);
  });

  test('that lacks an item is refused before it is drawn, and says which', () => {
    const { render } = makeLetterRenderer({ profile: colourProfile, fonts: loadFonts(), parts });
    const outcome = render(demandLetter(collectionDemand({ claims: [claim({ ground: '' })] })));
    expect(outcome).toMatchObject({
      kind: 'refused',
      piece: { number: 'K100003', reason: 'unprintable', explanation: expect.stringContaining('X-05: the ground') },
    });
  });
});

test('whatever its claims are, a demand prints their sum wherever it prints the amount to pay', () => {
  const amount = fc.bigInt({ min: 0n, max: 99_999_999n });
  const claims = fc.array(
    fc.record({
      principalAmount: fc.bigInt({ min: 1n, max: 99_999_999n }),
      interestAmount: amount,
      reminderFeeAmount: amount,
      collectionFeeAmount: amount,
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(claims, (amounts) => {
      const content = demand({ claims: amounts.map((one, at) => claim({ ...one, invoiceNumber: `F${at}` })) });
      const öre = amounts
        .flatMap((one) => [one.principalAmount, one.interestAmount, one.reminderFeeAmount, one.collectionFeeAmount])
        .reduce((total, one) => total + one, 0n)
        .toString()
        .padStart(3, '0');
      const kronor = öre.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
      expect(factsOf(compose(content), 'Payable')).toEqual([`${kronor},${öre.slice(-2)} kr`]);
    }),
    { numRuns: 60 },
  );
});

test('reminders and invoices of one job are read again and compared with what is claimed', async () => {
  const letters = [...manyLetters(2), demandLetter(), demandLetter(collectionDemand(), { documentId: 'demand-0002' })];
  const job = await build(letters);
  expect(job.refused).toEqual([]);
  expect(await verify(job, letters)).toEqual([]);
  const other = letters.map((letter) =>
    letter.documentId === 'demand-0001' ? demandLetter(demand({ claims: [claim({ reminderFeeAmount: 0n })] })) : letter,
  );
  expect(await verify(job, other)).toMatchObject([{ kind: 'amount', documentId: 'demand-0001' }]);
});
