import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';

const LIMIT_BYTES = 10 * 1024 * 1024;
const LOOK_EVERY_MS = 60_000;
const TAIL_BYTES = 16 * 1024;

/** The file the server writes its messages to; with its predecessor never much more than 20 MB. */
export type ServerLog = {
  readonly path: string;
  readonly descriptor: number;
  /** What was written since a size that `size()` gave, the last 16 KB of it. */
  since(size: number): string;
  size(): number;
  close(): void;
};

const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;

const openForAppending = (path: string): number => {
  try {
    return openSync(path, FLAGS, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    renameSync(path, `${path}.1`); // left by another account in a directory of ours
    return openSync(path, FLAGS, 0o600);
  }
};

const read = (descriptor: number, from: number): string => {
  const { size } = fstatSync(descriptor);
  const start = Math.max(Math.min(from, size), size - TAIL_BYTES);
  const bytes = Buffer.alloc(size - start);
  return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, start));
};

/** Opens `<dataDir>/postgres.log` and keeps it bounded until closed. */
export const openServerLog = (dataDir: string): ServerLog => {
  const path = join(dataDir, 'postgres.log');
  const descriptor = openForAppending(path);
  const bound = (): void => {
    if (fstatSync(descriptor).size <= LIMIT_BYTES) return;
    copyFileSync(path, `${path}.1`);
    ftruncateSync(descriptor); // the writers append, so they go on at the new end
  };
  bound();
  const timer = setInterval(bound, LOOK_EVERY_MS).unref();
  let open = true;
  return {
    path,
    descriptor,
    since: (size) => read(descriptor, size),
    size: () => fstatSync(descriptor).size,
    close: () => {
      if (!open) return;
      open = false;
      clearInterval(timer);
      closeSync(descriptor);
    },
  };
};
