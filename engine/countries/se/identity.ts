import { hasValidModulus10, isOrganisationNumber, isPersonalNumber } from '../../check-digits.ts';
import type { Identity, PostalForm } from '../../sockets/country.ts';

/** Organisation numbers (ISO 6523 scheme 0007), and the VAT numbers made of them (reference/sweden-bank.md §6.7). */
export const identity: Identity = {
  scheme: '0007',
  // A sole trader's is a personal number.
  readLegalId: (text) =>
    /^\d{6}-?\d{4}$/.test(text) && (isOrganisationNumber(text) || isPersonalNumber(text)) ? text.replace('-', '') : null,
  legalIdRefusal: (text) => ({
    message: `"${text}" is no Swedish organisation number: its check digit or form is wrong.`,
    hint: 'Write it as 559999-0008.',
  }),
  readVatId: (text) => (/^SE\d{12}$/.test(text) ? text : null),
  vatIdRefusal: (text) => ({ message: `"${text}" is no Swedish VAT number.`, hint: 'Write it as SE559999000801.' }),
  vatIdOf: (legalId) => `SE${legalId}01`,
  holds: (vatId, legalId) => vatId.slice(2, 12) === legalId,
  endpointRule: 'PEPPOL-COMMON-R049',
  isEndpoint: (id) => /^\d{10}$/.test(id) && hasValidModulus10(id),
  /**
   * In any usual writing it becomes its ten digits. A personal number, which a sole trader or consumer has, gets no scheme, since it must
   * not pass for an organisation's.
   */
  readBuyerId: (text) => {
    const id = text.replace(/^16(?=\d{6}-?\d{4}$)/, '').replace('-', '');
    if (isOrganisationNumber(id)) return { id, scheme: '0007' };
    return isPersonalNumber(text) ? { id: text.replace(/[-+]/, '').slice(-10) } : null;
  },
  printLegalId: (id) => (/^\d{10}$/.test(id) ? `${id.slice(0, 6)}-${id.slice(6)}` : id),
  // Godkänd för F-skatt: the words must stand on every invoice (SE-R-005).
  sellerTerms: ({ approvedForTax, seat }) => ({
    ...(approvedForTax ? { taxRegistration: 'Godkänd för F-skatt' } : {}),
    ...(seat === undefined ? {} : { legalForm: `Säte ${seat}` }),
  }),
};

/** reference/print.md §1.4: two blanks between postcode and town, the town in capitals, no region. */
export const postal: PostalForm = {
  formatPostcode: (postcode) => {
    const match = /^(?:SE?-? ?)?(\d{3}) ?(\d{2})$/.exec(postcode);
    return match ? `${match[1]} ${match[2]}` : postcode;
  },
  capitalTowns: true,
  subdivisions: false,
  separator: '  ',
};
