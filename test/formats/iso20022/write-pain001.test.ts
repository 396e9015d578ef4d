import { XMLParser } from 'fast-xml-parser';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { samplePaymentFile as file } from './sample-payment-file.ts';
import { checkPaymentFile, type OutgoingPayment, type PaymentFile, type PaymentGroup } from '#engine/settlement/payment-file.ts';
import { isoDate, weekday, type IsoDate } from '#engine/iso-date.ts';
import { paymentText } from '#engine/payment-text.ts';
import { readPain001 } from '#formats/iso20022/read-pain001.ts';
import { parts } from '#jobs/house/parts.ts';
import { writePain001 } from '#formats/iso20022/write-pain001.ts';

const isBankDay = (date: IsoDate): boolean => weekday(date) < 6;

describe.each(['03', '09'] as const)('pain.001.001.%s', (version) => {
  const text = writePain001(file, { version, parts });
  const parser = new XMLParser({ parseTagValue: false, isArray: (name) => ['PmtInf', 'CdtTrfTxInf', 'Strd'].includes(name) });
  const root = (parser.parse(text) as Record<string, Record<string, Record<string, unknown>>>)['Document']!['CstmrCdtTrfInitn']!;

  test('twice the same bytes', () => {
    expect(writePain001(structuredClone(file), { version, parts })).toBe(text);
  });

  test('another parser finds the counts and sums that were added by hand', () => {
    expect(root).toMatchObject({
      GrpHdr: { MsgId: 'PO-20261123-0001', NbOfTxs: '5', CtrlSum: '5601.50' },
      PmtInf: [
        { PmtInfId: 'PO-20261123-0001-P1', NbOfTxs: '2', CtrlSum: '2400.00' },
        { PmtInfId: 'PO-20261123-0001-P2', NbOfTxs: '3', CtrlSum: '3201.50' },
      ],
    });
  });

  test('accounts, remittance, date and bank in the version’s form (§6.2, §6.4)', () => {
    const [giro, account] = root['PmtInf'] as readonly Record<string, unknown>[];
    expect(giro).toMatchObject({
      ReqdExctnDt: version === '03' ? '2026-11-24' : { Dt: '2026-11-24' },
      DbtrAcct: { Id: { Othr: { Id: '9912346', SchmeNm: { Prtry: 'BGNR' } } }, Ccy: 'SEK' },
      DbtrAgt: { FinInstnId: version === '03' ? { BIC: 'ESSESESS' } : { BICFI: 'ESSESESS' } },
      CdtTrfTxInf: [
        {
          PmtId: { InstrId: 'PO-20261123-0001-T1', EndToEndId: 'PO-20261123-0001-T1' },
          CdtrAgt: { FinInstnId: { ClrSysMmbId: { ClrSysId: { Cd: 'SESBA' }, MmbId: '9900' } } },
          Cdtr: { Nm: 'Gröna Dalens Städ AB', PstlAdr: { TwnNm: 'Uppsala', Ctry: 'SE' } },
          CdtrAcct: { Id: { Othr: { Id: '50501055', SchmeNm: { Prtry: 'BGNR' } } } },
          RmtInf: { Strd: [{ CdtrRefInf: { Tp: { CdOrPrtry: { Cd: 'SCOR' } }, Ref: '1234566' } }] },
        },
        { RmtInf: { Strd: [{ RfrdDocInf: { Nb: 'F-1001' } }, { RfrdDocInf: { Nb: 'K-1002' }, RfrdDocAmt: {} }] } },
      ],
    });
    expect(account).toMatchObject({
      DbtrAcct: { Id: { IBAN: 'SE4550000000058398257466' } },
      CdtTrfTxInf: [
        {
          CdtrAgt: { FinInstnId: { ClrSysMmbId: { MmbId: '9960' } } },
          CdtrAcct: { Id: { Othr: { Id: '1234566', SchmeNm: { Cd: 'BBAN' } } } },
          RmtInf: { Ustrd: 'Utbetalning november + rest-2026' },
        },
        { CdtrAgt: { FinInstnId: { ClrSysMmbId: { MmbId: '6290' } } }, CdtrAcct: { Id: { Othr: { Id: '401234567' } } } },
        { CdtrAcct: { Id: { IBAN: 'SE4550000000058398257466' } } },
      ],
    });
  });
});

const [giroGroup, accountGroup] = file.payments as readonly [PaymentGroup, PaymentGroup];

/** The file with its first payment changed, and the group around it. */
const changed = (payment: Partial<OutgoingPayment>, group: Partial<PaymentGroup> = {}): PaymentFile => ({
  ...file,
  payments: [{ ...giroGroup, transactions: [{ ...giroGroup.transactions[0]!, ...payment }], ...group }, accountGroup],
});
const text = (value: string): OutgoingPayment['remittance'] => ({ kind: 'text', text: value });

