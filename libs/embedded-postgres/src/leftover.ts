import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { KarnamaError } from '@karnama/kernel';
import { waitUntil } from './pause.js';
import { isRunning, programOf, signal, startOf, workingDirectoryOf } from './process-identity.js';

const SECOND = 1000;

/** What `postmaster.pid` says: the pid (line 1) and the state (line 8); null when there is no such file. */
export const readPostmaster = (cluster: string): { pid: number; ready: boolean } | null => {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'latin1').split('\n');
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
};

/** A pid may have passed to another program, or to the server of another directory, since it was written. */
const isServerOf = (pid: number, cluster: string): boolean => {
  if (!isRunning(pid, null) || programOf(pid) !== 'postgres') return false;
  const directory = workingDirectoryOf(pid);
  return directory === null || directory === realpathSync(cluster);
};

/**
 * Ends a server that an earlier process left behind on this cluster: usually its watchdog is stopping it
 * already; if nobody does, SIGINT does. Call only while holding the data directory.
 * Throws KarnamaError `old-server-running` when it does not end.
 */
export const endLeftoverServer = async (cluster: string, log: (line: string) => void): Promise<void> => {
  const found = readPostmaster(cluster);
  if (found === null) return;
  const { pid } = found;
  if (isServerOf(pid, cluster)) {
    log(`waiting for the database of an earlier run (process ${pid}) to stop`);
    const start = startOf(pid);
    const gone = (): boolean => !isRunning(pid, start);
    const interrupt = (): boolean => gone() || !signal(pid, 'SIGINT'); // repeated: a starting server does not listen yet
    if (await waitUntil(interrupt, 60 * SECOND, 50)) return;
    signal(pid, 'SIGQUIT');
    if (await waitUntil(gone, 10 * SECOND, 50)) return;
    throw new KarnamaError(
      'old-server-running',
      `the database of an earlier run (process ${pid}) does not stop`,
    );
  }
  // PostgreSQL would take any living process of the same account with this pid for a running server.
  rmSync(join(cluster, 'postmaster.pid'), { force: true });
};
