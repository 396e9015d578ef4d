import { describe, expect, test } from 'vitest';
import { camtText, detailsText, entryText, money, readWhole } from './camt-text.ts';
import type { BankTransaction } from '#engine/matching/bank-file.ts';
import { readBankAmount } from '#formats/iso20022/read-amount.ts';

/** The transaction that a `TxDtls` with these pieces becomes. */
async function transactionOf(behind: string, before = '', entry = ''): Promise<BankTransaction> {
  const { transactions } = await readWhole(
    camtText([entryText({ amount: '742.45', details: [detailsText('742.45', { before, behind })], text: entry })]),
  );
  return transactions[0]!;
}

const type = (code: string, element = 'Cd'): string => `<Tp><CdOrPrtry><${element}>${code}</${element}></CdOrPrtry></Tp>`;
const scor = (ref: string, amount = ''): string =>
  `<Strd>${amount === '' ? '' : `<RfrdDocAmt>${amount}</RfrdDocAmt>`}<CdtrRefInf>${type('SCOR')}<Ref>${ref}</Ref></CdtrRefInf></Strd>`;
const document = (code: string, number: string, amount = ''): string =>
  `<Strd><RfrdDocInf>${type(code)}<Nb>${number}</Nb></RfrdDocInf>${amount === '' ? '' : `<RfrdDocAmt>${amount}</RfrdDocAmt>`}</Strd>`;
const remittance = (...parts: readonly string[]): string => `<RmtInf>${parts.join('')}</RmtInf>`;
const lines = (...texts: readonly string[]): string => remittance(...texts.map((text) => `<Ustrd>${text}</Ustrd>`));

describe('where a reference stands (§2.7)', () => {
  test.each<[name: string, behind: string, before: string, expected: readonly string[]]>([
    ['SCOR', remittance(scor('1234566')), '', ['creditor-reference 1234566']],
    [
      'padded, blanks kept out',
      remittance(scor(' 0000 1245 ')),
      '',
      ['creditor-reference 00001245', 'creditor-reference 0000', 'creditor-reference 1245'],
    ],
    [
      'a type of the bank’s own',
      remittance(`<Strd><CdtrRefInf>${type('QRR', 'Prtry')}<Ref>21000</Ref></CdtrRefInf></Strd>`),
      '',
      ['creditor-reference 21000'],
    ],
    ['no type', remittance('<Strd><CdtrRefInf><Ref>1234566</Ref></CdtrRefInf></Strd>'), '', ['creditor-reference 1234566']],
    ['RF in small letters with a blank behind', remittance(scor('rf7812345 ')), '', ['creditor-reference RF7812345']],
    ['Danish payment slip', remittance(scor('71/106548702380495')), '', ['creditor-reference 106548702380495']],
    ['document number', remittance(document('CINV', '50193999')), '', ['document-number 50193999']],
    [
      'free text in a document number (SEB)',
      remittance(document('CINV', '6130/1154501 AC Klient Ex')),
      '',
      ['document-number 6130/1154501ACKlientEx', 'document-number 6130', 'document-number 1154501'],
    ],
    [
      'instruction id (SEB)',
      '',
      '<Refs><InstrId>DOC NO:90097070</InstrId></Refs>',
      ['instruction-id DOCNO:90097070', 'instruction-id 90097070'],
    ],
    ['end-to-end id', '', '<Refs><EndToEndId>F-1001</EndToEndId></Refs>', ['end-to-end-id F-1001', 'end-to-end-id 1001']],
    ['not provided', '', '<Refs><EndToEndId>NOT PROVIDED</EndToEndId></Refs>', []],
    ['empty references', '', '<Refs/>', []],
    ['a text', lines('Faktura 1001 och 1002'), '', ['text 1001', 'text 1002']],
    ['blanks and hyphens inside a number', lines('OCR 1234 567-8'), '', ['text 12345678', 'text 1234', 'text 567']],
    ['RFB of Finland', lines('RFB/557742358'), '', ['text 557742358']],
    [
      'RF in a text',
      lines('Ref RF18 5390 0754 7034 tack'),
      '',
      ['text RF18539007547034', 'text 18539007547034', 'text 18', 'text 5390', 'text 0754', 'text 7034'],
    ],
    [
      'a number over two lines',
      lines('Betalning avser fakturan 123456', '7890'),
      '',
      ['text 1234567890', 'text 123456', 'text 7890'],
    ],
    ['additional remittance', remittance('<Strd><AddtlRmtInf>Faktura 77</AddtlRmtInf></Strd>'), '', ['additional-text 77']],
    ['additional transaction text', '<AddtlTxInf>Kundnr 4711</AddtlTxInf>', '', ['additional-text 4711']],
    [
      'best first, none twice',
      remittance('<Ustrd>1234566</Ustrd>', scor('1234566'), document('CINV', '1001')),
      '<Refs><InstrId>1001</InstrId></Refs>',
      ['creditor-reference 1234566', 'document-number 1001'],
    ],
  ])('%s', async (_name, behind, before, expected) => {
    const { references } = await transactionOf(behind, before);
    expect(references.map(({ source, value }) => `${source} ${value}`)).toEqual(expected);
  });

  test('the entry’s text is the only transaction’s', async () => {
    const { references, text } = await transactionOf('', '', '<AddtlNtryInf>Inbetalning 55667</AddtlNtryInf>');
    expect([references, text]).toEqual([[{ source: 'additional-text', value: '55667' }], 'Inbetalning 55667']);
  });

  test('a text of more than 140 characters (ABN AMRO) and without end', async () => {
    const { text, references } = await transactionOf(lines(`${'x'.repeat(200)} 1001 ${'7 '.repeat(4000)}`));
    expect(text.length).toBeGreaterThan(8000);
    expect(references.length).toBeLessThanOrEqual(1000);
  });
});

