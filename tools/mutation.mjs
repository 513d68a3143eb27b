/**
 * Changes the sources of registers and statistics a little, one place at a time, and looks whether a unit test
 * fails: `npm run test:mutation [-- --sample N] [--seed S] [--signs] [--least P] [--concurrency C] [path…]`.
 *
 * `--signs` turns round every sign in what contributions are worked out from; otherwise the mutators of
 * Stryker. `--sample N` takes N mutants, the same for the same seed. Parts of paths narrow the files. Fails
 * below P per cent of mutants killed (85). Not mutated: texts in a language (`fa`, `en`, `pt`: names and
 * definitions), the wording of errors, and `version` numbers, since a change of them breaks no rule; that
 * every text is there is checked where the catalogue is. Specs named `*.oracle.unit.spec.ts` do not run: they
 * are slow, and what is killed without them is killed. See docs/mutation.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { randomOf } from './faults/random.mjs';
import { mutantsIn, mutateWith } from './mutation/mutators.mjs';
import { allSources, contributing, underPaths } from './mutation/sources.mjs';
import { ROOT } from './root.mjs';

const wrongUsage = (line) => {
  process.stderr.write(`${line}\nnpm run test:mutation [-- --sample N] [--seed S] [--signs] [path…]\n`);
  process.exit(2);
};

const wholeNumber = (text, name) => {
  if (!/^\d+$/.test(text)) wrongUsage(`--${name} is a whole number`);
  return Number(text);
};

const readOptions = () => {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        sample: { type: 'string' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        signs: { type: 'boolean', default: false },
        least: { type: 'string', default: '85' },
        concurrency: { type: 'string', default: '1' },
        list: { type: 'boolean', default: false },
      },
    });
    return {
      kind: values.signs ? 'signs' : 'all',
      list: values.list,
      sample: values.sample === undefined ? Infinity : wholeNumber(values.sample, 'sample'),
      seed: wholeNumber(values.seed, 'seed'),
      least: wholeNumber(values.least, 'least'),
      concurrency: wholeNumber(values.concurrency, 'concurrency'),
      paths: positionals,
    };
  } catch (error) {
    return wrongUsage(error.message);
  }
};

/** So many of the list, each equally likely. */
const sampleOf = (list, size, seed) => {
  const random = randomOf(seed);
  const left = [...list];
  const chosen = [];
  while (chosen.length < size && left.length > 0)
    chosen.push(...left.splice(random.between(0, left.length - 1), 1));
  return chosen;
};

const strykerOptions = (files, concurrency, directory) => ({
  testRunner: 'jest',
  plugins: [
    import.meta.resolve('@stryker-mutator/jest-runner'),
    pathToFileURL(join(ROOT, 'tools/mutation/reporter.mjs')).href,
  ],
  reporters: ['karnama'],
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: {
    projectType: 'custom',
    configFile: 'jest.config.mjs',
    enableFindRelatedTests: false,
    config: {
      roots: ['<rootDir>/libs'],
      testRegex: 'libs/(statistics|registers)/.*\\.unit\\.spec\\.ts$',
      testPathIgnorePatterns: ['/node_modules/', '/dist/', '\\.oracle\\.unit\\.spec\\.ts$'],
      setupFiles: ['<rootDir>/tools/mutation/fast-check-setup.mjs'],
      filter: '<rootDir>/tools/mutation/spec-filter.cjs',
    },
  },
  coverageAnalysis: 'perTest',
  mutate: files,
  ignorePatterns: [
    '**',
    '!libs/**',
    '!packs/**',
    '!tools/**',
    '!jest.config.mjs',
    '!package.json',
    '**/dist/**',
    '**/node_modules/**',
  ],
  tempDirName: directory,
  cleanTempDir: 'always',
  concurrency,
  // modules of a worker's former runs stay in its memory
  maxTestRunnerReuse: 50,
  timeoutMS: 20_000,
  checkers: [],
  warnings: { slow: false },
  allowConsoleColors: false,
  logLevel: 'warn',
});

