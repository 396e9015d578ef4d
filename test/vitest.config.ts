import { defineConfig } from 'vitest/config';

const MINUTE_MILLISECONDS = 60_000;
const withPostgres = {
  globalSetup: ['test/db/global-setup.ts'],
  testTimeout: 2 * MINUTE_MILLISECONDS,
  hookTimeout: MINUTE_MILLISECONDS,
};

/**
 * unit: pure and quick, no services. db: the embedded PostgreSQL. interop: programs from Debian packages. faults: kills and races,
 * minutes long. bench: measures, never fails on time.
 */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/{engine,formats,layouts,config,jobs,tidy}/**/*.test.ts'],
          testTimeout: MINUTE_MILLISECONDS,
        },
      },
      { test: { name: 'db', include: ['test/db/**/*.test.ts'], ...withPostgres } },
      {
        test: { name: 'interop', include: ['test/interop/**/*.test.ts'], ...withPostgres, testTimeout: 10 * MINUTE_MILLISECONDS },
      },
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...withPostgres, testTimeout: 20 * MINUTE_MILLISECONDS } },
      { test: { name: 'bench', include: ['test/bench/**/*.test.ts'], ...withPostgres, testTimeout: 20 * MINUTE_MILLISECONDS } },
    ],
  },
});
