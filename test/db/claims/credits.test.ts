import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consumerTerms } from '../runs/run-house.ts';
import { openClaimHouse, type ClaimHouse } from './claim-house.ts';

let house: ClaimHouse;
beforeAll(async () => {
  house = await openClaimHouse(consumerTerms);
});
afterAll(() => house.close());

describe('a credit note is set against the invoice that it names (F31)', () => {
  test('all of it: nothing is open on either', async () => {
    await house.invoices({ Number: 'A-1' });
    await house.invoices({ Number: 'A-2', Kind: 'C', Credits: 'A-1' });
    expect(await house.page('A-1', 'A-2')).toEqual([
      '2026-11-20 issue      A-1 receivable  1250.00',
      '2026-11-20 issue      A-2 receivable -1250.00',
      '2026-11-21 allocation A-2 receivable  1250.00',
      '2026-11-21 allocation A-1 receivable -1250.00',
    ]);
  });

  test('before its invoice: it waits, and is set against it when it comes (fault XC9)', async () => {
    await house.invoices({ Number: 'B-2', Kind: 'C', Credits: 'B-1', Price: '400,00', Payable: '500,00' });
    expect(await house.open('B-2')).toBe('-500.00');
    await house.invoices({ Number: 'B-1' });
    expect(await house.open('B-1', 'B-2')).toBe('750.00 0.00');
  });

  test('in one file with it, whichever comes first', async () => {
    await house.invoices({ Number: 'C-2', Kind: 'C', Credits: 'C-1' }, { Number: 'C-1' });
    expect(await house.open('C-1', 'C-2')).toBe('0.00 0.00');
  });

  test('for more than the invoice: the rest stays the debtor’s (fault XC9)', async () => {
    await house.invoices({ Number: 'D-1' }, { Number: 'D-2', Kind: 'C', Credits: 'D-1', Price: '2000,00', Payable: '2500,00' });
    expect(await house.open('D-1', 'D-2')).toBe('0.00 -1250.00');
  });

  test('of another debtor: it is not used', async () => {
    await house.invoices({ Number: 'E-1' }, { Number: 'E-2', Kind: 'C', Credits: 'E-1', Debtor: 'D9', Name: 'Någon Annan' });
    expect(await house.open('E-1', 'E-2')).toBe('1250.00 -1250.00');
  });

  test('two credit notes share an invoice, the older first', async () => {
    await house.invoices(
      { Number: 'F-1' },
      { Number: 'F-3', Kind: 'C', Credits: 'F-1', Issued: '2026-11-21' },
      { Number: 'F-2', Kind: 'C', Credits: 'F-1', Price: '400,00', Payable: '500,00' },
    );
    expect(await house.open('F-1', 'F-2', 'F-3')).toBe('0.00 0.00 -500.00');
  });

  test('the disputed part is left until the objection is answered, then the rest is used (§8.2)', async () => {
    await house.invoices({ Number: 'G-1' });
    await house.act('dispute', 'G-1', '--amount', '400', '--category', 'PRICE');
    await house.invoices({ Number: 'G-2', Kind: 'C', Credits: 'G-1' });
    expect(await house.open('G-1', 'G-2')).toBe('400.00 -400.00');
    await house.act('release', 'G-1', '--outcome', 'accepted');
    expect(await house.open('G-1', 'G-2')).toBe('0.00 0.00');
    expect(await house.holds('G-1')).toEqual(['dispute PRICE 400.00 accepted', 'block credit-expected 400.00 released']);
  });
});

describe('a credit that the bureau is ordered to make', () => {
  test('is a credit note of its own number series, with VAT, delivered, and set against the invoice', async () => {
    await house.invoices({ Number: 'L-1' });
    const ran = await house.act('credit', 'L-1', '--amount', '400.00');
    expect(ran.stdout).toContain('850.00');
    expect(await house.inner.rows(`select number, kind, net, vat, payable from invoice where number = 'KREDIT-1'`)).toEqual([
      { number: 'KREDIT-1', kind: 'creditNote', net: 32_000n, vat: 8_000n, payable: 40_000n },
    ]);
    expect(await house.open('L-1', 'KREDIT-1')).toBe('850.00 0.00');
    expect(
      await house.inner.rows(`select account, sum(amount)::bigint as amount from posting p join ledger_transaction t
      on t.id = p.transaction_id where t.effect_key = 'issue:KREDIT-1' group by 1 order by 1`),
    ).toEqual([
      { account: 'receivable', amount: -40_000n },
      { account: 'sales', amount: 32_000n },
      { account: 'vat:25', amount: 8_000n },
    ]);
    const letters = await house.inner.rows(
      `select d.state from document d join invoice i on i.id = d.invoice_id where i.number = 'KREDIT-1'`,
    );
    expect(letters).toEqual([{ state: 'waiting' }]);
  });

  test('of all that is open repeats the invoice, and goes to the disputed part too since the client says so', async () => {
    await house.invoices({ Number: 'M-1' });
    await house.act('dispute', 'M-1', '--category', 'NOT_ORDERED');
    await house.act('credit', 'M-1', '--all');
    expect(await house.open('M-1', 'KREDIT-2')).toBe('0.00 0.00');
  });

  test('for more than is open is refused, and no number is lost', async () => {
    await house.invoices({ Number: 'N-1' });
    const ran = await house.run('invoice', 'credit', 'N-1', '--client', 'provet', '--reason', 'prov', '--amount', '1250.01');
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('CTL-AMOUNT-TOO-LARGE');
    await house.act('credit', 'N-1', '--amount', '0.01');
    expect(await house.open('N-1', 'KREDIT-3')).toBe('1249.99 0.00');
  });

  test('--dry-run shows the receipt and books nothing', async () => {
    await house.invoices({ Number: 'O-1' });
    const ran = await house.act('credit', 'O-1', '--all', '--dry-run');
    expect(ran.stdout).toContain('dry run');
    expect(await house.open('O-1')).toBe('1250.00');
  });
});

test('every invariant holds after all that', async () => {
  expect(await house.inner.violations()).toEqual([]);
});
