import type { CellReader } from './cells.ts';
import { compareTotals, type StatedTotals, totalsOf, vatGroupsOf } from './totals.ts';
import { rescale, unscale } from '#engine/decimal.ts';
import type { CsvMapping, CsvField } from '#engine/csv-mapping.ts';
import type { Invoice, InvoiceLine, Seller, Buyer, Contact, Identifier, Period } from '#engine/invoice.ts';
import { isCurrency, type Currency } from '#engine/money.ts';
import { defined } from '../defined.ts';
import type { Identity } from '#engine/sockets/country.ts';

/** What the file does not say about its documents. */
export interface CsvReadContext {
  readonly mapping: CsvMapping;
  /** The party that all documents are issued by. */
  readonly seller: Seller;
  /** The agreed currency: of documents without a currency column; others are refused. */
  readonly currency: Currency;
  /** ISO 3166-1 country of addresses without a country column. */
  readonly country: string;
  /** By that code, those whose registration numbers are known. */
  readonly countries: Readonly<Record<string, { readonly identity: Pick<Identity, 'readBuyerId'> }>>;
  /** Ids of the channels that a row may ask for. */
  readonly channels: readonly string[];
}

export interface InvoiceSource {
  /** Of the document's first row. */
  readonly cells: CellReader;
  /** One per row; undefined where a line could not be read. */
  readonly lines: readonly (InvoiceLine | undefined)[];
  readonly stated: StatedTotals;
  readonly context: CsvReadContext;
  readonly number: string | undefined;
}

/**
 * The canonical invoice of one document's rows, or undefined if a term it cannot do without is missing. A document whose payable
 * amount is negative becomes a credit note with positive amounts, since that is what a credit note carries (reference/einvoice.md §1.2).
 */
export function readInvoice({ cells, lines, stated, context, number }: InvoiceSource): Invoice | undefined {
  const kind = cells.choice('kind', ['invoice', 'creditNote'] as const);
  const currency = readCurrency(cells, context.currency);
  const buyer = readBuyer(cells, context);
  const terms = readTerms(cells);
  const read = lines.flatMap((line) => line ?? []);
  if (number === undefined || !terms || !currency || !buyer || read.length < lines.length) return undefined;
  const fileTotals = totalsOf(vatGroupsOf(read), stated.roundingAmount);
  const negative = (stated.payableAmount ?? fileTotals.payableAmount) < 0n;
  if (negative && kind === 'invoice') cells.report('CSV-KIND-SIGN', 'kind');
  compareTotals(fileTotals, stated, cells);
  const vatBreakdown = vatGroupsOf(negative ? read.map(negated) : read, context.mapping.exemptionReasons);
  const rounding = negative && stated.roundingAmount !== undefined ? -stated.roundingAmount : stated.roundingAmount;
  const credit = kind === 'creditNote' || negative;
  // Nothing falls due on a credit note, though files repeat the column.
  const { dueDate, ...others } = terms;
  return {
    kind: credit ? 'creditNote' : 'invoice',
    typeCode: credit ? '381' : '380',
    number,
    currency,
    ...others,
    ...(credit || dueDate === undefined ? {} : { dueDate }),
    attachments: [],
    seller: context.seller,
    buyer,
    allowancesAndCharges: [],
    vatBreakdown,
    totals: totalsOf(vatBreakdown, rounding),
    lines: negative ? read.map(negated) : read,
  };
}

/** Only the agreed currency: an amount in another one would be booked as if it were this one (reliability.md XC6). */
function readCurrency(cells: CellReader, agreed: Currency): Currency | undefined {
  const stated = cells.text('currency');
  if (stated === undefined || stated === agreed) return agreed;
  cells.report(isCurrency(stated) ? 'CSV-CURRENCY-NOT-AGREED' : 'CSV-NOT-ALLOWED', 'currency', {
    value: stated,
    facts: { agreed, allowed: agreed },
  });
  return undefined;
}

function negated(line: InvoiceLine): InvoiceLine {
  const { unscaled, scale } = unscale(line.quantity);
  return { ...line, quantity: rescale(-unscaled, scale), netAmount: -line.netAmount };
}

