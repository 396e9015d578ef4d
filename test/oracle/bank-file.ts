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
export const bankFile = (account: string, day: Day, movements: readonly Movement[]): string =>
  notification(account, { id: `ORAKEL-${account.slice(-4)}-${dateOf(day)}`, day }, (id) =>
    movements.map((movement, place) => entry(day, movement, `${id}-${place}`)),
  );

/** A payout as the bank was told of it. */
export interface SentPayout {
  readonly amount: bigint;
  readonly instructionId: string;
  readonly groupId: string;
  readonly messageId: string;
}

/** The bank has debited payouts: the ids of the order come back (§2.6). */
export const debitFile = (account: string, day: Day, payouts: readonly SentPayout[]): string =>
  notification(account, { id: `ORAKEL-UT-${account.slice(-4)}-${dateOf(day)}`, day }, (id) =>
    payouts.map(({ amount, instructionId, groupId, messageId }, place) =>
      [
        `<Ntry>${money('Amt', amount)}<CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>${bookedOn(day, day)}`,
        `<AcctSvcrRef>${id}-${place}</AcctSvcrRef>${bankCode('ICDT', 'ATXN')}<NtryDtls><TxDtls><Refs><MsgId>${messageId}</MsgId>`,
        `<AcctSvcrRef>${id}-${place}</AcctSvcrRef><PmtInfId>${groupId}</PmtInfId><InstrId>${instructionId}</InstrId>`,
        `<EndToEndId>${instructionId}</EndToEndId></Refs><AmtDtls><TxAmt>${money('Amt', amount)}</TxAmt></AmtDtls></TxDtls></NtryDtls></Ntry>`,
      ].join(''),
    ),
  );

/** The bank refuses payouts of one file: a pain.002.001.03 (§7). */
export function statusFile(day: Day, payouts: readonly SentPayout[]): string {
  const messageId = payouts[0]?.messageId ?? '';
  const id = `ORAKEL-NEJ-${messageId}-${dateOf(day)}`.slice(0, 35);
  return [
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt>`,
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${dateOf(day)}T06:00:00+01:00</CreDtTm></GrpHdr>`,
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>`,
    ...[...Map.groupBy(payouts, ({ groupId }) => groupId)].map(
      ([groupId, own]) =>
        `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${groupId}</OrgnlPmtInfId><PmtInfSts>PART</PmtInfSts>${own.map(refused).join('')}</OrgnlPmtInfAndSts>`,
    ),
    `</CstmrPmtStsRpt></Document>\n`,
  ].join('\n');
}

const refused = ({ instructionId }: SentPayout): string =>
  `<TxInfAndSts><OrgnlInstrId>${instructionId}</OrgnlInstrId><OrgnlEndToEndId>${instructionId}</OrgnlEndToEndId><TxSts>RJCT</TxSts>` +
  `<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf></TxInfAndSts>`;

function notification(
  account: string,
  { id, day }: { readonly id: string; readonly day: Day },
  entries: (id: string) => readonly string[],
): string {
  const time = `${dateOf(day)}T06:00:00+01:00`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02"><BkToCstmrDbtCdtNtfctn>`,
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${time}</CreDtTm></GrpHdr>`,
    `<Ntfctn><Id>${id}-1</Id><CreDtTm>${time}</CreDtTm><Acct><Id><IBAN>${account}</IBAN></Id><Ccy>SEK</Ccy></Acct>`,
    ...entries(id),
    `</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n`,
  ].join('\n');
}

function entry(day: Day, { payment, bankgiro, bankReference, references, reversal }: Movement, id: string): string {
  const parts = payment.to.map(({ amount }, place) => part(references[place] ?? '', amount));
  return [
    `<Ntry>${money('Amt', payment.amount)}<CdtDbtInd>${reversal ? 'DBIT' : 'CRDT'}</CdtDbtInd>`,
    reversal ? '<RvslInd>true</RvslInd>' : '',
    `<Sts>BOOK</Sts>${bookedOn(day, reversal ? day : payment.value)}`,
    `<AcctSvcrRef>${id}</AcctSvcrRef>`,
    bankCode('RCDT', reversal ? 'RRTN' : 'ATXN'),
    `<NtryDtls><TxDtls><Refs><AcctSvcrRef>${bankReference}</AcctSvcrRef></Refs><AmtDtls><TxAmt>${money('Amt', payment.amount)}</TxAmt></AmtDtls>`,
    `<RltdPties><Dbtr><Nm>Betalare ${payment.debtor}</Nm></Dbtr>`,
    `<CdtrAcct><Id><Othr><Id>${bankgiro.replace('-', '')}</Id><SchmeNm><Prtry>BGNR</Prtry></SchmeNm></Othr></Id></CdtrAcct></RltdPties>`,
    parts.length === 0 ? '<RmtInf><Ustrd>tack</Ustrd></RmtInf>' : `<RmtInf>${parts.join('')}</RmtInf>`,
    `</TxDtls></NtryDtls></Ntry>`,
  ].join('');
}

const bookedOn = (booked: Day, value: Day): string =>
  `<BookgDt><Dt>${dateOf(booked)}</Dt></BookgDt><ValDt><Dt>${dateOf(value)}</Dt></ValDt>`;

const bankCode = (family: string, code: string): string =>
  `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${code}</SubFmlyCd></Fmly></Domn></BkTxCd>`;

const part = (reference: string, amount: bigint): string =>
  `<Strd><RfrdDocAmt>${money('RmtdAmt', amount)}</RfrdDocAmt><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${reference}</Ref></CdtrRefInf></Strd>`;

const money = (name: string, amount: bigint): string =>
  `<${name} Ccy="SEK">${amount / 100n}.${String(amount % 100n).padStart(2, '0')}</${name}>`;
