import { defined } from '../defined.ts';
import { formatMessageName, readMessageName, type MessageName } from './message-name.ts';
import { childOf, childrenOf, textAt, type MessagePart } from './message-part.ts';
import { findingAt, readMessage, type MessageListener, type MessageShape } from './message-reader.ts';
import type { Encoding } from '#engine/csv-mapping.ts';
import type { Finding } from '#engine/finding.ts';
import type { Format, PaymentStatusReading } from '#engine/sockets/format.ts';
import type { PaymentStatus, PaymentStatusReport, StatusReason, TransactionStatus } from '#engine/settlement/payment-status.ts';

/**
 * Reads a status report of any version. Real files are dirty, so texts are trimmed and statuses and message names are taken in any case
 * (reference/iso20022.md §7, rule 6); what cannot be trusted breaks the file.
 */
export async function readPain002(
  chunks: AsyncIterable<Uint8Array>,
  options: { readonly encoding: Encoding },
): Promise<PaymentStatusReading> {
  let report: PaymentStatusReading | undefined;
  const items = readMessage(chunks, statusListener(), { encoding: options.encoding, messages, noDocument: 'PAIN-ALIEN' });
  for await (const item of items) report = item;
  if (report === undefined) throw new Error('a message that is not broken ends with its report');
  return report;
}

const ROOT = 'CstmrPmtStsRpt';
const PAYMENT = 'OrgnlPmtInfAndSts';

/** Transactions of one payment in a report: twenty times what a bank takes in one (§6.6). */
const MAX_STATUS_PARTS = 200_000;

const payment: MessageShape = {
  name: PAYMENT,
  keep: new Set(['OrgnlPmtInfId', 'PmtInfSts', 'StsRsnInf', 'NbOfTxsPerSts', 'TxInfAndSts']),
  inside: new Map(),
};
const messages: ReadonlyMap<string, MessageShape> = new Map([
  [
    ROOT,
    { name: ROOT, keep: new Set(['GrpHdr', 'OrgnlGrpInfAndSts']), inside: new Map([[PAYMENT, payment]]) } satisfies MessageShape,
  ],
]);

interface Reading {
  name: MessageName | null;
  header: MessagePart | undefined;
  original: MessagePart | undefined;
  readonly payments: PaymentStatus[];
  parts: MessagePart[];
  line: number;
}

function statusListener(): MessageListener<PaymentStatusReading> {
  const reading: Reading = {
    name: null,
    header: undefined,
    original: undefined,
    payments: [],
    parts: [],
    line: 1,
  };
  const items: PaymentStatusReading[] = [];
  return {
    items,
    document: (namespace, place) => {
      reading.name = readMessageName(namespace);
      return reading.name?.message === 'pain.002' ? undefined : findingAt(place, 'PAIN-ALIEN', { value: namespace });
    },
    alien: (name, place) => findingAt(place, 'PAIN-ALIEN', { value: name }),
    begin: (_container, place) => {
      reading.line = place.line;
      return undefined;
    },
    part: (container, part) => {
      if (reading.parts.length >= MAX_STATUS_PARTS) {
        return findingAt(part, 'BANK-PART-SIZE', { field: PAYMENT, facts: { maximum: String(MAX_STATUS_PARTS) } });
      }
      if (container === PAYMENT) reading.parts.push(part);
      else if (part.name === 'GrpHdr') reading.header = part;
      else reading.original = part;
      return undefined;
    },
    end: (container, place) => (container === PAYMENT ? endPayment(reading) : endReport(reading, items, place.line)),
    close: () => (reading.original === undefined ? findingAt({ line: 1, column: 1 }, 'PAIN-ALIEN', { value: '' }) : undefined),
  };
}

function endPayment(reading: Reading): Finding | undefined {
  const { parts, line } = reading;
  reading.parts = [];
  const whole: MessagePart = { name: PAYMENT, text: '', currency: '', children: parts, line, column: 1 };
  const id = textAt(whole, 'OrgnlPmtInfId');
  if (id === undefined) return findingAt(whole, 'PAIN-MISSING', { field: `${PAYMENT}/OrgnlPmtInfId` });
  reading.payments.push({
    paymentInformationId: id,
    ...defined({ status: statusAt(whole, 'PmtInfSts') }),
    reasons: reasonsOf(whole),
    counts: childrenOf(whole, 'NbOfTxsPerSts').flatMap(countOf),
    transactions: childrenOf(whole, 'TxInfAndSts').map(transactionOf),
    line,
  });
  return undefined;
}

function countOf(part: MessagePart): PaymentStatus['counts'] {
  const status = statusAt(part, 'DtldSts');
  const number = textAt(part, 'DtldNbOfTxs');
  return status === undefined || number === undefined || !/^\d{1,15}$/.test(number)
    ? []
    : [{ status, transactions: Number(number) }];
}

const transactionOf = (part: MessagePart): TransactionStatus => ({
  ...defined({
    instructionId: textAt(part, 'OrgnlInstrId'),
    endToEndId: textAt(part, 'OrgnlEndToEndId'),
    status: statusAt(part, 'TxSts'),
  }),
  reasons: reasonsOf(part),
  line: part.line,
});

const statusAt = (part: MessagePart | undefined, name: string): string | undefined => textAt(part, name)?.toUpperCase();

const reasonsOf = (part: MessagePart | undefined): readonly StatusReason[] =>
  childrenOf(part, 'StsRsnInf').map((item) => ({
    ...defined({ code: textAt(item, 'Rsn', 'Cd') ?? textAt(item, 'Rsn', 'Prtry') }),
    text: childrenOf(item, 'AddtlInf')
      .map((line) => line.text.trim())
      .join(' '),
  }));

function endReport(reading: Reading, items: PaymentStatusReading[], line: number): Finding | undefined {
  const { header, original, name, payments } = reading;
  const messageId = textAt(header, 'MsgId');
  const originalMessageId = textAt(original, 'OrgnlMsgId');
  if (messageId === undefined) return findingAt({ line, column: 1 }, 'PAIN-MISSING', { field: 'GrpHdr/MsgId' });
  if (originalMessageId === undefined) {
    return findingAt(original ?? { line, column: 1 }, 'PAIN-MISSING', { field: 'OrgnlGrpInfAndSts/OrgnlMsgId' });
  }
  const report: PaymentStatusReport = {
    format: formatMessageName(name!),
    messageId,
    createdAt: textAt(childOf(header, 'CreDtTm')) ?? '',
    originalMessageId,
    ...defined({ status: statusAt(original, 'GrpSts') }),
    reasons: reasonsOf(original),
    payments,
  };
  items.push({ kind: 'report', report });
  return undefined;
}

/** In UTF-8; told from the other files of a bank by its name or its root. */
export const pain002: Format = {
  id: 'pain.002',
  title: "A bank's answer to a payment file, ISO 20022 (pain.002)",
  extension: '.xml',
  reads: {
    of: 'payment-statuses',
    from: 'bank',
    sniff: (head) => /pain\.002|<(?:\w+:)?CstmrPmtStsRpt/.test(head),
    read: (chunks) => readPain002(chunks, { encoding: 'utf-8' }),
  },
};
