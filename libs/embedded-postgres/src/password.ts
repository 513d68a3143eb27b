import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { KarnamaError } from '@karnama/kernel';
import { wayTo, type Account, type Way } from './account.js';

const fileOf = (dataDir: string): string => join(dataDir, 'postgres.password');

const writeNew = (path: string, text: string): void => {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** The password of the database user, from `<dataDir>/postgres.password` (only the owner may read it). */
export const passwordOf = (dataDir: string): string => {
  try {
    return readFileSync(fileOf(dataDir), 'utf8').trim();
  } catch (error) {
    throw new KarnamaError(
      'no-database-password',
      `the password of the database is missing: ${fileOf(dataDir)} cannot be read`,
      'put the file back from a backup; without it the data in this directory cannot be opened',
      { cause: error },
    );
  }
};

/** The password for a new cluster: a kept one, or 24 random bytes, written before anything relies on it. */
export const makePassword = (dataDir: string): string => {
  const path = fileOf(dataDir);
  if (!existsSync(path)) {
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    writeNew(draft, `${randomBytes(24).toString('base64url')}\n`);
    renameSync(draft, path);
  }
  return passwordOf(dataDir);
};

/** The way to the password for initdb. For another account it is a file that is already unlinked. */
export const wayToPassword = (dataDir: string, account: Account, number: number): Way => {
  if (account === null) return wayTo(fileOf(dataDir), account, number);
  const draft = `${fileOf(dataDir)}.${randomBytes(6).toString('hex')}`;
  writeNew(draft, `${passwordOf(dataDir)}\n`);
  const owned = openSync(draft, 'r+');
  fchownSync(owned, account.uid, account.gid);
  closeSync(owned);
  const way = wayTo(draft, account, number);
  if (way.descriptor !== null) unlinkSync(draft);
  return way.descriptor !== null ? way : { ...way, close: () => unlinkSync(draft) };
};
