import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KarnamaError } from '@karnama/kernel';
import { acquire, holderOf, letGo, rewrite, type Holder } from './exclusive-file.js';
import { startOf } from './process-identity.js';
import { usingDataDir } from './unusable.js';

/** `<dataDir>/host.json`: the process that runs the database of a data directory. Holds the password (mode 0600). */
export type HostRecord = Holder & {
  /** What the process does, in words for people: `start: the server`. */
  readonly role: string;
  readonly startedAt: string;
  /** Connection URL, once the database accepts connections. */
  readonly url?: string;
  /** Set when the host is about to stop the database: it takes no new guests. */
  readonly closing?: true;
};

/** The outcome of a claim: this process is the host now, or another one is. */
export type DataDirClaim =
  | {
      readonly kind: 'host';
      /** Tells guests the URL of the running database. */
      publish(url: string): void;
      /** Tells newcomers that the database is about to stop. */
      close(): void;
      /** Gives the directory up. */
      release(): void;
    }
  | { readonly kind: 'held'; readonly host: HostRecord };

const fileOf = (dataDir: string): string => join(dataDir, 'host.json');

/** The running host of a data directory, or null. */
export const hostOf = (dataDir: string): HostRecord | null => holderOf<HostRecord>(fileOf(dataDir));

const hosting = (path: string, first: HostRecord): DataDirClaim => {
  let record = first;
  const change = (fields: Partial<HostRecord>): void => rewrite(path, (record = { ...record, ...fields }));
  return {
    kind: 'host',
    publish: (url) => change({ url }),
    close: () => change({ closing: true }),
    release: () => letGo(path, record.token),
  };
};

/**
 * Makes this process the host of a data directory (created when missing), unless a running process is.
 * A claim of a process that died is replaced; of several that try at once exactly one becomes host.
 * Sees only processes of this machine and its process namespace.
 */
export const claimDataDir = async (dataDir: string, role: string): Promise<DataDirClaim> => {
  const path = fileOf(resolve(dataDir));
  const record: HostRecord = {
    pid: process.pid,
    processStart: startOf(process.pid),
    token: randomBytes(12).toString('hex'),
    role,
    startedAt: new Date().toISOString(),
  };
  const host = await usingDataDir(dataDir, () => {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    return acquire(path, record);
  });
  return host === null ? hosting(path, record) : { kind: 'held', host };
};

/** The refusal for a process that needs the data directory alone. */
export const inUse = (dataDir: string, host: HostRecord): KarnamaError =>
  new KarnamaError(
    'data-dir-in-use',
    `${dataDir} is in use by process ${host.pid} (${host.role}), running since ${host.startedAt}`,
    `stop it (kill ${host.pid}) and try again, or use another --data-dir`,
  );
