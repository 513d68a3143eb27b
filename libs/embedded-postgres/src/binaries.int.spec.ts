import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { publicCopy } from './binaries-copy.js';
import { completeLinks, findBinaries } from './binaries.js';

const linksOf = (native: string): string[] =>
  readdirSync(join(native, 'lib')).filter((entry) => lstatSync(join(native, 'lib', entry)).isSymbolicLink());

const runs = (native: string): string =>
  spawnSync(join(native, 'bin', 'initdb'), ['--version'], { encoding: 'utf8' }).stdout;

describe('the programs of PostgreSQL', () => {
  let base: string;
  let native: string;

  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), 'karnama-binaries-'));
    chmodSync(base, 0o755);
    native = dirname(dirname((await findBinaries(null)).postgres));
  });

  afterEach(() => rmSync(base, { recursive: true, force: true }));

  it('get the library links that an install script left out', () => {
    const bare = join(base, 'native');
    cpSync(native, bare, { recursive: true, verbatimSymlinks: true });
    const links = linksOf(bare);
    for (const link of links) rmSync(join(bare, 'lib', link));
    expect(links.length).toBeGreaterThan(0);
    expect(completeLinks(bare)).toBe(true);
    expect(linksOf(bare)).toEqual(links);
    expect(runs(bare)).toContain('PostgreSQL');
  });

  it('are copied once to a place that everyone can read and only the owner can write', () => {
    const copy = publicCopy(native, [base]);
    expect(runs(copy)).toContain('PostgreSQL');
    for (const entry of readdirSync(copy, { recursive: true, encoding: 'utf8' })) {
      const found = lstatSync(join(copy, entry));
      if (!found.isSymbolicLink()) expect(found.mode & 0o026).toBe(0o004);
    }
    const made = lstatSync(copy).ino;
    expect(publicCopy(native, [base])).toBe(copy);
    expect(lstatSync(copy).ino).toBe(made);
  });

  it('are copied anew when a file of the copy has been swept away', () => {
    const swept = join(publicCopy(native, [base]), 'bin', 'postgres');
    rmSync(swept);
    publicCopy(native, [base]);
    expect(readFileSync(swept).equals(readFileSync(join(native, 'bin', 'postgres')))).toBe(true);
    expect(readdirSync(base)).toHaveLength(1);
  });

  it('are never taken from a directory that others can write', () => {
    chmodSync(publicCopy(native, [base]), 0o777);
    expect(() => publicCopy(native, [base])).toThrow(/no safe place/);
  });

  it('are never copied below a directory that others cannot enter', () => {
    const closed = join(base, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    expect(() => publicCopy(native, [closed])).toThrow(/no safe place/);
  });
});
