import type { EntryHeader } from './camt-entry-header.ts';
import { childOf, childrenOf, partAt, textAt, type MessagePart } from './message-part.ts';
import { bankgiroOfEntryReference, isGiro, readAccount } from './read-account.ts';
import { readDirection, readMoneyPart } from './read-amount.ts';
import { dateAsWritten } from './read-date.ts';
import { findReferences, joinTexts, readParts, referencePlaces, type ReferencePlaces } from './remittance.ts';
import { areOfCharge, areOfReturn, readTransactionCodes } from './transaction-codes.ts';
import type { BankAccountName, BankTransaction, BankTransactionIds } from '#engine/matching/bank-file.ts';
import type { Currency, Minor } from '#engine/money.ts';

/** Where a transaction stands, and what its entry says for it. */
export interface TransactionContext {
  readonly block: number;
  readonly entry: number;
  readonly ordinal: number;
  readonly header: EntryHeader;
  /** `Btch` before it: its ids are the transaction's where this has none. */
  readonly batch: MessagePart | undefined;
  /** The only transaction of its entry, so that the entry's amount and text are its own (§2.6). */
  readonly alone: boolean;
  /** `AddtlNtryInf`. */
  readonly entryText: string | undefined;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Reads `TxDtls`. Both forms of every element are looked for, so that no version has to be known (reference/iso20022.md §2.1, §2.4). Properties
 * are set one by one by name: that is what keeps objects of so many fast in files of a million.
 */
export function readTransaction(details: MessagePart, context: TransactionContext): BankTransaction {
  const { header } = context;
  const places = placesOf(details, context);
  const parties = childOf(details, 'RltdPties');
  const transaction = commonTerms(context, details.line);
  transaction.hint = hintOf(details, header);
  transaction.references = findReferences(places);
  transaction.parts = readParts(places.structured, header.currency);
  transaction.text = joinTexts(places);
  transaction.ids = idsOf(childOf(details, 'Refs'), context);
  const amount = amountOf(details, context);
  if (amount !== undefined) transaction.amount = amount;
  const charges = chargesOf(childrenOf(details, 'Chrgs'), header.currency);
  if (charges > 0n) transaction.chargesAmount = charges;
  const paidDate = dateAsWritten(textAt(details, 'RltdDts', 'AccptncDtTm'));
  if (paidDate !== undefined) transaction.paidDate = paidDate;
  const reason = textAt(details, 'RtrInf', 'Rsn', 'Cd') ?? textAt(details, 'RtrInf', 'Rsn', 'Prtry');
  if (reason !== undefined) transaction.returnReason = reason;
  const name = payerName(parties);
  if (name !== undefined) transaction.payerName = name;
  const payerAccount = readAccount(childOf(parties, 'DbtrAcct'));
  if (payerAccount !== undefined) transaction.payerAccount = payerAccount;
  const receiver = receiverOf(readAccount(childOf(parties, 'CdtrAcct')), header.reference);
  if (receiver !== undefined) transaction.receiverAccount = receiver;
  return transaction;
}

/** The one transaction of an entry without details: a lump sum, a charge, or whatever the bank gives no more about. */
export function lumpTransaction(context: TransactionContext, line: number): BankTransaction {
  const { header, entryText = '' } = context;
  const places: ReferencePlaces = { ...NO_PLACES, additional: [entryText] };
  const codes = header.codes ?? {};
  const isReturn = header.isReversal || areOfReturn(codes, header.sign);
  const transaction = commonTerms(context, line);
  transaction.amount = header.amount;
  transaction.hint = areOfCharge(codes) ? 'charge' : isReturn ? 'return' : 'lump';
  transaction.references = findReferences(places);
  transaction.text = joinTexts(places);
  transaction.ids = idsOf(undefined, context);
  const receiver = bankgiroOfEntryReference(header.reference);
  if (receiver !== undefined) transaction.receiverAccount = receiver;
  return transaction;
}

const NO_PLACES: ReferencePlaces = {
  structured: [],
  unstructured: [],
  instructionId: undefined,
  endToEndId: undefined,
  additional: [],
};

const commonTerms = ({ block, entry, ordinal, header }: TransactionContext, line: number): Mutable<BankTransaction> => ({
  block,
  entry,
  ordinal,
  line,
  status: header.status,
  currency: header.currency,
  bookingDate: header.bookingDate,
  valueDate: header.valueDate,
  hint: 'payment',
  references: [],
  parts: [],
  text: '',
  ids: {},
});

/** `Ntry/AddtlNtryInf` belongs to a transaction only where there is no other. */
function placesOf(details: MessagePart, { alone, entryText }: TransactionContext): ReferencePlaces {
  const places = referencePlaces(details);
  return alone && entryText !== undefined ? { ...places, additional: [...places.additional, entryText] } : places;
}

/**
 * The signed amount in the account's currency (§2.6): the transaction's own, else the transaction amount, else the entry's where it is the
 * only one. An amount in another currency is passed over for its counter value; one that cannot be read is not replaced.
 */
function amountOf(details: MessagePart, { header, alone, batch }: TransactionContext): Minor | undefined {
  const sign = signOf(details, header);
  if (sign === null) return undefined;
  const amounts = childOf(details, 'AmtDtls');
  const stated = [childOf(details, 'Amt'), partAt(amounts, ['TxAmt', 'Amt']), partAt(amounts, ['CntrValAmt', 'Amt'])];
  for (const part of stated) {
    if (part === undefined) continue;
    if (part.currency !== header.currency && part.currency !== '') continue;
    const money = readMoneyPart(part);
    return money === null ? undefined : sign * money.amount;
  }
  if (stated[0] !== undefined || stated[1] !== undefined) return undefined;
  const isBatch = (textAt(batch, 'NbOfTxs') ?? '1').replace(/^0+/, '') !== '1';
  return alone && !isBatch ? sign * header.sign * header.amount : undefined;
}

/** The transaction's own direction before its entry's: entries are netted by some banks. */
function signOf(details: MessagePart, header: EntryHeader): 1n | -1n | null {
  const own = textAt(details, 'CdtDbtInd');
  return own === undefined ? header.sign : readDirection(own);
}

/** `Chrgs` is flat before version 04 and holds records from it on; credits among them count against the others (§2.3). */
export function chargesOf(charges: readonly MessagePart[], currency: Currency): Minor {
  let total = 0n;
  for (const charge of charges) {
    const records = childrenOf(charge, 'Rcrd');
    const parts = records.length > 0 ? records : [charge];
    for (const part of parts) {
      const money = readMoneyPart(childOf(part, 'Amt') ?? childOf(part, 'TtlChrgsAndTaxAmt'));
      if (money?.currency === currency) total += textAt(part, 'CdtDbtInd') === 'CRDT' ? -money.amount : money.amount;
    }
  }
  return total;
}

/** One marker is enough for a return (§2.6); charges are told apart by code alone. */
function hintOf(details: MessagePart, header: EntryHeader): BankTransaction['hint'] {
  const own = readTransactionCodes(details);
  if (areOfCharge(own ?? header.codes ?? {})) return 'charge';
  const hasMarker = header.isReversal || childOf(details, 'RtrInf') !== undefined;
  const hasCode = [own, header.codes].some((codes) => codes !== undefined && areOfReturn(codes, header.sign));
  return hasMarker || hasCode ? 'return' : 'payment';
}

/** `Dbtr/Nm` before version 07, `Dbtr/Pty/Nm` from it on, or a bank; then whoever paid behind the payer (§2.4). */
function payerName(parties: MessagePart | undefined): string | undefined {
  for (const role of ['Dbtr', 'UltmtDbtr']) {
    const party = childOf(parties, role);
    const name = textAt(party, 'Nm') ?? textAt(party, 'Pty', 'Nm') ?? textAt(party, 'Agt', 'FinInstnId', 'Nm');
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A giro number says more than the account behind it; the entry's reference may name it (§3.1). */
const receiverOf = (stated: BankAccountName | undefined, entryReference: string | undefined): BankAccountName | undefined =>
  isGiro(stated) ? stated : (bankgiroOfEntryReference(entryReference) ?? stated);

function idsOf(refs: MessagePart | undefined, { header, batch }: TransactionContext): BankTransactionIds {
  const ids: Mutable<BankTransactionIds> = {};
  if (header.reference !== undefined) ids.entryReference = header.reference;
  if (header.servicerReference !== undefined) ids.entryServicerReference = header.servicerReference;
  for (const part of batch?.children ?? []) setId(ids, part);
  for (const part of refs?.children ?? []) setId(ids, part);
  return ids;
}

/** A transaction's own id goes over its batch's. */
function setId(ids: Mutable<BankTransactionIds>, part: MessagePart): void {
  const text = part.text.trim();
  if (text === '') return;
  if (part.name === 'AcctSvcrRef') ids.servicerReference = text;
  else if (part.name === 'EndToEndId') ids.endToEndId = text;
  else if (part.name === 'InstrId') ids.instructionId = text;
  else if (part.name === 'MsgId') ids.messageId = text;
  else if (part.name === 'PmtInfId') ids.paymentInformationId = text;
  else if (part.name === 'TxId') ids.transactionId = text;
  else if (part.name === 'UETR') ids.uetr = text;
}
