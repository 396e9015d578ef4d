import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { camtText, detailsText, entryText, money, readItems, readWhole, type EntryText } from './camt-text.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../../fixtures/iso20022/camt/${name}`, import.meta.url));

describe('a Swedish deposit, item by item', () => {
  test('message, block, transactions, entry, block end', async () => {
    const items = await readItems(fixture('camt054v02-se-bankgiro.xml'));
    expect(items.map(({ kind }) => kind)).toEqual(['message', 'block', 'transaction', 'transaction', 'entry', 'block-end']);
    expect(items[0]).toEqual({
      kind: 'message',
      message: {
        kind: 'notification',
        format: 'camt.054.001.02',
        messageId: 'M-20261120-01',
        createdAt: '2026-11-20T17:05:00+01:00',
        findings: [],
      },
    });
    expect(items[1]).toEqual({
      kind: 'block',
      block: {
        number: 1,
        id: 'N-20261120-01',
        account: { scheme: 'IBAN', id: 'SE4550000000058398257466' },
        currency: 'SEK',
        line: 5,
      },
    });
    expect(items[2]).toEqual({
      kind: 'transaction',
      transaction: {
        block: 1,
        entry: 1,
        ordinal: 1,
        line: 14,
        status: 'booked',
        amount: 125_000n,
        currency: 'SEK',
        bookingDate: '2026-11-20',
        valueDate: '2026-11-20',
        hint: 'payment',
        references: [{ source: 'creditor-reference', value: '1234566' }],
        parts: [{ kind: 'invoice', reference: '1234566', amount: 125_000n }],
        text: '',
        payerName: 'Kund AB',
        receiverAccount: { scheme: 'BANKGIRO', id: '9912346' },
        ids: {
          entryReference: 'BG09912346 00001',
          entryServicerReference: 'BK2026112000001',
          servicerReference: 'BK2026112000001000001',
          endToEndId: 'NOTPROVIDED',
        },
      },
    });
    expect(items[4]).toMatchObject({ entry: { amount: 185_000n, transactions: 2, verdict: 'agrees', findings: [] } });
    expect(items[5]).toEqual({
      kind: 'block-end',
      totals: { block: 1, entries: 1, creditAmount: 185_000n, debitAmount: 0n, findings: [] },
    });
  });

  test('a statement of version 08: lump, returned payout, payout batch, charge; the balances hold', async () => {
    const { transactions, totals, findings } = await readWhole(fixture('camt053v08-mixed.xml'));
    expect(findings).toEqual([]);
    expect(transactions.map(({ hint, amount, returnReason }) => [hint, amount, returnReason])).toEqual([
      ['lump', 210_000n, undefined],
      ['return', 150_000n, 'AC04'],
      ['payment', -150_000n, undefined],
      ['charge', -1500n, undefined],
    ]);
    expect(transactions[2]?.ids).toMatchObject({
      paymentInformationId: 'PO-20261120-0001-P1',
      endToEndId: 'PO-20261120-0001-T1',
    });
    expect(totals).toMatchObject([{ openingAmount: 100_000n, closingAmount: 308_500n, entries: 4 }]);
  });
});

/** What one entry comes to: amounts of its transactions, verdict, codes of its findings. */
async function outcome(terms: EntryText, version = '02'): Promise<unknown> {
  const { transactions, entries, findings } = await readWhole(camtText([entryText(terms)], { version }));
  return [transactions.map(({ amount }) => amount), entries[0]?.verdict, findings.map(({ code }) => code)];
}

const own = (amount: string, direction?: string, currency = 'SEK'): string =>
  `<TxDtls>${money('Amt', amount, currency)}${direction === undefined ? '' : `<CdtDbtInd>${direction}</CdtDbtInd>`}</TxDtls>`;

