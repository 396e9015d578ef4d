import iconv from 'iconv-lite';
import { fictionalPerson, kronorText, roundedRatio } from './fiction.ts';

export interface WaterFileOptions {
  readonly consumers: number;
  /** `YYYY-MM-DD` */
  readonly issueDate: string;
  /** First invoice number. */
  readonly firstNumber: number;
}

const HEADINGS =
  'Fakturanr;Fakturadatum;Period från;Period till;Medlemsnr;Namn;C/o;Adress;Postnr;Ort;Meddelande;Mätarnr;Benämning;Antal;Enhet;À-pris;Belopp;Moms %;Öresavrundning;Att betala';
const VAT_PERCENT = 25;

/** Quantity in thousandths and price in öre. */
interface Charge {
  readonly name: string;
  readonly thousandths: number;
  readonly unit: string;
  readonly ore: number;
}

/**
 * The water association's file as its program writes it: ISO-8859-1, one row per charge, four charges or more an invoice, a closing row
 * with count and sum. All sums are made here, by plain integers, apart from the engine that will check them.
 */
export function waterFile({ consumers, issueDate, firstNumber }: WaterFileOptions): Buffer {
  const rows = [HEADINGS];
  let total = 0;
  for (let index = 0; index < consumers; index += 1) {
    const invoice = waterInvoice(index, { issueDate, number: firstNumber + index });
    rows.push(...invoice.rows);
    total += invoice.payable;
  }
  rows.push(`SLUT;${consumers};${kronorText(total)}`, '');
  return iconv.encode(rows.join('\r\n'), 'iso-8859-1');
}

function waterInvoice(index: number, { issueDate, number }: { readonly issueDate: string; readonly number: number }) {
  const person = fictionalPerson(index);
  const charges = chargesOf(index).map((charge) => ({ ...charge, net: roundedRatio(charge.thousandths * charge.ore, 1000) }));
  const net = charges.reduce((sum, charge) => sum + charge.net, 0);
  const gross = net + roundedRatio(net * VAT_PERCENT, 100);
  const payable = roundedRatio(gross, 100) * 100;
  const year = issueDate.slice(0, 4);
  const head = [
    number,
    issueDate,
    `${year}-04-01`,
    `${year}-09-30`,
    `M${String(10_001 + index)}`,
    person.name,
    person.careOf,
    person.street,
    person.postcode,
    person.town,
    index % 40 === 7 ? 'Mätaren byts i vår, vi hör av oss om tid.' : '',
    `V-${4_000 + index}`,
  ].join(';');
  const tail = `${VAT_PERCENT};${kronorText(payable - gross)};${kronorText(payable)}`;
  const rows = charges.map((charge) =>
    [
      head,
      charge.name,
      thousandthsText(charge.thousandths),
      charge.unit,
      kronorText(charge.ore),
      kronorText(charge.net),
      tail,
    ].join(';'),
  );
  return { rows, payable };
}

function chargesOf(index: number): readonly Charge[] {
  const cubicMetres = 18_000 + ((index * 7_919) % 90_000);
  const charges = [
    { name: 'Fast avgift vatten', thousandths: 6_000, unit: 'mån', ore: 11_250 },
    { name: 'Förbrukning vatten', thousandths: cubicMetres, unit: 'm³', ore: 2_148 },
    { name: 'Fast avgift avlopp', thousandths: 6_000, unit: 'mån', ore: 9_875 },
    { name: 'Förbrukning avlopp', thousandths: cubicMetres, unit: 'm³', ore: 1_965 },
  ];
  // One large property in a hundred has a meter per building, so that some letters take two sheets or more.
  const meters = index % 100 === 99 ? 34 : 0;
  const perMeter = Array.from({ length: meters }, (_, meter) => ({
    name: `Mätare hus ${meter + 1}, Ängsfiktionen`,
    thousandths: 1_000,
    unit: 'st',
    ore: 8_500 + meter * 25,
  }));
  return [...charges, ...perMeter];
}

/** 18375 → `18,375`; whole numbers without decimals. */
function thousandthsText(thousandths: number): string {
  const fraction = String(thousandths % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = Math.floor(thousandths / 1000);
  return fraction === '' ? String(whole) : `${whole},${fraction}`;
}
