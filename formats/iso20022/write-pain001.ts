import { orderedText, readPain001, type WrittenPaymentFile } from './read-pain001.ts';
import { writeXml, XML_DECLARATION, xmlNode, type XmlNode } from '../xml/write-xml.ts';
import {
  checkPaymentFile,
  type OutgoingPayment,
  type PaymentFile,
  type PaymentGroup,
  type PaymentParty,
  type RemittanceDocument,
} from '#engine/settlement/payment-file.ts';
import { formatAmount, sum, type Currency, type Minor } from '#engine/money.ts';
import { paymentText } from '#engine/payment-text.ts';
import { accountSchemeOf, type AccountNumber, type OrderedAccount, type WithAccounts } from '#engine/sockets/account-scheme.ts';
import type { Format } from '#engine/sockets/format.ts';
import type { PaymentParts } from '#engine/sockets/reference-scheme.ts';

export type Pain001Version = '03' | '09';

/**
 * Writes a payment file for the bank in pain.001.001.03 or .09, in UTF-8: same file, same bytes (reference/iso20022.md §6). It was checked with
 * `checkPaymentFile` before; what is wrong all the same is our fault and throws. Before it leaves, the text is read again and
 * its ids, accounts, amounts and sums are compared with what was meant.
 */
export function writePain001(
  file: PaymentFile,
  { version, parts }: { readonly version: Pain001Version; readonly parts: PaymentParts },
): string {
  const findings = checkPaymentFile(file, parts, () => true);
  if (findings.length > 0) throw new Error(`payment file ${file.messageId} was not checked: ${findings[0]!.code}`);
  const document: XmlNode = {
    ...node(
      'Document',
      node('CstmrCdtTrfInitn', groupHeader(file), ...file.payments.map((group) => paymentNode(group, version, parts))),
    ),
    attributes: { xmlns: `urn:iso:std:iso:20022:tech:xsd:pain.001.001.${version}` },
  };
  const text = `${XML_DECLARATION}${writeXml(document, { empty: 'drop' })}\n`;
  // Both are built in the same order, so that their texts are compared.
  if (JSON.stringify(readPain001(text)) !== JSON.stringify(meant(file, version, parts))) {
    throw new Error(`payment file ${file.messageId} does not say what was meant`);
  }
  return text;
}

/** What the written file must say when it is read again. */
const meant = (file: PaymentFile, version: Pain001Version, parts: WithAccounts): WrittenPaymentFile => ({
  format: `pain.001.001.${version}`,
  messageId: file.messageId,
  createdAt: file.createdAt,
  count: String(file.payments.reduce((total, { transactions }) => total + transactions.length, 0)),
  sum: formatAmount(sum(file.payments.map(sumOf))),
  payments: file.payments.map((group) => ({
    id: group.id,
    executionDate: group.executionDate,
    account: orderedText(withoutClearing(ordered(parts, group.account))),
    count: String(group.transactions.length),
    sum: formatAmount(sumOf(group)),
    transactions: group.transactions.map(({ id, amount, account }) => ({
      instructionId: id,
      endToEndId: id,
      amount: `${formatAmount(amount)} ${group.currency}`,
      account: orderedText(ordered(parts, account)),
    })),
  })),
});

const sumOf = ({ transactions }: PaymentGroup): Minor => sum(transactions.map(({ amount }) => amount));

function groupHeader(file: PaymentFile): XmlNode {
  const { messageId, createdAt, initiator, payments } = file;
  const count = payments.reduce((total, { transactions }) => total + transactions.length, 0);
  return node(
    'GrpHdr',
    xmlNode('MsgId', messageId),
    xmlNode('CreDtTm', createdAt),
    xmlNode('NbOfTxs', String(count)),
    xmlNode('CtrlSum', formatAmount(sum(payments.map(sumOf)))),
    node('InitgPty', xmlNode('Nm', paymentText(initiator.name)), organisation(initiator)),
  );
}

function paymentNode(group: PaymentGroup, version: Pain001Version, parts: WithAccounts): XmlNode {
  const { debtor, executionDate } = group;
  return node(
    'PmtInf',
    xmlNode('PmtInfId', group.id),
    xmlNode('PmtMtd', 'TRF'),
    xmlNode('BtchBookg', 'true'),
    xmlNode('NbOfTxs', String(group.transactions.length)),
    xmlNode('CtrlSum', formatAmount(sumOf(group))),
    node('PmtTpInf', node('SvcLvl', xmlNode('Cd', group.serviceLevel)), node('CtgyPurp', xmlNode('Cd', 'SUPP'))),
    version === '03' ? xmlNode('ReqdExctnDt', executionDate) : node('ReqdExctnDt', xmlNode('Dt', executionDate)),
    node('Dbtr', ...partyNodes(debtor), organisation(debtor)),
    node('DbtrAcct', accountNode(ordered(parts, group.account)), xmlNode('Ccy', group.currency)),
    node('DbtrAgt', node('FinInstnId', xmlNode(version === '03' ? 'BIC' : 'BICFI', group.bankBic))),
    ...(group.serviceLevel === 'SEPA' ? [xmlNode('ChrgBr', 'SLEV')] : []),
    ...group.transactions.map((payment) => transactionNode(payment, group.currency, parts)),
  );
}