describe('what is refused before it is written (§6.3 to §6.7)', () => {
  const creditor = giroGroup.transactions[0]!.creditor;
  const documents = (...amounts: readonly bigint[]): OutgoingPayment['remittance'] => ({
    kind: 'documents',
    documents: amounts.map((amount, index) => ({ kind: 'invoice', number: String(index + 1), amount })),
  });

  test.each<[name: string, file: PaymentFile, codes: readonly string[]]>([
    ['nothing', file, []],
    ['a zero amount', changed({ amount: 0n }), ['PAY-AMOUNT']],
    ['a negative amount', changed({ amount: -1n }), ['PAY-AMOUNT']],
    ['a bankgiro with a wrong check digit', changed({ account: { kind: 'bankgiro', number: '50501056' } }), ['PAY-ACCOUNT']],
    ['a plusgiro with a wrong check digit', changed({ account: { kind: 'plusgiro', number: '1234567' } }), ['PAY-ACCOUNT']],
    [
      'an IBAN with a wrong check digit',
      changed({ account: { kind: 'iban', number: 'SE4650000000058398257466' }, remittance: text('x') }),
      ['PAY-ACCOUNT'],
    ],
    [
      'a clearing number of three digits',
      changed({ account: { kind: 'account', number: '629-401234567' }, remittance: text('x') }),
      ['PAY-ACCOUNT'],
    ],
    ['the debtor’s own account', changed({}, { account: { kind: 'bankgiro', number: '9912345' } }), ['PAY-ACCOUNT']],
    ['a BIC of blanks', changed({}, { bankBic: '           ' }), ['PAY-ACCOUNT']],
    [
      'an OCR reference with a wrong check digit',
      changed({ remittance: { kind: 'reference', reference: '1234567' } }),
      ['PAY-REMITTANCE'],
    ],
    ['an OCR reference to an account', changed({ account: { kind: 'account', number: '6290-401234567' } }), ['PAY-REMITTANCE']],
    ['one document', changed({ remittance: documents(150_000n) }), ['PAY-REMITTANCE']],
    ['documents of another sum', changed({ remittance: documents(100_000n, 49_999n) }), ['PAY-REMITTANCE']],
    ['two documents', changed({ remittance: documents(100_000n, 50_000n) }), []],
    ['an empty text', changed({ remittance: text(' " ') }), ['PAY-REMITTANCE']],
    ['a text of 141 characters', changed({ remittance: text('x'.repeat(141)) }), ['PAY-REMITTANCE']],
    ['no town', changed({ creditor: { ...creditor, town: '' } }), ['PAY-PARTY']],
    ['no country code', changed({ creditor: { ...creditor, country: 'Sverige' } }), ['PAY-PARTY']],
    ['a name of signs', changed({ creditor: { ...creditor, name: '名前' } }), ['PAY-PARTY']],
    ['a Saturday', changed({}, { executionDate: isoDate('2026-11-28') }), ['PAY-DATE']],
    [
      'a bankgiro from an account that is no bankgiro',
      changed({}, { account: { kind: 'account', number: '5440-1060156' } }),
      ['PAY-GROUP'],
    ],
    ['an id twice', changed({ id: 'PO-20261123-0001-T3' }), ['PAY-IDENTIFIER']],
    ['an id of 36 characters', changed({ id: 'A'.repeat(36) }), ['PAY-IDENTIFIER']],
    ['an id with a slash', { ...file, messageId: 'PO/1' }, ['PAY-IDENTIFIER']],
    [
      'two groups that are one',
      { ...file, payments: [giroGroup, { ...giroGroup, id: 'P9', transactions: [{ ...giroGroup.transactions[0]!, id: 'T9' }] }] },
      ['PAY-GROUP'],
    ],
    ['an empty group', changed({}, { transactions: [] }), ['PAY-LIMIT']],
    [
      'ten thousand transactions',
      changed(
        {},
        { transactions: Array.from({ length: 10_000 }, (_, index) => ({ ...giroGroup.transactions[0]!, id: `X${index}` })) },
      ),
      ['PAY-LIMIT'],
    ],
    ['an empty file', { ...file, payments: [] }, ['PAY-LIMIT', 'PAY-LIMIT']],
    ['no agreement number', { ...file, initiator: { ...file.initiator, id: '' } }, ['PAY-PARTY']],
  ])('%s', (_name, changedFile, codes) => {
    expect(checkPaymentFile(changedFile, parts, isBankDay).map(({ code }) => code)).toEqual(codes);
  });

  test('a file that was not checked is never written', () => {
    expect(() => writePain001(changed({ amount: 0n }), { version: '03', parts })).toThrow(/was not checked/);
  });
});

test('what is read again differs where the text was changed', () => {
  const written = writePain001(file, { version: '03', parts });
  const said = readPain001(written);
  expect(readPain001(written.replace('>50501055<', '>9912346<'))).not.toEqual(said);
  expect(readPain001(written.replace('<MmbId>9960<', '<MmbId>9900<'))).not.toEqual(said);
  expect(readPain001(written.replace('1200.50', '1200.51'))).not.toEqual(said);
});

test('amounts of any size are written and read back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10_000_000_000_000n }), (amount) => {
      const [first] = readPain001(writePain001(changed({ amount }), { version: '09', parts })).payments;
      const kronor = `${amount / 100n}.${String(amount % 100n).padStart(2, '0')}`;
      expect(first).toMatchObject({ sum: kronor, transactions: [{ amount: `${kronor} SEK` }] });
    }),
    { numRuns: 100 },
  );
});

describe('texts in the characters of every bank (§6.5)', () => {
  test.each([
    ['Åsa Öström & Söner', 'Åsa Öström + Söner'],
    ['Café Noir', 'Cafe Noir'],
    ['Smørrebrød Ærø', 'Smorrebrod AEro'],
    ['Großmann', 'Grossmann'],
    ['a_b "c" ”d”', 'a-b c d'],
    ['//a//b/', 'a/b'],
    ['O’Brien', "O'Brien"],
    ['  two\n lines ', 'two lines'],
    ['10 € / st', '10 ? / st'],
    ['A\u030Angstro\u0308m', 'Ångström'],
  ])('%s', (given, written) => {
    expect(paymentText(given)).toBe(written);
  });

  test('any text: only those characters, and nothing changes the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (given) => {
        const written = paymentText(given);
        expect(written).toMatch(/^[A-Za-z0-9/\-?:().,'+ åäöÅÄÖ]*$/);
        expect(written).not.toMatch(/^[\s/]|[\s/]$|\/\//);
        expect(paymentText(written)).toBe(written);
      }),
    );
  });
});
