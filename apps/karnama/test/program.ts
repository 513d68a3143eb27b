import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Where the files of real agencies lie, beside the repository; the specs that need them say when they are missing. */
export const realData = resolve(root, '../shared/data');

/** True when the files are there. @throws in CI, where they must be. */
export const hasRealData = (): boolean => {
  if (existsSync(realData)) return true;
  if (process.env['CI'] === 'true') throw new Error(`the data files are missing: ${realData}`);
  return false;
};

export type Outcome = {
  readonly code: number | null;
  readonly signal: string | null;
  readonly out: string;
  readonly err: string;
};

const main = join(root, 'apps/karnama/dist/main.js');

/** Starts the program as its own process (from the build), its output gathered. */
export const start = (
  args: readonly string[],
): { child: ChildProcess; ended: Promise<Outcome>; output: () => string } => {
  const child = spawn(process.execPath, [main, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Outcome>((done, failed) => {
    child.on('error', failed);
    child.on('close', (code, signal) => done({ code, signal, out, err }));
  });
  return { child, ended, output: () => out + err };
};

/** Runs a command to its end. */
export const run = (...args: string[]): Promise<Outcome> => start(args).ended;

/** Runs a command that must succeed. */
export const karnama = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await run(...args);
  if (code !== 0) throw new Error(`karnama ${args.join(' ')} ended with ${code}\n${out}\n${err}`);
  return out;
};

export const temporaryDirectory = (): { path: string; remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'karnama-e2e-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

/** CSV without quoted fields, as the figures come. */
export const rowsOf = (csv: string): Record<string, string>[] => {
  const [header = '', ...lines] = csv.trimEnd().split('\r\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [names[i] ?? '', value])));
};

/** The first process of the data directory's database, or undefined. */
export const postmasterOf = (dataDir: string): number | undefined => {
  const file = join(dataDir, 'postgres', 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
};

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Waits for a condition that a process outside brings about. @throws when it does not come true in time */
export const until = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  ms = 60_000,
): Promise<void> => {
  const deadline = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain until ${what}`);
    await new Promise((tick) => setTimeout(tick, 20));
  }
};
