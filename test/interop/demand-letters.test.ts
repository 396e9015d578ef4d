import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import { readArchive } from '#layouts/spool/archive.ts';
import { consumerTerms, openRunHouse, type RunHouse } from '../db/runs/run-house.ts';
import { settlement } from '../layouts/sample-settlement.ts';
import { renderSettlementPdf } from '#layouts/spool/single-pdf.ts';

/** Programs of Debian's poppler-utils and qpdf: neither shares code with Kuvert. */
const missing = ['pdftotext', 'qpdf'].filter((program) => {
  try {
    execFileSync('which', [program]);
    return false;
  } catch {
    return true;
  }
});
if (missing.length > 0)
  console.warn(
    `NOT TESTED: reminders are not read by outside programs, missing: ${missing.join(', ')} (apt-get install poppler-utils qpdf)`,
  );

const run = (program: string, ...parameters: string[]): string => execFileSync(program, parameters, { encoding: 'utf8' });

/** As people and pdftotext see an amount: `1 312,05`. */
const printed = (öre: bigint): string =>
  `${String(öre / 100n).replace(/\B(?=(\d{3})+$)/g, ' ')},${String(öre % 100n).padStart(2, '0')}`;

/** No bank sends files here, so the gate is opened by name. */
const reminderRun = 'run reminder --date 2026-09-07 --client provet --override --who Testaren --reason none'.split(' ');

interface Demanded {
  readonly number: string;
  readonly first: number;
  readonly pages: number;
  readonly volume: string;
  readonly reference: string;
  readonly open: bigint;
  readonly interest: bigint;
  readonly fee: bigint;
}

describe.skipIf(missing.length > 0)('reminders of a run, read by pdftotext against the ledger', () => {
  let house: RunHouse;
  let letters: readonly Demanded[];

  beforeAll(async () => {
    house = await openRunHouse((text) =>
      consumerTerms(text).replace('language: en', 'language: sv').replace('paymentSlip: no', 'paymentSlip: yes'),
    );
    await house.on('2026-08-03');
    // One debtor with one invoice, one with two: two envelopes.
    await house.invoices(
      { Number: 'A-1', Issued: '2026-08-03', Due: '2026-09-01' },
      { Number: 'B-1', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D2', Price: '10000,00', Payable: '12500,00' },
      { Number: 'B-2', Issued: '2026-08-03', Due: '2026-09-01', Debtor: 'D2' },
    );
    await house.posted('2026-08-04');
    await house.on('2026-09-07');
    const ran = await house.kuvert(...reminderRun);
    expect(ran, `${ran.stdout} ${ran.stderr}`).toMatchObject({ code: 0 });
    letters = await house.inner.rows<Demanded>(
      `select d.content ->> 'number' as number, d.first_page as first, d.pages, d.volume, d.content ->> 'paymentReference' as reference,
         sum(p.amount)::bigint as open, coalesce(sum(p.amount) filter (where p.account = 'receivable:interest'), 0)::bigint as interest,
         coalesce(sum(p.amount) filter (where p.account = 'receivable:reminderFee'), 0)::bigint as fee
       from document d join demand_step s on s.document_id = d.id join posting p on p.receivable_id = s.receivable_id
       where d.kind = 'reminder' and d.state = 'released' group by d.id order by 1`,
    );
  }, 120_000);
  afterAll(() => house.close());

  test('say number, total, each cost apart and the reference', async () => {
    expect(letters.map(({ open, fee }) => [open, fee])).toEqual([
      [131_205n, 6_000n],
      // 13 750,00, interest 20,55 + 2,05, and 60,00 for the letter, however many claims are in it.
      [1_383_260n, 6_000n],
    ]);
    const [spool] = await house.inner.rows<{ name: string }>(
      `select o.name from outbound o join document d on d.outbound_id = o.id where d.kind = 'reminder' limit 1`,
    );
    const archive = await readArchive(join(house.inner.house.home, 'outbox', spool!.name));
    for (const letter of letters) {
      const pdf = join(house.inner.folder, letter.volume);
      writeFileSync(pdf, (await archive.read(letter.volume)).bytes);
      const last = letter.first + letter.pages - 1;
      const text = run('pdftotext', '-layout', '-f', `${letter.first}`, '-l', `${last}`, pdf, '-').replaceAll('\u00a0', ' ');
      expect(text).toContain('Betalningspåminnelse');
      for (const part of [
        letter.number,
        letter.reference,
        `${printed(letter.open)} kr`,
        printed(letter.interest),
        printed(letter.fee),
      ])
        expect(text).toContain(part);
      expect(text).toMatch(
        new RegExp(`#\\s+${letter.reference} #\\s+${letter.open / 100n} ${String(letter.open % 100n).padStart(2, '0')}`),
      );
    }
    archive.close();
    expect(await house.inner.violations()).toEqual([]);
  });

  test('a settlement is a sound PDF that says its payout', async () => {
    const pdf = join(house.inner.folder, 'settlement.pdf');
    writeFileSync(pdf, await renderSettlementPdf(settlement(), parts));
    expect(run('qpdf', '--check', pdf)).toMatch(/No syntax or stream encoding errors/);
    const text = run('pdftotext', '-layout', pdf, '-').replaceAll('\u00a0', ' ');
    for (const part of ['Avräkning', '14 032,66 kr', 'SE559999000801', '991-2346']) expect(text).toContain(part);
  });
});
