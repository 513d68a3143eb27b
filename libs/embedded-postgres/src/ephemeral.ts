import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clusterOf } from './cluster.js';
import { readPostmaster } from './leftover.js';
import { isRunning } from './process-identity.js';
import { runServer, type PostgresServer } from './server.js';
import { ephemeralSettings } from './settings.js';

const PREFIX = 'karnama-ephemeral-';

/** Removes directories of this account whose process was killed before it could remove them itself. */
const sweep = (): void => {
  for (const entry of readdirSync(tmpdir())) {
    const owner = new RegExp(`^${PREFIX}(\\d+)-`).exec(entry)?.[1];
    if (owner === undefined || isRunning(Number(owner), null)) continue;
    const directory = join(tmpdir(), entry);
    if (lstatSync(directory, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue;
    const server = readPostmaster(clusterOf(directory));
    if (server === null || !isRunning(server.pid, null)) rmSync(directory, { recursive: true, force: true });
  }
};

/**
 * Starts a throw-away server for tests: a real one in a temporary directory that does not wait for the
 * disk (`fsync` off). `stop()` removes the directory. Takes about a second.
 */
export const startEphemeralPostgres = async (): Promise<PostgresServer> => {
  sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  try {
    const options = { dataDir, durable: false, settings: ephemeralSettings, log: () => undefined };
    const server = await runServer(options);
    return { ...server, stop: () => server.stop().then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
};
