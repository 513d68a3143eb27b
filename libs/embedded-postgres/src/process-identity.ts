import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync } from 'node:fs';

const hasProc = (): boolean => process.platform === 'linux' && existsSync('/proc/self/stat');

/** Fields of /proc/<pid>/stat from the third on; the second (the name) may contain blanks and brackets. */
const procFields = (pid: number): string[] | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
};

const ps = (pid: number, column: string): string | null => {
  try {
    const text = execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return text.trim() === '' ? null : text.trim();
  } catch {
    return null;
  }
};

const bootId = (): string => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch {
    return '';
  }
};

/**
 * When a process started, in a form that only serves for comparison: boot id and field 22 of
 * /proc/<pid>/stat (proc(5)) on Linux, the start column of `ps` elsewhere; null when unknown.
 * Together with the pid it tells a process from a later one that got the same number.
 */
export const startOf = (pid: number): string | null => {
  if (!hasProc()) return ps(pid, 'lstart');
  const ticks = procFields(pid)?.[19];
  return ticks === undefined ? null : `${bootId()}/${ticks}`;
};

const answersSignals = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const runs = (pid: number): boolean => {
  if (!hasProc()) return answersSignals(pid);
  const state = procFields(pid)?.[0];
  return state !== undefined && state !== 'Z' && state !== 'X'; // a zombie holds nothing any more
};

/** Whether the process with this pid runs and, where both are known, is the one that started at `start`. */
export const isRunning = (pid: number, start: string | null): boolean => {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !runs(pid)) return false;
  if (start === null) return true;
  const now = startOf(pid);
  return now === null || now === start;
};

/** Name of the program a process runs (`postgres`, `node`), or null when it cannot be told. */
export const programOf = (pid: number): string | null => {
  if (!hasProc()) return ps(pid, 'comm')?.split('/').at(-1) ?? null;
  try {
    return readFileSync(`/proc/${pid}/comm`, 'latin1').trim();
  } catch {
    return null;
  }
};

/** Working directory of a process, or null when it cannot be told. */
export const workingDirectoryOf = (pid: number): string | null => {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
};

/** Sends a signal; false when the process is gone. */
export const signal = (pid: number, name: NodeJS.Signals): boolean => {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
};
