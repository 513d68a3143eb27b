import { resolve } from 'node:path';
import { KarnamaError } from '@karnama/kernel';
import { claimDataDir, hostOf, inUse, type DataDirClaim, type HostRecord } from './claim.js';
import { enterAsGuest, guestsOf } from './guests.js';
import { waitUntil } from './pause.js';
import { runServer, type PostgresServer, type ServerExit } from './server.js';
import { durableSettings } from './settings.js';

export type OpenDataDirOptions = {
  /** What this process does, in words for people: `import: takes in a file`. */
  readonly role: string;
  /** True: be the only one, or be refused. False: use the database of a running host if there is one. */
  readonly exclusive: boolean;
  /** Gets a line for people when something takes time. */
  readonly log?: (line: string) => void;
};

/** An opened data directory: a database that accepts connections. */
export type OpenDataDir = {
  /** Connection URL, with the password. */
  readonly url: string;
  /** Whether this process runs the database. */
  readonly hosted: boolean;
  /**
   * Fulfilled when the database this process runs is gone, wanted (`asked`) or not.
   * Never fulfilled for a guest, who learns of it from its connections.
   */
  readonly exited: Promise<ServerExit>;
  /**
   * Ends the use. A host first waits for its guests, unless `evenWithGuests` (which a second call may
   * still ask for while the first one waits), then stops the database.
   */
  release(options?: { readonly evenWithGuests?: boolean }): Promise<void>;
};

type Host = Extract<DataDirClaim, { kind: 'host' }>;
type Log = (line: string) => void;

const PATIENCE_MS = 60_000;
const REMIND_EVERY_MS = 10_000;

const silent: Log = () => undefined;

const waitForGuests = async (dataDir: string, hurry: () => boolean, log: Log): Promise<void> => {
  const alone = (): boolean => hurry() || guestsOf(dataDir).length === 0;
  while (!alone()) {
    const guests = guestsOf(dataDir).map(({ pid, role }) => `process ${pid} (${role})`);
    log(`the database stops when its guests have finished: ${guests.join(', ')}`);
    await waitUntil(alone, REMIND_EVERY_MS, 100);
  }
};

const asHost = (dataDir: string, claim: Host, server: PostgresServer, log: Log): OpenDataDir => {
  let hurry = false;
  let releasing: Promise<void> | undefined;
  const release = async (): Promise<void> => {
    claim.close();
    await waitForGuests(dataDir, () => hurry, log);
    await server.stop();
    claim.release();
  };
  return {
    url: server.url,
    hosted: true,
    exited: server.exited,
    release: (options) => {
      hurry ||= options?.evenWithGuests === true;
      return (releasing ??= release());
    },
  };
};

/** Runs the database as the host that the claim made this process. A failure gives the directory up. */
const host = async (dataDir: string, claim: Host, log: Log = silent): Promise<OpenDataDir> => {
  try {
    const server = await runServer({ dataDir, durable: true, settings: durableSettings, log });
    claim.publish(server.url);
    return asHost(dataDir, claim, server, log);
  } catch (error) {
    claim.release();
    throw error;
  }
};

const neverExits = new Promise<ServerExit>(() => undefined);

/** Registers with a host that is ready; null when there is none any more, or it is about to stop. */
const enter = (dataDir: string, role: string): OpenDataDir | null => {
  const leave = enterAsGuest(dataDir, role);
  const found = hostOf(dataDir); // read after registering: the host sees the guest, or the guest sees it closing
  if (found?.url === undefined || found.closing === true) {
    leave();
    return null;
  }
  return { url: found.url, hosted: false, exited: neverExits, release: () => Promise.resolve(leave()) };
};

const isSettled = (dataDir: string): boolean => {
  const found = hostOf(dataDir);
  return found === null || (found.url !== undefined && found.closing !== true);
};

const notReady = (dataDir: string, found: HostRecord): KarnamaError =>
  new KarnamaError(
    'host-not-ready',
    `process ${found.pid} (${found.role}) holds ${dataDir}, but its database was not ready within 60 s`,
    'try again when it has started, or stopped',
  );

const asGuest = async (
  dataDir: string,
  first: HostRecord,
  role: string,
  log: Log,
): Promise<OpenDataDir | null> => {
  if (first.url === undefined || first.closing === true) {
    log(
      `waiting for process ${first.pid} (${first.role}) to ${first.closing === true ? 'stop' : 'start'} the database`,
    );
  }
  if (!(await waitUntil(() => isSettled(dataDir), PATIENCE_MS, 50))) throw notReady(dataDir, first);
  return enter(dataDir, role);
};

/**
 * Opens a data directory (created when missing): this process becomes the host of its database, or,
 * when another process is that already, its guest.
 * Throws KarnamaError: `data-dir-in-use` (exclusive, and there is a host), `host-not-ready`,
 * `data-dir-not-usable`, `data-dir-closed`, `data-dir-of-another-user`, `no-embedded-postgres`, `no-database-password`,
 * `database-not-started`.
 */
export const openDataDir = async (directory: string, options: OpenDataDirOptions): Promise<OpenDataDir> => {
  const dataDir = resolve(directory);
  const log = options.log ?? silent;
  for (;;) {
    const claim = await claimDataDir(dataDir, options.role);
    if (claim.kind === 'host') return host(dataDir, claim, log);
    if (options.exclusive) throw inUse(dataDir, claim.host);
    const guest = await asGuest(dataDir, claim.host, options.role, log);
    if (guest !== null) return guest;
  }
};