/** The buyer of a document, or undefined without a name. */
function readBuyer(cells: CellReader, { country, countries }: Pick<CsvReadContext, 'country' | 'countries'>): Buyer | undefined {
  const name = cells.text('buyerName');
  if (name === undefined) cells.report('CSV-VALUE-MISSING', 'buyerName');
  const debtorNumber = cells.text('debtorNumber');
  const addressCountry = cells.text('buyerCountry') ?? country;
  const address = {
    ...defined({
      line1: cells.text('buyerLine1'),
      line2: cells.text('buyerLine2'),
      line3: cells.text('buyerLine3'),
      city: cells.text('buyerCity'),
      postcode: cells.text('buyerPostcode'),
    }),
    country: addressCountry,
  };
  const optional = defined({
    identifier: debtorNumber === undefined ? undefined : { id: debtorNumber },
    legalId: readLegalId(cells, countries[addressCountry]?.identity),
    vatId: cells.text('buyerVatId'),
    endpoint: readEndpoint(cells),
    contact: readContact(cells),
  });
  return name === undefined ? undefined : { name, ...optional, address };
}

/**
 * A registration number in any usual writing becomes the form that the address's country keeps it in; of a country that is not known it
 * stays as it was written. A wrong check digit is a finding: lost zeros and typing errors show there.
 */
function readLegalId(cells: CellReader, identity: Pick<Identity, 'readBuyerId'> | undefined): Identifier | undefined {
  const stated = cells.text('buyerLegalId');
  if (stated === undefined || identity === undefined) return stated === undefined ? undefined : { id: stated };
  const read = identity.readBuyerId(stated);
  if (read !== null) return read;
  cells.report('CSV-CHECK-DIGIT', 'buyerLegalId', { value: stated });
  return undefined;
}

/** An electronic address is written `scheme:identifier`, such as `0007:5567321707`. */
function readEndpoint(cells: CellReader): Identifier | undefined {
  const stated = cells.text('buyerEndpoint');
  if (stated === undefined) return undefined;
  const [, scheme, id] = /^(\d{4}):(\S+)$/.exec(stated) ?? [];
  if (scheme !== undefined && id !== undefined) return { id, scheme };
  cells.report('CSV-ENDPOINT', 'buyerEndpoint', { value: stated });
  return undefined;
}

function readContact(cells: CellReader): Contact | undefined {
  const contact = defined({
    name: cells.text('buyerContactName'),
    telephone: cells.text('buyerTelephone'),
    email: cells.text('buyerEmail'),
  });
  return Object.keys(contact).length === 0 ? undefined : contact;
}

export type DocumentTerms = Pick<
  Invoice,
  | 'issueDate'
  | 'dueDate'
  | 'note'
  | 'buyerAccountingReference'
  | 'buyerReference'
  | 'period'
  | 'orderReference'
  | 'precedingInvoices'
  | 'contractReference'
  | 'projectReference'
  | 'delivery'
  | 'paymentMeans'
  | 'paymentTerms'
>;

/** Code of credit transfer in UNCL4461: bankgiro and plusgiro alike (reference/einvoice.md §1.8). */
const CREDIT_TRANSFER = '30';

/** The dates, references and texts of a document; undefined without an issue date. The agreement's accounts are added when it is enriched. */
function readTerms(cells: CellReader): DocumentTerms | undefined {
  const issueDate = cells.date('issueDate');
  const stated = cells.text('issueDate');
  if (issueDate === undefined && stated === undefined) cells.report('CSV-VALUE-MISSING', 'issueDate');
  const reference = cells.text('paymentReference');
  const deliveryDate = cells.date('deliveryDate');
  const optional = defined({
    dueDate: cells.date('dueDate'),
    note: cells.text('note'),
    buyerAccountingReference: cells.text('buyerAccountingReference'),
    buyerReference: cells.text('buyerReference'),
    period: readPeriod(cells, 'periodStart', 'periodEnd'),
    orderReference: cells.text('orderReference'),
    contractReference: cells.text('contractReference'),
    projectReference: cells.text('projectReference'),
    paymentTerms: cells.text('paymentTerms'),
  });
  const precedingInvoices = readPreceding(cells);
  if (issueDate === undefined) return undefined;
  return {
    issueDate,
    ...optional,
    precedingInvoices,
    ...(deliveryDate === undefined ? {} : { delivery: { date: deliveryDate } }),
    paymentMeans: reference === undefined ? [] : [{ code: CREDIT_TRANSFER, reference }],
  };
}

/** A period has a start, an end or both. */
export function readPeriod(cells: CellReader, startField: CsvField, endField: CsvField): Period | undefined {
  const start = cells.date(startField);
  const end = cells.date(endField);
  return start === undefined && end === undefined ? undefined : defined({ start, end });
}

function readPreceding(cells: CellReader): Invoice['precedingInvoices'] {
  const number = cells.text('precedingNumber');
  const issueDate = cells.date('precedingIssueDate');
  if (number !== undefined) return [defined({ number, issueDate })];
  if (issueDate !== undefined) cells.report('CSV-VALUE-MISSING', 'precedingNumber');
  return [];
}
