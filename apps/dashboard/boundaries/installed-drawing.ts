import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The text of the installed package `iran-map`, in which the outlines are written; its program is not run. */
export const iranMapSource = (): Promise<string> => {
  const place = dirname(createRequire(import.meta.url).resolve('iran-map/package.json'));
  return readFile(join(place, 'dist/index.modern.js'), 'utf8');
};
