import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, openDatabase } from '#engine/store/database.ts';
import { openPostgres } from '#jobs/postgres/open-postgres.ts';
import { readArchive } from '#layouts/spool/archive.ts';
import { shared } from '../formats/shared-folder.ts';
import { memoryLog } from '../house/memory-log.ts';

/** The demo's home before judges that share no code with Kuvert: what acceptance means by "open it and look". */
const programs = ['qpdf', 'pdffonts', 'pdftotext', 'pdftoppm', 'dmtxread', 'xmllint'];
const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
if (missing.length > 0) console.warn(`NOT TESTED: the demo's files are not judged, missing: ${missing.join(', ')}`);
const referee = shared('referee/validate.sh');
const schemas = shared('schemas/iso20022');
if (referee === undefined) console.warn('NOT TESTED: the demo’s e-invoices and bank files are not judged, ../shared is absent');

const MAIN = new URL('../../jobs/cli/main.ts', import.meta.url).pathname;
const CONFIG = new URL('../../config', import.meta.url).pathname;
const run = promisify(execFile);
const MAX_OUTPUT_BYTES = 1 << 28;

/** A letter as the ledger knows it. */
interface LedgerLetter {
  readonly number: string;
  readonly amount: bigint;
  readonly reference: string | null;
  readonly volume: string;
  readonly first_page: number;
  readonly pages: number;
  readonly control_codes: readonly string[];
}

const folder = mkdtempSync(join(tmpdir(), 'kuvert-demo-'));
const home = join(folder, 'home');
const pdfs = join(folder, 'pdf');

const kuvert = (...words: string[]) =>
  spawnSync(process.execPath, [MAIN, ...words, '--home', home, '--config', CONFIG], {
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  });

async function fromLedger<Row extends object>(sql: string): Promise<Row[]> {
  const postgres = await openPostgres({ home, log: memoryLog() });
  const database = openDatabase(postgres.url, 'kuvert test');
  try {
    return await inTransaction(database, async (tx) => (await tx.query<Row>(sql)).rows);
  } finally {
    await database.end();
    await postgres.release();
  }
}

