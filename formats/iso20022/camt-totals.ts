import { childOf, textAt, type MessagePart } from './message-part.ts';
import { findingAt, type Place } from './message-reader.ts';
import { readBankAmount, readDirection, readMoneyPart } from './read-amount.ts';
import type { BankEntry } from '#engine/matching/bank-file.ts';
import type { Finding } from '#engine/finding.ts';
import { formatAmount, type Currency, type Minor } from '#engine/money.ts';

/** Counts and unsigned sums of entries, credits and debits apart. */
interface Tally {
  credits: bigint;
  creditSum: Minor;
  debits: bigint;
  debitSum: Minor;
}

/** What is counted over a block's entries: those booked, and all. */
export interface BlockTally {
  readonly booked: Tally;
  readonly all: Tally;
}

export const newTally = (): BlockTally => ({ booked: emptyTally(), all: emptyTally() });

const emptyTally = (): Tally => ({ credits: 0n, creditSum: 0n, debits: 0n, debitSum: 0n });

export function countEntry(tally: BlockTally, entry: BankEntry): void {
  count(tally.all, entry.amount);
  if (entry.status === 'booked') count(tally.booked, entry.amount);
}

function count(tally: Tally, amount: Minor): void {
  if (amount < 0n) {
    tally.debits += 1n;
    tally.debitSum -= amount;
  } else {
    tally.credits += 1n;
    tally.creditSum += amount;
  }
}

/** The booked balances of a block, signed (§2.10). */
export interface Balances {
  readonly opening: Minor | undefined;
  readonly closing: Minor | undefined;
  /** OPBD and PRCD both stand and differ (B3). */
  readonly differing: MessagePart | undefined;
}

/**
 * Opening is OPBD, else PRCD; closing is CLBD. On pages of a message that is split over files, interim balances (ITBD) stand for the one that
 * is on another page: the first as the opening, the last as the closing.
 */
export function readBalances(parts: readonly MessagePart[], currency: Currency | undefined, paged: boolean): Balances {
  const found = parts.flatMap((part) => {
    const amount = balanceAmount(part, currency);
    return amount === undefined ? [] : [{ type: textAt(part, 'Tp', 'CdOrPrtry', 'Cd'), amount, part }];
  });
  const first = (type: string): Minor | undefined => found.find((balance) => balance.type === type)?.amount;
  const interim = paged ? found.filter((balance) => balance.type === 'ITBD').map((balance) => balance.amount) : [];
  const opening = first('OPBD') ?? first('PRCD') ?? interim.shift();
  const closing = first('CLBD') ?? interim.pop();
  const previous = found.find((balance) => balance.type === 'PRCD');
  const differs = previous !== undefined && previous.amount !== opening;
  return { opening, closing, differing: differs ? previous.part : undefined };
}

function balanceAmount(part: MessagePart, currency: Currency | undefined): Minor | undefined {
  const money = readMoneyPart(childOf(part, 'Amt'));
  const sign = readDirection(textAt(part, 'CdtDbtInd'));
  if (money === null || sign === null || (currency !== undefined && money.currency !== currency)) return undefined;
  return sign * money.amount;
}

/** B1: what the statement opens with, and its booked entries, make what it closes with. B3 is told beside it. */
export function checkBalances(balances: Balances, tally: BlockTally, block: Place): readonly Finding[] {
  const { opening, closing, differing } = balances;
  if (opening === undefined || closing === undefined) {
    return [findingAt(block, 'CAMT-NO-BALANCE', { field: opening === undefined ? 'Bal/OPBD' : 'Bal/CLBD' })];
  }
  const findings: Finding[] = [];
  const expected = opening + tally.booked.creditSum - tally.booked.debitSum;
  if (expected !== closing) {
    const facts = {
      opening: formatAmount(opening),
      expected: formatAmount(expected),
      difference: formatAmount(closing - expected),
    };
    findings.push(findingAt(block, 'CAMT-BALANCE', { field: 'Bal/CLBD', value: formatAmount(closing), facts }));
  }
  if (differing !== undefined) {
    const value = textAt(differing, 'Amt') ?? '';
    findings.push(
      findingAt(differing, 'CAMT-OPENING-DIFFERS', { field: 'Bal/PRCD', value, facts: { opening: formatAmount(opening) } }),
    );
  }
  return findings;
}

/**
 * B4 to B6: the counts and sums of `TxsSummry`. Warnings only: banks do not agree whether entries that are not booked count (§2.10), so each
 * total may be over the booked entries or over all.
 */
export function checkSummary(summary: MessagePart | undefined, tally: BlockTally): readonly Finding[] {
  const findings: Finding[] = [];
  const compare = (part: MessagePart | undefined, field: string, valueOf: (tally: Tally) => bigint, isMoney: boolean): void => {
    const text = textAt(part);
    if (part === undefined || text === undefined) return;
    const stated = isMoney ? signedSum(text) : wholeNumber(text);
    const counted = [valueOf(tally.booked), valueOf(tally.all)];
    if (stated !== null && counted.includes(stated)) return;
    const facts = { counted: counted.map((item) => (isMoney ? formatAmount(item) : String(item))).join(' / ') };
    findings.push(findingAt(part, 'CAMT-TOTALS', { field: `TxsSummry/${field}`, value: text, facts }));
  };
  const all = childOf(summary, 'TtlNtries');
  compare(childOf(all, 'NbOfNtries'), 'TtlNtries/NbOfNtries', (item) => item.credits + item.debits, false);
  compare(childOf(all, 'Sum'), 'TtlNtries/Sum', (item) => item.creditSum + item.debitSum, true);
  const net = childOf(all, 'TtlNetNtry');
  const sign = readDirection(textAt(net ?? all, 'CdtDbtInd')) ?? 1n;
  const netAmount = childOf(net, 'Amt') ?? childOf(all, 'TtlNetNtryAmt');
  compare(netAmount, 'TtlNtries/TtlNetNtry', (item) => sign * (item.creditSum - item.debitSum), true);
  const credits = childOf(summary, 'TtlCdtNtries');
  compare(childOf(credits, 'NbOfNtries'), 'TtlCdtNtries/NbOfNtries', (item) => item.credits, false);
  compare(childOf(credits, 'Sum'), 'TtlCdtNtries/Sum', (item) => item.creditSum, true);
  const debits = childOf(summary, 'TtlDbtNtries');
  compare(childOf(debits, 'NbOfNtries'), 'TtlDbtNtries/NbOfNtries', (item) => item.debits, false);
  compare(childOf(debits, 'Sum'), 'TtlDbtNtries/Sum', (item) => item.debitSum, true);
  return findings;
}

const wholeNumber = (text: string): bigint | null => (/^\d{1,18}$/.test(text) ? BigInt(text) : null);

/** Negative sums have been seen (§11). */
function signedSum(text: string): Minor | null {
  const amount = readBankAmount(text.replace(/^-/, ''));
  return amount !== null && text.startsWith('-') ? -amount : amount;
}
