import { type BankAccount, isNamed } from '#engine/bank-account.ts';
import type {
  BankBlock,
  BankBlockTotals,
  BankEntry,
  BankItem,
  BankMessage,
  BankTransaction,
  BankAccountName,
  RemittancePart,
} from '#engine/matching/bank-file.ts';
import type { Finding } from '#engine/finding.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { Minor } from '#engine/money.ts';
import type { Tx } from '#engine/store/database.ts';
import { storeEntries, storeLines, type BankEntryLine, type BankLine } from '#engine/store/payments/bank-tables.ts';
import { carriedReferences, type PaymentParts, type ReferenceScheme } from '#engine/sockets/reference-scheme.ts';
import { classifyTransaction } from '#engine/matching/decide-payment.ts';
import { referenceKeys, referenceSources, type ReferenceKey } from '#engine/matching/reference-keys.ts';

/** A block as it was read, with what was counted of it. */
export interface ReadBlock {
  readonly message: BankMessage;
  readonly block: BankBlock;
  /** Undefined: no account of the bureau's. */
  readonly account: BankAccount | undefined;
  /** What its payments may carry. */
  readonly references: readonly ReferenceScheme[];
  totals: BankBlockTotals | undefined;
  credit: Minor;
  debit: Minor;
  entries: number;
  firstDate: IsoDate | undefined;
  lastDate: IsoDate | undefined;
  /** A currency in it that is not the account's. */
  otherCurrency: string | undefined;
}

export interface ReadBankFile {
  /** What makes the file unreadable: nothing of it may be posted. */
  readonly broken: Finding | undefined;
  readonly message: BankMessage | undefined;
  readonly blocks: readonly ReadBlock[];
  readonly findings: readonly Finding[];
}

/** Lines that are sent to the database at once. */
const CHUNK_LINES = 4_000;
/** Findings of entries that are kept; more of them say no more. */
const MAX_FINDINGS = 1_000;

/**
 * Streams a bank's file into the working tables: memory holds one chunk, and the database stores one while the next is read. Blocks in
 * `done` were posted by an earlier try and are passed over. Entries that are not booked are only read.
 */
export async function readBankFile(
  tx: Tx,
  items: AsyncIterable<BankItem>,
  surroundings: ReadingSurroundings,
): Promise<ReadBankFile> {
  const reading: Reading = { blocks: [], findings: [], lines: [], entries: [], stored: Promise.resolve() };
  for await (const item of items) {
    if (item.kind === 'broken') {
      await reading.stored;
      return { broken: item.finding, message: reading.message, blocks: [], findings: reading.findings };
    }
    take(reading, item, surroundings);
    if (reading.lines.length >= CHUNK_LINES || reading.entries.length >= CHUNK_LINES) await flush(tx, reading);
  }
  await flush(tx, reading);
  await reading.stored;
  const { message, blocks, findings } = reading;
  return { broken: undefined, message, blocks: blocks.filter(({ block }) => !surroundings.done.has(block.number)), findings };
}

interface ReadingSurroundings {
  readonly accounts: ReadonlyMap<string, BankAccount>;
  readonly parts: PaymentParts;
  /** Blocks that an earlier try has posted. */
  readonly done: ReadonlySet<number>;
}

interface Reading {
  message?: BankMessage;
  readonly blocks: ReadBlock[];
  readonly findings: Finding[];
  lines: BankLine[];
  entries: BankEntryLine[];
  /** The chunk that is on its way to the database. */
  stored: Promise<void>;
}

async function flush(tx: Tx, reading: Reading): Promise<void> {
  const { lines, entries } = reading;
  reading.lines = [];
  reading.entries = [];
  await reading.stored;
  reading.stored = storeLines(tx, lines).then(() => storeEntries(tx, entries));
  // Its failure is told by whoever waits for it next.
  reading.stored.catch(() => undefined);
}

function take(
  reading: Reading,
  item: Exclude<BankItem, { kind: 'broken' }>,
  { accounts, parts, done }: ReadingSurroundings,
): void {
  if (item.kind === 'message') {
    reading.message = item.message;
    note(reading, item.message.findings);
    return;
  }
  if (item.kind === 'block') {
    if (reading.message === undefined) throw new Error('a bank file began with a block before its message');
    reading.blocks.push(newBlock(reading.message, item.block, { accounts, parts }));
    return;
  }
  const block = reading.blocks.at(-1);
  if (block === undefined) throw new Error(`a bank file gave a ${item.kind} before its first block`);
  if (item.kind === 'block-end') {
    block.totals = item.totals;
    note(reading, item.totals.findings);
  } else if (!done.has(block.block.number)) {
    if (item.kind === 'transaction') takeTransaction(reading, block, item.transaction);
    else takeEntry(reading, block, item.entry);
  }
}

const note = (reading: Reading, findings: readonly Finding[]): void => {
  reading.findings.push(...findings.slice(0, MAX_FINDINGS - reading.findings.length));
};

function newBlock(message: BankMessage, block: BankBlock, { accounts, parts }: Omit<ReadingSurroundings, 'done'>): ReadBlock {
  const named = [...accounts.values()].filter((account) => isNamed(account, block.account));
  // One number may be an account in several currencies.
  const account = named.find(({ currency }) => currency === block.currency) ?? named[0];
  return {
    message,
    block,
    account,
    references: carriedReferences(parts, account?.receives ?? []),
    totals: undefined,
    credit: 0n,
    debit: 0n,
    entries: 0,
    firstDate: undefined,
    lastDate: undefined,
    otherCurrency:
      account !== undefined && block.currency !== undefined && block.currency !== account.currency ? block.currency : undefined,
  };
}

const isBooked = ({ account }: ReadBlock, { status }: { readonly status: BankTransaction['status'] }): boolean =>
  status === 'booked' || (status === 'information' && account?.informationIsBooked === true);

function takeTransaction(reading: Reading, block: ReadBlock, transaction: BankTransaction): void {
  if (!isBooked(block, transaction)) return;
  reading.lines.push(
    bankLineOf(transaction, { account: block.account?.id ?? block.block.account.id, references: block.references }),
  );
}

function takeEntry(reading: Reading, block: ReadBlock, entry: BankEntry): void {
  note(reading, entry.findings);
  if (!isBooked(block, entry)) return;
  const { amount, bookingDate } = entry;
  if (amount > 0n) block.credit += amount;
  else block.debit -= amount;
  block.entries += 1;
  if (block.firstDate === undefined || bookingDate < block.firstDate) block.firstDate = bookingDate;
  if (block.lastDate === undefined || bookingDate > block.lastDate) block.lastDate = bookingDate;
  if (block.account !== undefined && entry.currency !== block.account.currency) block.otherCurrency = entry.currency;
  reading.entries.push({
    block: entry.block,
    number: entry.number,
    line: entry.line,
    amount,
    currency: entry.currency,
    bookingDate,
    valueDate: entry.valueDate,
    usable: entry.verdict === 'agrees',
    charges: entry.chargesAmount ?? 0n,
  });
}

/** A transaction made ready for the working table: what it is, by what it is looked up, and by what it is known again. */
function bankLineOf(
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
