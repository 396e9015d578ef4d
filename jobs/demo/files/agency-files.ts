import { parseDecimal, percentOf, decimal, extend } from '#engine/decimal.ts';
import type { Buyer, Invoice, InvoiceLine, Seller } from '#engine/invoice.ts';
import { addDays, isoDate, type IsoDate } from '#engine/iso-date.ts';
import { modulus10CheckDigit } from '#engine/check-digits.ts';
import { parts } from '../../house/parts.ts';
import { sum } from '#engine/money.ts';
import { writePeppolInvoice } from '#formats/peppol/write-peppol-invoice.ts';
import { fictionalPerson, pick } from './fiction.ts';

export interface AgencyFilesOptions {
  readonly debtors: number;
  readonly issueDate: string;
  readonly firstNumber: number;
  readonly seller: Seller;
  readonly bankgiro: string;
}

export interface NamedFile {
  readonly name: string;
  readonly content: Buffer;
}

const trades = ['Bageri', 'Snickeri', 'Plåt', 'Åkeri', 'Redovisning', 'Handel', 'Förlag', 'Optik'];
const services = [
  { name: 'Strategi och rådgivning', unit: 'HUR', price: '1250' },
  { name: 'Annonsproduktion', unit: 'HUR', price: '975.50' },
  { name: 'Översättning', unit: 'HUR', price: '840' },
  { name: 'Tryckning, broschyr', unit: 'C62', price: '3.85' },
];

/** The agency's files: one Peppol BIS invoice each, two in five debtors without electronic address, one credit note. */
export function agencyFiles(options: AgencyFilesOptions): readonly NamedFile[] {
  return Array.from({ length: options.debtors }, (_, index) => {
    const invoice = index === options.debtors - 1 ? creditNote(index, options) : agencyInvoice(index, options);
    return { name: `${invoice.number}.xml`, content: Buffer.from(writePeppolInvoice(invoice), 'utf8') };
  });
}

function agencyInvoice(index: number, { issueDate, firstNumber, seller, bankgiro }: AgencyFilesOptions): Invoice {
  const issued = isoDate(issueDate);
  const lines = agencyLines(index, issued);
  const net = sum(lines.map((line) => line.netAmount));
  const rate = decimal('25');
  const vat = percentOf(net, rate);
  return {
    kind: 'invoice',
    typeCode: '380',
    number: `NB-${firstNumber + index}`,
    issueDate: issued,
    dueDate: addDays(issued, 30),
    currency: 'SEK',
    buyerReference: `ref ${fictionalPerson(900 + index).name}`,
    precedingInvoices: [],
    attachments: [],
    seller,
    buyer: agencyBuyer(index),
    paymentMeans: [
      {
        code: '30',
        reference: parts.references.ocr.make({ prefix: '', serial: BigInt(firstNumber + index), serialDigits: 8 }),
        account: { id: bankgiro, name: seller.name, branch: 'SE:BANKGIRO' },
      },
    ],
    paymentTerms: '30 dagar netto. Efter förfallodagen debiteras dröjsmålsränta med 12 %.',
    allowancesAndCharges: [],
    vatBreakdown: [{ code: 'S', rate, baseAmount: net, vatAmount: vat }],
    totals: { linesAmount: net, netAmount: net, vatAmount: vat, grossAmount: net + vat, payableAmount: net + vat },
    lines,
  };
}

/** A credit note of the first invoice's first line. */
function creditNote(index: number, options: AgencyFilesOptions): Invoice {
  const credited = agencyInvoice(0, options);
  const lines = credited.lines.slice(0, 1);
  const net = sum(lines.map((line) => line.netAmount));
  const vat = percentOf(net, decimal('25'));
  const { dueDate: _due, paymentTerms: _terms, ...rest } = credited;
  return {
    ...rest,
    kind: 'creditNote',
    typeCode: '381',
    number: `NB-${options.firstNumber + index}`,
    precedingInvoices: [{ number: credited.number, issueDate: credited.issueDate }],
    note: 'Krediterad enligt överenskommelse.',
    paymentMeans: [],
    vatBreakdown: [{ code: 'S', rate: decimal('25'), baseAmount: net, vatAmount: vat }],
    totals: { linesAmount: net, netAmount: net, vatAmount: vat, grossAmount: net + vat, payableAmount: net + vat },
    lines,
  };
}

function agencyLines(index: number, issued: IsoDate): readonly InvoiceLine[] {
  return Array.from({ length: 1 + (index % 4) }, (_, line) => {
    const service = pick(services, index + line);
    const quantity =
      service.unit === 'C62'
        ? decimal(String(250 * (1 + (index % 5))))
        : (parseDecimal(`${2 + ((index + line) % 30)}.5`) ?? decimal('1'));
    const net = decimal(service.price);
    return {
      id: String(line + 1),
      quantity,
      unit: service.unit,
      netAmount: extend(quantity, net, decimal('1')),
      allowancesAndCharges: [],
      name: service.name,
      ...(line === 0 ? { description: `Utfört till och med ${issued}` } : {}),
      classifications: [],
      vat: { code: 'S', rate: decimal('25') },
      attributes: [],
      price: { net },
    };
  });
}

function agencyBuyer(index: number): Buyer {
  const person = fictionalPerson(700 + index);
  const organisationNumber = fictionalOrganisationNumber(index);
  return {
    name: `${person.name.split(' ')[1]}s ${pick(trades, index)} AB`,
    identifier: { id: String(20_001 + index) },
    legalId: { id: organisationNumber, scheme: '0007' },
    vatId: `SE${organisationNumber}01`,
    ...(index % 5 < 3 ? { endpoint: { id: organisationNumber, scheme: '0007' } } : {}),
    address: { line1: person.street, city: person.town, postcode: person.postcode, country: 'SE' },
    contact: { name: person.name },
  };
}

/** Nines and the index, with the right check digit: of the same made-up kind as the demo house's own. */
function fictionalOrganisationNumber(index: number): string {
  const digits = `559998${String(index).padStart(3, '0')}`;
  return digits + modulus10CheckDigit(digits);
}
