import { group, inNew, list, record, type Constant } from './group-parts.ts';
import { childrenOf, type Part, type PartsOf, type Reading, type RequiredPart } from './part.ts';
import { identifier, must, text } from './value-parts.ts';
import { CAC, CBC } from './names.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import type { Address, Buyer, Contact, Payee, Seller, TaxRepresentative } from '#engine/invoice.ts';

/** Parties and addresses in UBL (reference/einvoice.md §1.3), in schema order. */

const addressRecord = (rule: string): Part<Address> =>
  record<Address>({
    line1: text('StreetName'),
    line2: text('AdditionalStreetName'),
    city: text('CityName'),
    postcode: text('PostalZone'),
    subdivision: text('CountrySubentity'),
    line3: text('AddressLine/Line'),
    country: must(text('Country/IdentificationCode'), 'Country/IdentificationCode', rule),
  });

/** An address at a path; `rule` asks for its country. */
export const address = (path: string, rule: string): Part<Address> => group(path, addressRecord(rule));

const contact: Part<Contact> = group(
  'Contact',
  record<Contact>({ name: text('Name'), telephone: text('Telephone'), email: text('ElectronicMail') }),
);

const vatScheme: Constant = { path: 'TaxScheme/ID', value: 'VAT', rule: 'BR-CO-04' };

/** Scheme of the seller's other tax registration (BT-32), in Sweden the approval for F-tax (SE-R-005); any text but VAT is allowed. */
const taxScheme: Constant = { path: 'TaxScheme/ID', value: 'TAX' };

const schemeOf = (element: XmlElement): string | undefined => {
  const scheme = childrenOf(element, 'TaxScheme', CAC)[0];
  return scheme === undefined ? undefined : childrenOf(scheme, 'ID', CBC)[0]?.text.trim().toUpperCase();
};

const isVat = (element: XmlElement): boolean => schemeOf(element) === 'VAT';

/** The registration number of a party's tax scheme; one element of its own for each. */
function taxId(constant: Constant, belongs: (element: XmlElement) => boolean): Part<string> {
  const inner = record<{ readonly companyId: string }>({ companyId: must(text('CompanyID'), 'CompanyID', 'UBL-SR-53') }, [
    constant,
  ]);
  return inNew(
    'PartyTaxScheme',
    { read: (from: Reading) => inner.read(from)?.companyId, write: (companyId, into) => inner.write({ companyId }, into) },
    belongs,
  );
}

const vatId = taxId(vatScheme, isVat);

const sellerParts: PartsOf<Seller> = {
  endpoint: identifier('EndpointID'),
  identifiers: list('PartyIdentification', identifier('ID')),
  tradingName: text('PartyName/Name'),
  address: must(address('PostalAddress', 'BR-09'), 'PostalAddress', 'BR-08'),
  vatId,
  taxRegistration: taxId(taxScheme, (element) => !isVat(element)),
  name: must(text('PartyLegalEntity/RegistrationName'), 'PartyLegalEntity/RegistrationName', 'BR-06'),
  legalId: identifier('PartyLegalEntity/CompanyID'),
  legalForm: text('PartyLegalEntity/CompanyLegalForm'),
  contact,
};

const buyerParts: PartsOf<Buyer> = {
  endpoint: identifier('EndpointID'),
  identifier: identifier('PartyIdentification/ID'),
  tradingName: text('PartyName/Name'),
  address: must(address('PostalAddress', 'BR-11'), 'PostalAddress', 'BR-10'),
  vatId,
  name: must(text('PartyLegalEntity/RegistrationName'), 'PartyLegalEntity/RegistrationName', 'BR-07'),
  legalId: identifier('PartyLegalEntity/CompanyID'),
  contact,
};

const representativeParts: PartsOf<TaxRepresentative> = {
  name: must(text('PartyName/Name'), 'PartyName/Name', 'BR-18'),
  address: must(address('PostalAddress', 'BR-20'), 'PostalAddress', 'BR-19'),
  vatId: must(vatId, 'PartyTaxScheme/CompanyID', 'BR-56'),
};

const payeeParts: PartsOf<Payee> = {
  identifier: identifier('PartyIdentification/ID'),
  name: must(text('PartyName/Name'), 'PartyName/Name', 'BR-17'),
  legalId: identifier('PartyLegalEntity/CompanyID'),
};

export const seller: RequiredPart<Seller> = must(
  group('AccountingSupplierParty/Party', record(sellerParts)),
  'AccountingSupplierParty/Party',
  'BR-06',
);
export const buyer: RequiredPart<Buyer> = must(
  group('AccountingCustomerParty/Party', record(buyerParts)),
  'AccountingCustomerParty/Party',
  'BR-07',
);
export const payee: Part<Payee> = group('PayeeParty', record(payeeParts));
export const taxRepresentative: Part<TaxRepresentative> = group('TaxRepresentativeParty', record(representativeParts));
