import type { IsoDate } from '#engine/iso-date.ts';
import { absolute, formatAmount, sum, type Currency, type Minor } from '#engine/money.ts';
import { writeXml, XML_DECLARATION, xmlNode, type XmlNode } from '#formats/xml/write-xml.ts';

/** A payment as a bank would report it. */
export interface DemoPayment {
  /** Positive. */
  readonly amount: Minor;
  readonly ocr?: string;
  readonly documentNumbers?: readonly { readonly number: string; readonly amount: Minor }[];
  readonly text?: string;
  readonly payerName?: string;
  /** A bankgiro number of the payer. */
  readonly payerAccount?: string;
  /** That was paid to. */
  readonly bankgiro: string;
  readonly servicerReference: string;
  /** The payment is a payout of ours that came back: our ids and the bank's reason. */
  readonly returned?: {
    readonly messageId: string;
    readonly paymentInformationId: string;
    readonly endToEndId: string;
    readonly reason: string;
  };
}

export interface DemoBankFile {
  readonly messageId: string;
  readonly account: { readonly iban: string; readonly currency: Currency };
  readonly bookingDate: IsoDate;
  /** What the file covers, where that is more than the booking date. */
  readonly period?: { readonly from: IsoDate; readonly to: IsoDate };
  /** With offset, such as `2026-11-20T17:05:00+01:00`. */
  readonly createdAt: string;
  readonly payments: readonly DemoPayment[];
  /** Orders of ours that the bank has carried out. */
  readonly orders?: readonly DemoOrder[];
}

/** A payout of ours as the bank debits it, with the ids of our payment file. */
export interface DemoOrder {
  /** Positive. */
  readonly amount: Minor;
  readonly messageId: string;
  readonly paymentInformationId: string;
  readonly endToEndId: string;
  readonly servicerReference: string;
}

/** A movement that a statement shows as one sum. */
export interface DemoLump {
  /** Signed. */
  readonly amount: Minor;
  readonly servicerReference: string;
  readonly kind: 'deposit' | 'payout' | 'charge';
  readonly text?: string;
  /** Of our payment file, for a payout. */
  readonly batch?: { readonly messageId: string; readonly paymentInformationId: string; readonly count: number };
}

export interface DemoStatement extends DemoBankFile {
  readonly sequenceNumber: number;
  /** Booked balance before the first movement, signed. */
  readonly openingAmount: Minor;
  readonly lumps: readonly DemoLump[];
}

/** A credit notification (camt.054.001.02) as SEB writes it: one entry for each bankgiro (reference/iso20022.md §3.1). */
export const makeCamt054 = (file: DemoBankFile): Uint8Array => Buffer.concat([...camt054Chunks(file)]);

/** An end-of-day statement (camt.053.001.02) whose closing balance is what its movements make. */
export const makeCamt053 = (file: DemoStatement): Uint8Array => Buffer.concat([...camt053Chunks(file)]);

/** The notification piece by piece, for files that are larger than memory should be. */
export const camt054Chunks = (file: DemoBankFile): Generator<Uint8Array> =>
  inChunks(messageTexts({ message: 'camt.054.001.02', root: 'BkToCstmrDbtCdtNtfctn', block: 'Ntfctn', header: '/CRED/' }, file));

export function camt053Chunks(file: DemoStatement): Generator<Uint8Array> {
  const closing =
    file.openingAmount +
    sum(file.payments.map(({ amount }) => amount)) +
    sum(file.lumps.map(({ amount }) => amount)) -
    sum((file.orders ?? []).map(({ amount }) => amount));
  const terms = {
    sequenceNumber: file.sequenceNumber,
    balances: [balance('OPBD', file.openingAmount, file), balance('CLBD', closing, file)],
    lumps: file.lumps,
  };
  return inChunks(messageTexts({ message: 'camt.053.001.02', root: 'BkToCstmrStmt', block: 'Stmt', ...terms }, file));
}

/** Characters gathered before they are given out. */
const CHUNK_CHARACTERS = 64 * 1024;

