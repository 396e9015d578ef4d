import type { CellReader } from './cell-reader.ts';
import { defined } from '../defined.ts';
import { isOrganisationNumber, isPersonalNumber } from '#engine/check-digits.ts';
import type { Buyer, Contact, Identifier } from '#engine/invoice.ts';

/** The buyer of a document, or undefined without a name. `country` is the country of an address that does not say its own. */
export function readBuyer(cells: CellReader, country: string): Buyer | undefined {
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
    legalId: readLegalId(cells, addressCountry),
    vatId: cells.text('buyerVatId'),
    endpoint: readEndpoint(cells),
    contact: readContact(cells),
  });
  return name === undefined ? undefined : { name, ...optional, address };
}

/** ISO 6523 scheme of Swedish organisation numbers. */
const SWEDISH_ORGANISATION = '0007';

/**
 * A Swedish registration number in any usual writing becomes its ten digits. A personal number, which a sole trader or consumer has, gets
 * no scheme, since it must not pass for an organisation's. A wrong check digit is a finding: lost zeros and typing errors show there.
 */
function readLegalId(cells: CellReader, country: string): Identifier | undefined {
  const stated = cells.text('buyerLegalId');
  if (stated === undefined || country !== 'SE') return stated === undefined ? undefined : { id: stated };
  const id = stated.replace(/^16(?=\d{6}-?\d{4}$)/, '').replace('-', '');
  if (isOrganisationNumber(id)) return { id, scheme: SWEDISH_ORGANISATION };
  if (isPersonalNumber(stated)) return { id: stated.replace(/[-+]/, '').slice(-10) };
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
