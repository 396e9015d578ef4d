import { childOf, textAt, type MessagePart } from './message-part.ts';

/** `BkTxCd/Domn`: all absent where the bank gives only a code of its own. */
export interface TransactionCodes {
  readonly domain?: string | undefined;
  readonly subFamily?: string | undefined;
}

export function readTransactionCodes(part: MessagePart | undefined): TransactionCodes | undefined {
  const code = childOf(part, 'BkTxCd');
  if (code === undefined) return undefined;
  return { domain: textAt(code, 'Domn', 'Cd'), subFamily: textAt(code, 'Domn', 'Fmly', 'SubFmlyCd') };
}

/** Account management, cash management: charges, interest, pooling; and loans, foreign exchange, securities, trade (§2.5). */
const OTHER_DOMAINS = new Set(['ACMT', 'CAMT', 'LDAS', 'FORX', 'SECU', 'TRAD', 'DERV', 'CMDT', 'PMET', 'XTND']);
const CHARGE_CODES = new Set(['CHRG', 'COMM', 'FEES', 'INTR']);
/** ARET is not among them: Handelsbanken books Swish payments with it (§2.5). */
const RETURN_CODES = new Set(['RRTN', 'RPCR', 'UPDD', 'PRDD', 'AREV']);

/** A hint for routing what is no payment to the bank's charges; a valid reference goes before it (§2.5). */
export const areOfCharge = ({ domain = '', subFamily = '' }: TransactionCodes): boolean =>
  OTHER_DOMAINS.has(domain) || CHARGE_CODES.has(subFamily);

/** Codes by which something comes back; ADBT, an automatic debit, takes an earlier credit back where the account is debited (§2.6). */
export const areOfReturn = ({ subFamily = '' }: TransactionCodes, sign: 1n | -1n): boolean =>
  RETURN_CODES.has(subFamily) || (subFamily === 'ADBT' && sign === -1n);
