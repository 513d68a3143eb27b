import type { Hold, Projection } from '@karnama/cells';
import { recordKey } from '@karnama/kernel';
import { ADVISORY_LOCKS } from '../advisory-locks.js';
import type { Database } from '../database.js';
import { translated } from '../driver-errors.js';

const retryMs = 500;

/**
 * A session lock on a connection of its own: it is free again as soon as its holder is gone, however
 * it went.
 * @throws Unavailable when the connection is lost before the projection is held
 */
export const holdProjection = async (
  database: Database,
  projection: Projection,
  signal: AbortSignal,
): Promise<Hold | undefined> => {
  const session = await database.openSession();
  try {
    while (!signal.aborted) {
      const { rows } = await session.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
        ADVISORY_LOCKS.projection(recordKey(projection.name)),
      ]);
      if (rows[0]?.held === true) return { release: () => session.end() };
      await pause(signal);
    }
  } catch (error) {
    await session.end();
    throw translated(error);
  }
  await session.end();
  return undefined;
};

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, retryMs);
    signal.addEventListener('abort', done);
  });
