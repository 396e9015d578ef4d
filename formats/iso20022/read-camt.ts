import {
  addBlockPart,
  beginBlock,
  blockTotals,
  countBlockEntry,
  openEntry,
  readBlock,
  readPage,
  type BlockReading,
} from './camt-block.ts';
import { addBatch, addDetails, addEntryPart, endEntry } from './camt-entry.ts';
import { formatMessageName, readMessageName, type MessageName } from './message-name.ts';
import { childOf, textAt, type MessagePart } from './message-part.ts';
import { findingAt, readMessage, type MessageListener, type Place, type MessageShape } from './message-reader.ts';
import type { BankItem, BankMessage } from '#engine/matching/bank-file.ts';
import type { Encoding } from '#engine/csv-mapping.ts';
import type { Finding } from '#engine/finding.ts';
import type { Format } from '#engine/sockets/format.ts';

export interface CamtOptions {
  readonly encoding: Encoding;
  /** Takes files without a namespace of ISO's, by their structure alone: agreed with a sender whose files are known so (§2.1). */
  readonly allowNoNamespace: boolean;
}

/**
 * Reads an account report of ISO 20022 (camt.052, 053 or 054, any version) as a stream, by the contract of `BankItem`: memory does not grow
 * with the file. Certified are the versions 02, 04 and 08, others are read with a warning. What cannot be trusted breaks the file; sums that
 * do not agree are findings of their entry or block (reference/iso20022.md §2).
 */
export const readCamt = (chunks: AsyncIterable<Uint8Array>, options: CamtOptions): AsyncGenerator<BankItem> =>
  readMessage(chunks, camtListener(options), {
    encoding: options.encoding,
    messages: camtMessages,
    noDocument: 'CAMT-ALIEN',
  });

const CERTIFIED_VERSIONS = new Set(['02', '04', '08']);

/** The message that each element in `Document` is. */
const kinds: Readonly<Record<string, { readonly message: string; readonly kind: BankMessage['kind'] }>> = {
  BkToCstmrAcctRpt: { message: 'camt.052', kind: 'report' },
  BkToCstmrStmt: { message: 'camt.053', kind: 'statement' },
  BkToCstmrDbtCdtNtfctn: { message: 'camt.054', kind: 'notification' },
};

interface FileReading {
  readonly options: CamtOptions;
  readonly items: BankItem[];
  namespace: string;
  name: MessageName | null;
  kind: BankMessage['kind'] | undefined;
  messages: number;
  message: BankMessage | undefined;
  findings: Finding[];
  blocks: number;
  block: BlockReading | undefined;
}

function camtListener(options: CamtOptions): MessageListener<BankItem> {
  const file: FileReading = {
    options,
    items: [],
    namespace: '',
    name: null,
    kind: undefined,
    messages: 0,
    message: undefined,
    findings: [],
    blocks: 0,
    block: undefined,
  };
  return {
    items: file.items,
    document: (namespace, place) => beginDocument(file, namespace, place),
    alien: (name, place) => findingAt(place, 'CAMT-ALIEN', { field: name, value: name }),
    begin: (container, place) => begin(file, container, place),
    part: (container, part, elements) => addPart(file, container, part, elements),
    end: (container) => end(file, container),
    close: () => (file.blocks === 0 ? findingAt({ line: 1, column: 1 }, 'CAMT-NO-BLOCKS', { value: file.namespace }) : undefined),
  };
}

function beginDocument(file: FileReading, namespace: string, place: Place): Finding | undefined {
  file.namespace = namespace;
  file.name = readMessageName(namespace);
  if (file.name === null) {
    const details = { field: 'Document/@xmlns', value: namespace };
    if (!file.options.allowNoNamespace) return findingAt(place, 'CAMT-NAMESPACE', details);
    file.findings.push(findingAt(place, 'CAMT-BY-STRUCTURE', details));
  } else if (!isAccountReport(file.name)) {
    return findingAt(place, 'CAMT-ALIEN', { field: 'Document/@xmlns', value: formatMessageName(file.name) });
  } else if (file.name.variant !== '001' || !CERTIFIED_VERSIONS.has(file.name.version)) {
    file.findings.push(findingAt(place, 'CAMT-VERSION', { field: 'Document/@xmlns', value: formatMessageName(file.name) }));
  }
  return undefined;
}

const isAccountReport = (name: MessageName): boolean => Object.values(kinds).some(({ message }) => message === name.message);

