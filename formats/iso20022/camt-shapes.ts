import type { MessageShape } from './message-reader.ts';

const shape = (name: string, keep: readonly string[], inside: readonly MessageShape[] = []): MessageShape => ({
  name,
  keep: new Set(keep),
  inside: new Map(inside.map((inner) => [inner.name, inner])),
});

const entry = shape(
  'Ntry',
  ['NtryRef', 'Amt', 'CdtDbtInd', 'RvslInd', 'Sts', 'BookgDt', 'ValDt', 'AcctSvcrRef', 'BkTxCd', 'Chrgs', 'AddtlNtryInf'],
  [shape('NtryDtls', ['Btch', 'TxDtls'])],
);

const block = (name: string): MessageShape =>
  shape(
    name,
    [
      'Id',
      'StmtPgntn',
      'NtfctnPgntn',
      'RptPgntn',
      'ElctrncSeqNb',
      'CreDtTm',
      'FrToDt',
      'CpyDplctInd',
      'Acct',
      'Bal',
      'TxsSummry',
    ],
    [entry],
  );

/** What is read of the account reports: blocks with their entries, whose details come one by one (reference/iso20022.md §2.2 to §2.4). */
export const camtMessages: ReadonlyMap<string, MessageShape> = new Map(
  [
    shape('BkToCstmrAcctRpt', ['GrpHdr'], [block('Rpt')]),
    shape('BkToCstmrStmt', ['GrpHdr'], [block('Stmt')]),
    shape('BkToCstmrDbtCdtNtfctn', ['GrpHdr'], [block('Ntfctn')]),
  ].map((message) => [message.name, message]),
);
