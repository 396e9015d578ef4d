import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addBankDays, isBankDay } from '#engine/bank-days.ts';
import { addDays, isoDate, weekday, type IsoDate } from '#engine/iso-date.ts';
import { formatAmount } from '#engine/money.ts';
import { inTransaction } from '#engine/store/database.ts';
import type { RunKindName } from '#engine/store/runs.ts';
import { writeControlFile } from '#formats/control/control-file.ts';
import { allocatePayment, listPayments } from '../desk/payments.ts';
import { listPayouts } from '../desk/payouts.ts';
import { decideOnAssessment, listAssessments } from '../desk/runs.ts';
import { calendarOfClient, type House } from '../house/house.ts';
import { approvePayouts } from '../payout/decide-payouts.ts';
import { sendPayouts } from '../payout/send-payouts.ts';
import { executeRun, previewRun, clientsConcerned, runKind } from '../runs/execute-run.ts';
import { BUREAU, type Sender } from '#engine/sender.ts';
import { loadBills, loadOrders, notification, payment, statusReport, type Bill } from './demo-bank.ts';
import type { DemoClock } from './demo-clock.ts';
import { demoDays, later } from './demo-days.ts';
import { senderAccount, type DemoWorld } from './demo-house.ts';
import { once } from './demo-once.ts';
import type { DemoOrder, DemoPayment } from './files/bank-file.ts';
import { makePrintStatus } from './files/print-status.ts';
import { uploadFiles } from './upload-files.ts';

/** The stage: the house, the world around it, and how to wait until the daemon has done what came. */
export interface Stage {
  readonly house: House;
  readonly world: DemoWorld;
  readonly clock: DemoClock;
  readonly tell: (line: string) => void;
  /** Print jobs the print house has answered. */
  readonly answered: Set<string>;
  /** Waits until so many more files are settled and nothing is on its way. */
  readonly settled: (files: number) => Promise<void>;
}

/** Fictional operators; whoever plans a payout never approves it. */
const OPERATOR = 'Anna Operatör';
const SECOND_OPERATOR = 'Bodil Granskare';
/** Days that a step is waited for: law and holidays may put it off. */
const PATIENCE_BANK_DAYS = 30;
const FRIDAY = 5;

/** Lives the weeks after the invoices: payments, a reminder, a hand-over and demands, an assessment, payouts. Gives the day of the reminders. */
export async function liveDays(stage: Stage): Promise<IsoDate> {
  const { house } = stage;
  const calendar = calendarOfClient(house.config, BUREAU);
  const dueDate = await loadDueDate(house);
  const days = demoDays(calendar, dueDate);
  let told = await firstDay(house);

  const open = async (
    date: IsoDate,
    what: string,
    payments: readonly DemoPayment[] | (() => Promise<readonly DemoPayment[]>),
  ): Promise<void> => {
    stage.clock.goTo(date);
    stage.tell('');
    stage.tell(`${date}  ${what}`);
    told = await bankTells(stage, {
      date,
      from: told,
      payments: typeof payments === 'function' ? payments : async () => payments,
    });
  };

  const posted = addBankDays(calendar, told, 1);
  stage.clock.goTo(posted);
  stage.tell('');
  stage.tell(`${posted}  the letters are in the post`);
  await printHouseAnswers(stage, posted);
  await open(days.beforeDue, 'most debtors have paid', () => firstPayments(house));
  await controlFile(stage, days.afterDue);
  await open(days.afterDue, 'the last day to pay has passed; payouts', () => latePayments(house));
  await settleUnknown(stage);
  await payOut(stage, days.afterDue, { rejecting: 'fastighet' });
  await open(days.reminder, 'reminders, five days after the due date', []);
  await run(stage, 'reminder', days.reminder);
  await printHouseAnswers(stage, days.reminder);
  await open(days.afterReminder, 'some pay now, with and without the fee', () => remindedPayments(house));

  const collection = await firstWithSteps(
    stage,
    'collection',
    later(calendar, days.afterReminder, addDays(dueDate, 21)),
    'vattnet',
  );
  await open(collection, 'collection, 21 days after the due date at the earliest', []);
  await run(stage, 'collection', collection);
  await printHouseAnswers(stage, collection);
  await agencyAnswers(stage, collection);
  const afterHandover = addBankDays(calendar, collection, 3);
  await open(afterHandover, 'one pays after the hand-over; the agency is told', async () =>
    (await handedOver(house)).slice(0, 1).map((bill) => payment(bill)),
  );

  const assessment = await firstWithSteps(stage, 'collection', later(calendar, afterHandover, addDays(dueDate, 33)), 'vattnet');
  await open(assessment, 'assessment, 33 days after the due date at the earliest; a person confirms', []);
  await run(stage, 'collection', assessment);
  await confirmAssessments(stage);
  // The agency of businesses is paid on Fridays.
  let friday = addBankDays(calendar, assessment, 1);
  while (weekday(friday) !== FRIDAY) friday = addBankDays(calendar, friday, 1);
  await open(friday, 'the last payouts', []);
  await payOut(stage, friday, {});
  await open(addBankDays(calendar, friday, 1), 'the bank has debited them', []);
  return days.reminder;
}

