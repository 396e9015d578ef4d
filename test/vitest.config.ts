import { defineConfig } from 'vitest/config';

const MINUTE_MILLISECONDS = 60_000;
const withPostgres = {
  globalSetup: ['test/db/global-setup.ts'],
  testTimeout: 2 * MINUTE_MILLISECONDS,
  hookTimeout: MINUTE_MILLISECONDS,
};
/** Tests and database wait for each other, so a worker for each core pays; the default leaves one core to nobody. */
const onAllCores = { maxWorkers: '100%' };
/** Kills, races and measurements have the machine to themselves, after the rest. */
const alone = { fileParallelism: false };

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
          ...onAllCores,
        },
      },
      { test: { name: 'db', include: ['test/{db,extension}/**/*.test.ts'], ...withPostgres, ...onAllCores } },
      {
        test: {
          name: 'interop',
          include: ['test/interop/**/*.test.ts'],
          ...withPostgres,
          ...alone,
          testTimeout: 10 * MINUTE_MILLISECONDS,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          ...withPostgres,
          ...alone,
          testTimeout: 20 * MINUTE_MILLISECONDS,
        },
      },
      {
        test: {
          name: 'bench',
          include: ['test/bench/**/*.test.ts'],
          ...withPostgres,
          ...alone,
          testTimeout: 20 * MINUTE_MILLISECONDS,
        },
      },
    ],
  },
});