describe('parts (§2.7)', () => {
  const remitted = (amount: string): string => money('RmtdAmt', amount);
  const credited = (amount: string): string => money('CdtNoteAmt', amount);

  test.each<[name: string, behind: string, parts: readonly unknown[]]>([
    [
      'Handelsbanken: 1371.13 − 628.68 = 742.45',
      remittance(scor('1', remitted('1371.13')), document('CREN', '2', credited('628.68'))),
      [
        ['invoice', '1', 137_113n],
        ['credit-note', '2', 62_868n],
      ],
    ],
    [
      'a credit note by its own reference (Finland)',
      remittance(scor('1', remitted('800.00')), scor('2', credited('57.55'))),
      [
        ['invoice', '1', 80_000n],
        ['credit-note', '2', 5755n],
      ],
    ],
    [
      'a credit note with remitted amount',
      remittance(document('CINV', '1', remitted('800.00')), document('CREN', '2', remitted('57.55'))),
      [
        ['invoice', '1', 80_000n],
        ['credit-note', '2', 5755n],
      ],
    ],
    ['due amount alone', remittance(document('CINV', '1', money('DuePyblAmt', '742.45'))), [['invoice', '1', 74_245n]]],
    [
      'no amount',
      remittance(document('CINV', '1'), document('CINV', '2')),
      [
        ['invoice', '1', undefined],
        ['invoice', '2', undefined],
      ],
    ],
    [
      'another currency is no amount',
      remittance(document('CINV', '1', money('RmtdAmt', '70.00', 'EUR'))),
      [['invoice', '1', undefined]],
    ],
    [
      'the creditor’s reference before the document',
      remittance(`<Strd><RfrdDocInf>${type('CINV')}<Nb>9</Nb></RfrdDocInf><CdtrRefInf><Ref>1234566</Ref></CdtrRefInf></Strd>`),
      [['invoice', '1234566', undefined]],
    ],
    [
      'several documents in one part share no amount',
      remittance(
        `<Strd><RfrdDocInf><Nb>1</Nb></RfrdDocInf><RfrdDocInf><Nb>2</Nb></RfrdDocInf><RfrdDocAmt>${remitted('742.45')}</RfrdDocAmt></Strd>`,
      ),
      [
        ['invoice', '1', undefined],
        ['invoice', '2', undefined],
      ],
    ],
  ])('%s', async (_name, behind, parts) => {
    const transaction = await transactionOf(behind);
    expect(transaction.parts.map(({ kind, reference, amount }) => [kind, reference, amount])).toEqual(parts);
  });

  test('B9: a sum that differs is told, one that holds with charges is not', async () => {
    const codes = async (behind: string): Promise<readonly string[]> => {
      const text = camtText([entryText({ amount: '742.45', details: [detailsText('742.45', { behind })] })]);
      return (await readWhole(text)).findings.map(({ code }) => code);
    };
    const charges = `<Chrgs>${money('Amt', '7.55')}</Chrgs>`;
    expect(await codes(remittance(scor('1', remitted('742.45'))))).toEqual([]);
    expect(await codes(remittance(scor('1', remitted('742.46'))))).toEqual(['CAMT-PARTS-SUM']);
    expect(await codes(charges + remittance(scor('1', remitted('750.00'))))).toEqual([]);
  });
});

test.each([
  ['1234.56', 123_456n],
  ['8625.000', 862_500n],
  ['000000000000149.87', 14_987n],
  ['7048', 704_800n],
  ['7048.', 704_800n],
  ['1.5', 150n],
  ['+1.50', 150n],
  [' 1.50 ', 150n],
  ['0', 0n],
  ['0.00000000000000000', 0n],
  ['-1.50', null],
  ['1.505', null],
  ['99.9999999999998', null],
  ['1,50', null],
  ['.5', null],
  ['1e2', null],
  ['', null],
  ['1.000000000000000000', null],
  ['100000000000.00', 10_000_000_000_000n],
  ['100000000000.01', null],
])('the amount "%s"', (text, expected) => {
  expect(readBankAmount(text)).toBe(expected);
});