describe('amounts and signs (§2.6)', () => {
  test.each<[name: string, terms: EntryText, expected: unknown]>([
    ['own amount', { details: [own('60.00', 'CRDT'), own('40.00', 'CRDT')] }, [[6000n, 4000n], 'agrees', []]],
    ['the only transaction takes the entry’s', { details: ['<TxDtls/>'] }, [[10_000n], 'agrees', []]],
    ['no details: a lump', {}, [[10_000n], 'agrees', []]],
    [
      'a batch of two in one transaction',
      { batch: '<Btch><NbOfTxs>2</NbOfTxs></Btch>', details: ['<TxDtls/>'] },
      [[undefined], 'unusable', ['CAMT-TRANSACTION-AMOUNT', 'CAMT-BATCH']],
    ],
    [
      'several without amounts',
      { details: ['<TxDtls/>', '<TxDtls/>'] },
      [[undefined, undefined], 'unusable', ['CAMT-TRANSACTION-AMOUNT', 'CAMT-TRANSACTION-AMOUNT']],
    ],
    [
      'netting: a transaction against its entry',
      { details: [own('130.00', 'CRDT'), own('30.00', 'DBIT')] },
      [[13_000n, -3000n], 'agrees', []],
    ],
    ['a debit', { direction: 'DBIT', details: [detailsText('100.00')] }, [[-10_000n], 'agrees', []]],
    ['a reversal keeps its direction', { reversal: 'true', details: [detailsText('100.00')] }, [[10_000n], 'agrees', []]],
    [
      'the only one with the opposite sign (PostFinance)',
      { details: [own('100.00', 'DBIT')] },
      [[10_000n], 'agrees', ['CAMT-SIGN']],
    ],
    ['amounts of another meaning (Goldman)', { details: [detailsText('262.55')] }, [[26_255n], 'unusable', ['CAMT-ENTRY-SUM']]],
    [
      'zeros before and behind (ABN AMRO, SEB)',
      { amount: '000000000000149.87', details: [detailsText('149.8700')] },
      [[14_987n], 'agrees', []],
    ],
    ['no decimals (POP)', { amount: '7048', details: [detailsText('7048')] }, [[704_800n], 'agrees', []]],
    [
      '13 decimals of a float (hbci4j)',
      { details: [detailsText('99.9999999999998')] },
      [[undefined], 'unusable', ['CAMT-TRANSACTION-AMOUNT']],
    ],
    ['a minus', { details: [detailsText('-100.00')] }, [[undefined], 'unusable', ['CAMT-TRANSACTION-AMOUNT']]],
    [
      'another currency with its counter value',
      {
        details: [
          `<TxDtls><AmtDtls><TxAmt>${money('Amt', '9', 'EUR')}</TxAmt><CntrValAmt>${money('Amt', '100')}</CntrValAmt></AmtDtls></TxDtls>`,
        ],
      },
      [[10_000n], 'agrees', []],
    ],
    [
      'another currency alone',
      { details: [`<TxDtls><AmtDtls><TxAmt>${money('Amt', '100', 'EUR')}</TxAmt></AmtDtls></TxDtls>`] },
      [[undefined], 'unusable', ['CAMT-TRANSACTION-AMOUNT']],
    ],
    [
      'instructed amount is not used',
      { details: [`<TxDtls><AmtDtls><InstdAmt>${money('Amt', '55')}</InstdAmt></AmtDtls></TxDtls>`] },
      [[10_000n], 'agrees', []],
    ],
    [
      'charges explain the difference',
      { amount: '98.00', more: `<Chrgs>${money('Amt', '2.00')}</Chrgs>`, details: [detailsText('100.00')] },
      [[10_000n], 'agrees', ['CAMT-CHARGES']],
    ],
    [
      'charges by record, from 04',
      { amount: '98.00', details: [detailsText('100.00', { behind: `<Chrgs><Rcrd>${money('Amt', '2.00')}</Rcrd></Chrgs>` })] },
      [[10_000n], 'agrees', ['CAMT-CHARGES']],
    ],
    [
      'charges too small',
      { amount: '97.99', more: `<Chrgs>${money('Amt', '2.00')}</Chrgs>`, details: [detailsText('100.00')] },
      [[10_000n], 'unusable', ['CAMT-ENTRY-SUM']],
    ],
    [
      'batch count and sum hold',
      { batch: `<Btch><NbOfTxs>1</NbOfTxs>${money('TtlAmt', '100.00')}</Btch>`, details: [detailsText('100.00')] },
      [[10_000n], 'agrees', []],
    ],
    [
      'batch sum differs',
      { batch: `<Btch>${money('TtlAmt', '90.00')}</Btch>`, details: [detailsText('100.00')] },
      [[10_000n], 'agrees', ['CAMT-BATCH']],
    ],
  ])('%s', async (_name, terms, expected) => {
    expect(await outcome(terms)).toEqual(expected);
  });

  test('what charges explain is given with the entry', async () => {
    const { entries } = await readWhole(
      camtText([
        entryText({ amount: '98.00', more: `<Chrgs>${money('Amt', '2.00')}</Chrgs>`, details: [detailsText('100.00')] }),
      ]),
    );
    expect(entries[0]?.chargesAmount).toBe(-200n);
  });

  test.each(['', '-1.00', '1.001', '1,00', '1e3', 'NaN', '1 000.00', '100000000000.01'])(
    'an entry of "%s" holds its block',
    async (amount) => {
      const { transactions, entries, totals } = await readWhole(camtText([entryText({ amount }), entryText({})]));
      expect([transactions.length, entries.length]).toEqual([1, 1]);
      expect(totals[0]?.findings.map(({ code, severity }) => [code, severity])).toEqual([['CAMT-ENTRY-UNREADABLE', 'error']]);
    },
  );
});

