import type { BankAccountName, BankTransaction, RemittancePart } from '#engine/matching/bank-file.ts';
import { classifyTransaction } from '#engine/matching/decide-payment.ts';
import { referenceKeys, referenceSources, type ReferenceKey } from '#engine/matching/reference-keys.ts';
import type { ReferenceScheme } from '#engine/sockets/reference-scheme.ts';
import type { BankLine } from '#engine/store/payments/bank-tables.ts';

/** A transaction made ready for the working table: what it is, by what it is looked up, and by what it is known again. */
export function bankLineOf(
  item: BankTransaction,
  { account, references }: { readonly account: string; readonly references: readonly ReferenceScheme[] },
): BankLine {
  const keys = referenceKeys(item, references);
  const amount = item.amount ?? null;
  const kind =
    amount === null || amount === 0n
      ? 'unclear'
      : classifyTransaction({ amount, hint: item.hint, ofPayout: false, hasReference: keys.references.length > 0 });
  const { ids } = item;
  return {
    block: item.block,
    entry: item.entry,
    ordinal: item.ordinal,
    line: item.line,
    amount: amount === null ? null : String(amount),
    account,
    currency: item.currency,
    bookingDate: item.bookingDate,
    valueDate: item.valueDate,
    paidDate: item.paidDate ?? null,
    kind,
    charges: String(item.chargesAmount ?? 0n),
    payerName: item.payerName === undefined ? null : clean(item.payerName),
    payerAccount: accountText(item.payerAccount),
    receiver: item.receiverAccount?.id ?? null,
    candidates: item.references.map(({ value }) => clean(value)).join('\n'),
    referenceKeys: keyLines(keys.references),
    numberKeys: kind === 'receipt' ? keyLines(keys.numbers) : '',
    parts: item.parts.length === 0 ? null : clean(JSON.stringify(item.parts.map(storedPart))),
    partCount: item.parts.length,
    text: clean(item.text),
    ids: clean(JSON.stringify(ids)),
    servicerReference: cleanOrNull(ids.servicerReference),
    entryReference: cleanOrNull(ids.entryServicerReference),
    uetr: cleanOrNull(ids.uetr),
    ownId: cleanOrNull(ids.instructionId),
    otherOwnId: cleanOrNull(ids.endToEndId),
    about: clean(keys.about),
    unclear: unclearReason(item),
  };
}

const storedPart = ({ kind, reference, amount }: RemittancePart) =>
  amount === undefined ? { kind, reference } : { kind, reference, amount: String(amount) };

const unclearReason = ({ hint, amount }: BankTransaction): string => {
  if (hint === 'lump') return 'no-details';
  if (amount !== undefined && amount < 0n) return 'unknown-debit';
  return hint === 'return' ? 'unknown-return' : 'no-details';
};

const keyLines = (keys: readonly ReferenceKey[]): string =>
  keys.map(({ source, value }) => `${referenceSources.indexOf(source)}|${clean(value)}`).join('\n');

/** `IBAN SE45…`: the scheme belongs to it, since numbers of different schemes may be the same digits. */
const accountText = (name: BankAccountName | undefined): string | null =>
  name === undefined ? null : clean(`${name.scheme} ${name.id}`);

/** PostgreSQL takes no NUL in a text, and our lists are one value a line. */
const clean = (text: string): string => (/[\0\n\r]|\\u0000/.test(text) ? text.replaceAll(/[\0\n\r]|\\u0000/g, ' ') : text);
const cleanOrNull = (text: string | undefined): string | null => (text === undefined ? null : clean(text));
