import { decimal } from '#engine/decimal.ts';
import type { Invoice, InvoiceLine } from '#engine/invoice.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { LetterOf, Logo } from '#engine/letter.ts';
import { divideRounded, sum } from '#engine/money.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { readFileSync } from 'node:fs';

export type InvoiceLetter = LetterOf<Invoice>;

const fixture = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../fixtures/print/${name}`, import.meta.url), 'utf8')) as T;

/** Left window, duplex, colour. */
export const colourProfile = fixture<PrintProfile>('profiles/c5-left-duplex-colour.json');
export const monoProfile = fixture<PrintProfile>('profiles/c5-left-simplex-mono.json');
export const rightWindowProfile = fixture<PrintProfile>('profiles/c5-right-duplex-mono.json');
export const waterLogo = fixture<Logo>('logos/water-association.json');

/** A line of a water bill: quantity × price with 25 per cent VAT unless said. */
export function line(number: number, changes: Partial<InvoiceLine> = {}): InvoiceLine {
  return {
    id: String(number),
    quantity: decimal('1'),
    unit: 'H87',
    netAmount: 10_000n,
    name: `Post ${number}`,
    allowancesAndCharges: [],
    classifications: [],
    vat: { code: 'S', rate: decimal('25') },
    attributes: [],
    price: { net: decimal('100') },
    ...changes,
  };
}

const waterLines: readonly InvoiceLine[] = [
  line(1, {
    name: 'Fast avgift vatten och avlopp',
    description: 'Villa, vattenmätare Qn 2,5',
    period: { start: isoDate('2025-01-01'), end: isoDate('2025-03-31') },
    quantity: decimal('3'),
    unit: 'MON',
    price: { net: decimal('212.4') },
    netAmount: 63_720n,
  }),
  line(2, {
    name: 'Förbrukning vatten',
    description: 'Mätarställning 1 204–1 242',
    quantity: decimal('38'),
    unit: 'MTQ',
    price: { net: decimal('24.125') },
    netAmount: 91_675n,
  }),
  line(3, { name: 'Avläsning på plats', sellersItemId: 'AVL-2', price: { net: decimal('185') }, netAmount: 18_500n }),
];

/** An invoice whose totals follow from its lines, all at 25 per cent. */
export function invoice(changes: Partial<Invoice> = {}): Invoice {
  const lines = changes.lines ?? waterLines;
  const net = sum(lines.map(({ netAmount }) => netAmount));
  const vat = divideRounded(net, 4n);
  const gross = net + vat;
  return {
    kind: 'invoice',
    typeCode: '380',
    number: '10023182',
    issueDate: isoDate('2025-04-01'),
    dueDate: isoDate('2025-04-30'),
    currency: 'SEK',
    period: { start: isoDate('2025-01-01'), end: isoDate('2025-03-31') },
    precedingInvoices: [],
    attachments: [],
    seller: {
      name: 'Åsboda Vattenförening ek. för.',
      identifiers: [],
      legalId: { id: '7696001234', scheme: '0007' },
      vatId: 'SE769600123401',
      taxRegistration: 'Godkänd för F-skatt',
      legalForm: 'Säte Åsboda',
      address: { line1: 'Källvägen 4', postcode: '471 12', city: 'Åsboda', country: 'SE' },
      contact: { name: 'Kundtjänst', telephone: '0304-555 01 00', email: 'kundtjanst@asboda-vatten.example' },
    },
    buyer: {
      name: 'Ingrid Exempelsson',
      identifier: { id: '40127' },
      address: { line1: 'Testgatan 12 lgh 1101', postcode: '471 34', city: 'Åsboda', country: 'SE' },
    },
    paymentMeans: [{ code: '30', reference: '1002318234', account: { id: '9912346', branch: 'SE:BANKGIRO' } }],
    paymentTerms:
      'Betalningsvillkor 30 dagar. Vid försenad betalning debiteras dröjsmålsränta enligt 6 § räntelagen och påminnelseavgift 60 kr.',
    allowancesAndCharges: [],
    vatBreakdown: [{ code: 'S', rate: decimal('25'), baseAmount: net, vatAmount: vat }],
    totals: { linesAmount: net, netAmount: net, vatAmount: vat, grossAmount: gross, payableAmount: gross },
    lines,
    ...changes,
  };
}

export function letter(changes: Partial<InvoiceLetter> = {}): InvoiceLetter {
  return {
    documentId: 'doc-0001',
    content: invoice(),
    language: 'sv',
    addressLines: ['Ingrid Exempelsson', 'Testgatan 12 lgh 1101', '471 34  ÅSBODA'],
    country: 'SE',
    postcode: '47134',
    style: {
      layout: 'standard',
      layoutVersion: 1,
      accentColour: '#0b5a7a',
      paymentSlip: true,
      paymentQr: true,
      greeting: {
        sv: 'Hej! Här kommer fakturan för vatten och avlopp under årets första kvartal.',
        en: 'Here is the invoice for water and sewerage in the first quarter.',
      },
      logo: waterLogo,
    },
    ...changes,
  };
}

/** Letters with ids and postcodes of their own, their numbers and amounts all different. */
export function manyLetters(count: number, lines: (at: number) => number = () => 3): InvoiceLetter[] {
  const style = letter().style;
  return Array.from({ length: count }, (_, at) => {
    const number = String(50_000 + at);
    const rows = Array.from({ length: lines(at) }, (__, row) =>
      line(row + 1, { netAmount: BigInt(10_000 + at), price: { net: decimal(`${100 + at / 100}`) } }),
    );
    const postcode = String(10_000 + ((at * 7_919) % 89_999));
    return letter({
      documentId: `doc-${number}`,
      content: invoice({
        number,
        lines: rows,
        paymentMeans: [{ code: '30', reference: `${number}18`, account: { id: '9912346', branch: 'SE:BANKGIRO' } }],
      }),
      addressLines: [`Mottagare ${number}`, `Testgatan ${at + 1}`, `${postcode.slice(0, 3)} ${postcode.slice(3)}  TESTSTAD`],
      postcode,
      style,
    });
  });
}
