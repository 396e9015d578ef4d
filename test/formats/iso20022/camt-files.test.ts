import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { brokenBy, camtText, detailsText, entryText, money, readWhole, reference } from './camt-text.ts';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../../fixtures/iso20022/camt/${name}`, import.meta.url));

describe('what breaks a file', () => {
  const good = camtText([entryText({ details: [detailsText('100.00', { behind: reference('1234566') })] })]);

  test.each([
    ['no namespace', camtText([], { namespace: '' }), 'CAMT-NAMESPACE'],
    [
      'a Swiss namespace',
      camtText([], { namespace: 'http://www.six-interbank-clearing.com/de/camt.054.001.02.ch.02.xsd' }),
      'CAMT-NAMESPACE',
    ],
    ['another message', camtText([], { namespace: 'urn:iso:std:iso:20022:tech:xsd:pain.002.001.03' }), 'CAMT-ALIEN'],
    [
      '052 in the namespace of 053',
      camtText([], { number: '052', namespace: 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.02' }),
      'CAMT-ROOT',
    ],
    ['no message id', camtText([], { header: '<CreDtTm>2026-11-20T17:05:00</CreDtTm>' }), 'CAMT-MISSING'],
    ['no account', camtText([], { account: '' }), 'CAMT-MISSING'],
    ['a DOCTYPE', good.replace('<Document', '<!DOCTYPE x><Document'), 'XML-DOCTYPE'],
    ['cut', good.slice(0, -30), 'XML-TRUNCATED'],
    ['two roots', good + good.split('\n').slice(1).join('\n'), 'XML-NOT-WELL-FORMED'],
    ['a bare ampersand', good.replace('1234566', 'A & B'), 'XML-NOT-WELL-FORMED'],
    ['an invoice', '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>', 'CAMT-ALIEN'],
    ['no XML', 'TK01BGMAX', 'XML-NOT-WELL-FORMED'],
    ['nothing', '', 'FILE-EMPTY'],
    ['UTF-16', `\uFEFF${good}`.split('').join('\0'), 'TEXT-UTF-16'],
    ['another encoding declared', good.replace('UTF-8', 'ISO-8859-1'), 'XML-ENCODING'],
  ])('%s', async (_name, content, code) => {
    expect((await brokenBy(content))?.code).toBe(code);
  });

  test('its place is said', async () => {
    const finding = await brokenBy(
      fixture('camt054v02-se-bankgiro.xml').toString().replace('BkToCstmrDbtCdtNtfctn', 'BkToCstmrStmt'),
    );
    expect(finding).toMatchObject({ code: 'CAMT-ROOT', line: 3, column: 2 });
  });
});

describe('files of the wild', () => {
  const inside = (text: string): string => text.replace(/^.*\n/, '');
  const entry = entryText({ details: [detailsText('100.00')] });

  test('a prefix, an envelope with its own header, supplementary data of any namespace', async () => {
    const prefixed = camtText([entry])
      .replaceAll(/<(\/?)([A-Z])/g, '<$1ns2:$2')
      .replace('xmlns=', 'xmlns:ns2=')
      .replace(
        '</ns2:Ntfctn>',
        '<ns2:SplmtryData><x:Ntry xmlns:x="urn:x"><x:Amt>1</x:Amt></x:Ntry></ns2:SplmtryData></ns2:Ntfctn>',
      );
    const wrapped = `<Envelope><AppHdr><Fr>X</Fr></AppHdr>${inside(prefixed)}</Envelope>`;
    expect((await readWhole(wrapped)).totals).toMatchObject([{ entries: 1, creditAmount: 10_000n }]);
  });

  test('every version is read, those not certified with a warning', async () => {
    const versions = Array.from({ length: 13 }, (_, index) => String(index + 1).padStart(2, '0'));
    const warned = await Promise.all(
      versions.map(async (version) => (await readWhole(camtText([entry], { version }))).findings.map(({ code }) => code)),
    );
    expect(versions.filter((_, index) => warned[index]!.length === 0)).toEqual(['02', '04', '08']);
    expect(new Set(warned.flat())).toEqual(new Set(['CAMT-VERSION']));
  });

  test('without namespace, by agreement', async () => {
    const { items, totals } = await readWhole(camtText([entry], { namespace: '' }), { allowNoNamespace: true });
    expect(items[0]).toMatchObject({
      message: { kind: 'notification', format: 'camt.054', findings: [{ code: 'CAMT-BY-STRUCTURE' }] },
    });
    expect(totals).toMatchObject([{ creditAmount: 10_000n }]);
  });

  test('several blocks: accounts, currencies and days', async () => {
    const block = /<Ntfctn>.*<\/Ntfctn>/s.exec(camtText([entry]))![0];
    const second = block.replaceAll('SEK', 'EUR').replace('SE4550000000058398257466', 'FI2112345600000785');
    const { totals, items } = await readWhole(camtText([entry]).replace(block, block + second));
    expect(totals).toMatchObject([
      { block: 1, creditAmount: 10_000n },
      { block: 2, creditAmount: 10_000n },
    ]);
    expect(items.flatMap((item) => (item.kind === 'block' ? [item.block.currency] : []))).toEqual(['SEK', 'EUR']);
  });

  test('header elements behind the details are found', async () => {
    const late = `<Ntry><NtryDtls>${detailsText('60.00')}${detailsText('40.00')}</NtryDtls><BookgDt><Dt>2026-11-18</Dt></BookgDt>
      <Sts>BOOK</Sts><CdtDbtInd>DBIT</CdtDbtInd>${money('Amt', '100.00')}</Ntry>`;
    const { transactions, entries } = await readWhole(camtText([late]));
    expect(transactions.map(({ amount, bookingDate }) => [amount, bookingDate])).toEqual([
      [-6000n, '2026-11-18'],
      [-4000n, '2026-11-18'],
    ]);
    expect(entries).toMatchObject([{ amount: -10_000n, verdict: 'agrees' }]);
  });

  test('an empty statement with zero balances of both signs', async () => {
    const zero = (type: string, sign: string): string =>
      `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp>${money('Amt', '0.00')}<CdtDbtInd>${sign}</CdtDbtInd></Bal>`;
    const { totals } = await readWhole(camtText([], { number: '053', before: zero('OPBD', 'CRDT') + zero('CLBD', 'DBIT') }));
    expect(totals).toEqual([
      { block: 1, entries: 0, creditAmount: 0n, debitAmount: 0n, openingAmount: 0n, closingAmount: 0n, findings: [] },
    ]);
  });

  test('comments, CDATA and character references inside values', async () => {
    const text = detailsText('1<!-- hundred -->00.00', { behind: '<RmtInf><Ustrd><![CDATA[A & B]]> &#229;</Ustrd></RmtInf>' });
    expect((await readWhole(camtText([entryText({ details: [text] })]))).transactions[0]).toMatchObject({
      amount: 10_000n,
      text: 'A & B å',
    });
  });
});