function transactionNode(payment: OutgoingPayment, currency: Currency, parts: WithAccounts): XmlNode {
  const account = ordered(parts, payment.account);
  return node(
    'CdtTrfTxInf',
    node('PmtId', xmlNode('InstrId', payment.id), xmlNode('EndToEndId', payment.id)),
    node('Amt', money('InstdAmt', payment.amount, currency)),
    creditorAgent(account),
    node('Cdtr', ...partyNodes(payment.creditor)),
    node('CdtrAcct', accountNode(account)),
    node('RmtInf', ...remittanceNodes(payment, currency)),
  );
}

const partyNodes = ({ name, town, country }: PaymentParty): readonly XmlNode[] => [
  xmlNode('Nm', paymentText(name)),
  node('PstlAdr', xmlNode('TwnNm', paymentText(town)), xmlNode('Ctry', country)),
];

const organisation = ({ id, scheme }: { readonly id: string; readonly scheme: string }): XmlNode =>
  node('Id', node('OrgId', node('Othr', xmlNode('Id', id), node('SchmeNm', xmlNode('Cd', scheme)))));

function ordered(parts: WithAccounts, { kind, number }: AccountNumber): OrderedAccount {
  const { order } = accountSchemeOf(parts, kind);
  if (order === undefined) throw new Error(`an account of scheme ${kind} cannot be named in an order`);
  return order(number);
}

/** The agent of the account that is debited is the bank the file goes to. */
const withoutClearing = ({ id, scheme }: OrderedAccount): OrderedAccount => ({ id, scheme });

function creditorAgent({ clearing }: OrderedAccount): XmlNode {
  if (clearing === undefined) return xmlNode('CdtrAgt');
  const { system, member } = clearing;
  const id = node('ClrSysMmbId', node('ClrSysId', xmlNode('Cd', system)), xmlNode('MmbId', member));
  return node('CdtrAgt', node('FinInstnId', id));
}

function accountNode({ id, scheme }: OrderedAccount): XmlNode {
  if (scheme === 'iban') return node('Id', xmlNode('IBAN', id));
  const name = 'code' in scheme ? xmlNode('Cd', scheme.code) : xmlNode('Prtry', scheme.proprietary);
  return node('Id', node('Othr', xmlNode('Id', id), node('SchmeNm', name)));
}

function remittanceNodes({ remittance, amount }: OutgoingPayment, currency: Currency): readonly XmlNode[] {
  switch (remittance.kind) {
    case 'text':
      return [xmlNode('Ustrd', paymentText(remittance.text))];
    case 'documents':
      return remittance.documents.map((document) => documentNode(document, currency));
    case 'reference': {
      const amounts = node('RfrdDocAmt', money('RmtdAmt', amount, currency));
      return [node('Strd', amounts, node('CdtrRefInf', typeNode('SCOR'), xmlNode('Ref', remittance.reference)))];
    }
  }
}

function documentNode({ kind, number, amount }: RemittanceDocument, currency: Currency): XmlNode {
  const isCredit = kind === 'credit-note';
  return node(
    'Strd',
    node('RfrdDocInf', typeNode(isCredit ? 'CREN' : 'CINV'), xmlNode('Nb', paymentText(number))),
    node('RfrdDocAmt', money(isCredit ? 'CdtNoteAmt' : 'RmtdAmt', amount, currency)),
  );
}

const typeNode = (code: string): XmlNode => node('Tp', node('CdOrPrtry', xmlNode('Cd', code)));

const money = (name: string, amount: Minor, currency: Currency): XmlNode => ({
  ...xmlNode(name, formatAmount(amount)),
  attributes: { Ccy: currency },
});

const node = (name: string, ...children: readonly XmlNode[]): XmlNode => ({ ...xmlNode(name), children: [...children] });

const versions: readonly Pain001Version[] = ['03', '09'];

export const pain001: Format = {
  id: 'pain.001',
  title: 'Payment file, ISO 20022 (pain.001)',
  extension: '.xml',
  versions: Object.fromEntries(versions.map((version) => [version, 'written'])),
  writes: {
    of: 'payments',
    check: checkPaymentFile,
    write: (file, { version: wanted, parts }) => {
      const version = versions.find((known) => known === wanted);
      if (version === undefined) throw new Error(`payment file ${file.messageId} is wanted in version ${wanted}`);
      return writePain001(file, { version, parts });
    },
  },
};
