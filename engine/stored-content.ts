import { disputeOutcomes, type ClaimAct, type ClaimOrder, blockCauses, disputeCategories } from './claims/holds.ts';
import type { Demand, DemandAgent, DemandClaim, DemandDebtor, DemandInterest } from './claims/demand.ts';
import type {
  Address,
  AllowanceOrCharge,
  Attachment,
  Buyer,
  Classification,
  Contact,
  Delivery,
  Identifier,
  Invoice,
  InvoiceLine,
  Payee,
  PaymentAccount,
  PaymentMeans,
  Period,
  PrecedingInvoice,
  Price,
  Seller,
  TaxRepresentative,
  Totals,
  VatCategory,
  VatGroup,
} from './invoice.ts';
import { languages } from './language.ts';
import { currencies } from './money.ts';
import { amount, date, exactDecimal, flag, list, object, oneOf, optional, text, union, type Shape } from './shapes.ts';
import { debtorClasses, serviceModes, type Directions, type Submission } from './submission.ts';

/**
 * The shapes of what is stored as JSON: an invoice or credit note (`invoice.content`), a document as it was read (`file_document.content`),
 * an order of a control file (the same column), a reminder or demand (`document.content`). All rows up to today are of these; what
 * changes them is a new version with a reader of its own beside these, since no row is ever rewritten.
 */

const identifier = object<Identifier>({ id: text, scheme: optional(text) });
const period = object<Period>({ start: optional(date), end: optional(date) });
const contact = object<Contact>({ name: optional(text), telephone: optional(text), email: optional(text) });
const account = object<PaymentAccount>({ id: text, name: optional(text), branch: optional(text) });
const address = object<Address>({
  line1: optional(text),
  line2: optional(text),
  line3: optional(text),
  city: optional(text),
  postcode: optional(text),
  subdivision: optional(text),
  country: text,
});

const seller = object<Seller>({
  name: text,
  tradingName: optional(text),
  identifiers: list(identifier),
  legalId: optional(identifier),
  vatId: optional(text),
  taxRegistration: optional(text),
  legalForm: optional(text),
  endpoint: optional(identifier),
  address,
  contact: optional(contact),
});

const buyer = object<Buyer>({
  name: text,
  tradingName: optional(text),
  identifier: optional(identifier),
  legalId: optional(identifier),
  vatId: optional(text),
  endpoint: optional(identifier),
  address,
  contact: optional(contact),
});

const paymentMeans = object<PaymentMeans>({
  code: text,
  name: optional(text),
  reference: optional(text),
  account: optional(account),
  card: optional(object<NonNullable<PaymentMeans['card']>>({ number: text, network: text, holder: optional(text) })),
  mandate: optional(object<NonNullable<PaymentMeans['mandate']>>({ id: optional(text), debitedAccount: optional(text) })),
});

const vat = object<VatCategory>({ code: text, rate: optional(exactDecimal) });

const allowanceOrCharge = object<AllowanceOrCharge>({
  charge: flag,
  amount,
  baseAmount: optional(amount),
  percent: optional(exactDecimal),
  reason: optional(text),
  reasonCode: optional(text),
  vat: optional(vat),
});

const vatGroup = object<VatGroup>({
  code: text,
  rate: optional(exactDecimal),
  baseAmount: amount,
  vatAmount: amount,
  exemptionReason: optional(text),
  exemptionReasonCode: optional(text),
});

const totals = object<Totals>({
  linesAmount: amount,
  allowancesAmount: optional(amount),
  chargesAmount: optional(amount),
  netAmount: amount,
  vatAmount: amount,
  vatInVatCurrencyAmount: optional(amount),
  grossAmount: amount,
  prepaidAmount: optional(amount),
  roundingAmount: optional(amount),
  payableAmount: amount,
});

const line = object<InvoiceLine>({
  id: text,
  note: optional(text),
  quantity: exactDecimal,
  unit: text,
  netAmount: amount,
  buyerAccountingReference: optional(text),
  period: optional(period),
  orderLineReference: optional(text),
  object: optional(identifier),
  allowancesAndCharges: list(allowanceOrCharge),
  name: text,
  description: optional(text),
  buyersItemId: optional(text),
  sellersItemId: optional(text),
  standardItemId: optional(identifier),
  originCountry: optional(text),
  classifications: list(object<Classification>({ code: text, list: optional(text), listVersion: optional(text) })),
  vat,
  attributes: list(object<InvoiceLine['attributes'][number]>({ name: text, value: text })),
  price: object<Price>({
    net: exactDecimal,
    gross: optional(exactDecimal),
    discount: optional(exactDecimal),
    baseQuantity: optional(exactDecimal),
    baseQuantityUnit: optional(text),
  }),
});

