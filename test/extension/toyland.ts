import type { AccountScheme } from '#engine/sockets/account-scheme.ts';
import type { Country } from '#engine/sockets/country.ts';
import { ReferenceCapacityError, type ReferenceScheme } from '#engine/sockets/reference-scheme.ts';
import { datedTable, inWords, type DatedTable } from '#engine/dated-table.ts';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import { formatAmount } from '#engine/money.ts';

/** The whole law of Toyland was made up on the first day of the year 2020. */
const rule = <Value>(name: string, value: Value): DatedTable<Value> =>
  datedTable(`${name} AQ`, [{ from: isoDate('2020-01-01'), value, source: 'Toy Act', confidence: 'M' }]);

const feeBase = rule('base of fees', 100_00n);
const feeShare = rule('share of the base for a reminder', { numerator: 1n, denominator: 20n, unit: 100n });
const interestRate = rule('late interest', decimal('12'));
const standardVat = rule('VAT', decimal('20'));
const order = ['principal', 'interest', 'reminderFee', 'collectionFee', 'compensation'] as const;

const letters = {
  kinds: {
    nudge: {
      title: 'Nudge under the Toy Act',
      number: 'Nudge number',
      introOne: 'The toys below are not paid for. Please pay by {deadline}.',
      introMany: 'The toys of the {invoices} invoices below are not paid for. Please pay by {deadline}.',
      closing: ['Penguins are patient.'],
      closingForOthers: [],
    },
  },
  statutoryInterest: 'rule 7 of the Toy Act',
  interestTerms: 'under the Toy Act',
  components: { reminderFee: 'The fee is a twentieth of the base of the Toy Act.' },
  next: {},
} as const;

/**
 * A country that lives in this folder only, under the code of Antarctica, where nobody trades. Its principal is paid before interest and fees,
 * a reminder is called a nudge and costs a share of a base, and its banks keep the Day of the Penguin.
 */
export const toyland: Country = {
  country: 'AQ',
  currency: 'EUR',
  timeZone: 'Antarctica/Troll',
  bankCalendar: { country: 'AQ', firstYear: 2026, lastYear: 2027, closedDays: new Set([isoDate('2026-10-15')]) },
  acts: {
    nudge: {
      title: 'nudge',
      does: 'letter',
      run: 'reminder',
      grace: 'booking',
      fee: {
        title: 'nudge fee',
        component: 'reminderFee',
        rule: 'AQ-01',
        max: { kind: 'fraction', base: feeBase, share: feeShare },
        mustBeAgreed: false,
      },
      term: { rule: 'AQ-02', minDays: rule('days of a nudge', 7), of: 'the Toy Act' },
    },
  },
  lateInterest: { statutory: [{ sumOf: [interestRate] }] },
  interestNotice: rule('interest notice', { days: 30, consumersMustBeTold: false }),
  pressingWords: rule('pressing words', ['walrus']),
  pressingRule: 'AQ-03',
  licensedActs: rule('licensed acts', []),
  claimKinds: rule('claim kinds', ['contract']),
  regimeReviewedUntil: isoDate('2027-12-31'),
  appropriationOrder: { consumer: order, business: order, public: order },
  practice: {
    bookingGraceBankDays: 1,
    collectionGraceBankDays: 1,
    postalDays: 9,
    minimumClaimAmount: 1_00n,
    letters: { max: 2, withinDays: 30 },
    consumerInterest: { aboveStatutoryPoints: decimal('8'), severity: 'warning' },
    valuation: {
      writeOffBelowAmount: 1_00n,
      limitationAlarmDays: 180,
      paysPermille: { consumer: 500, business: 500, public: 500 },
      manyDefaults: { above: 2, paysPermille: 100 },
      contestedPermille: 0,
      contestedCostAmount: 0n,
      paysLate: [],
      advancedAmount: 0n,
      recoverableAmount: 0n,
      marginAmount: 0n,
      minimumLegalAmounts: [],
    },
  },
  ruleIds: ['AQ-01', 'AQ-02', 'AQ-03'],
  checkPolicy: () => [],
  checkStep: () => [],
  identity: {
    scheme: '0060',
    endpointRule: 'TOY-R1',
    readLegalId: (text) => (/^TOY-?\d{5}$/.test(text) ? text.replace('-', '') : null),
    legalIdRefusal: (text) => ({ message: `"${text}" is no number of a toymaker.`, hint: 'Write it as TOY-12345.' }),
    readVatId: (text) => (/^AQ\d{5}$/.test(text) ? text : null),
    vatIdRefusal: (text) => ({ message: `"${text}" is no VAT number of Toyland.`, hint: 'Write it as AQ12345.' }),
    vatIdOf: (legalId) => legalId.replace('TOY', 'AQ'),
    holds: (vatId, legalId) => vatId === legalId.replace('TOY', 'AQ'),
    isEndpoint: () => false,
    readBuyerId: (text) => (/^TOY\d{5}$/.test(text) ? { id: text, scheme: '0060' } : null),
    printLegalId: (id) => id.replace(/^TOY/, 'TOY-'),
    sellerTerms: () => ({ legalForm: 'Chartered toymaker' }),
  },
  postal: {
    formatPostcode: (postcode) => postcode.replace(/^(\d)(\d{3})$/, 'BOX $1.$2'),
    capitalTowns: true,
    subdivisions: false,
    separator: ' / ',
  },
  invoiceRules: { core: () => undefined, einvoice: () => undefined },
  vatRates: { standard: standardVat },
  limitationYears: { general: rule('limitation', 5), consumer: rule('limitation of consumers', 2) },
  lawKinds: () => [inWords({ kind: 'fee-base', title: 'Base of fees', unit: 'EUR' }, feeBase, formatAmount)],
  texts: {
    reverseCharge: rule('reverse charge', { sv: 'Omvänd leksak', en: 'Toy reversed' }),
    selfBilling: rule('self-billing', { sv: 'Egen leksak', en: 'Toy by yourself' }),
    taxApproval: rule('tax approval', { sv: 'Godkänd leksak', en: 'Toy approved' }),
  },
  letterWords: { sv: letters, en: letters },
};

