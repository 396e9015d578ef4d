import type { Log } from '../house/log.ts';
import { openEmbeddedPostgres } from './embedded.ts';
import { Client } from 'pg';
import { OperatingError, type Retry } from '#engine/operating-error.ts';

export interface PostgresOptions {
  /** The bureau's home directory; without a database URL the cluster lies under it. */
  readonly home: string;
  /** A PostgreSQL that somebody else runs, version 15 or later. */
  readonly databaseUrl?: string | undefined;
  /** False for tests: an embedded server that gives up safety against power loss for speed. True when left out. */
  readonly durable?: boolean;
  readonly log: Log;
}

export interface RunningPostgres {
  /** Connection string of kuvert's own database; holds a password, so it is never logged. */
  readonly url: string;
  /** To be called when every pool is closed. Stops an embedded server that nobody else uses. Safe to call twice. */
  readonly release: () => Promise<void>;
}

/**
 * Gives a PostgreSQL that answers: the one at the URL, otherwise the home's own embedded one, started if it does not run.
 *
 * @throws OperatingError with what to do: disk full, no permission, wrong version, no answer.
 */
export async function openPostgres({ home, databaseUrl, durable = true, log }: PostgresOptions): Promise<RunningPostgres> {
  if (databaseUrl === undefined) return openEmbeddedPostgres({ home, durable, log });
  await checkExternalPostgres(databaseUrl);
  return { url: databaseUrl, release: async () => undefined };
}

/** 15 has what the migrations use: `unique nulls not distinct`, `merge`. As server_version_num counts. */
const MINIMUM_VERSION = 150_000;
const CONNECT_DEADLINE_MILLISECONDS = 10_000;

interface Advice {
  readonly fix: string;
  readonly retry: Retry;
}

/** PostgreSQL's error codes (appendix A of its manual) and those of the network. */
const adviceByCode: Readonly<Record<string, Advice>> = {
  ECONNREFUSED: { fix: 'Start the server, or correct host and port in the database URL.', retry: 'later' },
  ENOTFOUND: { fix: 'Correct the host name in the database URL.', retry: 'never' },
  EAI_AGAIN: { fix: 'Name lookup does not work at the moment; check the network.', retry: 'soon' },
  ETIMEDOUT: { fix: 'Check the network and firewall between here and the server.', retry: 'later' },
  '28P01': { fix: 'Correct the user name or password in the database URL.', retry: 'never' },
  '28000': { fix: "Allow this user and host in the server's pg_hba.conf.", retry: 'never' },
  '3D000': { fix: 'Create the database: create database NAME encoding UTF8 template template0.', retry: 'never' },
  '53300': { fix: 'Raise max_connections on the server or close other programs.', retry: 'soon' },
  '57P03': { fix: 'The server is starting or stopping; wait a little.', retry: 'soon' },
};
const otherwise: Advice = { fix: 'Check the database URL and the server.', retry: 'later' };

/** Makes sure that the database at the URL answers, is new enough and stores UTF-8. @throws OperatingError with what to do. */
async function checkExternalPostgres(databaseUrl: string): Promise<void> {
  const place = withoutPassword(databaseUrl);
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_DEADLINE_MILLISECONDS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const answer = await client.query<{ version: number; name: string; encoding: string }>(
      `select current_setting('server_version_num')::int4 as version, current_setting('server_version') as name,
              current_setting('server_encoding') as encoding`,
    );
    const [server] = answer.rows;
    if (server === undefined || server.version < MINIMUM_VERSION) throw tooOld(place, server?.name ?? 'unknown');
    if (server.encoding !== 'UTF8') throw wrongEncoding(place, server.encoding);
  } catch (cause) {
    throw cause instanceof OperatingError ? cause : noAnswer(place, cause as Error & { code?: string });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The URL as it may be shown. */
function withoutPassword(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl)) {
    throw new OperatingError({
      problem: 'The database URL is not a URL.',
      fix: 'Write it as postgresql://user:password@host:5432/database, with special characters percent-encoded.',
      retry: 'never',
    });
  }
  const { protocol, username, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}

function noAnswer(place: string, cause: Error & { code?: string }): OperatingError {
  // A host name with several addresses fails with one error for each.
  const code = cause.code ?? (cause instanceof AggregateError ? (cause.errors[0] as { code?: string }).code : undefined);
  const timedOut = /timeout/i.test(cause.message);
  const { fix, retry } = adviceByCode[timedOut ? 'ETIMEDOUT' : (code ?? '')] ?? otherwise;
  const reason = cause.message === '' ? (code ?? 'unknown reason') : cause.message;
  return new OperatingError({ problem: `The database at ${place} does not answer: ${reason}.`, fix, retry, cause });
}

function tooOld(place: string, version: string): OperatingError {
  return new OperatingError({
    problem: `The database at ${place} is PostgreSQL ${version}; kuvert needs 15 or later.`,
    fix: 'Upgrade the server, or leave the database URL out to use the embedded PostgreSQL.',
    retry: 'never',
  });
}

function wrongEncoding(place: string, encoding: string): OperatingError {
  return new OperatingError({
    problem: `The database at ${place} stores text as ${encoding}; names in Nordic letters need UTF8.`,
    fix: 'Create the database anew: create database NAME encoding UTF8 template template0.',
    retry: 'never',
  });
}
