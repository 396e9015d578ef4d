import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consumerTerms, handoverTerms, openRunHouse, type RunHouse } from './run-house.ts';

const claim = { Issued: '2026-08-03', Due: '2026-09-01' };

async function openReminded(
  terms: (text: string) => string,
  rows: readonly Readonly<Record<string, string>>[],
): Promise<RunHouse> {
  const house = await openRunHouse(terms);
  await house.on('2026-08-03');
  await house.invoices(...rows.map((row) => ({ ...claim, ...row })));
  await house.posted('2026-08-04');
  await house.on('2026-09-07');
  await run(house, 'reminder', '2026-09-07');
  await house.posted('2026-09-07');
  return house;
}

async function run(house: RunHouse, kind: 'reminder' | 'collection', date: string) {
  await house.on(date);
  const ran = await house.kuvert('run', kind, '--date', date, '--client', 'provet');
  expect(ran, ran.stdout + ran.stderr).toMatchObject({ code: 0 });
  return ran;
}

interface CaseFile {
  readonly count: number;
  readonly totalAmount: string;
  readonly cases: readonly Readonly<Record<string, unknown>>[];
}

async function collectionFiles(house: RunHouse): Promise<Readonly<Record<string, CaseFile>>> {
  const folder = join(house.inner.house.home, 'outbox', 'collection', 'provet');
  const names = (await readdir(folder)).toSorted();
  const files = await Promise.all(
    names.map(async (name) => [name, JSON.parse(await readFile(join(folder, name), 'utf8')) as CaseFile] as const),
  );
  return Object.fromEntries(files);
}

describe('a hand-over to the collection agency (F52)', () => {
  let house: RunHouse;
  beforeAll(async () => {
    house = await openReminded(handoverTerms, [
      { Number: 'H-1', Debtor: 'D1', Name: 'Påhittad Persson' },
      { Number: 'H-2', Debtor: 'D2', Name: 'Låtsas Andersson' },
    ]);
    await run(house, 'collection', '2026-09-22');
  });
  afterAll(() => house.close());

  test('states capital, interest and each cost apart, with the letters’ days', async () => {
    const [file] = Object.values(await collectionFiles(house));
    expect(file).toMatchObject({ count: 2 });
    // 1250.00 × 10 % × 21 days ÷ 365 = 7.19; with capital and fee 1317.19, twice 2634.38.
    expect(file?.totalAmount).toBe('2634.38');
    expect(file?.cases[0]).toMatchObject({
      number: 1,
      creditor: { name: 'Provbolaget i Stenstad AB' },
      debtor: { name: 'Påhittad Persson', number: 'D1', class: 'consumer' },
      invoice: { number: 'H-1', issueDate: '2026-08-03', dueDate: '2026-09-01', ground: 'Rådgivning', originalAmount: '1250.00' },
      principalAmount: '1250.00',
      interest: { amount: '7.19', rate: '10', basis: 'statutory', from: '2026-09-02', until: '2026-09-22' },
      costs: [{ kind: 'reminderFee', amount: '60.00' }],
      totalAmount: '1317.19',
      steps: [{ kind: 'reminder', dispatchedOn: '2026-09-07', deadline: '2026-09-17' }],
    });
  });

  test('is answered by the agency: one accepted, one back with its reason, a row of nonsense refused', async () => {
    await house.on('2026-09-23');
    const receipt = [
      'client;case;status;reference;reason',
      'provet;1;accepted;AG-77;',
      'provet;2;rejected;;missing id',
      'provet;9;accepted;X;',
      'provet;2;maybe;;',
      'END;4',
      '',
    ];
    const taken = await house.inner.takeIn('collection-agency', 'receipt-1.csv', receipt.join('\n'));
    expect(taken.file.state).toBe('booked');
    expect(taken.receipt.findings.map(({ code, line }) => `${line} ${code}`)).toEqual(['4 AGENCY-CASE-UNKNOWN', '5 AGENCY-ROW']);
    expect(
      await house.inner.rows('select number, state, agency_reference, rejection from collection_case order by number'),
    ).toEqual([
      { number: 1, state: 'accepted', agency_reference: 'AG-77', rejection: null },
      { number: 2, state: 'rejected', agency_reference: null, rejection: 'missing id' },
    ]);
    expect(await house.inner.rows(`select client_id, kind, subject, detail from task where done_at is null`)).toEqual([
      { client_id: 'provet', kind: 'collection-rejected', subject: 'H-2', detail: { case: '2', reason: 'missing id' } },
    ]);
  });

  test('says nothing new the second time', async () => {
    const again = ['client;case;status;reference;reason', 'provet;1;accepted;AG-77;', 'END;1', ''];
    const taken = await house.inner.takeIn('collection-agency', 'receipt-2.csv', again.join('\n'));
    expect(taken.receipt.findings.map(({ code }) => code)).toEqual(['AGENCY-CASE-ANSWERED']);
    expect(taken.receipt.duplicate.count).toBe(1);
  });

  test.each([
    ['cut off', 'client;case;status;reference;reason\nprovet;1;closed;;\n', 'AGENCY-NO-CLOSING-ROW'],
    ['of other headings', 'case;status\n1;closed\nEND;1\n', 'AGENCY-HEADINGS'],
    ['with a row lost', 'client;case;status;reference;reason\nEND;1\n', 'AGENCY-CLOSING-COUNT'],
  ])('a receipt %s counts for nothing', async (_name, content, code) => {
    const taken = await house.inner.takeIn('collection-agency', `${code}.csv`, content);
    expect(taken.file.state).toBe('rejected');
    expect(taken.receipt.findings.map((item) => item.code)).toEqual([code]);
  });

  test('tells the agency with the next run what has happened to a claim since (F52)', async () => {
    await house.on('2026-09-23');
    const credited = await house.kuvert(
      'invoice',
      'credit',
      'H-1',
      '--client',
      'provet',
      '--amount',
      '250.00',
      '--who',
      'Anna',
      '--reason',
      'price',
    );
    expect(credited, credited.stdout + credited.stderr).toMatchObject({ code: 0 });
    await run(house, 'collection', '2026-09-23');
    const name = '2026-09-23-changes-1.json';
    // The credit lowers the capital as if it had never been owed, so 250.00 × 10 % × 6 ÷ 365 = 0.41 of the reminder's interest goes too.
    const change = { case: 1, invoiceNumber: 'H-1', kind: 'credit', on: '2026-09-23' };
    expect((await collectionFiles(house))[name]).toMatchObject({
      client: 'provet',
      count: 2,
      totalAmount: '250.41',
      changes: [
        { ...change, amount: '250.00' },
        { ...change, amount: '0.41' },
      ],
    });
    // Told once.
    expect(await house.inner.rows('select count(*)::int as untold from collection_change where outbound_id is null')).toEqual([
      { untold: 0 },
    ]);
  });

  test('leaves the rejected claim alone until a person has mended it, and then hands it over again', async () => {
    const waiting = await run(house, 'collection', '2026-09-24');
    expect(waiting.stdout).toContain('0 steps, 1 passed over');
    const explained = await house.kuvert('explain', 'H-2', '--client', 'provet', '--date', '2026-09-24');
    expect(explained.stdout).toMatch(/Not demanded: held \(collection, run \d+\)/);
    expect(explained.stdout).toContain('agency-rejected');
    await house.inner.rows(
      `update hold set released_on = '2026-09-25', released_at = '2026-09-25T07:00:00Z', released_by = 'Doris' where category = 'agency-rejected'`,
    );
    await run(house, 'collection', '2026-09-25');
    expect(await house.inner.rows('select number, state from collection_case order by number')).toEqual([
      { number: 1, state: 'accepted' },
      { number: 2, state: 'rejected' },
      { number: 3, state: 'opened' },
    ]);
    expect(await house.inner.violations()).toEqual([]);
  });
});

