import { isSamePart, partsOf, type Hold, type Part, type Projection } from '@karnama/cells';
import { recordKey } from '@karnama/kernel';
import { ADVISORY_LOCKS } from '../advisory-locks.js';
import type { Database } from '../database.js';
import { translated } from '../driver-errors.js';
import { partsInUse } from './checkpoints.js';

const retryMs = 500;

const lockOf = ({ name }: Projection, { part, parts }: Part): string =>
  ADVISORY_LOCKS.projection(recordKey(parts === 1 ? name : `${name}/${part}`));

/**
 * A session lock on a connection of its own: it is free again as soon as its holder is gone, however
 * it went. Of several parts one that is free is taken; how many there are is read each time.
 * @param held parts that are not sought
 * @throws Unavailable when the connection is lost before the projection is held
 */
export const holdProjection = async (
  database: Database,
  projection: Projection,
  signal: AbortSignal,
  held: readonly Part[] = [],
): Promise<Hold | undefined> => {
  const session = await database.openSession();
  try {
    while (!signal.aborted) {
      for (const part of partsOf(await partsInUse(session, projection))) {
        if (held.some((own) => isSamePart(own, part))) continue;
        const { rows } = await session.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
          lockOf(projection, part),
        ]);
        if (rows[0]?.held === true) return { part, release: () => session.end() };
      }
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