const attachment = object<Attachment>({
  id: text,
  description: optional(text),
  location: optional(text),
  content: optional(object<NonNullable<Attachment['content']>>({ mimeCode: text, filename: text, base64: text })),
});

export const invoiceShape: Shape<Invoice> = object<Invoice>({
  kind: oneOf(['invoice', 'creditNote']),
  typeCode: text,
  number: text,
  issueDate: date,
  dueDate: optional(date),
  taxPointDate: optional(date),
  taxPointDateCode: optional(text),
  currency: oneOf(currencies),
  vatCurrency: optional(oneOf(currencies)),
  note: optional(text),
  buyerAccountingReference: optional(text),
  buyerReference: optional(text),
  period: optional(period),
  orderReference: optional(text),
  salesOrderReference: optional(text),
  precedingInvoices: list(object<PrecedingInvoice>({ number: text, issueDate: optional(date) })),
  despatchReference: optional(text),
  receivingReference: optional(text),
  tenderReference: optional(text),
  contractReference: optional(text),
  projectReference: optional(text),
  invoicedObject: optional(identifier),
  attachments: list(attachment),
  seller,
  buyer,
  payee: optional(object<Payee>({ name: text, identifier: optional(identifier), legalId: optional(identifier) })),
  taxRepresentative: optional(object<TaxRepresentative>({ name: text, vatId: text, address })),
  delivery: optional(
    object<Delivery>({
      date: optional(date),
      location: optional(identifier),
      address: optional(address),
      partyName: optional(text),
    }),
  ),
  paymentMeans: list(paymentMeans),
  paymentTerms: optional(text),
  allowancesAndCharges: list(allowanceOrCharge),
  vatBreakdown: list(vatGroup),
  totals,
  lines: list(line),
});

/** A document as it was read from its file, with what the sender said about its treatment. */
export type ReadContent = Pick<Submission, 'invoice' | 'directions'>;

export const readContentShape: Shape<ReadContent> = object<ReadContent>({
  invoice: invoiceShape,
  directions: object<Directions>({
    mode: optional(oneOf(serviceModes)),
    channel: optional(text),
    language: optional(oneOf(languages)),
    debtorClass: optional(oneOf(debtorClasses)),
    debtorNumber: optional(text),
  }),
});

type Act<Action extends ClaimAct['action']> = Extract<ClaimAct, { readonly action: Action }>;

export const claimOrderShape: Shape<ClaimOrder> = object<ClaimOrder>({
  invoice: text,
  act: union<ClaimAct, 'action'>('action', {
    defer: object<Act<'defer'>>({ action: oneOf(['defer']), until: date, interestRuns: flag }),
    dispute: object<Act<'dispute'>>({
      action: oneOf(['dispute']),
      category: oneOf(disputeCategories),
      amount: optional(amount),
    }),
    hold: object<Act<'hold'>>({ action: oneOf(['hold']), cause: oneOf(blockCauses) }),
    promise: object<Act<'promise'>>({ action: oneOf(['promise']), until: date }),
    release: object<Act<'release'>>({
      action: oneOf(['release']),
      kind: optional(oneOf(['deferment', 'dispute', 'block', 'promise'])),
      outcome: optional(oneOf(disputeOutcomes)),
    }),
    credit: object<Act<'credit'>>({ action: oneOf(['credit']), amount: optional(amount) }),
    'write-off': object<Act<'write-off'>>({ action: oneOf(['write-off']), amount: optional(amount) }),
    'paid-to-client': object<Act<'paid-to-client'>>({ action: oneOf(['paid-to-client']), date, amount }),
  }),
  reason: text,
});

export const demandShape: Shape<Demand> = object<Demand>({
  kind: text,
  number: text,
  date,
  language: oneOf(languages),
  creditor: seller,
  agent: object<DemandAgent>({
    name: text,
    organisationNumber: text,
    address,
    telephone: text,
    email: text,
    licensed: flag,
  }),
  assignedFrom: optional(text),
  debtor: object<DemandDebtor>({ number: text, name: text, class: oneOf(debtorClasses), address }),
  currency: oneOf(currencies),
  claims: list(
    object<DemandClaim>({
      invoiceNumber: text,
      issueDate: date,
      dueDate: date,
      ground: text,
      originalAmount: amount,
      principalAmount: amount,
      interestAmount: amount,
      reminderFeeAmount: amount,
      collectionFeeAmount: amount,
      compensationAmount: amount,
      interest: optional(
        object<DemandInterest>({
          rate: exactDecimal,
          basis: oneOf(['statutory', 'contract']),
          from: date,
          to: date,
          baseAmount: amount,
        }),
      ),
    }),
  ),
  payableAmount: amount,
  deadline: date,
  account,
  paymentReference: text,
  nextStep: text,
  handoverTo: optional(text),
});