function begin(file: FileReading, container: string, place: Place): Finding | undefined {
  const root = kinds[container];
  if (root !== undefined) return beginMessage(file, root, container, place);
  if (container === 'Ntry') return beginFirstEntry(file, place);
  if (container === 'NtryDtls') return undefined;
  if (file.message === undefined) return findingAt(place, 'CAMT-MISSING', { field: 'GrpHdr/MsgId' });
  file.blocks += 1;
  file.block = beginBlock(place, file.message, file.blocks);
  return undefined;
}

function beginMessage(
  file: FileReading,
  root: { readonly message: string; readonly kind: BankMessage['kind'] },
  container: string,
  place: Place,
): Finding | undefined {
  file.messages += 1;
  if (file.messages > 1) return findingAt(place, 'BANK-TWO-DOCUMENTS', { field: container });
  if (file.name !== null && file.name.message !== root.message) {
    const facts = { namespace: formatMessageName(file.name), message: root.message };
    return findingAt(place, 'CAMT-ROOT', { field: container, value: container, facts });
  }
  file.kind = root.kind;
  return undefined;
}

function beginFirstEntry(file: FileReading, place: Place): Finding | undefined {
  const problem = announceBlock(file);
  if (problem === undefined) openEntry(file.block!, place);
  return problem;
}

/** Gives the block out before its first entry, or at its end. */
function announceBlock({ block: reading, items }: FileReading): Finding | undefined {
  if (reading === undefined || reading.block !== undefined) return undefined;
  const block = readBlock(reading);
  if ('code' in block) return block;
  reading.block = block;
  items.push({ kind: 'block', block });
  return undefined;
}

function addPart(file: FileReading, container: string, part: MessagePart, elements: number): Finding | undefined {
  const { block } = file;
  if (block === undefined) return readHeader(file, part);
  if (block.entry === undefined) return addBlockPart(block, part);
  if (part.name === 'TxDtls') return addDetails(block.entry, part, elements, file.items);
  if (container === 'NtryDtls') {
    addBatch(block.entry, part);
    return undefined;
  }
  return addEntryPart(block.entry, part);
}

function readHeader(file: FileReading, part: MessagePart): Finding | undefined {
  const messageId = textAt(part, 'MsgId');
  if (messageId === undefined) return findingAt(part, 'CAMT-MISSING', { field: 'GrpHdr/MsgId' });
  const page = readPage(childOf(part, 'MsgPgntn'));
  file.message = {
    kind: file.kind!,
    format:
      file.name === null ? Object.values(kinds).find(({ kind }) => kind === file.kind)!.message : formatMessageName(file.name),
    messageId,
    createdAt: textAt(part, 'CreDtTm') ?? '',
    ...(page === undefined ? {} : { page }),
    findings: file.findings,
  };
  file.items.push({ kind: 'message', message: file.message });
  return undefined;
}

function end(file: FileReading, container: string): Finding | undefined {
  const { block, items } = file;
  if (block === undefined || container === 'NtryDtls') return undefined;
  if (container === 'Ntry') {
    const entry = endEntry(block.entry!, items);
    if (!('code' in entry)) items.push({ kind: 'entry', entry });
    countBlockEntry(block, entry);
    return undefined;
  }
  const problem = announceBlock(file);
  if (problem !== undefined) return problem;
  items.push({ kind: 'block-end', totals: blockTotals(block) });
  file.block = undefined;
  return undefined;
}

/** Bank reports in UTF-8 under a namespace of ISO's. */
export const camt: Format = {
  id: 'camt',
  title: 'Account report, statement and notification of ISO 20022 (camt.052, camt.053, camt.054)',
  extension: '.xml',
  versions: Object.fromEntries([...CERTIFIED_VERSIONS].map((version) => [version, 'certified'])),
  reads: {
    of: 'bank-reports',
    from: 'bank',
    sniff: (head) => ACCOUNT_REPORT.test(head),
    read: (chunks) => readCamt(chunks, { encoding: 'utf-8', allowNoNamespace: false }),
  },
};

const ACCOUNT_REPORT = new RegExp(`camt\\.05[234]|<(?:\\w+:)?(?:${Object.keys(kinds).join('|')})`);

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
const camtMessages: ReadonlyMap<string, MessageShape> = new Map(
  [
    shape('BkToCstmrAcctRpt', ['GrpHdr'], [block('Rpt')]),
    shape('BkToCstmrStmt', ['GrpHdr'], [block('Stmt')]),
    shape('BkToCstmrDbtCdtNtfctn', ['GrpHdr'], [block('Ntfctn')]),
  ].map((message) => [message.name, message]),
);
