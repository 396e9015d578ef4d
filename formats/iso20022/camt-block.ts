import { defined } from '../defined.ts';
import { beginEntry, type EntryReading } from './camt-entry.ts';
import { checkBalances, checkSummary, countEntry, newTally, readBalances, type BlockTally } from './camt-totals.ts';
import { textAt, type MessagePart } from './message-part.ts';
import { findingAt, type Place } from './message-reader.ts';
import { readAccount } from './read-account.ts';
import { dateAsWritten } from './read-date.ts';
import type { BankBlock, BankBlockTotals, BankEntry, BankMessage } from '#engine/matching/bank-file.ts';
import type { Finding } from '#engine/finding.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { isCurrency, type Currency } from '#engine/money.ts';

/** Findings of one block about its entries. */
const MAX_BLOCK_FINDINGS = 50;
/** Parts of a block beside its entries: balances of all kinds and interest rates. */
const MAX_BLOCK_PARTS = 1000;

/** `Stmt`, `Ntfctn` or `Rpt` while it is read. */
export interface BlockReading {
  readonly number: number;
  readonly place: Place;
  readonly message: BankMessage;
  readonly parts: MessagePart[];
  block: BankBlock | undefined;
  currency: Currency | undefined;
  entries: number;
  entry: EntryReading | undefined;
  readonly tally: BlockTally;
  readonly findings: Finding[];
}

export const beginBlock = (place: Place, message: BankMessage, number: number): BlockReading => ({
  number,
  place,
  message,
  parts: [],
  block: undefined,
  currency: undefined,
  entries: 0,
  entry: undefined,
  tally: newTally(),
  findings: [],
});

export function addBlockPart(block: BlockReading, part: MessagePart): Finding | undefined {
  if (block.parts.length >= MAX_BLOCK_PARTS) {
    return findingAt(part, 'BANK-PART-SIZE', { field: part.name, facts: { maximum: String(MAX_BLOCK_PARTS) } });
  }
  block.parts.push(part);
  return undefined;
}

const partOf = (block: BlockReading, name: string): MessagePart | undefined => block.parts.find((part) => part.name === name);

const isPaged = (block: BlockReading): boolean =>
  isOneOfSeveral(block.message.page) || isOneOfSeveral(readPage(block.parts.find((part) => part.name.endsWith('Pgntn'))));

const isOneOfSeveral = (page: BankMessage['page']): boolean => page !== undefined && !(page.number === 1 && page.last);

/** `MsgPgntn`, and `StmtPgntn` and its like from version 03. */
export function readPage(part: MessagePart | undefined): BankMessage['page'] {
  const number = textAt(part, 'PgNb');
  if (number === undefined || !/^\d{1,9}$/.test(number)) return undefined;
  return { number: Number(number), last: /^(true|1)$/.test(textAt(part, 'LastPgInd') ?? '') };
}

/** The block's own terms, once its entries begin or it ends; they come first by the schema. */
export function readBlock(reading: BlockReading): BankBlock | Finding {
  const id = textAt(partOf(reading, 'Id'));
  const account = partOf(reading, 'Acct');
  const name = readAccount(account);
  if (id === undefined) return findingAt(reading.place, 'CAMT-MISSING', { field: 'Id' });
  if (name === undefined) return findingAt(account ?? reading.place, 'CAMT-MISSING', { field: 'Acct/Id' });
  const currency = textAt(account, 'Ccy');
  reading.currency = currency !== undefined && isCurrency(currency) ? currency : undefined;
  const period = partOf(reading, 'FrToDt');
  return {
    number: reading.number,
    id,
    account: name,
    line: reading.place.line,
    ...defined({
      sequenceNumber: textAt(partOf(reading, 'ElctrncSeqNb')),
      currency: reading.currency,
      copy: textAt(partOf(reading, 'CpyDplctInd')),
      fromDate: dateAsWritten(textAt(period, 'FrDtTm')),
      toDate: dateAsWritten(textAt(period, 'ToDtTm')),
      openingAmount: balancesOf(reading).opening,
    }),
  };
}

/** Entries without a date of their own have the statement's (§4). */
function blockDate(reading: BlockReading): IsoDate | undefined {
  return reading.block?.toDate ?? dateAsWritten(textAt(partOf(reading, 'CreDtTm'))) ?? dateAsWritten(reading.message.createdAt);
}

export function openEntry(reading: BlockReading, place: Place): void {
  reading.entries += 1;
  reading.entry = beginEntry(place, { block: reading.number, number: reading.entries, blockDate: blockDate(reading) });
}

/** Counts an entry, or notes why the block cannot be trusted without it. */
export function countBlockEntry(reading: BlockReading, entry: BankEntry | Finding): void {
  reading.entry = undefined;
  if ('code' in entry) {
    note(reading, entry);
    return;
  }
  reading.currency ??= entry.currency;
  if (entry.currency !== reading.currency) {
    const facts = { currency: reading.currency };
    note(
      reading,
      findingAt({ line: entry.line, column: 1 }, 'CAMT-CURRENCY', { field: 'Ntry/Amt', value: entry.currency, facts }),
    );
  }
  countEntry(reading.tally, entry);
}

/** What the block came to, with the checks of §2.10: none over a page that is not the whole, but its balances. */
export function blockTotals(reading: BlockReading): BankBlockTotals {
  const { booked } = reading.tally;
  const balances = balancesOf(reading);
  const paged = isPaged(reading);
  const isStatement = reading.message.kind === 'statement';
  const hasBoth = balances.opening !== undefined && balances.closing !== undefined;
  const findings = [
    ...reading.findings,
    ...(isStatement && (!paged || hasBoth) ? checkBalances(balances, reading.tally, reading.place) : []),
    ...(paged ? [] : checkSummary(partOf(reading, 'TxsSummry'), reading.tally)),
  ];
  return {
    block: reading.number,
    entries: Number(booked.credits + booked.debits),
    creditAmount: booked.creditSum,
    debitAmount: booked.debitSum,
    ...defined({ openingAmount: balances.opening, closingAmount: balances.closing }),
    findings,
  };
}

const balancesOf = (reading: BlockReading): ReturnType<typeof readBalances> =>
  readBalances(
    reading.parts.filter((part) => part.name === 'Bal'),
    reading.currency,
    isPaged(reading),
  );

function note(reading: BlockReading, item: Finding): void {
  if (reading.findings.length < MAX_BLOCK_FINDINGS) reading.findings.push(item);
}
