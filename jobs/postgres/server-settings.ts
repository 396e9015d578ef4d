import { HOST } from './access.ts';
import type { Cluster } from './cluster.ts';

/** Enough for pg-boss, the pools of a daemon and some commands beside it. */
const MAX_CONNECTIONS = 60;
/** Tests hold one pool per database and file at the same time. */
const MAX_TEST_CONNECTIONS = 200;

/** What differs from PostgreSQL's defaults, as `name=value`, with the reason where it is not plain. */
export function serverSettings(cluster: Cluster, port: number): readonly string[] {
  const safety = cluster.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  return [
    `listen_addresses=${HOST}`,
    `port=${port}`,
    // A socket's path may not be longer than 107 bytes, and a home's path may; TCP on the loopback always works.
    'unix_socket_directories=',
    `max_connections=${cluster.durable ? MAX_CONNECTIONS : MAX_TEST_CONNECTIONS}`,
    'password_encryption=scram-sha-256',
    'shared_buffers=256MB',
    'work_mem=16MB',
    'maintenance_work_mem=128MB',
    'max_wal_size=2GB',
    'wal_compression=on',
    'random_page_cost=1.1',
    // Parallel queries need /dev/shm, which containers often give 64 MB only, and fail in the middle when it is full.
    'max_parallel_workers_per_gather=0',
    'jit=off',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_lock_waits=on',
    // One file per weekday, overwritten a week later: the log can never fill the disk by age.
    'logging_collector=on',
    'log_filename=postgresql-%a.log',
    'log_rotation_age=1d',
    'log_truncate_on_rotation=on',
    ...safety,
  ];
}
