import { type XmlElement, xmlReader } from '../xml/read-xml.ts';
import { readMessageName, formatMessageName } from './message-name.ts';
import { childOf, childrenOf, textAt, type MessagePart } from './message-part.ts';
import type { OrderedAccount } from '#engine/sockets/account-scheme.ts';

/** What a payment file says, read without knowing how it was written; texts as they stand. */
export interface WrittenPaymentFile {
  readonly format: string;
  readonly messageId: string;
  readonly createdAt: string;
  readonly count: string;
  readonly sum: string;
  readonly payments: readonly WrittenPayment[];
}

export interface WrittenPayment {
  readonly id: string;
  readonly executionDate: string;
  readonly account: string;
  readonly count: string;
  readonly sum: string;
  readonly transactions: readonly {
    readonly instructionId: string;
    readonly endToEndId: string;
    readonly amount: string;
    readonly account: string;
  }[];
}

/** Reads a payment file of ours again, from memory; one that cannot be read throws, since we wrote it. */
export function readPain001(text: string): WrittenPaymentFile {
  const reader = xmlReader({ encoding: 'utf-8', take: (path) => path === '/Document' });
  const results = [reader.write(text), reader.close()];
  const documents = results.flatMap((result) => {
    if ('code' in result) throw new Error(`the payment file is no XML: ${JSON.stringify(result)}`);
    return result;
  });
  const [document] = documents;
  if (document === undefined) throw new Error('the payment file has no Document');
  const name = readMessageName(document.namespace);
  if (name === null) throw new Error(`the payment file's namespace is ${document.namespace}`);
  const root = childOf(partOf(document), 'CstmrCdtTrfInitn');
  const header = childOf(root, 'GrpHdr');
  return {
    format: formatMessageName(name),
    messageId: stated(header, 'MsgId'),
    createdAt: stated(header, 'CreDtTm'),
    count: stated(header, 'NbOfTxs'),
    sum: stated(header, 'CtrlSum'),
    payments: childrenOf(root, 'PmtInf').map(readPayment),
  };
}

const partOf = (element: XmlElement): MessagePart => ({
  name: element.name,
  text: element.text,
  currency: element.attributes['Ccy'] ?? '',
  children: element.children.map(partOf),
  line: element.line,
  column: element.column,
});

const stated = (part: MessagePart | undefined, ...path: readonly string[]): string => textAt(part, ...path) ?? '';

const readPayment = (part: MessagePart): WrittenPayment => ({
  id: stated(part, 'PmtInfId'),
  executionDate: textAt(part, 'ReqdExctnDt', 'Dt') ?? stated(part, 'ReqdExctnDt'),
  account: accountOf(childOf(part, 'DbtrAcct'), undefined),
  count: stated(part, 'NbOfTxs'),
  sum: stated(part, 'CtrlSum'),
  transactions: childrenOf(part, 'CdtTrfTxInf').map((transaction) => {
    const amount = childOf(childOf(transaction, 'Amt'), 'InstdAmt');
    return {
      instructionId: stated(transaction, 'PmtId', 'InstrId'),
      endToEndId: stated(transaction, 'PmtId', 'EndToEndId'),
      amount: `${stated(amount)} ${amount?.currency ?? ''}`,
      account: accountOf(childOf(transaction, 'CdtrAcct'), childOf(transaction, 'CdtrAgt')),
    };
  }),
});

/** In the words of `orderedText`. */
function accountOf(account: MessagePart | undefined, agent: MessagePart | undefined): string {
  const iban = textAt(account, 'Id', 'IBAN');
  const other = childOf(childOf(account, 'Id'), 'Othr');
  const code = textAt(other, 'SchmeNm', 'Cd');
  const member = childOf(childOf(agent, 'FinInstnId'), 'ClrSysMmbId');
  return orderedText({
    id: iban ?? stated(other, 'Id'),
    scheme: iban !== undefined ? 'iban' : code === undefined ? { proprietary: stated(other, 'SchmeNm', 'Prtry') } : { code },
    ...(member === undefined ? {} : { clearing: { system: stated(member, 'ClrSysId', 'Cd'), member: stated(member, 'MmbId') } }),
  });
}

/** Everything that an order says of an account, as text: what was written is compared by it with what was meant. */
export const orderedText = ({ id, scheme, clearing }: OrderedAccount): string =>
  [id, scheme === 'iban' ? 'IBAN' : Object.values(scheme).join(), ...(clearing ? [clearing.system, clearing.member] : [])].join(
    ' ',
  );
