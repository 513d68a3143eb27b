/**
 * One projection followed by 1, 2 and 4 processes, each with a part: events a second, and the processor time of
 * the projectors. Every part reads all events, so the time of one part is what more cores could bring at best.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openDatabase, postgresCellStore, postgresLedger } from '@karnama/adapter-postgres';
import { rebuild, split, verify } from '@karnama/cells';
import { movementsProjection } from '@karnama/statistics';
import { appendMovements, numbers } from './movements.mjs';
import { printTable, timed, whole } from './measure.mjs';

const follower = fileURLToPath(new URL('split-follower.mjs', import.meta.url));

/** A process that follows one part, once it is told to. */
const startFollower = async (url, part, parts, batch) => {
  const child = fork(follower, [url, String(part), String(parts), String(batch)]);
  await once(child, 'message');
  return {
    follow: async () => {
      child.send('go');
      const [told] = await once(child, 'message');
      return told;
    },
    exited: once(child, 'exit'),
  };
};

export const run = async ({ url, smoke }) => {
  const database = await openDatabase(url);
  const ledger = postgresLedger(database);
  const store = postgresCellStore(database);
  const inPlace = smoke ? 5_000 : 200_000;
  const more = smoke ? 5_000 : 100_000;
  try {
    await appendMovements(ledger, 0, inPlace, 5000);
    await rebuild(store, ledger, movementsProjection);
    const rows = [];
    let next = inPlace;
    for (const parts of [1, 2, 4]) {
      await split(store, ledger, movementsProjection, parts);
      await appendMovements(ledger, next, next + more, 5000, 1, numbers(next));
      next += more;
      const followers = await Promise.all(
        Array.from({ length: parts }, (_, part) => startFollower(url, part, parts, 5_000)),
      );
      const { seconds, result } = await timed(() => Promise.all(followers.map(({ follow }) => follow())));
      await Promise.all(followers.map(({ exited }) => exited));
      const cpu = result.map(({ cpuSeconds }) => cpuSeconds);
      rows.push({
        parts,
        'events/s': whole(more / seconds),
        'CPU s of a part': Math.max(...cpu).toFixed(2),
        'CPU s of all': cpu.reduce((sum, one) => sum + one, 0).toFixed(2),
      });
    }
    printTable(`${whole(more)} new events followed, ${whole(inPlace)} entities in place`, rows);
    const { differing } = await verify(store, ledger, movementsProjection, 1);
    if (differing !== 0n) throw new Error(`${differing} cells differ from a recount`);
  } finally {
    await database.close();
  }
};
