import { mkdirSync, statSync } from 'node:fs';
import { KarnamaError, messageOf } from '@karnama/kernel';
import { accountFor, wayTo } from './account.js';
import { findBinaries } from './binaries.js';
import { clusterOf, makeCluster, NAME } from './cluster.js';
import { ensureDatabase } from './create-database.js';
import { freePort } from './free-port.js';
import { endLeftoverServer, readPostmaster } from './leftover.js';
import { passwordOf } from './password.js';
import { waitUntil } from './pause.js';
import { signal } from './process-identity.js';
import { openServerLog, type ServerLog } from './server-log.js';
import { asArguments, type ServerSettings } from './settings.js';
import { usingDataDir } from './unusable.js';
import { watch, type Watched } from './watchdog.js';

/** How a server ended: its exit status, and whether `stop()` had been called. */
export type ServerExit = { readonly status: number; readonly asked: boolean };

/** A running PostgreSQL server that this process owns. */
export type PostgresServer = {
  /** `postgres://karnama:<password>@127.0.0.1:<port>/karnama` */
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** Stops the server (connections are cut, what was committed is kept) and waits until all its processes are gone. */
  stop(): Promise<void>;
  /** Fulfilled when the server is gone, for whatever reason; never rejected. */
  readonly exited: Promise<ServerExit>;
};

/** What a server is run with. The caller must hold the data directory. */
export type RunOptions = {
  readonly dataDir: string;
  readonly durable: boolean;
  readonly settings: (port: number) => ServerSettings;
  readonly log: (line: string) => void;
};

const MINUTE = 60_000;
const PATIENCE_MS = MINUTE;

/** Starts that fail for these reasons are worth another try: a port was taken, processes of a killed server still end. */
const PORT_TAKEN = /could not bind|could not create any TCP\/IP sockets/;
const STILL_ENDING = /pre-existing shared memory block|lock file "postmaster\.pid" already exists/;

type Started = { readonly server: Watched; readonly port: number };

const launch = async (options: RunOptions, log: ServerLog, port: number): Promise<Watched> => {
  const cluster = clusterOf(options.dataDir);
  const account = accountFor(cluster);
  const way = wayTo(cluster, account, 3);
  try {
    const { postgres } = await findBinaries(account);
    const command = [postgres, '-D', way.path, ...asArguments(options.settings(port))];
    return await watch(command, { account, output: log.descriptor, descriptors: [way.descriptor] });
  } finally {
    way.close();
  }
};

/** True once the server accepts connections, false when it ends before; recovery may take its time. */
const becomesReady = async (server: Watched, options: RunOptions): Promise<boolean> => {
  let ended = false;
  void server.exited.then(() => (ended = true));
  const isReady = (): boolean => {
    const found = readPostmaster(clusterOf(options.dataDir));
    return ended || (found !== null && found.pid === server.pid && found.ready);
  };
  while (!(await waitUntil(isReady, 10_000, 10))) options.log('the database is recovering from a crash');
  return !ended;
};

const startFailed = (log: ServerLog, output: string, cause?: unknown): KarnamaError =>
  new KarnamaError(
    'database-not-started',
    `the database did not start: ${output.trim().split('\n').slice(-5).join(' | ')}`,
    `see ${log.path}`,
    { cause },
  );

const startServer = async (options: RunOptions, log: ServerLog): Promise<Started> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (let tries = 1; ; tries++) {
    const port = await freePort();
    const before = log.size();
    const server = await launch(options, log, port);
    if (await becomesReady(server, options)) return { server, port };
    const output = log.since(before);
    const again = PORT_TAKEN.test(output)
      ? tries < 10
      : STILL_ENDING.test(output) && performance.now() < deadline;
    if (!again) throw startFailed(log, output);
    await waitUntil(() => false, 200);
  }
};

/** SIGINT is a fast shutdown, SIGQUIT an immediate one with recovery at the next start (PostgreSQL, 18.5). */
const end = async (server: Watched): Promise<void> => {
  let ended = false;
  const exited = server.exited.then(() => (ended = true));
  const steps: [NodeJS.Signals, number][] = [
    ['SIGINT', 20_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ];
  for (const [name, patience] of steps) {
    if (!ended) signal(server.pid, name);
    if (await Promise.race([exited, waitUntil(() => ended, patience)])) return;
  }
};

const owned = ({ server, port }: Started, password: string, log: ServerLog): PostgresServer => {
  let stopping: Promise<void> | undefined;
  const exited = server.exited.then((status) => {
    log.close();
    return { status, asked: stopping !== undefined };
  });
  return {
    url: `postgres://${NAME}:${password}@127.0.0.1:${port}/${NAME}`,
    pid: server.pid,
    stop: () => (stopping ??= end(server)),
    exited,
  };
};

const refuseForeignCluster = (cluster: string): void => {
  const owner = statSync(cluster, { throwIfNoEntry: false })?.uid;
  if (owner === undefined || accountFor(cluster) !== null || owner === process.getuid?.()) return;
  throw new KarnamaError(
    'data-dir-of-another-user',
    `the database in ${cluster} belongs to user id ${owner}`,
    'run as that user or as root, or choose another --data-dir',
  );
};

const open = async (options: RunOptions, log: ServerLog): Promise<PostgresServer> => {
  const { dataDir } = options;
  refuseForeignCluster(clusterOf(dataDir));
  await endLeftoverServer(clusterOf(dataDir), options.log);
  await makeCluster({ dataDir, durable: options.durable, log });
  const password = passwordOf(dataDir);
  const server = owned(await startServer(options, log), password, log);
  try {
    await ensureDatabase(server.url);
    return server;
  } catch (error) {
    await server.stop();
    throw startFailed(log, messageOf(error), error);
  }
};

/**
 * Runs the server of a data directory: makes the cluster and the database when they are missing, waits
 * for what an earlier run left, recovers after a crash, and gives the server once it accepts connections.
 * `dataDir` is an absolute path.
 */
export const runServer = (options: RunOptions): Promise<PostgresServer> =>
  usingDataDir(options.dataDir, async () => {
    mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
    const log = openServerLog(options.dataDir);
    try {
      return await open(options, log);
    } catch (error) {
      log.close();
      throw error;
    }
  });
