/**
 * One build at a time in one checkout. The lock is a directory (made atomically) that names its owner;
 * the lock of a process that has died is taken over.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 100;
const UNNAMED_MS = 5_000; // made, but its owner died before it could write its name
const LONGEST_BUILD_MS = 600_000; // past this, the owner's process id belongs to somebody else

const ownerOf = (lock) => {
  try {
    return readFileSync(join(lock, 'owner'), 'utf8');
  } catch {
    return undefined;
  }
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const isAbandoned = (lock, owner) => {
  const stats = statSync(lock, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  const age = Date.now() - stats.mtimeMs;
  if (owner === undefined) return age > UNNAMED_MS;
  return !isAlive(Number(owner)) || age > LONGEST_BUILD_MS;
};

/** Moves an abandoned lock away; if somebody was faster and the lock is theirs by now, it is put back. */
const clearAway = (lock, owner) => {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (ownerOf(aside) !== owner) renameSync(aside, lock);
    else rmSync(aside, { recursive: true });
  } catch (error) {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  }
};

const tryToTake = (lock) => {
  try {
    mkdirSync(lock);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(join(lock, 'owner'), String(process.pid));
  return true;
};

/** Runs `work` while this process alone holds the lock; waits for whoever holds it now. */
export const withLock = async (lock, work) => {
  mkdirSync(dirname(lock), { recursive: true });
  while (!tryToTake(lock)) {
    const owner = ownerOf(lock);
    if (isAbandoned(lock, owner)) clearAway(lock, owner);
    else await pause(POLL_MS);
  }
  const release = () => {
    if (ownerOf(lock) === String(process.pid)) rmSync(lock, { recursive: true, force: true });
  };
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
};