describe('states and dates', () => {
  test.each([
    ['BOOK', 'booked'],
    ['<Cd>BOOK</Cd>', 'booked'],
    ['PDNG', 'pending'],
    ['<Cd>FUTR</Cd>', 'pending'],
    ['INFO', 'information'],
    ['<Prtry>XYZ</Prtry>', 'information'],
  ])('status %s is %s', async (status, expected) => {
    const { entries, totals } = await readWhole(camtText([entryText({ status })], { version: '08' }));
    expect(entries[0]?.status).toBe(expected);
    expect(totals[0]?.entries).toBe(expected === 'booked' ? 1 : 0);
  });

  test.each([
    ['Dt', '<BookgDt><Dt>2026-11-20</Dt></BookgDt>', '2026-11-20', '2026-11-20'],
    ['midnight UTC stays on its day', '<BookgDt><DtTm>2026-11-20T00:00:00Z</DtTm></BookgDt>', '2026-11-20', '2026-11-20'],
    ['an offset changes nothing', '<BookgDt><DtTm>2026-11-20T23:30:00-05:00</DtTm></BookgDt>', '2026-11-20', '2026-11-20'],
    ['value date', '<BookgDt><Dt>2026-11-20</Dt></BookgDt><ValDt><Dt>2026-11-23</Dt></ValDt>', '2026-11-20', '2026-11-23'],
    ['only a value date', '<ValDt><Dt>2026-11-19</Dt></ValDt>', '2026-11-19', '2026-11-19'],
    ['none: the statement’s', '', '2026-11-20', '2026-11-20'],
  ])('%s', async (_name, dates, bookingDate, valueDate) => {
    const { entries } = await readWhole(camtText([entryText({ dates })]));
    expect(entries[0]).toMatchObject({ bookingDate, valueDate });
  });

  test('a creation time that is none (viafintech) is kept as text', async () => {
    const items = await readItems(camtText([], { header: '<MsgId>M1</MsgId><CreDtTm>2019-08-09T11:17:11:735</CreDtTm>' }));
    expect(items[0]).toMatchObject({ message: { createdAt: '2019-08-09T11:17:11:735' } });
  });
});

