import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import { findPaymentFile } from '#engine/store/payment-files.ts';
import { loadPayouts } from '#engine/store/payouts.ts';
import { writePain001 } from '#formats/iso20022/write-pain001.ts';
import { orderRefund } from '#jobs/payout/decide-payouts.ts';
import { paymentFileOf } from '#jobs/payout/send-payouts.ts';
import { changeFile, type ConfigChanges } from '../../house/copy-config.ts';
import { openPayoutHouse, type PayoutHouse } from './payout-house.ts';

let house: PayoutHouse;
afterEach(() => house.close());

async function open(changes: ConfigChanges = {}, on = '2026-11-23'): Promise<void> {
  house = await openPayoutHouse(changes);
  await house.on(on);
}
const run = (date: string) => house.kuvert('run', 'payout', '--date', date, '--client', 'provet', '--who', 'anna');
const approve = (...ids: readonly string[]) => house.kuvert('payout', 'approve', ...ids, '--who', 'bo');
const terms = (change: (text: string) => string): ConfigChanges => ({ 'clients/provet.yaml': change });

test('a crash between the ids and the file: the next try makes the same bytes (§6.7 rule 1)', async () => {
  await open();
  await house.invoices({ Number: 'P-1', Reference: '2014' });
  await house.bank({ receipts: [{ amount: 125_000n, ocr: '2014' }] });
  await run('2026-11-23');
  const staging = join(house.inner.house.home, 'work', 'outgoing');
  await rename(staging, `${staging}-away`);
  await writeFile(staging, 'no folder');
  expect((await approve('1')).code).toBe(3);
  expect((await house.payouts())[0]).toMatchObject({ state: 'frozen', instruction_id: 'KV20261123-000001-1' });
  const meant = await renderFrozen();
  await rename(staging, `${staging}-file`);
  await rename(`${staging}-away`, staging);
  await house.on('2026-11-26');
  await house.kuvert('payout', 'approve', '1', '--who', 'cecilia');
  expect(await house.files()).toEqual({ 'KV20261123-000001.xml': meant });
  expect((await house.payouts())[0]).toMatchObject({ state: 'sent', instruction_id: 'KV20261123-000001-1' });
  await house.kuvert('payout', 'approve', '1', '--who', 'cecilia');
  expect(Object.keys(await house.files())).toHaveLength(1);
  expect(await house.inner.violations()).toEqual([]);
});

/** The file of the frozen rows, made beside the house’s own way. */
async function renderFrozen(): Promise<string> {
  const { config, database } = house.inner.house;
  const account = config.bankAccounts.get('provkonto');
  if (!account?.paymentFile) throw new Error('no account');
  const { name, address, timeZone } = config.bureau;
  const party = { name, town: address.city ?? '', country: address.country };
  const [payout] = await house.payouts();
  const { file, payouts } = await inTransaction(database, async (tx) => ({
    file: await findPaymentFile(tx, payout?.message_id ?? ''),
    payouts: await loadPayouts(tx, { scope: 'bureau', paymentFile: 1n }),
  }));
  if (!file) throw new Error('no file');
  const { parts } = config;
  const paying = { parts, account, terms: account.paymentFile, party, timeZone };
  return writePain001(paymentFileOf(file, payouts, paying), { version: '03', parts });
}

test('one of two payouts in a file is rejected: the other goes on (XB8)', async () => {
  await open();
  await house.invoices({ Number: 'P-1', Reference: '2014' });
  await house.bank({ receipts: [{ amount: 125_000n, ocr: '2014' }] });
  await run('2026-11-23');
  await house.on('2026-11-24');
  await house.invoices({ Number: 'P-2', Reference: '2022' });
  await house.bank({ receipts: [{ amount: 50_000n, ocr: '2022' }] });
  await run('2026-11-24');
  await approve('1', '2');
  const [first, second] = await house.payouts();
  expect(first?.message_id).toBe(second?.message_id);
  const group = { id: first?.payment_information_id ?? '', status: 'PART' };
  const transactions = [
    { id: first?.instruction_id ?? '', status: 'ACSP' },
    { id: second?.instruction_id ?? '', status: 'RJCT', reason: 'AC01' },
  ];
  await house.answer({ originalMessageId: first?.message_id ?? '', status: 'PART', payments: [{ ...group, transactions }] });
  expect((await house.payouts()).map(({ state }) => state)).toEqual(['accepted', 'rejected']);
  // 500.00 less 0.50 and its VAT.
  expect(await house.balance('clientLiability')).toBe(-49_937n);
  expect((await house.kuvert('payout', 'show', '2')).stdout).toContain('AC01');
  expect(await house.inner.violations()).toEqual([]);
});