/** Weights 2 to 7 from the right, over and over; what is missing to a multiple of 11, ten written as X. */
export function modulus11(digits: string): string {
  const total = digits
    .split('')
    .toReversed()
    .reduce((sum, digit, place) => sum + Number(digit) * ((place % 6) + 2), 0);
  const check = (11 - (total % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

const hasModulus11 = (text: string): boolean => /^\d+[\dX]$/.test(text) && modulus11(text.slice(0, -1)) === text.slice(-1);

/** References of digits with a check digit that no other scheme of the house takes. */
export const toyReference: ReferenceScheme = {
  id: 'toy-reference',
  labels: { sv: 'Leksaksnummer', en: 'Toy reference' },
  print: (reference) => reference,
  make({ prefix, serial, serialDigits }) {
    const digits = serial.toString().padStart(serialDigits, '0');
    if (digits.length > serialDigits) throw new ReferenceCapacityError({ prefix, serial, serialDigits });
    return `${prefix}${digits}${modulus11(prefix + digits)}`;
  },
  isValid: hasModulus11,
  fits: (text) => /^\d+[\dX]$/.test(text),
  key(given) {
    const reference = given.replace(/^0+/, '');
    return hasModulus11(reference) ? reference : null;
  },
  problem: () => undefined,
  canCollide: (a, b) => a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix),
};

/** Accounts of the Toy Bank: seven digits and their check digit. */
export const toyAccount: AccountScheme = {
  id: 'toy-account',
  fields: [
    {
      key: 'number',
      read: (text) => toyAccount.read(text),
      refusal: (text) => ({ message: `"${text}" is no account of the Toy Bank.`, hint: 'Write it as 2468013.4.' }),
    },
  ],
  read(text) {
    const number = text.replace('.', '');
    return toyAccount.isValid(number) ? number : null;
  },
  isValid: (number) => /^\d{8}$/.test(number) && hasModulus11(number),
  print: (number) => `${number.slice(0, 7)}.${number.slice(7)}`,
  labels: { sv: 'Leksaksbanken', en: 'Toy Bank' },
  currencies: ['EUR'],
  invoiced: { branch: 'AQ:TOY' },
  order: (number) => ({ id: number, scheme: { proprietary: 'TOYB' } }),
  paidFromItsLike: false,
  references: [toyReference.id],
};
