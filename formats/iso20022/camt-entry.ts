import { readEntryHeader, type EntryHeader } from './camt-entry-header.ts';
import { chargesOf, lumpTransaction, readTransaction, type TransactionContext } from './camt-transaction.ts';
import { childOf, childrenOf, textAt, type MessagePart } from './message-part.ts';
import { findingAt, type Place } from './message-reader.ts';
import { readMoneyPart, shownAmount } from './read-amount.ts';
import { sumOfParts } from './remittance.ts';
import type { BankEntry, BankItem, BankTransaction } from '#engine/matching/bank-file.ts';
import type { Finding } from '#engine/finding.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { absolute, formatAmount, type Minor } from '#engine/money.ts';

/**
 * Elements of an entry's transactions that are kept until it ends, about a thousand transactions: only then is it known whether one is the
 * only one, and whether everything about the entry came before them as the schema says. Larger entries go on in a stream.
 */
export const MAX_HELD_ELEMENTS = 50_000;
/** Findings of one entry; each says the same about another transaction. */
const MAX_ENTRY_FINDINGS = 20;

/** An entry while it is read. */
export interface EntryReading {
  readonly block: number;
  readonly number: number;
  readonly place: Place;
  readonly blockDate: IsoDate | undefined;
  readonly parts: Map<string, MessagePart>;
  readonly charges: MessagePart[];
  readonly batches: MessagePart[];
  readonly held: { readonly details: MessagePart; readonly batch: MessagePart | undefined }[];
  heldElements: number;
  /** Once its transactions are streamed, or at its end. */
  header: EntryHeader | Finding | undefined;
  batch: MessagePart | undefined;
  count: number;
  sum: Minor;
  chargesSum: Minor;
  unusable: boolean;
  readonly findings: Finding[];
}

export function beginEntry(place: Place, context: Pick<EntryReading, 'block' | 'number' | 'blockDate'>): EntryReading {
  return {
    ...context,
    place,
    parts: new Map(),
    charges: [],
    batches: [],
    held: [],
    heldElements: 0,
    header: undefined,
    batch: undefined,
    count: 0,
    sum: 0n,
    chargesSum: 0n,
    unusable: false,
    findings: [],
  };
}

/** A part beside the details. One that comes after streamed transactions is too late for them. */
export function addEntryPart(entry: EntryReading, part: MessagePart): Finding | undefined {
  if (entry.header !== undefined && part.name !== 'AddtlNtryInf') return orderFinding(part, part.name);
  if (part.name === 'Chrgs') entry.charges.push(part);
  else if (!entry.parts.has(part.name)) entry.parts.set(part.name, part);
  return undefined;
}

export function addBatch(entry: EntryReading, batch: MessagePart): void {
  entry.batches.push(batch);
  entry.batch = batch;
}

/** Takes a transaction: keeps it, or gives it out once there are too many to keep. */
export function addDetails(entry: EntryReading, details: MessagePart, elements: number, items: BankItem[]): Finding | undefined {
  if (entry.header === undefined) {
    entry.held.push({ details, batch: entry.batch });
    entry.heldElements += elements;
    if (entry.heldElements <= MAX_HELD_ELEMENTS) return undefined;
    const missing = ['Amt', 'CdtDbtInd', 'Sts'].find((name) => !entry.parts.has(name));
    if (missing !== undefined) return orderFinding(details, missing);
    entry.header = readEntryHeader(entry.parts, entry.place, entry.blockDate);
    releaseHeld(entry, items, false);
  } else {
    release(entry, details, entry.batch, items, false);
  }
  return undefined;
}

/** What an entry came to: the entry, or why it cannot be read. */
export function endEntry(entry: EntryReading, items: BankItem[]): BankEntry | Finding {
  entry.header ??= readEntryHeader(entry.parts, entry.place, entry.blockDate);
  releaseHeld(entry, items, entry.held.length === 1);
  const { header } = entry;
  if ('code' in header) return header;
  if (entry.count === 0) {
    items.push({
      kind: 'transaction',
      transaction: lumpTransaction(contextOf(entry, header, entry.batch, true), entry.place.line),
    });
  }
  const charges = entry.count === 0 ? undefined : checkSum(entry, header);
  if (entry.count > 0) checkBatch(entry, header);
  return {
    block: entry.block,
    number: entry.number,
    status: header.status,
    amount: header.amount,
    currency: header.currency,
    bookingDate: header.bookingDate,
    valueDate: header.valueDate,
    transactions: Math.max(1, entry.count),
    verdict: entry.unusable ? 'unusable' : 'agrees',
    ...(charges === undefined ? {} : { chargesAmount: charges }),
    line: entry.place.line,
    findings: [...header.findings, ...entry.findings],
  };
}

function releaseHeld(entry: EntryReading, items: BankItem[], alone: boolean): void {
  for (const { details, batch } of entry.held.splice(0)) release(entry, details, batch, items, alone);
}

