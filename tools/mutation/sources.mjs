/** Which files are mutated. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ROOT } from '../root.mjs';

const places = ['libs/registers/src', 'libs/statistics/src'];

/** A file that only hands on or declares the names of others, or only types, has nothing to mutate. */
const isSource = (name) => name.endsWith('.ts') && !/(\.spec(-\w+)?|index)\.ts$/.test(name);

const under = (place) =>
  readdirSync(join(ROOT, place), { recursive: true })
    .map((name) => join(ROOT, place, name))
    .filter(isSource);

/** The sources of registers and statistics. @returns absolute file name → text, in the order of the names */
export const allSources = () =>
  new Map(
    places
      .flatMap(under)
      .sort()
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );

const importedBy = (file, text) =>
  [...text.matchAll(/from '(\.{1,2}\/[^']+)\.js'/g)].map(([, path]) => `${resolve(dirname(file), path)}.ts`);

/** The sources that contributions are worked out in: where `contributions` is defined, and what these import. */
export const contributing = (sources) => {
  const reached = new Set(
    [...sources].filter(([, text]) => /^\s*\*?contributions[:(]/m.test(text)).map(([file]) => file),
  );
  for (const file of reached)
    for (const imported of importedBy(file, sources.get(file)))
      if (sources.has(imported)) reached.add(imported);
  return new Map([...sources].filter(([file]) => reached.has(file)));
};

/** Those under one of the paths; all without paths. */
export const underPaths = (sources, paths) =>
  paths.length === 0
    ? sources
    : new Map(
        [...sources].filter(([file]) =>
          paths.map((path) => path.replaceAll('/', sep)).some((path) => relative(ROOT, file).includes(path)),
        ),
      );
