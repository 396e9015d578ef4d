import { hasValidModulus10 } from '../../check-digits.ts';
import type { AccountScheme } from '../../sockets/account-scheme.ts';
import { accountNumberProblem } from './clearing-numbers.ts';
import { ocr } from './references.ts';

/** The clearing that a Swedish account is named in, in orders to pay, and its members that stand for the giros (reference/iso20022.md §6.2). */
const CLEARING = 'SESBA';
const BANKGIRO_MEMBER = '9900';
const PLUSGIRO_MEMBER = '9960';

/** Seven or eight digits without hyphen; files fill it with zeros from the left, so it starts with none (reference/sweden-bank.md §6.2). */
export const bankgiro: AccountScheme = {
  id: 'bankgiro',
  fields: [
    {
      key: 'number',
      read: (text) => (/^\d{3,4}-?\d{4}$/.test(text) ? bankgiro.read(text) : null),
      refusal: (text) => ({
        message: `"${text}" is no bankgiro number: its check digit or form is wrong.`,
        hint: 'Write it as 991-2346.',
      }),
    },
  ],
  read: (text) => inNormalForm(bankgiro, text),
  isValid: (number) => /^[1-9]\d{6,7}$/.test(number) && hasValidModulus10(number),
  print: (number) => `${number.slice(0, -4)}-${number.slice(-4)}`,
  labels: { sv: 'Bankgiro', en: 'Bankgiro' },
  currencies: ['SEK'],
  invoiced: { branch: 'SE:BANKGIRO' },
  order: (number) => ({
    id: number,
    scheme: { proprietary: 'BGNR' },
    clearing: { system: CLEARING, member: BANKGIRO_MEMBER },
  }),
  // Swedbank pays to a bankgiro only from an account that is named by its bankgiro (reference/iso20022.md §6.2).
  paidFromItsLike: true,
  references: [ocr.id],
  slip: 'se-slip',
  code: 'using-qr',
};

/** Two to eight digits without hyphen or blanks (reference/sweden-bank.md §6.3). */
export const plusgiro: AccountScheme = {
  id: 'plusgiro',
  fields: [
    {
      key: 'number',
      read: (text) => plusgiro.read(text),
      refusal: (text) => ({
        message: `"${text}" is no plusgiro number: its check digit or form is wrong.`,
        hint: 'Write it as 28 65 43-4.',
      }),
    },
  ],
  read: (text) => inNormalForm(plusgiro, text),
  isValid: (number) => /^[1-9]\d{1,7}$/.test(number) && hasValidModulus10(number),
  /** `2865434` → `28 65 43-4`: pairs from the right before the check digit. */
  print: (number) => `${number.slice(0, -1).replaceAll(/\B(?=(?:\d\d)+$)/g, '\u00a0')}-${number.slice(-1)}`,
  labels: { sv: 'Plusgiro', en: 'Plusgiro' },
  currencies: ['SEK'],
  invoiced: { branch: 'SE:PLUSGIRO' },
  order: (number) => ({ id: number, scheme: { code: 'BBAN' }, clearing: { system: CLEARING, member: PLUSGIRO_MEMBER } }),
  paidFromItsLike: false,
  references: [ocr.id],
  code: 'using-qr',
};

const inNormalForm = ({ isValid }: AccountScheme, text: string): string | null => {
  const digits = text.replaceAll(/[ -]/g, '');
  return isValid(digits) ? digits : null;
};

/** A bank account: four digits of clearing number, a hyphen, and the account without them (reference/sweden-bank.md §6.5). */
export const bankAccount: AccountScheme = {
  id: 'account',
  fields: [
    {
      key: 'clearing',
      /** A fifth digit of Swedbank's clearing numbers (8xxx-x) is left out in payment files (§6.5). */
      read: (text) => (/^\d{4}$|^8\d{3}-?\d$/.test(text) ? text.slice(0, 4) : null),
      refusal: (text) => ({ message: `"${text}" is no clearing number.`, hint: "Write its four digits in quotes: '5839'." }),
    },
    {
      key: 'number',
      read: (text) => (/^\d{2,12}$/.test(text) ? text : null),
      refusal: (text) => ({
        message: `"${text}" is no account number of 2 to 12 digits.`,
        hint: "Write it as '8257466', in quotes and without the clearing number.",
      }),
    },
  ],
  read: (text) => (/^\d{4}-\d{5,12}$/.test(text) ? text : null),
  isValid: (number) => /^[1-9]\d{3}-\d{2,12}$/.test(number) && !/-0+$/.test(number),
  problem(number) {
    const [clearing, account] = divided(number);
    return accountNumberProblem({ clearing, number: account });
  },
  print: (number) => number,
  labels: { sv: 'Konto', en: 'Account' },
  currencies: ['SEK'],
  order(number) {
    const [clearing, account] = divided(number);
    return { id: account, scheme: { code: 'BBAN' }, clearing: { system: CLEARING, member: clearing } };
  },
  paidFromItsLike: false,
  references: [],
};

const divided = (number: string): readonly [clearing: string, account: string] => {
  const [clearing = '', account = ''] = number.split('-');
  return [clearing, account];
};
