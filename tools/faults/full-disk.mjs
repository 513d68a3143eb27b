/** A small file system under PostgreSQL that is filled to the last block, and has room again later. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, pause } from './wait.mjs';

/** How long intake must have stood still to count as waiting. */
const STILL_MS = 3_000;

/** Mounts a file system in memory; undefined, with the reason told, when that is not permitted. */
export const mountSmall = (directory, megabytes, tell) => {
  mkdirSync(directory, { recursive: true });
  const { status, stderr, error } = spawnSync(
    'mount',
    ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'karnama-faults', directory],
    { encoding: 'utf8' },
  );
  if (status === 0)
    return { directory, unmount: () => spawnSync('umount', [directory, '-l'], { encoding: 'utf8' }) };
  tell((error?.message ?? stderr).trim());
  return undefined;
};

/** Takes what room there is. Returns how to take what has become free since, and how to give all back. */
const fill = (directory) => {
  const file = join(directory, 'filling');
  const descriptor = openSync(file, 'w');
  const pour = (bytes) => {
    const piece = Buffer.alloc(bytes);
    try {
      for (;;) if (writeSync(descriptor, piece) < bytes) return;
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
  };
  const more = () => {
    pour(1024 * 1024);
    pour(4096);
  };
  more();
  return {
    more,
    empty: () => {
      closeSync(descriptor);
      rmSync(file);
    },
  };
};

/** The last record taken in has been the last one for a while, although more have been published. */
const standsStill = async (stack, filling) => {
  let [last, since] = ['', performance.now()];
  await eventually(
    'intake waiting for room',
    async () => {
      filling.more();
      const head = await stack
        .stores()
        .then((stores) => stores.head())
        .catch(() => last);
      if (head !== last) [last, since] = [head, performance.now()];
      return performance.now() - since > STILL_MS;
    },
    60_000,
  );
};

/** How often the server said that there is no room. */
const refusalsIn = (log) => readFileSync(log, 'utf8').split('No space left on device').length - 1;

export const fillDisk = async ({ stack, producer, note, problem, disk }, { seconds }) => {
  await pause(2_000);
  const filling = fill(disk.directory);
  try {
    await standsStill(stack, filling);
    const before = producer.published();
    for (const until = performance.now() + seconds * 1000; performance.now() < until; await pause(250))
      filling.more();
    if (producer.published() === before) problem('nothing was published while the disk was full');
  } finally {
    filling.empty();
  }
  const refusals = refusalsIn(stack.server.log);
  if (refusals === 0) problem('PostgreSQL never ran out of room');
  note(`PostgreSQL was out of room ${refusals} times, and processes asked again`);
  if (!(await stack.server.hasEnded())) return;
  note('PostgreSQL had ended for want of room and was started again');
  await stack.server.stop({ hard: false });
  await stack.server.start();
};
