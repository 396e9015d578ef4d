import { group, list, record, inNew } from './group-parts.ts';
import { childrenOf, reportAt, type Part, type PartsOf, type RequiredPart, elementAt, nodeAt, reportMissing } from './part.ts';
import { attribute, date, must, text, textWith, identifier, valueOf } from './value-parts.ts';
import { CAC, CBC, type RootName } from './names.ts';
import { xmlNode } from '../xml/write-xml.ts';
import type {
  PaymentAccount,
  PaymentMeans,
  Attachment,
  Delivery,
  Identifier,
  Invoice,
  PrecedingInvoice,
} from '#engine/invoice.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { allowanceOrCharge, lines, period } from './line-parts.ts';
import { address, buyer, payee, seller, taxRepresentative } from './party-parts.ts';
import { totals, vatBreakdown } from './totals-parts.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { currencies, isCurrency, type Currency } from '#engine/money.ts';

/** Payment instructions in UBL (reference/einvoice.md §1.3, §1.8), in schema order. */

const accountParts: PartsOf<PaymentAccount> = {
  id: must(text('ID'), 'ID', 'BR-50'),
  name: text('Name'),
  branch: text('FinancialInstitutionBranch/ID'),
};

const meansParts: PartsOf<PaymentMeans> = {
  code: must(textWith('PaymentMeansCode', ['name']), 'PaymentMeansCode', 'BR-49'),
  name: attribute('PaymentMeansCode', 'name'),
  reference: text('PaymentID'),
  card: group(
    'CardAccount',
    record<NonNullable<PaymentMeans['card']>>({
      number: must(text('PrimaryAccountNumberID'), 'PrimaryAccountNumberID', 'BT-87'),
      network: must(text('NetworkID'), 'NetworkID', 'UBL CardAccount'),
      holder: text('HolderName'),
    }),
  ),
  account: group('PayeeFinancialAccount', record(accountParts)),
  mandate: group(
    'PaymentMandate',
    record<NonNullable<PaymentMeans['mandate']>>({ id: text('ID'), debitedAccount: text('PayerFinancialAccount/ID') }),
  ),
};

const paymentMeans: RequiredPart<readonly PaymentMeans[]> = list('PaymentMeans', record(meansParts));

/**
 * BT-9 of a credit note, which has no due date of its own: it stands in the payment means. Written into the first, after its code;
 * without payment means there is no place for it.
 */
const creditNoteDueDate: Part<IsoDate> = {
  read: (from) => {
    const means = childrenOf(from.element, 'PaymentMeans', CAC);
    const dates = means.flatMap((element) => date('PaymentDueDate').read({ ...from, element }) ?? []);
    const other = means.find((element) =>
      element.children.some((child) => child.name === 'PaymentDueDate' && child.text.trim() !== dates[0]),
    );
    if (dates.length > 1 && other !== undefined) reportAt(from, other, 'XML-REPEATED', { rule: 'UBL-SR' });
    return dates[0];
  },
  write: (value, into) => {
    const first = into.node.children.find((child) => child.name === 'cac:PaymentMeans');
    first?.children.splice(1, 0, xmlNode('cbc:PaymentDueDate', value));
  },
};

/** What a UBL document says of an invoice; its kind is in the name of the root. */
export type DocumentTerms = Omit<Invoice, 'kind'>;

const currency = (path: string, rule: string): Part<Currency> => ({
  ...(text(path) as unknown as Part<Currency>),
  read: (from) => {
    const element = elementAt(from, path);
    const code = element === undefined ? undefined : valueOf(from, element, ['listID', 'listAgencyID']);
    if (element === undefined || code === undefined || isCurrency(code)) return code as Currency | undefined;
    reportAt(from, element, 'XML-NOT-ALLOWED', { value: code, rule, facts: { allowed: currencies.join(', ') } });
    return undefined;
  },
});

const precedingInvoices = list(
  'BillingReference',
  record<PrecedingInvoice>({
    number: must(text('InvoiceDocumentReference/ID'), 'InvoiceDocumentReference/ID', 'BR-55'),
    issueDate: date('InvoiceDocumentReference/IssueDate'),
  }),
);

const content: Part<NonNullable<Attachment['content']>> = {
  read: (from) => {
    const path = 'Attachment/EmbeddedDocumentBinaryObject';
    const element = elementAt(from, path);
    if (element === undefined) return undefined;
    const base64 = valueOf(from, element, ['mimeCode', 'filename'])?.replaceAll(/\s/g, '');
    const { mimeCode = '', filename = '' } = element.attributes;
    if (base64 === undefined) return undefined;
    if (mimeCode === '') reportMissing(from, `${path}/@mimeCode`, 'UBL-DT-06');
    if (filename === '') reportMissing(from, `${path}/@filename`, 'UBL-DT-07');
    return { mimeCode, filename, base64 };
  },
  write: (value, into) => {
    const node = nodeAt(into, 'Attachment/EmbeddedDocumentBinaryObject');
    node.text = value.base64;
    node.attributes['mimeCode'] = value.mimeCode;
    node.attributes['filename'] = value.filename;
  },
};