async function loadDueDate(house: House): Promise<IsoDate> {
  const found = await house.database.query<{ due: IsoDate }>(
    `select min(due_date) as due from invoice where client_id = 'vattnet' and kind = 'invoice'`,
  );
  const due = found.rows[0]?.due;
  if (!due) throw new Error('the demo’s water invoices are missing');
  return due;
}

/** The bank's first notification tells of all days since the house knew the first file. */
async function firstDay(house: House): Promise<IsoDate> {
  const found = await house.database.query<{ first: IsoDate }>(`select min(issue_date) as first from invoice`);
  return isoDate(found.rows[0]?.first ?? '');
}

interface Told {
  readonly date: IsoDate;
  readonly from: IsoDate;
  readonly payments: () => Promise<readonly DemoPayment[]>;
}

/** The bank uploads what happened up to the bank day before, and the house takes it in. Gives the first day it has not told of. */
async function bankTells(stage: Stage, { date, from, payments }: Told): Promise<IsoDate> {
  const { house } = stage;
  const calendar = calendarOfClient(house.config, BUREAU);
  let yesterday = addDays(date, -1);
  while (!isBankDay(calendar, yesterday)) yesterday = addDays(yesterday, -1);
  const files = [];
  for (const account of house.config.bankAccounts.values()) {
    const name = `camt054-${account.id}-${yesterday}.xml`;
    const orders = (await loadOrders(house)).filter((order) => order.account === account.id);
    if (account.expects === undefined && orders.length === 0) continue;
    const content = await once(house.home, name, async () => {
      const received = account.holder === 'client-funds' ? await payments() : [];
      return notification(account, { date: yesterday, from }, { payments: received, orders });
    });
    files.push({ name, content });
  }
  await upload(stage, 'bank', files);
  const { booked, suspense } = await loadBooked(house, yesterday);
  stage.tell(
    `  bank     ${files.length} notifications; payments ${formatAmount(booked)}, of them in suspense ${formatAmount(suspense)}`,
  );
  return addDays(yesterday, 1);
}

async function loadBooked(house: House, date: IsoDate): Promise<{ readonly booked: bigint; readonly suspense: bigint }> {
  const found = await house.database.query<{ booked: bigint; suspense: bigint }>(
    `select coalesce(sum(p.amount), 0)::bigint as booked,
       coalesce(sum(p.amount) filter (where s.resolved_at is null and s.payment_id is not null), 0)::bigint as suspense
     from payment p left join suspense_item s on s.payment_id = p.id where p.booking_date = $1 and p.kind in ('receipt', 'unclear')`,
    [date],
  );
  return found.rows[0] ?? { booked: 0n, suspense: 0n };
}

async function upload(
  stage: Stage,
  sender: Sender,
  files: readonly { readonly name: string; readonly content: Buffer }[],
): Promise<void> {
  if (files.length === 0) return;
  await uploadFiles(stage.world.account(senderAccount(sender)), files);
  await stage.settled(files.length);
}

const HALF = 2n;
const TOO_MUCH_ORE = 100_00n;

/** Of ten members eight pay in time; some too much, some a part, one twice, one with a wrong reference, one with none. */
async function firstPayments(house: House): Promise<readonly DemoPayment[]> {
  const water = await loadBills(house, 'vattnet');
  const others = [...(await loadBills(house, 'byra')).slice(0, 29), ...(await loadBills(house, 'fastighet')).slice(0, 27)];
  const paid = water.flatMap((bill, index) => waterPayments(bill, index));
  return [...paid, ...others.map((bill) => payment(bill))];
}

function waterPayments(bill: Bill, index: number): readonly DemoPayment[] {
  const exact = payment(bill);
  if (index === 3) return [payment(bill, bill.openAmount + TOO_MUCH_ORE)];
  if (index === 5) return [exact, { ...exact, servicerReference: `${exact.servicerReference}-2` }];
  if (index === 6) return [{ ...exact, ocr: '9999999999993' }];
  if (index === 7) {
    const { ocr: _, ...free } = exact;
    return [{ ...free, text: `Faktura ${bill.invoice}` }];
  }
  if (index % 50 === 8) return [payment(bill, bill.openAmount / HALF)];
  return index % 10 < 8 ? [exact] : [];
}

