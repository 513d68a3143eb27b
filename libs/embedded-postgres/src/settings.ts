import { totalmem } from 'node:os';

/** Settings of the server, as PostgreSQL names them. */
export type ServerSettings = Readonly<Record<string, string>>;

const GIB = 1024 ** 3;

const local = (port: number): ServerSettings => ({
  listen_addresses: '127.0.0.1',
  port: String(port),
  unix_socket_directories: '',
  max_connections: '120',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  // Statements and the details of errors may carry declared data; the log keeps neither.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  jit: 'off',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  work_mem: '16MB',
});

/** Settings of a server that keeps data: what was committed survives a power cut. Sized for a small machine. */
export const durableSettings = (port: number): ServerSettings => ({
  ...local(port),
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_compression: 'off', // the binaries are built without lz4, and pglz costs more than it saves
  wal_level: 'minimal', // no replicas of an embedded server; tables made anew need no log
  checkpoint_timeout: '15min',
  shared_buffers: totalmem() >= 4 * GIB ? '256MB' : '128MB',
  maintenance_work_mem: '64MB',
  max_wal_senders: '0',
});

/** Settings of a throw-away server: the same behaviour, nothing waits for the disk. */
export const ephemeralSettings = (port: number): ServerSettings => ({
  ...local(port),
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_wal_senders: '0',
});

/** The settings as arguments of the program `postgres`. */
export const asArguments = (settings: ServerSettings): string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
