import type { BankAccount } from '#engine/bank-account.ts';
import { finding, isError, type Finding } from '#engine/finding.ts';
import { formatAmount } from '#engine/money.ts';
import { accountKey, type AccountNumber } from '#engine/sockets/account-scheme.ts';
import type { Tx } from '#engine/store/database.ts';
import { storeFindings } from '#engine/store/files.ts';
import {
  forgetHeldBlocks,
  isMessageKnown,
  loadChainLink,
  storeBlocks,
  type BankBlockRow,
} from '#engine/store/payments/bank-blocks.ts';
import { judgeKnown, makeItems } from '#engine/store/payments/bank-items.ts';
import { createBankTables, dropBankTables, storeGiros } from '#engine/store/payments/bank-tables.ts';
import { loadSuspenseTotals } from '#engine/store/payments/payment-rows.ts';
import { dateInZone, isoDate, parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import type { House } from '../house/house.ts';
import type { FileToSettle, Settler } from '../pipeline/settlers.ts';
import { postItems } from './post-items.ts';
import { readBankFile, type ReadBankFile, type ReadBlock } from './read-bank-file.ts';

/**
 * Takes a bank's account report in: streamed into working tables, checked, known transactions set aside, the rest posted, all in one
 * transaction. A file that fails in anything it can be checked by is held whole; a part for an unknown account is held alone, and
 * `file retry` takes only that up (faults XB1 to XB7; reference/iso20022.md §4, §5).
 */
export const settleBankFile: Settler<'bank-reports'> = async (house, tx, received) => {
  const { file } = received;
  const done = await forgetHeldBlocks(tx, file.id);
  await createBankTables(tx);
  await storeGiros(tx, girosOf(house));
  const accounts = house.config.bankAccounts;
  const items = received.read(received.bytes());
  const read = await readBankFile(tx, items, { accounts, parts: house.config.parts, done });
  const state = await settleRead(house, tx, received, read);
  await dropBankTables(tx);
  return state;
};

async function settleRead(
  house: House,
  tx: Tx,
  { file }: FileToSettle,
  read: ReadBankFile,
): Promise<'booked' | 'rejected' | 'held'> {
  if (read.broken !== undefined) {
    await storeFindings(tx, file.id, [...read.findings, read.broken]);
    return 'rejected';
  }
  const judged = await judgeBlocks(tx, read.blocks);
  const known =
    read.message && (await isMessageKnown(tx, { file: file.id, kind: read.message.kind, id: read.message.messageId }));
  const findings = [
    ...read.findings,
    ...judged.flatMap((block) => block.findings),
    ...(known === true ? [finding('BANK-MESSAGE-AGAIN', { value: read.message?.messageId })] : []),
  ];
  const errors = findings.filter((item) => isError(item) && !holdsBlockOnly(item)).length;
  const today = dateInZone(house.clock(), house.config.bureau.timeZone);
  const blocks = judged.map((item) => blockRow(item, errors > 0, today));
  await makeItems(tx, blocks);
  await judgeKnown(tx);
  await storeBlocks(tx, file.id, blocks);
  if (blocks.some(({ fate }) => fate === 'posted')) await postItems(house, tx, file.id);
  await storeFindings(tx, file.id, [
    ...findings,
    ...(errors > 0 ? [finding('BANK-HELD-WHOLE', { value: String(errors) })] : []),
    ...(await untiedFindings(tx, file.id)),
  ]);
  return blocks.some(({ fate }) => fate === 'held') ? 'held' : 'booked';
}

interface JudgedBlock {
  readonly read: ReadBlock;
  readonly reason: string | undefined;
  readonly findings: readonly Finding[];
}

/** What is wrong with a block beside its own sums: account, currency, and what the account's statements before it say. */
async function judgeBlocks(tx: Tx, blocks: readonly ReadBlock[]): Promise<readonly JudgedBlock[]> {
  const judged: JudgedBlock[] = [];
  for (const read of blocks) {
    const foreign = foreignFinding(read);
    if (foreign) judged.push({ read, reason: foreign.code === 'BANK-CURRENCY' ? 'currency' : 'account', findings: [foreign] });
    else {
      const gap = await findGap(tx, read, judged);
      judged.push({ read, reason: gap && isError(gap) ? 'chain' : undefined, findings: gap ? [gap] : [] });
    }
  }
  return judged;
}

function foreignFinding({ account, block, otherCurrency }: ReadBlock): Finding | undefined {
  const { line } = block;
  if (account === undefined) return finding('BANK-ACCOUNT-UNKNOWN', { line, value: block.account.id });
  if (otherCurrency === undefined) return undefined;
  return finding('BANK-CURRENCY', { line, value: otherCurrency, facts: { account: account.id, currency: account.currency } });
}

const holdsBlockOnly = ({ code }: Finding): boolean => code === 'BANK-ACCOUNT-UNKNOWN' || code === 'BANK-CURRENCY';

/** Statements form a chain by their balances: what does not join one that was read has another before it (IB3, fault XB3). */
async function findGap(tx: Tx, read: ReadBlock, before: readonly JudgedBlock[]): Promise<Finding | undefined> {
  const { account, totals, message, block } = read;
  const opening = totals?.openingAmount;
  if (message.kind !== 'statement' || account === undefined || opening === undefined) return undefined;
  const inFile = before.findLast((other) => other.read.account?.id === account.id)?.read;
  if (inFile !== undefined && inFile.totals?.closingAmount === opening) return undefined;
  const link = await loadChainLink(tx, { account: account.id, opening });
  if ((link.first && inFile === undefined) || link.joined) return undefined;
  const expected = inFile?.totals?.closingAmount ?? link.lastClosing;
  return finding(account.postingSource === 'statement' ? 'BANK-CHAIN-GAP' : 'BANK-CHAIN-NOTED', {
    line: block.line,
    value: formatAmount(opening),
    facts: {
      account: account.id,
      last: inFile?.lastDate ?? link.lastTo ?? '',
      expected: expected === null ? '' : formatAmount(expected),
    },
  });
}

function blockRow({ read, reason }: JudgedBlock, heldWhole: boolean, today: IsoDate): BankBlockRow {
  const { message, block, account, totals } = read;
  const held = heldWhole ? (reason ?? 'file') : reason;
  const posts = account !== undefined && message.kind === account.postingSource;
  const created = parseIsoDate(message.createdAt.slice(0, isoDate('2000-01-01').length)) ?? today;
  return {
    number: block.number,
    messageKind: message.kind,
    messageId: message.messageId,
    blockId: block.id,
    sequenceNumber: block.sequenceNumber ?? null,
    bankAccount: block.account.id,
    account: account?.id ?? null,
    currency: block.currency ?? account?.currency ?? null,
    fromDate: block.fromDate ?? read.firstDate ?? created,
    toDate: block.toDate ?? read.lastDate ?? created,
    opening: totals?.openingAmount ?? null,
    closing: totals?.closingAmount ?? null,
    credit: read.credit,
    debit: read.debit,
    entries: read.entries,
    fate: held === undefined ? (posts ? 'posted' : 'reconciled') : 'held',
    reason: held ?? null,
    money: moneyAccount(account),
  };
}

const moneyAccount = (account: BankAccount | undefined): BankBlockRow['money'] =>
  account?.holder === 'own' ? 'ownBank' : 'clientFunds';

/** Every giro with every client that is or was paid on it. */
function girosOf({
  config,
}: House): readonly { readonly account: string; readonly giro: AccountNumber; readonly client: string | null }[] {
  const paidOn = new Map<string, Set<string>>();
  for (const client of config.clients.values()) {
    for (const key of client.agreements.flatMap((agreement) => agreement.paymentAccounts.map(accountKey))) {
      paidOn.set(key, (paidOn.get(key) ?? new Set()).add(client.id));
    }
  }
  return [...config.bankAccounts.values()].flatMap(({ id, receives }) =>
    receives.flatMap((number) =>
      [...(paidOn.get(accountKey(number)) ?? [null])].map((client) => ({ account: id, giro: number, client })),
    ),
  );
}

const untiedFindings = async (tx: Tx, file: bigint): Promise<readonly Finding[]> =>
  (await loadSuspenseTotals(tx, file)).map(({ reason, payments, amount }) =>
    finding('BANK-NOT-TIED', { value: String(payments), facts: { reason, amount: formatAmount(amount) } }),
  );
