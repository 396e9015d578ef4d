import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chunksOf } from '../chunks.ts';
import { shared } from '../shared-folder.ts';
import {
  laterOutcome,
  resolveStatuses,
  type PaymentStatusReport,
  type PayoutOutcome,
  type SentPaymentFile,
} from '#engine/settlement/payment-status.ts';
import { readPain002 } from '#formats/iso20022/read-pain002.ts';

const fixture = readFileSync(new URL('../../../fixtures/iso20022/pain/pain002v03-partial.xml', import.meta.url));

async function reportOf(content: string | Uint8Array, chunkSize?: number): Promise<PaymentStatusReport> {
  const read = await readPain002(chunksOf(content, chunkSize), { encoding: 'utf-8' });
  if (read.kind === 'broken') throw new Error(JSON.stringify(read));
  return read.report;
}

const sent: SentPaymentFile = {
  messageId: 'PO-20261123-0001',
  payments: [
    { id: 'PO-20261123-0001-P1', transactionIds: ['PO-20261123-0001-T1'] },
    { id: 'PO-20261123-0001-P2', transactionIds: ['PO-20261123-0001-T2', 'PO-20261123-0001-T3'] },
  ],
};

interface Said {
  readonly group?: string;
  readonly p1?: string;
  readonly p2?: string;
  /** Statuses of listed transactions of P2 by number. */
  readonly listed?: Readonly<Record<string, string>>;
  readonly reason?: string;
  readonly counts?: string;
  readonly messageId?: string;
  readonly version?: string;
}

const element = (name: string, text: string | undefined): string => (text === undefined ? '' : `<${name}>${text}</${name}>`);

function reportText(said: Said): string {
  const { listed = {}, version = '03', messageId = sent.messageId } = said;
  const reason = said.reason === undefined ? '' : `<StsRsnInf><Rsn><Cd>${said.reason}</Cd></Rsn></StsRsnInf>`;
  const payment = (id: string, status: string | undefined, inside: string): string =>
    status === undefined && inside === ''
      ? ''
      : `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}</OrgnlPmtInfId>${element('PmtInfSts', status)}${inside}</OrgnlPmtInfAndSts>`;
  const transactions = Object.entries(listed).map(
    ([number, status]) =>
      `<TxInfAndSts><OrgnlInstrId>PO-20261123-0001-T${number}</OrgnlInstrId>${element('TxSts', status)}${reason}</TxInfAndSts>`,
  );
  return `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.${version}"><CstmrPmtStsRpt>
    <GrpHdr><MsgId>ST-1</MsgId><CreDtTm>2026-11-23T06:20:00</CreDtTm></GrpHdr>
    <OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId>${element('GrpSts', said.group)}${reason}</OrgnlGrpInfAndSts>
    ${payment('PO-20261123-0001-P1', said.p1, '')}
    ${payment('PO-20261123-0001-P2', said.p2, reason + (said.counts ?? '') + transactions.join(''))}
  </CstmrPmtStsRpt></Document>`;
}

const outcomesOf = async (said: Said): Promise<readonly PayoutOutcome[]> =>
  resolveStatuses(await reportOf(reportText(said)), sent).statuses.map(({ outcome }) => outcome);

test('a partial report: one payment accepted, one transaction of the other rejected', async () => {
  const report = await reportOf(fixture);
  expect(report).toMatchObject({
    format: 'pain.002.001.03',
    messageId: 'ST-1',
    originalMessageId: 'PO-20261123-0001',
    status: 'PART',
  });
  expect(resolveStatuses(report, sent)).toEqual({
    findings: [],
    statuses: [
      { transactionId: 'PO-20261123-0001-T1', outcome: 'accepted', status: 'ACCP', level: 'payment', reasons: [] },
      { transactionId: 'PO-20261123-0001-T2', outcome: 'unchanged', reasons: [] },
      {
        transactionId: 'PO-20261123-0001-T3',
        outcome: 'rejected',
        status: 'RJCT',
        level: 'transaction',
        reasons: [{ code: 'AC01', text: 'Invalid creditor account' }],
      },
    ],
  });
});

test('one byte at a time gives the same report; cut anywhere it is broken', async () => {
  expect(await reportOf(fixture, 1)).toEqual(await reportOf(fixture));
  for (let length = 0; length < fixture.lastIndexOf('>'); length += 7) {
    expect((await readPain002(chunksOf(fixture.subarray(0, length)), { encoding: 'utf-8' })).kind).toBe('broken');
  }
});

