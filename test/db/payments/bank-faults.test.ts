import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { makeCamt053, type DemoLump } from '#jobs/demo/files/bank-file.ts';
import { changeFile } from '../../house/copy-config.ts';
import { NOW, openInnerHouse, type InnerHouse, type TakenIn } from '../../house/inner-house.ts';
import { runCommand } from '../../house/run-command.ts';
import { ACCOUNT, balances, bank, GIRO, issue, nextId, notification, openOf, suspense } from './bank-house.ts';

let inner: InnerHouse;
let references: ReadonlyMap<string, string>;
beforeEach(async () => {
  inner = await openInnerHouse();
  references = await issue(inner, { Number: 'X-1' }, { Number: 'X-2' }, { Number: 'X-3' });
});
afterEach(async () => {
  expect(await inner.violations()).toEqual([]);
  await inner.close();
});

const ocr = (number: string): string => references.get(number)!;
const counts = ({ file }: TakenIn): readonly unknown[] => [
  file.state,
  file.counts.accepted,
  file.counts.duplicate,
  file.counts.held,
];
const codes = ({ receipt }: TakenIn): readonly string[] => receipt.findings.map(({ code }) => code);
const opens = (): Promise<readonly bigint[]> => Promise.all(['X-1', 'X-2', 'X-3'].map((number) => openOf(inner, number)));
const WHOLE = 125_000n;

describe('XB1: what was posted is not posted again', () => {
  const payments = () => [
    { amount: WHOLE, ocr: ocr('X-1') },
    { amount: 25_000n, ocr: ocr('X-2') },
    { amount: 25_000n, ocr: ocr('X-2') },
  ];

  test('the same file: known by its bytes', async () => {
    const file = notification(payments());
    await bank(inner, file);
    const again = await bank(inner, file);
    expect(counts(again)).toEqual(['duplicate', 0, 3, 0]);
    expect(await opens()).toEqual([0n, 75_000n, WHOLE]);
  });

  test('the same payments made into a new file: known one by one, two equal ones apart', async () => {
    await bank(inner, notification(payments(), { archive: 'A' }));
    const again = await bank(inner, notification(payments(), { archive: 'A' }));
    expect(counts(again)).toEqual(['booked', 0, 3, 0]);
    expect(await inner.rows('select state from bank_block order by id')).toEqual([{ state: 'posted' }, { state: 'repeated' }]);
    expect(await opens()).toEqual([0n, 75_000n, WHOLE]);
  });

  test('overlapping files: the part that is new is posted', async () => {
    await bank(inner, notification(payments().slice(0, 2), { archive: 'A' }));
    const more = await bank(inner, notification(payments(), { archive: 'A' }));
    expect(counts(more)).toEqual(['booked', 1, 2, 0]);
    expect(await opens()).toEqual([0n, 75_000n, WHOLE]);
  });

  test('a message id seen before is told, and does not decide', async () => {
    await bank(inner, notification(payments(), { archive: 'A', messageId: 'M' }));
    const other = await bank(inner, notification([{ amount: 5_000n, ocr: ocr('X-3') }], { archive: 'B', messageId: 'M' }));
    expect(codes(other)).toEqual(['BANK-MESSAGE-AGAIN']);
    expect(await openOf(inner, 'X-3')).toBe(120_000n);
  });
});

describe('XB2: a file re-sent', () => {
  const first = () => [
    { amount: WHOLE, ocr: ocr('X-1') },
    { amount: 25_000n, ocr: ocr('X-2') },
  ];

  test('with one row more books one', async () => {
    await bank(inner, notification(first(), { archive: 'A' }));
    const more = await bank(inner, notification([...first(), { amount: 10_000n, ocr: ocr('X-3') }], { archive: 'A' }));
    expect(counts(more)).toEqual(['booked', 1, 2, 0]);
    expect(await opens()).toEqual([0n, 100_000n, 115_000n]);
  });

  test('with one row fewer books nothing', async () => {
    await bank(inner, notification(first(), { archive: 'A' }));
    expect(
      counts(
        await bank(
          inner,
          notification(
            first()
              .slice(1)
              .map((payment) => ({ ...payment, servicerReference: 'A-2' })),
          ),
        ),
      ),
    ).toEqual(['booked', 0, 1, 0]);
  });

  test('with one amount changed leaves that one to a person', async () => {
    await bank(inner, notification(first(), { archive: 'A' }));
    const changed = await bank(inner, notification([first()[0]!, { amount: 26_000n, ocr: ocr('X-2') }], { archive: 'A' }));
    expect(counts(changed)).toEqual(['booked', 1, 1, 0]);
    expect(await suspense(inner)).toEqual([{ reason: 'changed', amount: 26_000n, client: 'provet' }]);
    expect(await opens()).toEqual([0n, 100_000n, WHOLE]);
  });
});