test('the client’s account is changed between plan and approval: nothing leaves (XA6)', async () => {
  await open();
  await house.invoices({ Number: 'P-1', Reference: '2014' });
  await house.bank({ receipts: [{ amount: 125_000n, ocr: '2014' }] });
  await run('2026-11-23');
  const path = join(house.inner.folder, 'config', 'clients', 'provet.yaml');
  await changeFile(
    path,
    (text) => `${text.trimEnd().replace('validFrom: 2026-01-01', 'validFrom: 2026-01-01\n    validTo: 2026-11-22')}
${secondVersion(text)}`,
  );
  const approved = await approve('1');
  expect(approved.code).toBe(1);
  expect(approved.stdout).toContain('planned to bankgiro 8888885, but the agreement now says bankgiro 3333333');
  expect((await house.payouts())[0]).toMatchObject({ state: 'approved', instruction_id: null });
  expect(await house.files()).toEqual({});
  expect((await house.kuvert('payout', 'cancel', '1', '--who', 'anna', '--reason', 'new account')).code).toBe(0);
  await house.on('2026-11-24');
  await run('2026-11-24');
  expect((await house.kuvert('payout', 'show', '2')).stdout).toContain('3333333 (no payout has arrived there before)');
});

const secondVersion = (text: string): string =>
  text
    .slice(text.indexOf('  - version: 1'))
    .trimEnd()
    .replace('version: 1', 'version: 2')
    .replace('validFrom: 2026-01-01', 'validFrom: 2026-11-23')
    .replace('number: 888-8885 }', 'number: 333-3333 }');

test('what comes to less than the agreed minimum is carried forward, and paid when it is enough', async () => {
  await open();
  await house.invoices({ Number: 'P-1', Reference: '2014' });
  await house.bank({ receipts: [{ amount: 9_000n, ocr: '2014' }] });
  await run('2026-11-23');
  await house.on('2026-11-24');
  await house.bank({ receipts: [{ amount: 2_000n, ocr: '2014' }] });
  await run('2026-11-24');
  expect(await house.settlements()).toMatchObject([
    { opening: 0n, received: 9_000n, fees: 50n, fees_vat: 13n, paid_out: 0n, closing: 8_937n, rule: 'below-minimum' },
    { opening: 8_937n, received: 2_000n, fees: 50n, fees_vat: 13n, paid_out: 10_874n, closing: 0n, rule: 'paid-out' },
  ]);
  expect(await house.inner.violations()).toEqual([]);
});

test('money is held back for the days agreed, and a weekly client is paid on its day', async () => {
  await open(
    terms((text) =>
      text
        .replace('schedule: { kind: bank-day }', 'schedule: { kind: weekly, weekday: wednesday }')
        .replace('holdBackDays: 0', 'holdBackDays: 2'),
    ),
  );
  await house.invoices({ Number: 'P-1', Reference: '2014' }, { Number: 'P-2', Reference: '2022' });
  await house.bank({ receipts: [{ amount: 125_000n, ocr: '2014' }] });
  expect((await run('2026-11-23')).stdout).toContain('not-due');
  await house.on('2026-11-25');
  await house.bank({ receipts: [{ amount: 125_000n, ocr: '2022' }] });
  await run('2026-11-25');
  // Monday's money is cleared on Wednesday, Wednesday's is not.
  expect(await house.settlements()).toMatchObject([{ received: 125_000n, paid_out: 124_937n, closing: 0n }]);
  expect(await house.balance('clientLiability')).toBe(-125_000n);
  await house.on('2026-12-02');
  await run('2026-12-02');
  expect((await house.settlements())[1]).toMatchObject({ received: 125_000n, paid_out: 124_937n });
  expect(await house.inner.violations()).toEqual([]);
});

test('a deficit and its fees are set off against what comes in next', async () => {
  await open();
  await house.invoices({ Number: 'P-1', Reference: '2014' }, { Number: 'P-2', Reference: '2022' });
  await house.bank({ receipts: [{ amount: 125_000n, ocr: '2014' }] });
  await run('2026-11-23');
  await house.on('2026-11-24');
  // The bank takes the payment back after the client has got it: the client owes the bureau, nobody else's money covers it.
  await house.bank({
    receipts: [
      { amount: -125_000n, ocr: '2014', returned: { messageId: '', paymentInformationId: '', endToEndId: '', reason: 'AC04' } },
    ],
  });
  expect(await house.balance('clientDeficit')).toBe(125_000n);
  await run('2026-11-24');
  expect((await house.settlements())[1]).toMatchObject({
    returned: 125_000n,
    paid_out: 0n,
    closing: -125_000n,
    rule: 'client-owes',
  });
  await house.on('2026-11-25');
  await house.bank({ receipts: [{ amount: 200_000n, ocr: '2022' }] });
  await run('2026-11-25');
  expect(await house.balance('clientDeficit')).toBe(0n);
  expect(await house.inner.violations()).toEqual([]);
});

