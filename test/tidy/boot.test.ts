import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CODE_FOLDERS, listFiles, ROOT } from './source-files.ts';

/** Started by their own program: the command line, and threads that end when they have no parent. */
const started = /^jobs\/cli\/main\.ts$|-worker\.ts$/;
const BOOT_DEADLINE_MILLISECONDS = 60_000;

/** tsc and vitest let pass what Node's type stripping does not run: enums, parameter properties, imports without `.ts`, decorators. */
test('plain Node imports every module, and none does anything by being imported', () => {
  const modules = listFiles(CODE_FOLDERS).filter((path) => path.endsWith('.ts') && !started.test(path));
  expect(modules.length).toBeGreaterThan(100);
  const program = [
    ...modules.map(
      (path) => `await import(${JSON.stringify(pathToFileURL(join(ROOT, path)).href)}).catch((error) => {
      console.error(${JSON.stringify(path)}, error);
      process.exitCode = 1;
    });`,
    ),
    `console.log('imported');`,
  ].join('\n');
  const run = spawnSync(process.execPath, ['--input-type=module'], {
    cwd: ROOT,
    input: program,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin' },
    timeout: BOOT_DEADLINE_MILLISECONDS,
  });
  expect(run.stderr).toBe('');
  expect(run).toMatchObject({ status: 0, signal: null, stdout: 'imported\n' });
});