/** Gives a transaction out and counts it; one of an entry that cannot be read goes with it. */
function release(
  entry: EntryReading,
  details: MessagePart,
  batch: MessagePart | undefined,
  items: BankItem[],
  alone: boolean,
): void {
  const { header } = entry;
  entry.count += 1;
  if (header === undefined || 'code' in header) return;
  const read = readTransaction(details, contextOf(entry, header, batch, alone));
  const transaction = alone ? withEntrySign(entry, header, read) : read;
  const { amount } = transaction;
  if (amount === undefined) {
    entry.unusable = true;
    note(entry, findingAt(details, 'CAMT-TRANSACTION-AMOUNT', { field: 'TxDtls/Amt', value: shownTransactionAmount(details) }));
  } else {
    entry.sum += amount;
    entry.chargesSum += transaction.chargesAmount ?? 0n;
    checkParts(entry, details, transaction, amount);
  }
  items.push({ kind: 'transaction', transaction });
}

const contextOf = (
  entry: EntryReading,
  header: EntryHeader,
  batch: MessagePart | undefined,
  alone: boolean,
): TransactionContext => ({
  block: entry.block,
  entry: entry.number,
  ordinal: Math.max(1, entry.count),
  header,
  batch,
  alone,
  entryText: textAt(entry.parts.get('AddtlNtryInf')),
});

const shownTransactionAmount = (details: MessagePart): string =>
  shownAmount(childOf(details, 'Amt') ?? childOf(childOf(childOf(details, 'AmtDtls'), 'TxAmt'), 'Amt'));

/** PostFinance books a single transaction with the sign opposite to its entry's and the same amount: the entry's sign holds (§2.6). */
function withEntrySign(entry: EntryReading, header: EntryHeader, transaction: BankTransaction): BankTransaction {
  if (transaction.amount === undefined || transaction.amount !== -header.amount || header.amount === 0n) return transaction;
  note(entry, findingAt(entry.place, 'CAMT-SIGN', { field: 'TxDtls/CdtDbtInd', value: formatAmount(transaction.amount) }));
  return { ...transaction, amount: header.amount };
}

/** B9: what the payer's parts add up to, charges apart. */
function checkParts(entry: EntryReading, details: MessagePart, transaction: BankTransaction, amount: Minor): void {
  const total = sumOfParts(childrenOf(childOf(details, 'RmtInf'), 'Strd'), transaction.currency);
  if (total === null) return;
  const difference = total - absolute(amount);
  if (difference === 0n || difference === transaction.chargesAmount) return;
  const facts = { parts: formatAmount(total), ordinal: String(transaction.ordinal) };
  note(entry, findingAt(details, 'CAMT-PARTS-SUM', { field: 'TxDtls/RmtInf', value: formatAmount(absolute(amount)), facts }));
}

/** B7: the transactions add up to the entry, or differ by charges; then the difference is given back. */
function checkSum(entry: EntryReading, header: EntryHeader): Minor | undefined {
  const difference = header.amount - entry.sum;
  if (entry.unusable || difference === 0n) return undefined;
  const charges = entry.chargesSum + chargesOf(entry.charges, header.currency);
  const facts = { sum: formatAmount(entry.sum), difference: formatAmount(difference) };
  const details = { field: 'Ntry/Amt', value: formatAmount(header.amount), facts };
  if (absolute(difference) <= charges) {
    note(entry, findingAt(entry.place, 'CAMT-CHARGES', details));
    return difference;
  }
  entry.unusable = true;
  note(entry, findingAt(entry.place, 'CAMT-ENTRY-SUM', details));
  return undefined;
}

/** B8: the batch's own count and sum; warnings, since banks shorten and split batches. */
function checkBatch(entry: EntryReading, header: EntryHeader): void {
  const counts = entry.batches.map((batch) => textAt(batch, 'NbOfTxs'));
  const stated = counts.reduce((total, count) => total + BigInt(/^\d{1,15}$/.exec(count ?? '')?.[0] ?? '0'), 0n);
  if (counts.length > 0 && counts.every((count) => count !== undefined) && stated !== BigInt(entry.count)) {
    const facts = { counted: String(entry.count) };
    note(entry, findingAt(entry.batches[0]!, 'CAMT-BATCH', { field: 'Btch/NbOfTxs', value: String(stated), facts }));
  }
  const totals = entry.batches.map((batch) => readMoneyPart(childOf(batch, 'TtlAmt')));
  if (totals.length === 0 || totals.some((total) => total?.currency !== header.currency)) return;
  const sum = totals.reduce((total, money) => total + (money?.amount ?? 0n), 0n);
  if (sum === absolute(header.amount)) return;
  const facts = { counted: formatAmount(absolute(header.amount)) };
  note(entry, findingAt(entry.batches[0]!, 'CAMT-BATCH', { field: 'Btch/TtlAmt', value: formatAmount(sum), facts }));
}

function note(entry: EntryReading, item: Finding): void {
  if (entry.findings.length < MAX_ENTRY_FINDINGS) entry.findings.push(item);
}

const orderFinding = (place: Place, field: string): Finding =>
  findingAt(place, 'CAMT-ENTRY-ORDER', { field: `Ntry/${field}`, facts: { maximum: String(MAX_HELD_ELEMENTS) } });
