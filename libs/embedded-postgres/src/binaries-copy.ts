import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { KarnamaError } from '@karnama/kernel';
import { openToAll } from './account.js';

/** Version of the package that holds the binaries; a copy belongs to one version. */
const versionOf = (native: string): string => {
  const manifest = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
};

const entriesOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' });

/** Only what this account wrote and nobody else can change is run. */
const isTrusted = (directory: string): boolean => {
  const found = lstatSync(directory);
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
};

/** Sweepers of temporary directories remove single files; then the copy is made anew. */
const isComplete = (native: string, copy: string): boolean =>
  entriesOf(native).every((entry) => {
    const original = lstatSync(join(native, entry));
    const copied = lstatSync(join(copy, entry), { throwIfNoEntry: false });
    return copied !== undefined && (!original.isFile() || copied.size === original.size);
  });

/**
 * Readable by all, writable by the owner. The sticky bit on files asks systemd-tmpfiles to spare them
 * (XDG Base Directory Specification, section on the runtime directory).
 */
const openForReading = (copy: string): void => {
  chmodSync(copy, 0o755);
  for (const entry of entriesOf(copy)) {
    const found = lstatSync(join(copy, entry));
    if (found.isSymbolicLink()) continue;
    const runnable = found.isDirectory() || (found.mode & 0o100) !== 0;
    chmodSync(join(copy, entry), (found.isFile() ? 0o1000 : 0) | (runnable ? 0o755 : 0o644));
  }
};

/** Copies beside the final place and moves it there in one step, so that nobody sees half a copy. */
const makeCopy = (native: string, copy: string): void => {
  const draft = mkdtempSync(`${copy}.`);
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  openForReading(draft);
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!isUsable(native, copy)) throw error; // otherwise another process was quicker
  }
};

const isUsable = (native: string, copy: string): boolean => {
  if (lstatSync(copy, { throwIfNoEntry: false }) === undefined) return false;
  return isTrusted(copy) && isComplete(native, copy);
};

const discard = (copy: string): void => {
  const grave = mkdtempSync(`${copy}.old.`);
  renameSync(copy, join(grave, 'copy'));
  rmSync(grave, { recursive: true, force: true });
};

/**
 * A copy of the installation directory `native` that every account can read, made once per version.
 * `bases` are the directories it may lie in. A directory found in its place is used only when it belongs to this account and no other can write it.
 */
export const publicCopy = (native: string, bases = ['/var/tmp', tmpdir()]): string => {
  const name = `karnama-postgresql-${versionOf(native)}-${process.getuid?.() ?? 0}`;
  for (const base of bases) {
    const copy = join(base, name);
    if (lstatSync(base, { throwIfNoEntry: false }) === undefined || !openToAll(copy)) continue;
    const found = lstatSync(copy, { throwIfNoEntry: false });
    if (found !== undefined && !isTrusted(copy)) continue;
    if (found !== undefined && !isComplete(native, copy)) discard(copy);
    if (!isUsable(native, copy)) makeCopy(native, copy);
    return copy;
  }
  throw new KarnamaError(
    'no-place-for-binaries',
    `the PostgreSQL programs in ${native} cannot be run in place, and there is no safe place for a copy (${name} in ${bases.join(' or ')})`,
    'remove the directory of that name, or install the program below directories that are open to all',
  );
};