describe('payments that the bank gives no reference of its own', () => {
  const weak = (payments: Parameters<typeof notification>[0], blockId: string): string =>
    Buffer.from(notification(payments))
      .toString()
      .replaceAll(/<AcctSvcrRef>[^<]*<\/AcctSvcrRef>/g, '')
      .replace(/(<Ntfctn>\s*<Id>)[^<]*/, `$1${blockId}`);

  test('two alike in one file are two; the same block again is known', async () => {
    const two = [
      { amount: 10_000n, ocr: ocr('X-1') },
      { amount: 10_000n, ocr: ocr('X-1') },
    ];
    await bank(inner, weak(two, 'B1'));
    expect(counts(await bank(inner, weak(two, 'B1')))).toEqual(['booked', 0, 2, 0]);
    expect(await openOf(inner, 'X-1')).toBe(105_000n);
  });

  test('one alike in another block is suspected: booked to suspense, never lost, dropped or tied by a person', async () => {
    const one = [{ amount: 10_000n, ocr: ocr('X-1') }];
    await bank(inner, weak(one, 'B1'));
    expect(counts(await bank(inner, weak(one, 'B2')))).toEqual(['booked', 1, 0, 0]);
    expect((await suspense(inner)).map(({ reason, amount }) => [reason, amount])).toEqual([['suspected-duplicate', 10_000n]]);
    expect((await balances(inner))['clientFunds']).toBe(20_000n);
  });
});

const statement = (day: string, opening: bigint, lumps: readonly DemoLump[] = []): Uint8Array =>
  makeCamt053({
    messageId: nextId(),
    account: ACCOUNT,
    bookingDate: isoDate(day),
    createdAt: `${day}T20:00:00+01:00`,
    sequenceNumber: 1,
    openingAmount: opening,
    payments: [{ amount: 1_000n, bankgiro: GIRO, servicerReference: `S${day}`, ocr: ocr('X-1') }],
    lumps,
  });

describe('XB3: statements of an account form a chain', () => {
  beforeEach(async () => {
    await inner.close();
    inner = await openInnerHouse({
      changes: { 'bank-accounts.yaml': (text) => text.replace(/(id: provkonto[^]*?postingSource: )notification/, '$1statement') },
    });
    references = await issue(inner, { Number: 'X-1' });
  });

  test('the next before the one between is held, and booked by itself when that has come', async () => {
    await bank(inner, statement('2026-11-18', 0n));
    const early = await bank(inner, statement('2026-11-20', 2_000n));
    expect([counts(early), codes(early)]).toEqual([
      ['held', 0, 0, 1],
      ['BANK-CHAIN-GAP', 'BANK-HELD-WHOLE'],
    ]);
    expect(early.receipt.findings[0]!.message).toMatch(/20\.00.*2026-11-18.*10\.00/);
    expect(await openOf(inner, 'X-1')).toBe(124_000n);
    await bank(inner, statement('2026-11-19', 1_000n));
    expect(await openOf(inner, 'X-1')).toBe(122_000n);
    expect(await inner.rows('select state from bank_block order by to_date')).toEqual([
      { state: 'posted' },
      { state: 'posted' },
      { state: 'posted' },
    ]);
  });

  test('charges are the bank’s, not the ledger’s', async () => {
    const { file } = await bank(inner, statement('2026-11-18', 0n, [{ amount: -150n, servicerReference: 'C1', kind: 'charge' }]));
    expect([file.state, file.amounts.accepted]).toEqual(['booked', 850n]);
    expect(await inner.rows('select kind, amount from payment order by id')).toEqual([
      { kind: 'receipt', amount: 1_000n },
      { kind: 'cost', amount: -150n },
    ]);
    expect((await balances(inner))['clientFunds']).toBe(1_000n);
  });

  test('a balance off by an öre holds the file whole (XB5)', async () => {
    const wrong = Buffer.from(statement('2026-11-18', 0n))
      .toString()
      .replace(/(CLBD[^]*?<Amt Ccy="SEK">)10\.00/, '$110.01');
    const taken = await bank(inner, wrong);
    expect([counts(taken), codes(taken).at(-1)]).toEqual([['held', 0, 0, 1], 'BANK-HELD-WHOLE']);
    expect(await inner.rows('select count(*) as n from payment')).toEqual([{ n: 0n }]);
  });
});

