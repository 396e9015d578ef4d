import { readPain001, type WrittenPaymentFile } from './read-pain001.ts';
import { writeXml, XML_DECLARATION, xmlNode, type XmlNode } from '../xml/write-xml.ts';
import type { PayoutReceiver } from '#engine/agreement.ts';
import { checkPaymentFile } from '#engine/check-payment-file.ts';
import { formatAmount, sum, type Currency, type Minor } from '#engine/money.ts';
import {
  accountKey,
  type DebtorAccount,
  type OutgoingPayment,
  type PaymentFile,
  type PaymentGroup,
  type PaymentParty,
  type RemittanceDocument,
} from '#engine/payment-file.ts';
import { paymentText } from '#engine/payment-text.ts';

export type Pain001Version = '03' | '09';

/**
 * Writes a payment file for the bank in pain.001.001.03 or .09, in UTF-8: same file, same bytes (reference/iso20022.md §6). It was checked with
 * `checkPaymentFile` before; what is wrong all the same is our fault and throws. Before it leaves, the text is read again and
 * its ids, accounts, amounts and sums are compared with what was meant.
 */
export function writePain001(file: PaymentFile, version: Pain001Version): string {
  const findings = checkPaymentFile(file, () => true);
  if (findings.length > 0) throw new Error(`payment file ${file.messageId} was not checked: ${findings[0]!.code}`);
  const document: XmlNode = {
    ...node(
      'Document',
      node('CstmrCdtTrfInitn', groupHeader(file), ...file.payments.map((group) => paymentNode(group, version))),
    ),
    attributes: { xmlns: `urn:iso:std:iso:20022:tech:xsd:pain.001.001.${version}` },
  };
  const text = `${XML_DECLARATION}${writeXml(document)}\n`;
  // Both are built in the same order, so that their texts are compared.
  if (JSON.stringify(readPain001(text)) !== JSON.stringify(meant(file, version))) {
    throw new Error(`payment file ${file.messageId} does not say what was meant`);
  }
  return text;
}

/** What the written file must say when it is read again. */
const meant = (file: PaymentFile, version: Pain001Version): WrittenPaymentFile => ({
  format: `pain.001.001.${version}`,
  messageId: file.messageId,
  createdAt: file.createdAt,
  count: String(file.payments.reduce((total, { transactions }) => total + transactions.length, 0)),
  sum: formatAmount(sum(file.payments.map(sumOf))),
  payments: file.payments.map((group) => ({
    id: group.id,
    executionDate: group.executionDate,
    account: accountKey(group.account),
    count: String(group.transactions.length),
    sum: formatAmount(sumOf(group)),
    transactions: group.transactions.map(({ id, amount, account }) => ({
      instructionId: id,
      endToEndId: id,
      amount: `${formatAmount(amount)} ${group.currency}`,
      account: accountKey(account),
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

function paymentNode(group: PaymentGroup, version: Pain001Version): XmlNode {
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
    node('DbtrAcct', debtorAccount(group.account), xmlNode('Ccy', group.currency)),
    node('DbtrAgt', node('FinInstnId', xmlNode(version === '03' ? 'BIC' : 'BICFI', group.bankBic))),
    ...(group.serviceLevel === 'SEPA' ? [xmlNode('ChrgBr', 'SLEV')] : []),
    ...group.transactions.map((payment) => transactionNode(payment, group.currency)),
  );
}

function transactionNode(payment: OutgoingPayment, currency: Currency): XmlNode {
  return node(
    'CdtTrfTxInf',
    node('PmtId', xmlNode('InstrId', payment.id), xmlNode('EndToEndId', payment.id)),
    node('Amt', money('InstdAmt', payment.amount, currency)),
    creditorAgent(payment.account),
    node('Cdtr', ...partyNodes(payment.creditor)),
    node('CdtrAcct', creditorAccount(payment.account)),
    node('RmtInf', ...remittanceNodes(payment, currency)),
  );
}

const partyNodes = ({ name, town, country }: PaymentParty): readonly XmlNode[] => [
  xmlNode('Nm', paymentText(name)),
  node('PstlAdr', xmlNode('TwnNm', paymentText(town)), xmlNode('Ctry', country)),
];

const organisation = ({ id, scheme }: { readonly id: string; readonly scheme: string }): XmlNode =>
  node('Id', node('OrgId', node('Othr', xmlNode('Id', id), node('SchmeNm', xmlNode('Cd', scheme)))));

/** Clearing members of the Swedish clearing (SESBA) that stand for the giros (§6.2). */
const BANKGIRO_MEMBER = '9900';
const PLUSGIRO_MEMBER = '9960';

function creditorAgent(account: PayoutReceiver): XmlNode {
  const members = { bankgiro: BANKGIRO_MEMBER, plusgiro: PLUSGIRO_MEMBER };
  if (account.kind === 'iban') return xmlNode('CdtrAgt');
  const member = account.kind === 'account' ? account.clearing : members[account.kind];
  const clearing = node('ClrSysMmbId', node('ClrSysId', xmlNode('Cd', 'SESBA')), xmlNode('MmbId', member));
  return node('CdtrAgt', node('FinInstnId', clearing));
}

const creditorAccount = (account: PayoutReceiver): XmlNode =>
  account.kind === 'iban' ? ibanNode(account.iban) : otherNode(account.number, account.kind === 'bankgiro');

const debtorAccount = (account: DebtorAccount): XmlNode =>
  account.kind === 'iban' ? ibanNode(account.iban) : otherNode(account.number, account.kind === 'bankgiro');

const ibanNode = (iban: string): XmlNode => node('Id', xmlNode('IBAN', iban));

/** Only the bankgiro has a scheme of its own; the others are account numbers (§6.2). */
const otherNode = (number: string, isBankgiro: boolean): XmlNode =>
  node('Id', node('Othr', xmlNode('Id', number), node('SchmeNm', isBankgiro ? xmlNode('Prtry', 'BGNR') : xmlNode('Cd', 'BBAN'))));

function remittanceNodes({ remittance, amount }: OutgoingPayment, currency: Currency): readonly XmlNode[] {
  switch (remittance.kind) {
    case 'text':
      return [xmlNode('Ustrd', paymentText(remittance.text))];
    case 'documents':
      return remittance.documents.map((document) => documentNode(document, currency));
    case 'ocr': {
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