test('a refund goes the same way: ordered, approved, sent, debited', async () => {
  await open();
  await house.bank({ receipts: [{ amount: 30_000n, text: 'no idea', payerName: 'Nils Provare' }] });
  const [payment] = await house.inner.rows<{ id: bigint; client_id: string }>('select id, client_id from payment');
  if (!payment) throw new Error('no payment');
  const receiver = {
    account: { kind: 'plusgiro', number: '2865434' },
    name: 'Nils Provare',
    town: 'Provby',
    country: 'SE',
  } as const;
  const order = { client: payment.client_id, payment: payment.id, from: 'suspense', amount: 30_000n, currency: 'SEK' } as const;
  const ordered = { ...order, fromAccount: 'provkonto', receiver, remittance: 'Återbetalning', who: 'anna' };
  await inTransaction(house.inner.house.database, (tx) => orderRefund(house.inner.house, tx, ordered));
  expect(await house.balance('suspense', payment.client_id)).toBe(0n);
  expect((await approve('1')).code).toBe(0);
  const [payout] = await house.payouts();
  expect(Object.values(await house.files())[0]).toContain('<Id>2865434</Id>');
  await house.answer({ originalMessageId: payout?.message_id ?? '', status: 'RJCT', reason: 'AC04', payments: [] });
  expect(await house.balance('suspense', payment.client_id)).toBe(-30_000n);
  expect((await house.payouts())[0]?.state).toBe('rejected');
});

describe('the products of §10.1', () => {
  test('distribute-only: nothing of the documents is booked, only the bureau’s fees', async () => {
    await open(
      terms((text) =>
        text
          .replace('product: service', 'product: distribute-only')
          .replace(', reminder: 12.00, demand: 25.00, payment: 0.50 }', ' }')
          .replace(/\n {4}payout:\n(?: {6}.*\n)+/, '\n'),
      ),
    );
    await house.invoices({
      Number: 'P-1',
      Reference: '2014',
      Company: '559998-1114',
      Endpoint: '0007:5599981114',
      'Their reference': 'A Provsson',
    });
    await run('2026-11-23');
    expect(await ledger()).toEqual([
      'settlement feeReceivable 375',
      'settlement feeIncome -300',
      'settlement feeVat -75',
      'settlement serviceCost 300',
      'settlement inputVat 75',
      'settlement withBureau -375',
    ]);
    expect(await house.settlements()).toMatchObject([{ fees: 300n, fees_vat: 75n, closing: -375n, rule: 'client-owes' }]);
    expect(await house.inner.violations()).toEqual([]);
  });

  test('purchase: the price is owed at issue and paid from the bureau’s own account (§10.4)', async () => {
    const bought = (text: string): string =>
      text
        .replace('product: service', 'product: purchase')
        .replace('\n    payout:', '\n    purchase: { pricePercent: 96, recourse: no }\n\n    payout:');
    await open({
      'clients/provet.yaml': bought,
      'clients/provhus.yaml': bought,
      'bank-accounts.yaml': (text) =>
        text.replace('- id: provkonto\n    holder: client-funds', '- id: provkonto\n    holder: own'),
    });
    await house.invoices({
      Number: 'P-1',
      Reference: '2014',
      Price: '800,00',
      Payable: '1000,00',
      Issued: isoDate('2026-11-20'),
    });
    expect((await ledger()).slice(3)).toEqual([
      'purchase withBureau 96000',
      'purchase serviceCost 3200',
      'purchase inputVat 800',
      'purchase soldReceivables -100000',
      'purchase purchasedReceivables 100000',
      'purchase clientLiability -96000',
      'purchase feeIncome -3200',
      'purchase feeVat -800',
    ]);
    await run('2026-11-23');
    expect(await house.settlements()).toMatchObject([
      { received: 100_000n, fees: 3_200n, fees_vat: 800n, paid_out: 96_000n, closing: 0n },
    ]);
    await approve('1');
    const [payout] = await house.payouts();
    await house.bank({
      receipts: [{ amount: 100_000n, ocr: '2014' }],
      orders: [
        {
          amount: 96_000n,
          messageId: payout?.message_id ?? '',
          paymentInformationId: payout?.payment_information_id ?? '',
          endToEndId: payout?.instruction_id ?? '',
        },
      ],
    });
    expect((await house.payouts())[0]?.state).toBe('settled');
    expect(await house.balance('purchasedReceivables')).toBe(0n);
    expect(await house.balance('clientLiability')).toBe(0n);
    // 1,000.00 in, 960.00 out: 40.00 are the fee with its VAT.
    expect(await house.balance('ownBank')).toBe(4_000n);
    expect(await house.balance('soldReceivables')).toBe(0n);
    expect(await house.balance('receivable')).toBe(0n);
    expect(await house.inner.violations()).toEqual([]);
  });
});

const ledger = async (): Promise<readonly string[]> => {
  const rows = await house.inner.rows<{ kind: string; account: string; amount: bigint }>(
    `select t.kind, p.account, p.amount from posting p join ledger_transaction t on t.id = p.transaction_id where t.client_id = 'provet'
     order by t.sequence, p.line`,
  );
  return rows.map(({ kind, account, amount }) => `${kind} ${account} ${amount}`);
};
