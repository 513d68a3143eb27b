import { resolve } from 'node:path';
import { claimDataDir, inUse } from './claim.js';
import { runServer, type PostgresServer } from './server.js';
import { durableSettings } from './settings.js';

export type StartPostgresOptions = {
  readonly dataDir: string;
  /** What this process does, shown to others that want the directory. */
  readonly role?: string;
  /** Gets a line for people when something takes time. */
  readonly log?: (line: string) => void;
};

/**
 * Runs the PostgreSQL server of a data directory (created when missing) with durable settings, for this
 * process and its guests. Stopping does not wait for guests; `openDataDir` does.
 * Throws as `openDataDir` does with `exclusive`.
 */
export const startPostgres = async (options: StartPostgresOptions): Promise<PostgresServer> => {
  const dataDir = resolve(options.dataDir);
  const claim = await claimDataDir(dataDir, options.role ?? 'database server');
  if (claim.kind === 'held') throw inUse(dataDir, claim.host);
  try {
    const server = await runServer({
      dataDir,
      durable: true,
      settings: durableSettings,
      log: options.log ?? (() => undefined),
    });
    claim.publish(server.url);
    const stop = async (): Promise<void> => {
      claim.close();
      await server.stop();
      claim.release();
    };
    return { ...server, stop };
  } catch (error) {
    claim.release();
    throw error;
  }
};