describe('the bureau’s own collection demand, and the assessment after it', () => {
  let house: RunHouse;
  beforeAll(async () => {
    house = await openReminded(consumerTerms, [{ Number: 'K-1', Debtor: 'D1', Name: 'Påhittad Persson' }]);
    await run(house, 'collection', '2026-09-22');
    await house.posted('2026-09-22');
  });
  afterAll(() => house.close());

  test('claims 180.00 and the interest since the reminder, to be paid by 2 October', async () => {
    const letters = await house.inner.rows<{ readonly content: Readonly<Record<string, unknown>> }>(
      `select content from document where kind = 'demand'`,
    );
    expect(letters).toHaveLength(1);
    expect(letters[0]?.content).toMatchObject({
      kind: 'demand',
      number: '2',
      date: '2026-09-22',
      deadline: '2026-10-02',
      nextStep: 'legal',
      // 1250.00 + 7.19 + 60.00 + 180.00
      payableAmount: '1497.19',
      claims: [
        {
          principalAmount: '1250.00',
          interestAmount: '7.19',
          reminderFeeAmount: '60.00',
          collectionFeeAmount: '180.00',
          compensationAmount: '0.00',
        },
      ],
    });
  });

  test('is valued on +33 as a proposal that a person decides on, once', async () => {
    // 1 September + 33 is Sunday 4 October.
    await run(house, 'collection', '2026-10-05');
    const listed = JSON.parse((await house.kuvert('assessment', 'list', '--json')).stdout) as readonly Readonly<
      Record<string, string>
    >[];
    expect(listed).toMatchObject([{ invoice: 'K-1', outcome: 'manual', proposedOn: '2026-10-05', decision: null }]);
    const id = listed[0]?.['id'] ?? '';
    const decided = await house.kuvert('assessment', 'decline', id, '--who', 'Elin', '--reason', 'pays by instalments');
    expect(decided, decided.stderr).toMatchObject({ code: 0 });
    expect((await house.kuvert('assessment', 'confirm', id, '--who', 'Elin', '--reason', 'again')).code).toBe(1);
    expect(await house.inner.rows(`select who, act, reason from audit where act like 'assessment%'`)).toEqual([
      { who: 'Elin', act: 'assessment decline', reason: 'pays by instalments' },
    ]);
    expect((await house.kuvert('assessment', 'list')).stdout).toContain('No proposal waits.');
    expect(await house.inner.violations()).toEqual([]);
  });
});
