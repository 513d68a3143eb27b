import { closeSync, constants, fchownSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { KarnamaError } from '@karnama/kernel';

/**
 * The account the server runs under. PostgreSQL refuses to run as root, so root hands it to another one.
 */
export type Account = { readonly uid: number; readonly gid: number } | null;

/** An opened way to a directory or file for a program that runs under another account. */
export type Way = { readonly path: string; readonly descriptor: number | null; close(): void };

const nobody = (): { uid: number; gid: number } =>
  process.platform === 'darwin' ? { uid: -2, gid: -2 } : { uid: 65534, gid: 65534 };

/** initdb insists on an account that has a name; one that is not in the file is passed over. */
const hasName = (uid: number): boolean => {
  try {
    return readFileSync('/etc/passwd', 'latin1')
      .split('\n')
      .some((line) => line.split(':')[2] === String(uid));
  } catch {
    return false;
  }
};

/**
 * The account for a cluster directory; null = the account of this process. For root it is the owner of
 * the cluster or, for a new one, the owner of the data directory, so that root and that user can take turns.
 */
export const accountFor = (cluster: string): Account => {
  if (process.getuid?.() !== 0) return null;
  const existing = statSync(cluster, { throwIfNoEntry: false });
  if (existing !== undefined) return existing.uid === 0 ? nobody() : { uid: existing.uid, gid: existing.gid };
  const above = statSync(dirname(cluster));
  return above.uid !== 0 && hasName(above.uid) ? { uid: above.uid, gid: above.gid } : nobody();
};

/** Makes a directory that belongs to the account. */
export const makeDirectoryOf = (path: string, account: Account): void => {
  mkdirSync(path, { mode: 0o700 });
  if (account === null) return;
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  fchownSync(descriptor, account.uid, account.gid);
  closeSync(descriptor);
};

/** Whether everyone may pass through all directories above a path. */
export const openToAll = (path: string): boolean => {
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
};

/**
 * The way to `path` for a program of that account that gets the descriptor under `number`.
 * On Linux root opens the path and hands over the descriptor, so that closed directories above it
 * do not matter; elsewhere the directories above must be open.
 */
export const wayTo = (path: string, account: Account, number: number): Way => {
  if (account === null) return { path, descriptor: null, close: () => undefined };
  if (process.platform === 'linux') {
    const descriptor = openSync(path, constants.O_RDONLY);
    return { path: `/proc/self/fd/${number}`, descriptor, close: () => closeSync(descriptor) };
  }
  if (openToAll(path)) return { path, descriptor: null, close: () => undefined };
  throw new KarnamaError(
    'data-dir-closed',
    `${path} lies below a directory that only root may enter, and the database does not run as root`,
    'run as an ordinary user, or choose a --data-dir below open directories',
  );
};