function* inChunks(texts: Iterable<string>): Generator<Uint8Array> {
  let gathered = '';
  for (const text of texts) {
    gathered += text;
    if (gathered.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(gathered, 'utf8');
    gathered = '';
  }
  if (gathered !== '') yield Buffer.from(gathered, 'utf8');
}

interface Envelope {
  readonly message: string;
  readonly root: string;
  readonly block: string;
  readonly header?: string;
  readonly sequenceNumber?: number;
  readonly balances?: readonly XmlNode[];
  readonly lumps?: readonly DemoLump[];
}

function* messageTexts(envelope: Envelope, file: DemoBankFile): Generator<string> {
  const { messageId, createdAt, account } = file;
  yield `${XML_DECLARATION}<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${envelope.message}"><${envelope.root}>`;
  yield writeXml(
    node('GrpHdr', xmlNode('MsgId', messageId), xmlNode('CreDtTm', createdAt), xmlNode('AddtlInf', envelope.header)),
    { empty: 'drop' },
  );
  yield `<${envelope.block}>`;
  yield writeXml(xmlNode('Id', `${messageId}-1`), { empty: 'drop' });
  yield writeXml(xmlNode('ElctrncSeqNb', envelope.sequenceNumber === undefined ? undefined : String(envelope.sequenceNumber)), {
    empty: 'drop',
  });
  yield writeXml(xmlNode('CreDtTm', createdAt), { empty: 'drop' });
  yield writeXml(periodNode(file), { empty: 'drop' });
  yield writeXml(node('Acct', node('Id', xmlNode('IBAN', account.iban)), xmlNode('Ccy', account.currency)), { empty: 'drop' });
  for (const item of envelope.balances ?? []) yield writeXml(item, { empty: 'drop' });
  yield* entryTexts(envelope, file);
  yield `</${envelope.block}></${envelope.root}></Document>\n`;
}

function* entryTexts({ lumps = [] }: Envelope, file: DemoBankFile): Generator<string> {
  const deposits = Map.groupBy(
    file.payments.filter(({ returned }) => returned === undefined),
    ({ bankgiro }) => bankgiro,
  );
  let number = 0;
  for (const [bankgiro, payments] of deposits) {
    number += 1;
    const reference = `BG${bankgiro.padStart(8, '0')} ${String(number).padStart(5, '0')}`;
    const own = [reference, `${file.messageId}-${String(number)}`] as const;
    yield* entryWithDetails(file, own, payments, ['PMNT', 'RCDT', 'ATXN']);
  }
  for (const payment of file.payments.filter(({ returned }) => returned !== undefined)) {
    yield* entryWithDetails(file, ['', payment.servicerReference], [payment], ['PMNT', 'ICDT', 'RRTN']);
  }
  for (const order of file.orders ?? []) yield orderText(order, file);
  for (const lump of lumps) yield lumpText(lump, file);
}

function orderText(
  { amount, messageId, paymentInformationId, endToEndId, servicerReference }: DemoOrder,
  file: DemoBankFile,
): string {
  const codes = ['PMNT', 'ICDT', 'ATXN'] as const;
  const details = node(
    'TxDtls',
    node(
      'Refs',
      xmlNode('MsgId', messageId),
      xmlNode('AcctSvcrRef', servicerReference),
      xmlNode('PmtInfId', paymentInformationId),
      xmlNode('InstrId', endToEndId),
      xmlNode('EndToEndId', endToEndId),
    ),
    node('AmtDtls', node('TxAmt', money('Amt', amount, file.account.currency))),
  );
  const head = headTexts(file, { reference: '', servicerReference, amount: -amount, codes, isReversal: false });
  return `<Ntry>${head}<NtryDtls>${writeXml(details, { empty: 'drop' })}</NtryDtls></Ntry>`;
}

type Codes = readonly [domain: string, family: string, subFamily: string];

function* entryWithDetails(
  file: DemoBankFile,
  [reference, servicerReference]: readonly [string, string],
  payments: readonly DemoPayment[],
  codes: Codes,
): Generator<string> {
  const head = { reference, servicerReference, amount: sum(payments.map(({ amount }) => amount)), codes };
  yield `<Ntry>${headTexts(file, { ...head, isReversal: payments[0]?.returned !== undefined })}<NtryDtls>`;
  for (const payment of payments) yield writeXml(detailsOf(payment, file.account.currency), { empty: 'drop' });
  yield '</NtryDtls></Ntry>';
}

function headTexts(
  { bookingDate, account: { currency } }: DemoBankFile,
  head: {
    readonly reference: string;
    readonly servicerReference: string;
    readonly amount: Minor;
    readonly codes: Codes;
    readonly isReversal: boolean;
  },
): string {
  const [domain, family, subFamily] = head.codes;
  return [
    xmlNode('NtryRef', head.reference),
    money('Amt', absolute(head.amount), currency),
    xmlNode('CdtDbtInd', head.amount < 0n ? 'DBIT' : 'CRDT'),
    xmlNode('RvslInd', head.isReversal ? 'true' : ''),
    xmlNode('Sts', 'BOOK'),
    node('BookgDt', xmlNode('Dt', bookingDate)),
    node('ValDt', xmlNode('Dt', bookingDate)),
    xmlNode('AcctSvcrRef', head.servicerReference),
    node('BkTxCd', node('Domn', xmlNode('Cd', domain), node('Fmly', xmlNode('Cd', family), xmlNode('SubFmlyCd', subFamily)))),
  ]
    .map((item) => writeXml(item, { empty: 'drop' }))
    .join('');
}

function detailsOf(payment: DemoPayment, currency: Currency): XmlNode {
  const { amount, returned } = payment;
  return node(
    'TxDtls',
    node(
      'Refs',
      xmlNode('MsgId', returned?.messageId),
      xmlNode('AcctSvcrRef', payment.servicerReference),
      xmlNode('PmtInfId', returned?.paymentInformationId),
      xmlNode('InstrId', returned?.endToEndId),
      xmlNode('EndToEndId', returned?.endToEndId),
    ),
    node('AmtDtls', node('TxAmt', money('Amt', absolute(amount), currency))),
    node(
      'RltdPties',
      node('Dbtr', xmlNode('Nm', payment.payerName)),
      giroAccount('DbtrAcct', payment.payerAccount),
      giroAccount('CdtrAcct', payment.bankgiro),
    ),
    remittanceOf(payment, currency),
    node('RtrInf', node('Rsn', xmlNode('Cd', returned?.reason))),
  );
}

function remittanceOf({ amount, ocr, documentNumbers = [], text }: DemoPayment, currency: Currency): XmlNode {
  const documents = documentNumbers.map((document) =>
    node(
      'Strd',
      node('RfrdDocInf', node('Tp', node('CdOrPrtry', xmlNode('Cd', 'CINV'))), xmlNode('Nb', document.number)),
      node('RfrdDocAmt', money('RmtdAmt', document.amount, currency)),
    ),
  );
  const reference = node(
    'CdtrRefInf',
    ...(ocr === undefined ? [] : [node('Tp', node('CdOrPrtry', xmlNode('Cd', 'SCOR')))]),
    xmlNode('Ref', ocr),
  );
  const paid =
    ocr === undefined ? [] : [node('Strd', node('RfrdDocAmt', money('RmtdAmt', absolute(amount), currency)), reference)];
  return node('RmtInf', xmlNode('Ustrd', text), ...paid, ...documents);
}

/** The codes of an entry without details. */
const lumpCodes: Readonly<Record<DemoLump['kind'], Codes>> = {
  deposit: ['PMNT', 'RCDT', 'ATXN'],
  payout: ['PMNT', 'ICDT', 'ATXN'],
  charge: ['ACMT', 'MDOP', 'CHRG'],
};

function lumpText(lump: DemoLump, file: DemoBankFile): string {
  const { batch } = lump;
  const head = { reference: '', servicerReference: lump.servicerReference, amount: lump.amount, codes: lumpCodes[lump.kind] };
  const details =
    batch === undefined
      ? xmlNode('NtryDtls')
      : node(
          'NtryDtls',
          node(
            'Btch',
            xmlNode('MsgId', batch.messageId),
            xmlNode('PmtInfId', batch.paymentInformationId),
            xmlNode('NbOfTxs', String(batch.count)),
          ),
        );
  const text = xmlNode('AddtlNtryInf', lump.text);
  return `<Ntry>${headTexts(file, { ...head, isReversal: false })}${writeXml(details, { empty: 'drop' })}${writeXml(text, { empty: 'drop' })}</Ntry>`;
}

const balance = (type: string, amount: Minor, { bookingDate, account }: DemoBankFile): XmlNode =>
  node(
    'Bal',
    node('Tp', node('CdOrPrtry', xmlNode('Cd', type))),
    money('Amt', absolute(amount), account.currency),
    xmlNode('CdtDbtInd', amount < 0n ? 'DBIT' : 'CRDT'),
    node('Dt', xmlNode('Dt', bookingDate)),
  );

const giroAccount = (name: string, bankgiro: string | undefined): XmlNode =>
  bankgiro === undefined
    ? xmlNode(name)
    : node(name, node('Id', node('Othr', xmlNode('Id', bankgiro), node('SchmeNm', xmlNode('Prtry', 'BGNR')))));

const money = (name: string, amount: Minor, currency: Currency): XmlNode => ({
  ...xmlNode(name, formatAmount(amount)),
  attributes: { Ccy: currency },
});

const node = (name: string, ...children: readonly XmlNode[]): XmlNode => ({ ...xmlNode(name), children: [...children] });

const periodNode = ({ period }: DemoBankFile): XmlNode =>
  node('FrToDt', xmlNode('FrDtTm', period && `${period.from}T00:00:00`), xmlNode('ToDtTm', period && `${period.to}T23:59:59`));
