import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from './cluster.ts';

/** How long each log file of the server was at one moment. */
export type ServerLogMark = ReadonlyMap<string, number>;

/** Everything the server says before its own log collector runs. */
export const startLogPath = (cluster: Cluster): string => join(cluster.homeFolder, 'start.log');

/** Remembers the ends of the logs, so that yesterday's troubles are not taken for the reason of a failure now. */
export async function markServerLog(cluster: Cluster): Promise<ServerLogMark> {
  const sizes = (await collectedLogs(cluster)).map(async (path) => [path, (await stat(path)).size] as const);
  return new Map(await Promise.all(sizes));
}

/** What the server said since the mark, to its start log and to its collected log. */
export async function wordsSince(cluster: Cluster, mark: ServerLogMark): Promise<string> {
  const started = await readFile(startLogPath(cluster), 'utf8').catch(() => '');
  const collected = (await collectedLogs(cluster)).map((path) => readFrom(path, mark.get(path) ?? 0));
  return [started, ...(await Promise.all(collected))].join('\n');
}

async function collectedLogs(cluster: Cluster): Promise<readonly string[]> {
  const folder = join(cluster.dataDirectory, 'log');
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.log')).map((name) => join(folder, name));
}

async function readFrom(path: string, start: number): Promise<string> {
  await using file = await open(path);
  const { size } = await file.stat();
  if (size <= start) return '';
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
  return buffer.toString('utf8', 0, bytesRead);
}