describe.skipIf(missing.length > 0)('the demo’s home', () => {
  let letters: readonly LedgerLetter[];

  beforeAll(async () => {
    chmodSync(folder, 0o711);
    mkdirSync(home, { mode: 0o711 });
    mkdirSync(pdfs);
    const demo = kuvert('demo');
    expect(demo.stderr + demo.stdout).toContain('invariants hold');
    expect(demo.status).toBe(0);
    for (const name of readdirSync(join(home, 'demo', 'print-house')).filter((one) => one.endsWith('.zip'))) {
      const archive = await readArchive(join(home, 'demo', 'print-house', name));
      for (const entry of archive.names) writeFileSync(join(pdfs, entry), (await archive.read(entry)).bytes);
      archive.close();
    }
    letters = await fromLedger<LedgerLetter>(
      `select i.number, sum(p.amount)::bigint as amount, pr.reference, d.volume, d.first_page, d.pages, d.control_codes
       from document d join invoice i on i.id = d.invoice_id join receivable r on r.invoice_id = i.id
         join posting p on p.receivable_id = r.id join ledger_transaction t on t.id = p.transaction_id and t.kind = 'issue'
         left join payment_reference pr on pr.invoice_id = i.id
       where d.channel = 'print' group by i.id, d.id, pr.reference
       union all
       -- A demand: what was open of its receivables when it was released, less what is disputed.
       select d.content ->> 'number', sum(b.open - b.disputed)::bigint,
         coalesce(max(own.reference), max(pr.reference)), d.volume, d.first_page, d.pages, d.control_codes
       from document d join demand_step s on s.document_id = d.id join receivable r on r.id = s.receivable_id
         left join payment_reference pr on pr.invoice_id = r.invoice_id left join payment_reference own on own.document_id = d.id,
         lateral (select
           (select sum(p.amount) from posting p join ledger_transaction t on t.id = p.transaction_id
            where p.receivable_id = r.id and t.booked_at <= d.released_at) as open,
           (select coalesce(sum(h.amount), 0) from hold h
            where h.receivable_id = r.id and h.kind = 'dispute' and h.placed_at <= d.released_at) as disputed) as b
       where d.kind in ('reminder', 'demand') and d.state = 'released' group by d.id
       order by volume, first_page`,
    );
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const volumes = (): string[] => readdirSync(pdfs).filter((name) => name.endsWith('.pdf'));

  test('qpdf finds no fault, and every font is embedded', () => {
    expect(volumes().length).toBeGreaterThanOrEqual(3);
    for (const volume of volumes()) {
      expect(execFileSync('qpdf', ['--check', join(pdfs, volume)], { encoding: 'utf8' })).toContain(
        'No syntax or stream encoding errors',
      );
      const fonts = execFileSync('pdffonts', [join(pdfs, volume)], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      for (const font of fonts) expect(font).toMatch(/ yes yes yes +\d+ +\d+$/);
    }
  });

  test('pdftotext finds number, amount and reference of every letter as the ledger has them', () => {
    expect(letters.length).toBeGreaterThan(300);
    for (const volume of volumes()) {
      const pages = execFileSync('pdftotext', ['-layout', join(pdfs, volume), '-'], {
        encoding: 'utf8',
        maxBuffer: MAX_OUTPUT_BYTES,
      })
        .replaceAll(/[\u00a0\u202f\u2009]/g, ' ')
        .split('\f');
      for (const letter of letters.filter((one) => one.volume === volume)) {
        const text = pages.slice(letter.first_page - 1, letter.first_page - 1 + letter.pages).join('\n');
        expect(text).toContain(letter.number);
        expect(text, `amount of ${letter.number}`).toContain(swedish(letter.amount < 0n ? -letter.amount : letter.amount));
        if (letter.reference !== null) expect(text, `reference of ${letter.number}`).toContain(letter.reference);
      }
    }
  });

  test('dmtxread reads each sheet’s mark equal to the manifest', async () => {
    for (const volume of volumes()) {
      // Only the strip with the mark: 3 to 14 mm from the left, 98 to 112 mm from the top, at 200 dpi.
      const area = ['-r', '200', '-gray', '-x', '24', '-y', '772', '-W', '90', '-H', '110'];
      await run('pdftoppm', [...area, join(pdfs, volume), join(pdfs, `${volume}-mark`)]);
      const own = letters.filter((one) => one.volume === volume);
      const fronts = own.flatMap((letter) =>
        letter.control_codes.map((code, sheet) => ({ code, page: letter.first_page + 2 * sheet })),
      );
      const pictures = readdirSync(pdfs)
        .filter((name) => name.startsWith(`${volume}-mark`))
        .toSorted();
      const read = [];
      for (const { page } of fronts) {
        const { stdout } = await run('dmtxread', ['-N', '1', '-m', '2000', join(pdfs, pictures[page - 1] ?? '')]);
        read.push(stdout.trim());
      }
      expect(read).toEqual(fronts.map(({ code }) => code));
    }
  }, 300_000);

  test.skipIf(referee === undefined)(
    'the referee accepts every e-invoice',
    () => {
      const files = readdirSync(join(home, 'demo', 'access-point')).filter((name) => name.endsWith('.xml'));
      expect(files.length).toBeGreaterThanOrEqual(20);
      const paths = files.map((name) => join(home, 'demo', 'access-point', name));
      const judged = spawnSync(referee?.pathname ?? '', ['--json', ...paths], {
        encoding: 'utf8',
        maxBuffer: MAX_OUTPUT_BYTES,
        env: { ...process.env, NODE: process.execPath },
      });
      const verdicts = JSON.parse(judged.stdout) as { file: string; fatal: number }[];
      expect(verdicts.map(({ file, fatal }) => `${basename(file)} ${fatal}`)).toEqual(files.map((name) => `${name} 0`));
    },
    300_000,
  );

  test.skipIf(schemas === undefined)('xmllint finds every payment file, and every file of the bank, valid', () => {
    const paid = readdirSync(join(home, 'demo', 'bank')).filter((name) => name.endsWith('.xml'));
    expect(paid.length).toBeGreaterThanOrEqual(2);
    const sent = readdirSync(join(home, 'demo', 'sent')).filter((name) => name.endsWith('.xml'));
    const kinds = [
      ['pain.001.001.03', 'bank', paid],
      ['camt.054.001.02', 'sent', sent.filter((name) => name.startsWith('camt054'))],
      ['pain.002.001.03', 'sent', sent.filter((name) => name.startsWith('pain002'))],
    ] as const;
    for (const [schema, place, names] of kinds) {
      expect(names.length).toBeGreaterThan(0);
      const paths = names.map((name) => join(home, 'demo', place, name));
      const judged = spawnSync('xmllint', ['--noout', '--schema', `${schemas?.pathname}/${schema}.xsd`, ...paths], {
        encoding: 'utf8',
      });
      expect(judged.stderr.trim().split('\n')).toEqual(paths.map((path) => `${path} validates`));
    }
  });

  test('run again, it books nothing new and says so', () => {
    const again = kuvert('demo');
    expect(again.stdout).toContain('nothing new was booked, printed or sent');
    expect(again.status).toBe(0);
    expect(readdirSync(join(home, 'demo', 'print-house')).filter((name) => name.endsWith('.zip'))).toHaveLength(volumes().length);
    expect(kuvert('verify').status).toBe(0);
  }, 300_000);
});

/** 1234567 öre → `12 345,67`, as the letters print it. */
const swedish = (ore: bigint): string =>
  `${String(ore / 100n).replaceAll(/\B(?=(?:\d{3})+$)/g, ' ')},${String(ore % 100n).padStart(2, '0')}`;