const isKilled = ({ status }) => status === 'Killed' || status === 'Timeout' || status === 'RuntimeError';
/** Where a mutant stands, as in its key; results count columns from one. */
const placeOf = ({ fileName, location: { start, end }, mutatorName }) =>
  `${relative(ROOT, fileName)}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1} ${mutatorName}`;
const idOf = (mutant) => `${placeOf(mutant)} ${mutant.replacement}`;

/** Runs the chosen mutants; those that outlive the specs beside them, again with all that reach them. */
const runMutants = async ({ kind, concurrency }, keys, directory) => {
  const run = async (chosen, everySpec) => {
    process.env.KARNAMA_MUTATION_SPECS = join(directory, 'specs.json');
    process.env.KARNAMA_MUTATION_ALL = everySpec ? '1' : '0';
    mutateWith(kind, (key) => chosen.has(key));
    const files = [...new Set([...chosen].map((key) => key.slice(0, key.indexOf(':'))))];
    return new Stryker(strykerOptions(files, concurrency, join(directory, 'sandbox'))).runMutationTest();
  };
  const first = await run(new Set(keys), false);
  const doubtful = first.filter(({ status }) => status === 'Survived');
  if (doubtful.length === 0) return first;
  const places = new Set(doubtful.map(placeOf));
  const again = keys.filter((key) => places.has(key.slice(0, key.lastIndexOf(' '))));
  const second = new Map((await run(new Set(again), true)).map((mutant) => [idOf(mutant), mutant]));
  return first.map((mutant) => (doubtful.includes(mutant) ? (second.get(idOf(mutant)) ?? mutant) : mutant));
};

const tell = (results, { kind, seed, least }, all) => {
  const say = (line) => process.stdout.write(`${line}\n`);
  const of = (...statuses) => results.filter(({ status }) => statuses.includes(status));
  const survived = of('Survived', 'NoCoverage');
  const killed = results.filter(isKilled).length;
  const score = results.length === 0 ? 0 : (100 * killed) / results.length;
  say('');
  for (const { fileName, location, mutatorName, replacement, status } of survived)
    say(
      `survived${status === 'NoCoverage' ? ' (no test reaches it)' : ''}: ` +
        `${relative(ROOT, fileName)}:${location.start.line}:${location.start.column} ${mutatorName} → ${replacement}`,
    );
  for (const { fileName, location, replacement } of of('Timeout'))
    say(`timed out: ${relative(ROOT, fileName)}:${location.start.line} → ${replacement}`);
  say(
    `${kind === 'signs' ? 'signs' : 'mutants'}: ${results.length} of ${all}, seed ${seed}: ` +
      `${of('Killed', 'RuntimeError').length} killed, ${of('Timeout').length} timed out, ` +
      `${survived.length} survived; score ${score.toFixed(1)} % (at least ${least} %)`,
  );
  const hasPassed = results.length > 0 && score >= least;
  say(hasPassed ? '1 passed, 0 failed' : '0 passed, 1 failed');
  return hasPassed;
};

process.chdir(ROOT);
const options = readOptions();
const sources = underPaths(
  options.kind === 'signs' ? contributing(allSources()) : allSources(),
  options.paths,
);
const all = await mutantsIn(options.kind, sources);
const keys = sampleOf(all, options.sample, options.seed);
process.stdout.write(
  `seed ${options.seed}: ${keys.length} of ${all.length} mutants in ${sources.size} files\n`,
);
if (options.list) for (const key of keys) process.stdout.write(`${key}\n`);
else {
  const directory = mkdtempSync(join(tmpdir(), 'karnama-mutation-'));
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      rmSync(directory, { recursive: true, force: true });
      process.exit(130);
    });
  try {
    const results = await runMutants(options, keys, directory);
    process.exitCode = tell(results, options, all.length) ? 0 : 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
