import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, openDatabase } from '#engine/store/database.ts';
import { openPostgres } from '#jobs/postgres/open-postgres.ts';
import { readArchive } from '#layouts/spool/read-archive.ts';
import { shared } from '../formats/shared-folder.ts';
import { memoryLog } from '../house/memory-log.ts';

/** The demo's home before judges that share no code with Kuvert: what acceptance means by "open it and look". */
const programs = ['qpdf', 'pdffonts', 'pdftotext', 'pdftoppm', 'dmtxread'];
const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
if (missing.length > 0) console.warn(`NOT TESTED: the demo's files are not judged, missing: ${missing.join(', ')}`);
const referee = shared('referee/validate.sh');
if (referee === undefined) console.warn('NOT TESTED: the demo’s e-invoices are not judged, ../shared is absent');

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
    return await inTransaction(database, async (transaction) => (await transaction.query<Row>(sql)).rows);
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
         join posting p on p.receivable_id = r.id left join payment_reference pr on pr.invoice_id = i.id
       where d.channel = 'print' group by i.id, d.id, pr.reference order by d.volume, d.first_page`,
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
