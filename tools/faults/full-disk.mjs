/** A small file system under PostgreSQL that is filled to the last block, and has room again later. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
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

/** Appends that the workers have seen fail; the server's log is of no use, since it is on the full disk. */
const failedAppends = async ({ apps }) => {
  let sum = 0;
  for (const name of apps.names.filter((one) => one.startsWith('intake'))) {
    const samples = await (await fetch(`${apps.urlOf(name, 'metrics')}/metrics`)).text();
    const [, count] =
      /^karnama_ledger_append_seconds_count\{[^}]*outcome="failed"[^}]*\} (\d+)$/m.exec(samples) ?? [];
    sum += Number(count ?? 0);
  }
  return sum;
};

export const fillDisk = async ({ stack, producer, note, problem, disk }, { seconds }) => {
  const failedBefore = await failedAppends(stack);
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
  const failed = (await failedAppends(stack)) - failedBefore;
  if (failed === 0) problem('no append ever failed');
  note(`${failed} appends failed and were made again`);
  if (!(await stack.server.hasEnded())) return;
  note('PostgreSQL had ended for want of room and was started again');
  await stack.server.stop({ hard: false });
  await stack.server.start();
};
