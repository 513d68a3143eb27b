import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KarnamaError } from '@karnama/kernel';
import { accountFor, makeDirectoryOf, wayTo, type Account } from './account.js';
import { findBinaries } from './binaries.js';
import { makePassword, wayToPassword } from './password.js';
import type { ServerLog } from './server-log.js';
import { watch } from './watchdog.js';

/** Name of the database user and of the database. */
export const NAME = 'karnama';

const DRAFT = 'postgres.new-';

/** The directory of the database's files below a data directory. */
export const clusterOf = (dataDir: string): string => join(dataDir, 'postgres');

const syncDirectory = (path: string): void => {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

const removeDrafts = (dataDir: string): void => {
  for (const entry of readdirSync(dataDir)) {
    const isDraft = entry.startsWith(DRAFT) || entry.startsWith('postgres.password.');
    if (isDraft) rmSync(join(dataDir, entry), { recursive: true, force: true });
  }
};

const initdbArguments = (cluster: string, passwordFile: string, durable: boolean): string[] => [
  ...['-D', cluster, `--username=${NAME}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
  ...['--encoding=UTF8', '--locale=C', '--no-instructions', ...(durable ? [] : ['--no-sync'])],
];

const runInitdb = async (draft: string, account: Account, options: MakeOptions): Promise<number> => {
  const directory = wayTo(draft, account, 3);
  const password = wayToPassword(options.dataDir, account, 4);
  try {
    const { initdb } = await findBinaries(account);
    const initdbRun = await watch(
      [initdb, ...initdbArguments(directory.path, password.path, options.durable)],
      {
        account,
        output: options.log.descriptor,
        descriptors: [directory.descriptor, password.descriptor],
      },
    );
    return await initdbRun.exited;
  } finally {
    directory.close();
    password.close();
  }
};

export type MakeOptions = { readonly dataDir: string; readonly durable: boolean; readonly log: ServerLog };

/**
 * Makes the cluster of a data directory if there is none. It is made beside its place and moved there
 * in one step, so that a crash in the middle leaves nothing that looks like a cluster.
 */
export const makeCluster = async (options: MakeOptions): Promise<void> => {
  const { dataDir, log } = options;
  removeDrafts(dataDir);
  if (existsSync(clusterOf(dataDir))) return;
  makePassword(dataDir);
  const draft = join(dataDir, `${DRAFT}${randomBytes(6).toString('hex')}`);
  const account = accountFor(draft);
  makeDirectoryOf(draft, account);
  const before = log.size();
  const status = await runInitdb(draft, account, options);
  if (status !== 0) {
    throw new KarnamaError('initdb-failed', `the database could not be created: ${log.since(before).trim()}`);
  }
  renameSync(draft, clusterOf(dataDir));
  if (options.durable) syncDirectory(dataDir);
};
