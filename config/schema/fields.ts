import { z } from 'zod';
import { parseDecimal } from '#engine/decimal.ts';
import { iban as ibanScheme } from '#engine/iban.ts';
import type { Identifier } from '#engine/invoice.ts';
import { parseIsoDate } from '#engine/iso-date.ts';
import { MAX_AMOUNT, parseAmount, type Minor } from '#engine/money.ts';
import type { AccountField } from '#engine/sockets/account-scheme.ts';
import { remark, type Remark } from '../read-config-file.ts';

/** A value read from its text; `null` from the reader refuses it with the remark. */
export const field = <Value>(read: (text: string) => Value | null, refusal: (text: string) => Remark) =>
  z.string().transform((text, context): Value => {
    const value = read(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: remark(refusal(text)) });
    return z.NEVER;
  });

/** One line of text without control characters. */
export const text = (maxLength: number) =>
  field(
    (given) => (given.trim() !== '' && given.length <= maxLength && !/\p{Cc}/u.test(given) ? given.trim() : null),
    (given) =>
      given.trim() === ''
        ? { message: 'This value is empty.', hint: 'Write a value, or take the key away if it may be absent.' }
        : {
            message: `"${cut(given)}" is no line of at most ${maxLength} characters.`,
            hint: 'Shorten it; tabs and line breaks are not allowed.',
          },
  );

/** Longest line in a message. */
const MAX_SHOWN = 60;
const cut = (given: string): string => (given.length <= MAX_SHOWN ? given : `${given.slice(0, MAX_SHOWN)}…`);

/** A text that must match a pattern, with an example of a right one. */
export const pattern = (shape: RegExp, what: string, example: string) =>
  field(
    (given) => (shape.test(given) ? given : null),
    (given) => ({ message: `"${cut(given)}" is no ${what}.`, hint: `Write it as ${example}.` }),
  );

/** A whole number with its unit, such as seconds. */
export const wholeNumber = ({ from, to, unit }: { readonly from: number; readonly to: number; readonly unit: string }) =>
  field(
    (given) => (/^\d{1,15}$/.test(given) && Number(given) >= from && Number(given) <= to ? Number(given) : null),
    (given) => ({
      message: `"${cut(given)}" is no whole number of ${unit} that is allowed here.`,
      hint: `Write digits only, ${from} to ${to}.`,
    }),
  );

/** A length in millimetres: digits with at most two decimals after a point. Lengths, unlike amounts, may be floating point numbers. */
export const millimetres = ({ from, to }: { readonly from: number; readonly to: number }) =>
  field(
    (given) => (/^\d{1,4}(?:\.\d{1,2})?$/.test(given) && Number(given) >= from && Number(given) <= to ? Number(given) : null),
    (given) => ({
      message: `"${cut(given)}" is no length in millimetres that is allowed here.`,
      hint: `Write ${from} to ${to}, with a decimal point.`,
    }),
  );

export const yesNo = field(
  (given) => ({ yes: true, true: true, no: false, false: false })[given] ?? null,
  (given) => ({ message: `"${cut(given)}" is neither yes nor no.`, hint: 'Write yes or no.' }),
);

export const date = field(parseIsoDate, (given) => ({
  message: `"${cut(given)}" is no date.`,
  hint: 'Write an existing day as YYYY-MM-DD.',
}));

/** A sum of money that is not negative, in the currency of its agreement. */
export const amount = field(
  (given): Minor | null => {
    const minor = /^\d+\.\d{2}$/.test(given) ? parseAmount(given) : null;
    return minor !== null && minor <= MAX_AMOUNT ? minor : null;
  },
  (given) => ({
    message: `"${cut(given)}" is no amount.`,
    hint: 'Write it with two decimals and a point, without blanks: 60.00.',
  }),
);

/** Percent a year or of a price, 0 to 100. */
export const percent = field(
  (given) => (/^(?:\d{1,2}(?:\.\d{1,4})?|100)$/.test(given) ? parseDecimal(given) : null),
  (given) => ({
    message: `"${cut(given)}" is no percentage.`,
    hint: 'Write 0 to 100 with a decimal point and without a percent sign: 8.5.',
  }),
);

/** Becomes letters and digits only. */
export const iban = accountField(ibanScheme.fields[0]!);

/** A part of an account as its scheme reads it. */
export function accountField({ read, refusal }: AccountField) {
  return field(read, (given) => refusal(cut(given)));
}

/** `0007:5599990008`: the scheme (EAS) and the identifier. */
export const endpoint = field(
  (given): Identifier | null => {
    const match = /^(\d{4}):([A-Za-z0-9._:-]{1,50})$/.exec(given);
    return match ? { scheme: match[1]!, id: match[2]! } : null;
  },
  (given) => ({ message: `"${cut(given)}" is no electronic address.`, hint: 'Write scheme and identifier: 0007:5599990008.' }),
);

/** Of clients, printers and other things that have a file of their own. */
export const idShape = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
export const id = pattern(idShape, 'name of lower case letters, digits and hyphens, at most 40', 'grona-dalen');
export const country = pattern(/^[A-Z]{2}$/, 'country code', 'NO');
export const colour = pattern(/^#[0-9a-fA-F]{6}$/, 'colour', '"#1f5f8b", in quotes');
export const email = pattern(/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/, 'e-mail address', 'faktura@example.se');
export const fileName = (extensions: string) =>
  pattern(
    new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{0,80}\\.(?:${extensions})$`),
    'file name',
    `name.${extensions.split('|')[0]} beside this file`,
  );
