import { readDateChoice } from './read-date.ts';
import { readDirection, readMoneyPart, shownAmount } from './read-amount.ts';
import { textAt, type MessagePart } from './message-part.ts';
import { findingAt, type Place } from './message-reader.ts';
import { readTransactionCodes, type TransactionCodes } from './transaction-codes.ts';
import type { BankTransaction } from '#engine/matching/bank-file.ts';
import type { Finding } from '#engine/finding.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { Currency, Minor } from '#engine/money.ts';

/** What an entry says for all its transactions. */
export interface EntryHeader {
  /** Signed. */
  readonly amount: Minor;
  readonly sign: 1n | -1n;
  readonly currency: Currency;
  readonly status: BankTransaction['status'];
  readonly bookingDate: IsoDate;
  readonly valueDate: IsoDate;
  readonly isReversal: boolean;
  readonly codes: TransactionCodes | undefined;
  readonly reference: string | undefined;
  readonly servicerReference: string | undefined;
  readonly findings: readonly Finding[];
}

/** The parts of an entry beside its details, by name. */
export type EntryParts = ReadonlyMap<string, MessagePart>;

/** Of the elements of §2.3; `Sts` is text before version 07 and a choice from it on. */
export function readEntryHeader(parts: EntryParts, entry: Place, blockDate: IsoDate | undefined): EntryHeader | Finding {
  const money = readMoneyPart(parts.get('Amt'));
  if (money === null) return unreadable(parts.get('Amt') ?? entry, 'Ntry/Amt', shownAmount(parts.get('Amt')));
  const indicator = parts.get('CdtDbtInd');
  const sign = readDirection(textOf(indicator));
  if (sign === null) return unreadable(indicator ?? entry, 'Ntry/CdtDbtInd', textOf(indicator));
  const booked = readDateChoice(parts.get('BookgDt'));
  const valued = readDateChoice(parts.get('ValDt'));
  const bookingDate = booked ?? valued ?? blockDate;
  if (bookingDate === undefined) return unreadable(parts.get('BookgDt') ?? entry, 'Ntry/BookgDt', '');
  const { status, findings } = readStatus(parts.get('Sts'), entry);
  return {
    amount: sign * money.amount,
    sign,
    currency: money.currency,
    status,
    bookingDate,
    valueDate: valued ?? bookingDate,
    isReversal: /^(true|1)$/.test(textOf(parts.get('RvslInd')) ?? ''),
    codes: readTransactionCodes(asParent(parts.get('BkTxCd'))),
    reference: textOf(parts.get('NtryRef')),
    servicerReference: textOf(parts.get('AcctSvcrRef')),
    findings,
  };
}

const textOf = (part: MessagePart | undefined): string | undefined => textAt(part);

/** Wraps a part, so that it is found as the child that it was. */
const asParent = (part: MessagePart | undefined): MessagePart | undefined =>
  part === undefined ? undefined : { ...part, name: 'Ntry', children: [part] };

const unreadable = (place: Place, field: string, value: string | undefined): Finding =>
  findingAt(place, 'CAMT-ENTRY-UNREADABLE', { field, value: value ?? '' });

const statuses: Readonly<Record<string, BankTransaction['status']>> = {
  BOOK: 'booked',
  PDNG: 'pending',
  FUTR: 'pending',
  INFO: 'information',
};

/** An unknown status is never posted, only told. */
function readStatus(
  part: MessagePart | undefined,
  entry: Place,
): { readonly status: BankTransaction['status']; readonly findings: readonly Finding[] } {
  const text = textAt(part, 'Cd') ?? textAt(part, 'Prtry') ?? textAt(part) ?? '';
  const status = statuses[text];
  if (status !== undefined) return { status, findings: [] };
  return { status: 'information', findings: [findingAt(part ?? entry, 'CAMT-STATUS', { field: 'Ntry/Sts', value: text })] };
}
