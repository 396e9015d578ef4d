import { chunksOf } from '../chunks.ts';
import type { BankBlockTotals, BankEntry, BankItem, BankTransaction } from '#engine/matching/bank-file.ts';
import type { Finding } from '#engine/finding.ts';
import { readCamt, type CamtOptions } from '#formats/iso20022/read-camt.ts';

/** Pieces of account reports as text, so that a test can write exactly what a bank wrote. */
export const money = (name: string, amount: string, currency = 'SEK'): string => `<${name} Ccy="${currency}">${amount}</${name}>`;

export interface EntryText {
  readonly amount?: string;
  /** The whole `Amt` element instead. */
  readonly amountElement?: string;
  readonly direction?: string;
  readonly status?: string;
  readonly dates?: string;
  readonly reference?: string;
  readonly codes?: readonly [domain: string, family: string, subFamily: string];
  /** Between BkTxCd and NtryDtls. */
  readonly more?: string;
  readonly reversal?: string;
  readonly batch?: string;
  readonly details?: readonly string[];
  readonly text?: string;
}

export function entryText(terms: EntryText): string {
  const {
    amount = '100.00',
    direction = 'CRDT',
    status = 'BOOK',
    codes = ['PMNT', 'RCDT', 'ATXN'],
    batch = '',
    details = [],
  } = terms;
  const dates = terms.dates ?? '<BookgDt><Dt>2026-11-20</Dt></BookgDt>';
  const [domain, family, subFamily] = codes;
  return `<Ntry>
    <NtryRef>${terms.reference ?? '1'}</NtryRef>${terms.amountElement ?? money('Amt', amount)}<CdtDbtInd>${direction}</CdtDbtInd>
    ${terms.reversal === undefined ? '' : `<RvslInd>${terms.reversal}</RvslInd>`}<Sts>${status}</Sts>${dates}<AcctSvcrRef>E1</AcctSvcrRef>
    <BkTxCd><Domn><Cd>${domain}</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${subFamily}</SubFmlyCd></Fmly></Domn></BkTxCd>${terms.more ?? ''}
    ${batch === '' && details.length === 0 ? '' : `<NtryDtls>${batch}${details.join('')}</NtryDtls>`}${terms.text ?? ''}
  </Ntry>`;
}

/** A transaction with its amount as `TxAmt`, and whatever stands before or behind it. */
export const detailsText = (amount: string, { before = '', behind = '' } = {}): string =>
  `<TxDtls>${before}<AmtDtls><TxAmt>${money('Amt', amount)}</TxAmt></AmtDtls>${behind}</TxDtls>`;

export const reference = (ref: string): string =>
  `<RmtInf><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${ref}</Ref></CdtrRefInf></Strd></RmtInf>`;

export interface MessageText {
  readonly number?: '052' | '053' | '054';
  readonly version?: string;
  readonly namespace?: string;
  readonly header?: string;
  /** Before the entries: balances, totals, paging. */
  readonly before?: string;
  readonly account?: string;
}

const roots = {
  '052': ['BkToCstmrAcctRpt', 'Rpt'],
  '053': ['BkToCstmrStmt', 'Stmt'],
  '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
} as const;

export function camtText(entries: readonly string[], terms: MessageText = {}): string {
  const { number = '054', version = '02', header = '<MsgId>M1</MsgId><CreDtTm>2026-11-20T17:05:00+01:00</CreDtTm>' } = terms;
  const [root, block] = roots[number];
  const namespace = terms.namespace ?? `urn:iso:std:iso:20022:tech:xsd:camt.${number}.001.${version}`;
  const account = terms.account ?? '<Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id><Ccy>SEK</Ccy></Acct>';
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document${namespace === '' ? '' : ` xmlns="${namespace}"`}><${root}><GrpHdr>${header}</GrpHdr>
 <${block}><Id>B1</Id><CreDtTm>2026-11-20T17:05:00+01:00</CreDtTm>${account}${terms.before ?? ''}${entries.join('\n')}</${block}>
</${root}></Document>\n`;
}

export const readItems = (
  content: string | Uint8Array,
  options: Partial<CamtOptions> = {},
  chunkSize?: number,
): Promise<BankItem[]> =>
  Array.fromAsync(readCamt(chunksOf(content, chunkSize), { encoding: 'utf-8', allowNoNamespace: false, ...options }));

/** Everything of a file by kind; throws where it is broken. */
export async function readWhole(
  content: string | Uint8Array,
  options: Partial<CamtOptions> = {},
): Promise<{
  readonly items: readonly BankItem[];
  readonly transactions: readonly BankTransaction[];
  readonly entries: readonly BankEntry[];
  readonly totals: readonly BankBlockTotals[];
  readonly findings: readonly Finding[];
}> {
  const items = await readItems(content, options);
  const broken = items.find((item) => item.kind === 'broken');
  if (broken) throw new Error(JSON.stringify(broken));
  return {
    items,
    transactions: items.flatMap((item) => (item.kind === 'transaction' ? [item.transaction] : [])),
    entries: items.flatMap((item) => (item.kind === 'entry' ? [item.entry] : [])),
    totals: items.flatMap((item) => (item.kind === 'block-end' ? [item.totals] : [])),
    findings: items.flatMap((item) => {
      if (item.kind === 'message') return item.message.findings;
      if (item.kind === 'entry') return item.entry.findings;
      return item.kind === 'block-end' ? item.totals.findings : [];
    }),
  };
}

/** The finding that broke a file. */
export async function brokenBy(content: string | Uint8Array, options: Partial<CamtOptions> = {}): Promise<Finding | undefined> {
  const last = (await readItems(content, options)).at(-1);
  return last?.kind === 'broken' ? last.finding : undefined;
}