describe('the effective status (§7, rules 1 and 2)', () => {
  const counted = '<NbOfTxsPerSts><DtldNbOfTxs>1</DtldNbOfTxs><DtldSts>RJCT</DtldSts></NbOfTxsPerSts>';

  test.each<[name: string, said: Said, expected: readonly PayoutOutcome[]]>([
    ['group received', { group: 'RCVD' }, ['received', 'received', 'received']],
    ['group accepted', { group: 'ACTC' }, ['received', 'received', 'received']],
    ['group rejected', { group: 'RJCT' }, ['rejected', 'rejected', 'rejected']],
    ['group partly, nothing else', { group: 'PART' }, ['unchanged', 'unchanged', 'unchanged']],
    ['payment over group', { group: 'ACTC', p1: 'RJCT' }, ['rejected', 'received', 'received']],
    ['transaction over payment', { p2: 'ACSP', listed: { 3: 'RJCT' } }, ['unchanged', 'accepted', 'rejected']],
    ['transaction settled', { p2: 'ACCP', listed: { 2: 'ACSC', 3: 'ACSC' } }, ['unchanged', 'settling', 'settling']],
    ['not listed is not rejected', { p2: 'PART', listed: { 3: 'RJCT' } }, ['unchanged', 'unchanged', 'rejected']],
    ['Nordea: payment rejected without group status', { p2: 'RJCT' }, ['unchanged', 'rejected', 'rejected']],
    ['payment rejected, one listed: the whole', { p2: 'RJCT', listed: { 3: 'RJCT' } }, ['unchanged', 'rejected', 'rejected']],
    [
      'payment rejected, one listed and counted',
      { p2: 'RJCT', listed: { 3: 'RJCT' }, counts: counted },
      ['unchanged', 'unchanged', 'rejected'],
    ],
    ['pending', { group: 'PDNG' }, ['unchanged', 'unchanged', 'unchanged']],
    ['cancelled', { p1: 'CANC', version: '10' }, ['rejected', 'unchanged', 'unchanged']],
    ['small letters and blanks', { group: ' rjct ', messageId: ' po-20261123-0001 ' }, ['rejected', 'rejected', 'rejected']],
    ['the bank has the file already', { group: 'RJCT', reason: 'DU01' }, ['duplicate', 'duplicate', 'duplicate']],
    [
      'the bank has one transaction already',
      { p2: 'PART', listed: { 3: 'RJCT' }, reason: 'AM05' },
      ['unchanged', 'unchanged', 'duplicate'],
    ],
    ['an unknown status', { group: 'XXXX' }, ['unchanged', 'unchanged', 'unchanged']],
  ])('%s', async (_name, said, expected) => {
    expect(await outcomesOf(said)).toEqual(expected);
  });

  const codesOf = async (said: Said): Promise<readonly string[]> =>
    resolveStatuses(await reportOf(reportText(said)), sent).findings.map(({ code }) => code);

  test('an operator is told of a whole rejection, another file, and what is not ours', async () => {
    expect(await codesOf({ p2: 'RJCT', listed: { 3: 'RJCT' } })).toEqual(['PAIN-REJECTED-WHOLE']);
    expect(await codesOf({ p2: 'RJCT', listed: { 2: 'RJCT', 3: 'RJCT' } })).toEqual([]);
    expect(await codesOf({ group: 'RJCT', messageId: 'ANOTHER' })).toEqual(['PAIN-UNKNOWN-MESSAGE']);
    expect(await codesOf({ p2: 'PART', listed: { 9: 'RJCT' } })).toEqual(['PAIN-UNKNOWN-PAYMENT']);
  });
});

test('reports in any order: a status never goes down, a rejection goes over all (rule 3)', () => {
  const rising: readonly PayoutOutcome[] = ['unchanged', 'received', 'accepted', 'settling', 'rejected'];
  for (const [known, low] of rising.entries()) {
    for (const [reported, high] of rising.entries()) expect(laterOutcome(low, high)).toBe(rising[Math.max(known, reported)]);
  }
});

const nordea = shared('samples/iso20022/nordea/nordea_pain_002_v3_payment_reject.xml');

test.skipIf(nordea === undefined)('Nordea: a rejected payment with its reason', async () => {
  const report = await reportOf(readFileSync(nordea!));
  const ours = {
    messageId: 'MSGID-COM-SCE25-1707-01',
    payments: [{ id: 'PMTINFID-COM-SCE25-1707-01', transactionIds: ['A', 'B'] }],
  };
  const text = 'CAP Invalid code or combinations in CategoryPurpose or ServiceLevel';
  expect(resolveStatuses(report, ours).statuses).toMatchObject([
    { transactionId: 'A', outcome: 'rejected', level: 'payment', reasons: [{ code: 'NARR', text }] },
    { transactionId: 'B', outcome: 'rejected' },
  ]);
});