const OTHER_ACCOUNT = `
  - id: annat
    holder: client-funds
    iban: SE38 0000 0000 0999 9990 0044
    bic: FIKTSESS
    currency: SEK
    postingSource: notification
    informationIsBooked: no
    giros: []
`;

describe('XB4: what is not ours', () => {
  test('a part for an unknown account is held alone, and taken up when the account is known', async () => {
    const stranger = Buffer.from(
      notification([{ amount: 1_000n, ocr: ocr('X-2') }], { iban: 'SE3800000000099999900044' }),
    ).toString();
    const block = /<Ntfctn>[^]*<\/Ntfctn>/.exec(stranger)![0];
    const mixed = Buffer.from(notification([{ amount: WHOLE, ocr: ocr('X-1') }]))
      .toString()
      .replace('</Ntfctn>', `</Ntfctn>${block}`);
    const taken = await bank(inner, mixed);
    expect([counts(taken), codes(taken)]).toEqual([['held', 1, 0, 1], ['BANK-ACCOUNT-UNKNOWN']]);
    expect(await opens()).toEqual([0n, WHOLE, WHOLE]);

    const accounts = join(inner.folder, 'config', 'bank-accounts.yaml');
    await changeFile(accounts, (text) => `${text}${OTHER_ACCOUNT}`);
    const retried = await runCommand(['file', 'retry', 'bank', String(taken.file.number)], {
      KUVERT_HOME: inner.house.home,
      KUVERT_CONFIG: join(inner.folder, 'config'),
      KUVERT_DATABASE_URL: inner.databaseUrl,
      KUVERT_NOW: NOW.toISOString(),
    });
    expect([retried.code, retried.stdout]).toEqual([0, expect.stringContaining('booked')]);
    expect(
      await inner.rows(`select documents_accepted as accepted, documents_held as held from file where client_id = 'bank'`),
    ).toEqual([{ accepted: 2, held: 0 }]);
    expect(await inner.rows('select count(*) as n from payment')).toEqual([{ n: 2n }]);
  });

  test('a currency that the account is not kept in is held', async () => {
    const euro = Buffer.from(notification([{ amount: WHOLE, ocr: ocr('X-1') }]))
      .toString()
      .replaceAll('SEK', 'EUR');
    const taken = await bank(inner, euro);
    expect([counts(taken), codes(taken)]).toEqual([['held', 0, 0, 1], ['BANK-CURRENCY']]);
  });

  test('a reference of another client than is paid on the giro lies in suspense', async () => {
    await inner.close();
    inner = await openInnerHouse({
      changes: {
        'clients/provhus.yaml': (text) => text.replace('888-8885', '333-3333'),
        'bank-accounts.yaml': (text) => text.replace('giros: [888-8885]', 'giros: [888-8885, 333-3333]'),
      },
    });
    references = await issue(inner, { Number: 'X-1' });
    await bank(inner, notification([{ amount: WHOLE, ocr: ocr('X-1'), bankgiro: '3333333' }]));
    expect(await suspense(inner)).toEqual([{ reason: 'other-client', amount: WHOLE, client: 'provet' }]);
    expect(await openOf(inner, 'X-1')).toBe(WHOLE);
  });
});

describe('XB5 and XB6: sums that do not agree, and cut files', () => {
  test('an entry off by an öre holds the file whole', async () => {
    const wrong = Buffer.from(
      notification([
        { amount: WHOLE, ocr: ocr('X-1') },
        { amount: WHOLE, ocr: ocr('X-2') },
      ]),
    )
      .toString()
      .replace(/(<Ntry>[^]*?<Amt Ccy="SEK">)2500\.00/, '$12500.01');
    const taken = await bank(inner, wrong);
    expect([taken.file.state, codes(taken).at(-1)]).toEqual(['held', 'BANK-HELD-WHOLE']);
    expect(await inner.rows('select count(*) as n from payment')).toEqual([{ n: 0n }]);
  });

  test.each([0.2, 0.5, 0.9, 0.999])('cut after %f of its length it is refused', async (share) => {
    const whole = notification([{ amount: WHOLE, ocr: ocr('X-1') }]);
    const taken = await bank(inner, whole.subarray(0, Math.floor(whole.length * share)));
    expect(taken.file.state).toBe('rejected');
    expect(await inner.rows('select count(*) as n from payment')).toEqual([{ n: 0n }]);
  });
});

