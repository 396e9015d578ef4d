import { dateOf, type Day } from './days.ts';
import type { Payment } from './world.ts';

/** One movement on the clients' account, as the oracle's bank reports it. */
export interface Movement {
  readonly payment: Payment;
  readonly bankgiro: string;
  /** Unique for ever: the bank's reference of the payment, which its reversal names again. */
  readonly bankReference: string;
  /** Payment references of the invoices, in the order of the payment's parts; none of one that nobody knows. */
  readonly references: readonly string[];
  /** The payment is taken back. */
  readonly reversal: boolean;
}

/**
 * A camt.054.001.02 of its own making, one entry for each movement, by reference/iso20022.md §2.3–2.7 and the constructed sample: the
 * engine's own test files are made by the engine's people.
 */
export function bankFile(account: string, day: Day, movements: readonly Movement[]): string {
  const id = `ORAKEL-${dateOf(day)}`;
  const time = `${dateOf(day)}T06:00:00+01:00`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>`,
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${time}</CreDtTm></GrpHdr>`,
    `<Ntfctn><Id>${id}-1</Id><CreDtTm>${time}</CreDtTm><Acct><Id><IBAN>${account}</IBAN></Id><Ccy>SEK</Ccy></Acct>`,
    ...movements.map((movement, place) => entry(day, movement, `${id}-${place}`)),
    `</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n`,
  ].join('\n');
}

function entry(day: Day, { payment, bankgiro, bankReference, references, reversal }: Movement, id: string): string {
  const parts = payment.to.map(({ amount }, place) => part(references[place] ?? '', amount));
  return [
    `<Ntry>${money('Amt', payment.amount)}<CdtDbtInd>${reversal ? 'DBIT' : 'CRDT'}</CdtDbtInd>`,
    reversal ? '<RvslInd>true</RvslInd>' : '',
    `<Sts>BOOK</Sts><BookgDt><Dt>${dateOf(day)}</Dt></BookgDt><ValDt><Dt>${dateOf(reversal ? day : payment.value)}</Dt></ValDt>`,
    `<AcctSvcrRef>${id}</AcctSvcrRef>`,
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>${reversal ? 'RRTN' : 'ATXN'}</SubFmlyCd></Fmly></Domn></BkTxCd>`,
    `<NtryDtls><TxDtls><Refs><AcctSvcrRef>${bankReference}</AcctSvcrRef></Refs><AmtDtls><TxAmt>${money('Amt', payment.amount)}</TxAmt></AmtDtls>`,
    `<RltdPties><Dbtr><Nm>Betalare ${payment.debtor}</Nm></Dbtr>`,
    `<CdtrAcct><Id><Othr><Id>${bankgiro.replace('-', '')}</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct></RltdPties>`,
    parts.length === 0 ? '<RmtInf><Ustrd>tack</Ustrd></RmtInf>' : `<RmtInf>${parts.join('')}</RmtInf>`,
    `</TxDtls></NtryDtls></Ntry>`,
  ].join('');
}

const part = (reference: string, amount: bigint): string =>
  `<Strd><RfrdDocAmt>${money('RmtdAmt', amount)}</RfrdDocAmt><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${reference}</Ref></CdtrRefInf></Strd>`;

const money = (name: string, amount: bigint): string =>
  `<${name} Ccy="SEK">${amount / 100n}.${String(amount % 100n).padStart(2, '0')}</${name}>`;