/** Those who pay on the last day. */
const latePayments = async (house: House): Promise<readonly DemoPayment[]> =>
  (await loadBills(house, 'vattnet')).filter((_, index) => index > 3 && index % 2 === 0).map((bill) => payment(bill));

/** After the reminder: half pay all, three leave the fee. */
async function remindedPayments(house: House): Promise<readonly DemoPayment[]> {
  const reminded = (await loadBills(house, 'vattnet')).filter((bill) => bill.openAmount > bill.principalAmount);
  const traders = (await loadBills(house, 'byra')).filter((bill) => bill.openAmount > bill.principalAmount);
  return [
    ...reminded.slice(0, 10).map((bill) => payment(bill)),
    ...reminded.slice(10, 13).map((bill) => payment(bill, bill.principalAmount)),
    ...traders.slice(0, 5).map((bill) => payment(bill)),
  ];
}

async function handedOver(house: House): Promise<readonly Bill[]> {
  const cases = await house.database.query<{ number: string }>(
    `select i.number from collection_case c join receivable r on r.id = c.receivable_id join invoice i on i.id = r.invoice_id
     where c.client_id = 'vattnet' and c.state = 'accepted'`,
  );
  const numbers = new Set(cases.rows.map((row) => row.number));
  return (await loadBills(house, 'vattnet')).filter((bill) => numbers.has(bill.invoice));
}

/** The water association's own file of orders: a deferment, a dispute of a part, a credit. */
async function controlFile(stage: Stage, date: IsoDate): Promise<void> {
  const { house, world } = stage;
  const name = `styrfil-${date}.csv`;
  const content = await once(house.home, name, async () => {
    const [first, second, third] = await loadBills(house, 'vattnet');
    if (!first || !second || !third) throw new Error('the demo needs three open invoices');
    const none = { date: '', amount: '' };
    return writeControlFile([
      { ...none, invoice: first.invoice, action: 'defer', date: addDays(date, 30), reason: 'Medlemmen bad om en månads anstånd' },
      { ...none, invoice: second.invoice, action: 'dispute', amount: '100.00', reason: 'PRICE: mätaren lästes fel' },
      { ...none, invoice: third.invoice, action: 'credit', amount: '50.00', reason: 'Avbrott i vattnet under en helg' },
    ]);
  });
  stage.clock.goTo(date);
  await uploadFiles(world.account('vattnet'), [{ name, content }]);
  await stage.settled(1);
}

/** A person finds out whose the unknown payment is. */
async function settleUnknown(stage: Stage): Promise<void> {
  const { house } = stage;
  const desk = { house, person: OPERATOR, scope: 'bureau' } as const;
  const [unknown] = (await listPayments(desk, { suspense: true })).payments;
  if (!unknown) return;
  const bill = (await loadBills(house, 'vattnet')).find((one) => one.payer === unknown.payerName);
  if (!bill) return;
  const orders = [{ invoice: bill.invoice }];
  const order = { id: BigInt(unknown.id), reason: 'the payer’s name', dryRun: false };
  await allocatePayment(desk, { ...order, client: 'vattnet', orders });
  stage.tell(`  person   payment ${unknown.id} had an unknown reference; ${OPERATOR} ties it to invoice ${bill.invoice}`);
}

async function run(stage: Stage, name: RunKindName, date: IsoDate): Promise<void> {
  const { house } = stage;
  const kind = runKind(name);
  for (const client of clientsConcerned(house, kind, date)) {
    const done = await executeRun(house, { kind, client, businessDate: date, trigger: 'command', who: OPERATOR });
    if (done.outcome === 'refused') throw new Error(`the ${name} run of ${client} was refused: ${done.because.join('; ')}`);
    if (done.outcome === 'already-done') stage.tell(`  run      ${name} ${client}: made before, run ${done.run.id}`);
    else
      for (const row of done.runs)
        if (row.steps > 0) stage.tell(`  run      ${name} ${client}: ${row.steps} steps, ${row.skips} passed over`);
  }
  await stage.settled(0);
}

