/** Resident memory of processes while they work, sampled from outside. */
import { spawnSync } from 'node:child_process';
import { median } from './measure.mjs';

const EVERY_MS = 1_000;

/** Megabytes of each process id. */
const residentOf = (pids) => {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,rss=', '-p', pids.join(',')], { encoding: 'utf8' });
  return new Map(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([pid, kilobytes]) => [pid, kilobytes / 1000]),
  );
};

/** Samples until `stop`, which tells for each process the highest, and the medians of the first and last third. */
export const memoryOf = (apps) => {
  const samples = new Map(apps.names.map((name) => [name, []]));
  const look = () => {
    const pids = apps.names.map((name) => [name, apps.pidOf(name)]).filter(([, pid]) => pid !== undefined);
    if (pids.length === 0) return;
    const resident = residentOf(pids.map(([, pid]) => pid));
    for (const [name, pid] of pids) if (resident.has(pid)) samples.get(name).push(resident.get(pid));
  };
  const timer = setInterval(look, EVERY_MS);
  const third = (list, at) =>
    list.slice(Math.floor((list.length * at) / 3), Math.ceil((list.length * (at + 1)) / 3));
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return Object.fromEntries(
        [...samples].map(([name, list]) => [
          name,
          {
            highest: Math.round(Math.max(...list)),
            first: Math.round(median(third(list, 0))),
            last: Math.round(median(third(list, 2))),
          },
        ]),
      );
    },
  };
};