const attachment = record<Attachment>({
  id: must(text('ID'), 'ID', 'BR-52'),
  description: text('DocumentDescription'),
  content,
  location: text('Attachment/ExternalReference/URI'),
});

/** Type of an additional document reference; those without one are attachments (UBL-SR-43). */
const typeOf = (element: XmlElement): string | undefined => childrenOf(element, 'DocumentTypeCode', CBC)[0]?.text.trim();

const ADDITIONAL = 'AdditionalDocumentReference';
const OBJECT_TYPE = '130';
const PROJECT_TYPE = '50';

const attachments = list(ADDITIONAL, attachment, (element) => typeOf(element) === undefined);

const typed = { path: 'DocumentTypeCode', rule: 'UBL-SR-43' };

/** BT-18 */
const invoicedObject: Part<Identifier> = inNew(
  ADDITIONAL,
  record<Identifier>({ id: must(textWith('ID', ['schemeID']), 'ID', 'BR-52'), scheme: attribute('ID', 'schemeID') }, [
    { ...typed, value: OBJECT_TYPE },
  ]),
  (element) => typeOf(element) === OBJECT_TYPE,
);

const projectReference: Part<Pick<Identifier, 'id'>> = inNew(
  ADDITIONAL,
  record<Pick<Identifier, 'id'>>({ id: must(text('ID'), 'ID', 'BR-52') }, [{ ...typed, value: PROJECT_TYPE }]),
  (element) => typeOf(element) === PROJECT_TYPE,
);

/** BT-11 of a credit note, which has no project reference of its own (PEPPOL-EN16931-R080). */
const creditNoteProject: Part<string> = {
  read: (from) => projectReference.read(from)?.id,
  write: (id, into) => projectReference.write({ id }, into),
};

const delivery: Part<Delivery> = group(
  'Delivery',
  record<Delivery>({
    date: date('ActualDeliveryDate'),
    location: identifier('DeliveryLocation/ID'),
    address: address('DeliveryLocation/Address', 'BR-57'),
    partyName: text('DeliveryParty/PartyName/Name'),
  }),
);

const head = {
  number: must(text('ID'), 'ID', 'BR-02'),
  issueDate: must(date('IssueDate'), 'IssueDate', 'BR-03'),
};

const codes = {
  currency: must(currency('DocumentCurrencyCode', 'BR-CL-04'), 'DocumentCurrencyCode', 'BR-05'),
  vatCurrency: currency('TaxCurrencyCode', 'BR-CL-05'),
  buyerAccountingReference: text('AccountingCost'),
  buyerReference: text('BuyerReference'),
  period,
  taxPointDateCode: text('InvoicePeriod/DescriptionCode'),
  orderReference: text('OrderReference/ID'),
  salesOrderReference: text('OrderReference/SalesOrderID'),
  precedingInvoices,
  despatchReference: text('DespatchDocumentReference/ID'),
  receivingReference: text('ReceiptDocumentReference/ID'),
};

const parties = { seller, buyer, payee, taxRepresentative, delivery };

const sums = {
  paymentTerms: text('PaymentTerms/Note'),
  allowancesAndCharges: list('AllowanceCharge', allowanceOrCharge),
  vatBreakdown,
  totals,
};

const invoiceParts: PartsOf<DocumentTerms> = {
  ...head,
  dueDate: date('DueDate'),
  typeCode: must(text('InvoiceTypeCode'), 'InvoiceTypeCode', 'BR-04'),
  note: text('Note'),
  taxPointDate: date('TaxPointDate'),
  ...codes,
  tenderReference: text('OriginatorDocumentReference/ID'),
  contractReference: text('ContractDocumentReference/ID'),
  invoicedObject,
  attachments,
  projectReference: text('ProjectReference/ID'),
  ...parties,
  paymentMeans,
  ...sums,
  lines: lines('Invoice'),
};

const creditNoteParts: PartsOf<DocumentTerms> = {
  ...head,
  taxPointDate: date('TaxPointDate'),
  typeCode: must(text('CreditNoteTypeCode'), 'CreditNoteTypeCode', 'BR-04'),
  note: text('Note'),
  ...codes,
  contractReference: text('ContractDocumentReference/ID'),
  invoicedObject,
  projectReference: creditNoteProject,
  attachments,
  tenderReference: text('OriginatorDocumentReference/ID'),
  ...parties,
  paymentMeans,
  dueDate: creditNoteDueDate,
  ...sums,
  lines: lines('CreditNote'),
};

/** Every term of a document, in the order that the schema of its root wants (reference/einvoice.md §1.3). */
export const documentParts: Readonly<Record<RootName, Part<DocumentTerms>>> = {
  Invoice: record(invoiceParts),
  CreditNote: record(creditNoteParts),
};