describe('XB7: payments as people make them', () => {
  test.each<readonly [title: string, payment: Parameters<typeof notification>[0][number], reason: string]>([
    ['a reference that was never given out', { amount: WHOLE, ocr: '1234567897' }, 'unknown-reference'],
    ['no word at all', { amount: WHOLE }, 'no-reference'],
    ['a hundredfold', { amount: 12_500_000n, ocr: 'X-1' }, 'hundredfold'],
    ['two references and another sum', { amount: 130_000n, text: 'X-1 X-2' }, 'ambiguous'],
    ['a number in text without another sign', { amount: 60_000n, text: 'faktura X-1' }, 'implausible'],
  ])('%s goes to suspense', async (_title, payment, reason) => {
    const numbers = payment.ocr !== undefined && references.has(payment.ocr) ? { ocr: ocr(payment.ocr) } : {};
    await bank(inner, notification([{ ...payment, ...numbers }]));
    expect((await suspense(inner)).map((item) => item.reason)).toEqual([reason]);
    expect(await opens()).toEqual([WHOLE, WHOLE, WHOLE]);
  });

  test.each<readonly [title: string, payment: Parameters<typeof notification>[0][number], left: readonly bigint[]]>([
    ['one öre is a part', { amount: 1n, ocr: 'X-1' }, [124_999n, WHOLE, WHOLE]],
    ['a number in text with the right sum', { amount: WHOLE, text: 'faktura X-2' }, [WHOLE, 0n, WHOLE]],
    [
      'a number in text with the right name',
      { amount: 60_000n, text: 'faktura X-1', payerName: 'SKENFIRMAN' },
      [65_000n, WHOLE, WHOLE],
    ],
    ['two invoices named, and their sum', { amount: 250_000n, text: 'X-1 X-3' }, [0n, WHOLE, 0n]],
    [
      'several parts with amounts',
      {
        amount: 150_000n,
        documentNumbers: [
          { number: 'X-1', amount: WHOLE },
          { number: 'X-2', amount: 25_000n },
        ],
      },
      [0n, 100_000n, WHOLE],
    ],
  ])('%s', async (_title, payment, left) => {
    const numbers = payment.ocr === undefined ? {} : { ocr: ocr(payment.ocr) };
    await bank(inner, notification([{ ...payment, ...numbers }]));
    expect([await opens(), await suspense(inner)]).toEqual([left, []]);
  });

  test('the same payer and sum as a payment before, where one such debt is open', async () => {
    await bank(inner, notification([{ amount: WHOLE, ocr: ocr('X-1'), payerAccount: '9912346' }]));
    await issue(inner, { Number: 'X-9', Price: '400,00', Payable: '500,00' });
    await bank(inner, notification([{ amount: 50_000n, payerAccount: '9912346' }]));
    expect([await openOf(inner, 'X-9'), await suspense(inner)]).toEqual([0n, []]);
  });

  test('a receipt taken back opens the invoice again with its due date', async () => {
    await bank(inner, notification([{ amount: WHOLE, ocr: ocr('X-1'), servicerReference: 'R-1' }]));
    const back = Buffer.from(notification([{ amount: WHOLE, ocr: ocr('X-1'), servicerReference: 'R-1' }]))
      .toString()
      .replaceAll('<CdtDbtInd>CRDT</CdtDbtInd>', '<CdtDbtInd>DBIT</CdtDbtInd>')
      .replace(/<CdtDbtInd>DBIT<\/CdtDbtInd>/, '<CdtDbtInd>DBIT</CdtDbtInd><RvslInd>true</RvslInd>');
    await bank(inner, back);
    expect(await openOf(inner, 'X-1')).toBe(WHOLE);
    expect(await inner.rows('select kind, amount, reverses is not null as tied from payment order by id')).toEqual([
      { kind: 'receipt', amount: WHOLE, tied: false },
      { kind: 'reversal', amount: -WHOLE, tied: true },
    ]);
    expect(await balances(inner)).toMatchObject({ receivable: 375_000n });
    expect((await balances(inner))['clientFunds']).toBeUndefined();
  });
});