describe('hints (§2.5, §2.6)', () => {
  test.each<[string, EntryText, string]>([
    ['Swish at Handelsbanken', { codes: ['PMNT', 'ICDT', 'ARET'], details: [detailsText('100.00')] }, 'payment'],
    ['not available', { codes: ['PMNT', 'NTAV', 'NTAV'], details: [detailsText('100.00')] }, 'payment'],
    ['reversal', { reversal: 'true', details: [detailsText('100.00')] }, 'return'],
    ['return by code', { codes: ['PMNT', 'RCDT', 'RRTN'], details: [detailsText('100.00')] }, 'return'],
    [
      'return information',
      { details: [detailsText('100.00', { behind: '<RtrInf><Rsn><Prtry>X</Prtry></Rsn></RtrInf>' })] },
      'return',
    ],
    ['charge', { codes: ['PMNT', 'MDOP', 'CHRG'] }, 'charge'],
    ['interest', { codes: ['ACMT', 'MCOP', 'INTR'] }, 'charge'],
    ['pooling', { codes: ['CAMT', 'ACCB', 'SWEP'] }, 'charge'],
    ['no details', {}, 'lump'],
  ])('%s', async (_name, terms, hint) => {
    const { transactions } = await readWhole(camtText([entryText(terms)]));
    expect(transactions[0]?.hint).toBe(hint);
  });
});

describe('parties (§2.2, §2.4, §3.1)', () => {
  const related = (parties: string): EntryText => ({
    details: [detailsText('100.00', { behind: `<RltdPties>${parties}</RltdPties>` })],
  });
  const giro = (role: string, id: string, scheme: string): string =>
    `<${role}><Id><Othr><Id>${id}</Id><SchmeNm><Prtry>${scheme}</Prtry></SchmeNm></Othr></Id></${role}>`;

  test.each([
    ['<Dbtr><Nm>A</Nm></Dbtr>', 'A'],
    ['<Dbtr><Pty><Nm>B</Nm></Pty></Dbtr>', 'B'],
    ['<Dbtr><Agt><FinInstnId><Nm>C</Nm></FinInstnId></Agt></Dbtr>', 'C'],
    ['<UltmtDbtr><Pty><Nm>D</Nm></Pty></UltmtDbtr>', 'D'],
    ['<Cdtr><Nm>E</Nm></Cdtr>', undefined],
  ])('%s', async (parties, name) => {
    expect((await readWhole(camtText([entryText(related(parties))]))).transactions[0]?.payerName).toBe(name);
  });

  test.each([
    ['BGNR', '0991-2346', { scheme: 'BANKGIRO', id: '9912346' }],
    ['PGNR', '12 34 56-6', { scheme: 'PLUSGIRO', id: '1234566' }],
    ['MOBNB', '0701740605', { scheme: 'PROPRIETARY', id: '0701740605' }],
    ['BBAN', '5440 1060156', { scheme: 'BBAN', id: '54401060156' }],
  ])('scheme %s', async (scheme, id, account) => {
    const { transactions } = await readWhole(camtText([entryText(related(giro('DbtrAcct', id, scheme)))]));
    expect(transactions[0]?.payerAccount).toEqual(account);
  });

  test('the entry’s reference names the bankgiro that was paid to, a stated giro goes before it', async () => {
    const read = async (parties: string): Promise<unknown> => {
      const terms = { ...related(parties), reference: 'BG09912346 00444-0010452' };
      return (await readWhole(camtText([entryText(terms)]))).transactions[0]?.receiverAccount;
    };
    expect(await read('')).toEqual({ scheme: 'BANKGIRO', id: '9912346' });
    expect(await read('<CdtrAcct><Id><IBAN>SE4550000000058398257466</IBAN></Id></CdtrAcct>')).toEqual({
      scheme: 'BANKGIRO',
      id: '9912346',
    });
    expect(await read(giro('CdtrAcct', '50501055', 'BGNR'))).toEqual({ scheme: 'BANKGIRO', id: '50501055' });
  });

  test('an account without a scheme, a proxy, blanks inside', async () => {
    const accounts = ['<Othr><Id> 5440 1060156 </Id></Othr>', '<IBAN>se45 5000 0000 0583 9825 7466</IBAN>'];
    const read = await Promise.all(accounts.map((id) => readWhole(camtText([], { account: `<Acct><Id>${id}</Id></Acct>` }))));
    expect(read.map(({ items }) => (items[1]?.kind === 'block' ? items[1].block.account : undefined))).toEqual([
      { scheme: 'PROPRIETARY', id: '54401060156' },
      { scheme: 'IBAN', id: 'SE4550000000058398257466' },
    ]);
  });
});
