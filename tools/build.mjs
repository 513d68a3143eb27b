/**
 * Builds what is stale: the program (`tsc -b`) and the dashboard (`vite build`). The launcher, the tests
 * and `npm run build` all build through here, so that they agree on what is stale and never build at once.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { withLock } from './build-lock.mjs';
import { fingerprint } from './fingerprint.mjs';
import { ROOT } from './root.mjs';

const STATE = join(ROOT, 'node_modules/.cache/karnama-build');
const DASHBOARD = join(ROOT, 'apps/dashboard');

/** Directories of the packages that `tsc -b` builds. */
const packages = () =>
  JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')).references.map(({ path }) =>
    join(ROOT, path),
  );

const outputIsThere = () => packages().every((place) => existsSync(join(place, 'dist/index.js')));

const program = {
  name: 'program',
  sources: () => [
    ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json'].map((name) =>
      join(ROOT, name),
    ),
    ...packages().flatMap((place) =>
      ['src', 'package.json', 'tsconfig.json'].map((name) => join(place, name)),
    ),
  ],
  outputIsThere,
  // tsc trusts its notes; without --force it would not write again what somebody has deleted
  command: () => [
    ROOT,
    'node_modules/typescript/bin/tsc',
    '-b',
    ...(outputIsThere() || packages().every((place) => !existsSync(join(place, 'tsconfig.tsbuildinfo')))
      ? []
      : ['--force']),
  ],
};

const dashboard = {
  name: 'dashboard',
  sources: () => [DASHBOARD, join(ROOT, 'package-lock.json')],
  outputIsThere: () => existsSync(join(DASHBOARD, 'dist/index.html')),
  command: () => [DASHBOARD, join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
};

const parts = { program, dashboard };

const stampOf = (part) => join(STATE, part.name);

const isFresh = (part, print) => {
  const stamp = stampOf(part);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === print && part.outputIsThere();
};

const SIGNALS = { SIGINT: 130, SIGTERM: 143 };

/** Runs a compiler; when this process is told to stop, the compiler stops with it. */
const run = ([cwd, ...args]) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = (signal) => {
      child.kill('SIGKILL');
      process.exit(SIGNALS[signal]);
    };
    for (const signal of Object.keys(SIGNALS)) process.once(signal, stop);
    child.once('close', () => Object.keys(SIGNALS).forEach((signal) => process.removeListener(signal, stop)));
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });

/** Thrown when a part does not build; `output` is what the compiler had to say. */
export class BuildFailed extends Error {
  constructor(part, output) {
    super(`The ${part} does not build`);
    this.output = output;
  }
}

const build = async (part, print) => {
  const { code, output } = await run(part.command());
  if (code !== 0) throw new BuildFailed(part.name, output);
  mkdirSync(dirname(stampOf(part)), { recursive: true });
  // taken before the build: what was edited meanwhile is stale next time
  writeFileSync(stampOf(part), print);
};

const staleAmong = (names) =>
  names
    .map((name) => ({ part: parts[name], print: fingerprint(parts[name].sources()) }))
    .filter(({ part, print }) => !isFresh(part, print));

/**
 * Builds those of the named parts that are stale, side by side.
 * @param {readonly ('program' | 'dashboard')[]} names
 * @param {(line: string) => void} say told once, before a build, in a few words
 * @throws {BuildFailed}
 */
export const buildWhenStale = async (names, say) => {
  if (staleAmong(names).length === 0) return;
  await withLock(join(STATE, 'lock'), async () => {
    const stale = staleAmong(names); // another process may have built while this one waited
    if (stale.length === 0) return;
    const isFirst = stale.some(({ part }) => !part.outputIsThere());
    say(
      `Building the ${stale.map(({ part }) => part.name).join(' and the ')}${isFirst ? ' (first run)' : ''}…`,
    );
    const results = await Promise.allSettled(stale.map(({ part, print }) => build(part, print)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  });
};

/** Builds like `buildWhenStale`, says on stderr what happens, and ends the process when it fails. */
export const buildOrExit = async (names) => {
  try {
    await buildWhenStale(names, (line) => console.error(line));
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(`${error.output.trimEnd()}\n${error.message}.`);
    process.exit(1);
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const named = process.argv.slice(2);
  await buildOrExit(named.length === 0 ? ['program', 'dashboard'] : named);
}
