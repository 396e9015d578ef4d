import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClaimAct } from '#engine/claim-act.ts';
import { formatAmount } from '#engine/money.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import { storeAudit } from '#engine/store/audit.ts';
import { inTransaction, rehearse, type Tx } from '#engine/store/database.ts';
import { loadReceivable } from '#engine/store/receivables.ts';
import { writeControlFile } from '#formats/control/control-file.ts';
import { carryOutOrders, type OrderOutcome } from '../claims/carry-out-orders.ts';
import type { House } from '../house.ts';
import { newClaimId } from '../new-claim-id.ts';
import { rehearseFile } from '../pipeline/rehearse-file.ts';
import { takeInByHand } from '../pipeline/take-in-by-hand.ts';
import { receiptOf } from '../pipeline/write-receipt.ts';
import { todayOf } from '../today.ts';
import type { End } from './house-options.ts';
import type { InvoiceActArguments } from './invoice-options.ts';
import { clientOf } from './option-values.ts';
import { printFindings, printJson } from './output.ts';
import { printReceivable } from './print-receivable.ts';
import { printReceipt } from './print-receipt.ts';

interface Ordered {
  readonly given: InvoiceActArguments;
  readonly act: ClaimAct;
  readonly end: End;
}

/** Carries out one act on one invoice, with its entry in the audit, or shows what it would do. */
export async function orderAct(house: House, { given, act, end }: Ordered): Promise<void> {
  const client = clientOf(house, given.client);
  const work = async (tx: Tx) => {
    const source = newClaimId(house.clock());
    const order = { invoice: given.number, act, reason: given.reason };
    const [outcome] = await carryOutOrders(house, tx, client, [{ order, by: given.who, source }]);
    if (outcome?.kind === 'done') await audit(house, tx, given, act);
    return { outcome: outcome ?? { kind: 'known' as const }, receivable: await current(house, tx, given) };
  };
  const { outcome, receivable } = await (given['dry-run'] ? rehearse : inTransaction)(house.database, work);
  report(house, given, outcome, receivable);
  if (outcome.kind === 'refused') end(1);
}

const audit = (house: House, tx: Tx, given: InvoiceActArguments, act: ClaimAct): Promise<void> =>
  storeAudit(tx, {
    at: house.clock(),
    who: given.who,
    act: `invoice ${act.action}`,
    subject: `${given.client}/${given.number}`,
    reason: given.reason,
  });

const current = (house: House, tx: Tx, given: InvoiceActArguments): Promise<Receivable | undefined> =>
  loadReceivable(tx, {
    client: given.client,
    invoice: given.number,
    asOf: todayOf(house),
    timeZone: house.config.bureau.timeZone,
  });

function report(house: House, given: InvoiceActArguments, outcome: OrderOutcome, receivable: Receivable | undefined): void {
  const dryRun = given['dry-run'];
  if (given.json) {
    printJson({ dryRun, outcome: outcome.kind, ...(outcome.kind === 'refused' ? { finding: outcome.finding } : {}), receivable });
    return;
  }
  if (outcome.kind === 'refused') printFindings([outcome.finding], given.client, house.config.bureau.language);
  if (outcome.kind === 'known') console.log(`${given.number} stands like that already; nothing was changed.`);
  if (receivable) printReceivable(receivable, todayOf(house));
  if (dryRun) console.log('\nThis was a dry run: nothing was changed.');
}

/**
 * Orders a credit note. It is a document, and every document comes from a file that is kept: the order is written as a control file of one
 * row, as the client could have sent it, with who ordered it and why, and the client gets its receipt.
 */
export async function orderCredit(house: House, { given, act, end }: Ordered): Promise<void> {
  const client = clientOf(house, given.client);
  if (act.action !== 'credit') throw new Error(`a credit was ordered as ${act.action}`);
  const source = newClaimId(house.clock());
  const folder = join(house.home, 'work', 'orders', source);
  await mkdir(folder, { recursive: true });
  try {
    const path = join(folder, `control-credit-${source}.csv`);
    const amount = act.amount === undefined ? '' : formatAmount(act.amount);
    const reason = `${given.reason} (${given.who}, ${house.clock().toISOString()})`;
    await writeFile(path, writeControlFile([{ invoice: given.number, action: 'credit', date: '', amount, reason }]));
    if (given['dry-run']) {
      const { receipt } = await rehearseFile(house, { client, path });
      if (given.json) printJson({ dryRun: true, receipt });
      else {
        printReceipt(receipt, { rehearsed: true });
        console.log('\nThis was a dry run: nothing was changed.');
      }
      if (receipt.documents.accepted.count === 0) end(1);
      return;
    }
    await inTransaction(house.database, (tx) => audit(house, tx, given, act));
    const file = await takeInByHand(house, { client, path });
    const { receipt, receivable } = await inTransaction(house.database, async (tx) => ({
      receipt: await receiptOf(house, tx, file),
      receivable: await current(house, tx, given),
    }));
    if (given.json) printJson({ dryRun: false, receipt, receivable });
    else {
      printReceipt(receipt);
      if (receivable) printReceivable(receivable, todayOf(house));
    }
    if (receipt.documents.accepted.count === 0) end(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