/** The first bank day from a date on which a run would do something: the law may put a step off, never forward. */
async function firstWithSteps(stage: Stage, name: RunKindName, from: IsoDate, client: string): Promise<IsoDate> {
  const { house } = stage;
  const calendar = calendarOfClient(house.config, BUREAU);
  const kind = runKind(name);
  const done = await house.database.query<{ date: IsoDate }>(
    `select business_date as date from run where kind = $1 and client_id = $2 and business_date >= $3 and state = 'applied' and steps > 0
     order by business_date limit 1`,
    [name, client, from],
  );
  if (done.rows[0]) return done.rows[0].date;
  let date = from;
  for (let tried = 0; tried < PATIENCE_BANK_DAYS; tried += 1) {
    stage.clock.goTo(date);
    if ((await previewRun(house, { kind, client, businessDate: date })).steps > 0) return date;
    date = addBankDays(calendar, date, 1);
  }
  throw new Error(`no ${name} step for ${client} within ${PATIENCE_BANK_DAYS} bank days from ${from}`);
}

/** The print house says what it put into the post. */
async function printHouseAnswers(stage: Stage, date: IsoDate): Promise<void> {
  const { house, world } = stage;
  const folder = world.folderOf('print-house');
  const jobs = (await readdir(folder)).filter((name) => name.endsWith('.zip') && !stage.answered.has(name)).toSorted();
  const files = [];
  for (const job of jobs) {
    stage.answered.add(job);
    const name = `status-${job.replace('.zip', '')}.csv`;
    files.push({ name, content: await once(house.home, name, () => makePrintStatus(join(folder, job), { on: date })) });
  }
  await upload(stage, 'print-house', files);
  stage.tell(`  print    the print house has put ${files.length} print jobs into the post`);
}

/** The agency takes all cases but one. */
async function agencyAnswers(stage: Stage, date: IsoDate): Promise<void> {
  const { house, world } = stage;
  const name = `kvitto-${date}.csv`;
  const content = await once(house.home, name, async () => {
    const folder = world.folderOf('collection-agency');
    const cases = [];
    for (const file of (await readdir(folder)).filter((one) => one.endsWith('.json')).toSorted()) {
      const read = JSON.parse(await readFile(join(folder, file), 'utf8')) as {
        client: string;
        cases?: readonly { number: number }[];
      };
      cases.push(...(read.cases ?? []).map((item) => `${read.client};${item.number}`));
    }
    const rows = cases.map((item, index) => (index === 0 ? `${item};rejected;;missing id` : `${item};accepted;PI-${index};`));
    return ['client;case;status;reference;reason', ...rows, `END;${rows.length}`, ''].join('\r\n');
  });
  await upload(stage, 'collection-agency', [{ name, content }]);
  stage.tell('  agency   the collection agency has taken the cases but one, which lacks an id and goes back');
}

async function confirmAssessments(stage: Stage): Promise<void> {
  const { house } = stage;
  const desk = { house, person: OPERATOR, scope: 'bureau' } as const;
  const rows = await listAssessments(desk, { all: true });
  for (const outcome of new Set(rows.map((row) => row.outcome)))
    stage.tell(`  assess   ${rows.filter((row) => row.outcome === outcome).length} proposals: ${outcome}`);
  const [first] = rows;
  if (!first || rows.some((row) => row.decision !== null)) return;
  await decideOnAssessment(desk, { id: BigInt(first.id), verb: 'confirm', reason: 'demo' });
  stage.tell(`  person   ${OPERATOR} confirms the proposal for invoice ${first.invoice}`);
}

/** Settles and pays the clients: planned by one, approved by another, sent, answered and debited by the bank. */
async function payOut(stage: Stage, date: IsoDate, { rejecting }: { readonly rejecting?: string }): Promise<void> {
  const { house } = stage;
  await run(stage, 'payout', date);
  const planned = await listPayouts({ house, person: OPERATOR, scope: 'bureau' }, { state: 'planned' });
  if (planned.length === 0) return;
  const decision = {
    which: { scope: 'bureau', ids: planned.map(({ id }) => BigInt(id)) },
    who: SECOND_OPERATOR,
    reason: null,
  } as const;
  await inTransaction(house.database, (tx) => approvePayouts(house, tx, decision));
  const { files } = await sendPayouts(house);
  await stage.settled(0);
  for (const { client, amount, currency } of planned)
    stage.tell(`  payout   ${client} ${formatAmount(amount)} ${currency}, approved by ${SECOND_OPERATOR}`);
  const orders = await loadOrders(house);
  const rejected = (order: DemoOrder): boolean =>
    orders.some((one) => one.endToEndId === order.endToEndId && one.client === rejecting);
  const answers = [];
  for (const { messageId } of files) {
    const name = `pain002-${messageId}.xml`;
    const own = orders.filter((order) => order.messageId === messageId);
    answers.push({ name, content: await once(house.home, name, async () => statusReport(messageId, own, { date, rejected })) });
  }
  await upload(stage, 'bank', answers);
  if (rejecting !== undefined)
    stage.tell(`  bank     rejects the payout of ${rejecting}: its account is closed (AC04); the money is owed again`);
}
