import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { onConnection } from './create-database.js';
import { readPostmaster } from './leftover.js';
import { waitUntil } from './pause.js';
import { isRunning, signal } from './process-identity.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BUILT = new URL('../dist/index.js', import.meta.url).href;
const NOBODY = 65534;

const OPEN = `
  process.on('SIGINT', () => process.send({ interrupted: true }));
  const [built, dataDir, options] = process.argv.slice(1);
  const { openDataDir } = await import(built);
  const log = (line) => process.send({ line });
  try {
    const opened = await openDataDir(dataDir, { ...JSON.parse(options), log });
    process.on('message', async () => {
      await opened.release();
      process.send({ released: true }, () => process.disconnect());
    });
    process.send({ opened: { url: opened.url, hosted: opened.hosted } });
  } catch (error) {
    process.send({ refused: { code: error.code, message: error.message, mend: error.mend } }, () => process.exit(1));
  }
`;

const CLAIM_MANY = `
  const [built, base] = process.argv.slice(1);
  const { claimDataDir } = await import(built);
  const fs = await import('node:fs');
  process.on('message', async () => {
    const kinds = {};
    for (const entry of fs.readdirSync(base)) kinds[entry] = (await claimDataDir(base + '/' + entry, 'race')).kind;
    process.send({ kinds });
  });
  process.send({ ready: true });
`;

type Message = {
  readonly opened?: { url: string; hosted: boolean };
  readonly refused?: { code: string; message: string; mend: string };
  readonly line?: string;
  readonly released?: true;
  readonly interrupted?: true;
  readonly ready?: true;
  readonly kinds?: Record<string, 'host' | 'held'>;
};

/** A process of its own that runs the built library, and what it has said so far. */
class Other {
  private readonly said: Message[] = [];

  constructor(private readonly child: ChildProcess) {
    child.on('message', (message) => this.said.push(message as Message));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async says<K extends keyof Message>(kind: K): Promise<NonNullable<Message[K]>> {
    const found = (): Message | undefined => this.said.find((message) => message[kind] !== undefined);
    await waitUntil(() => found() !== undefined || this.child.exitCode !== null, 45_000, 10);
    const value = found()?.[kind];
    if (value === undefined || value === null)
      throw new Error(`no ${kind}, but ${JSON.stringify(this.said)}`);
    return value;
  }

  tell(): void {
    this.child.send('go');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }
}

const parentOf = (pid: number): number =>
  Number(spawnSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).stdout);

const query = (url: string, sql: string): Promise<Record<string, unknown>[]> =>
  onConnection(url, (ask) => ask(sql));

describe('processes that share a data directory', () => {
  let base: string;
  let dataDir: string;
  let others: Other[];

  beforeAll(() => {
    const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
    const build = spawnSync(process.execPath, [tsc, '-b', join(ROOT, 'libs', 'embedded-postgres')], {
      encoding: 'utf8',
    });
    expect(build.stdout).toBe('');
  }, 120_000);

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'karnama-host-'));
    dataDir = join(base, 'data');
    others = [];
  });

  afterEach(async () => {
    for (const other of others) await other.kill();
    const left = readPostmaster(cluster());
    if (left !== null) await waitUntil(() => !isRunning(left.pid, null), 30_000);
    rmSync(base, { recursive: true, force: true });
  }, 60_000);

  const cluster = (): string => join(dataDir, 'postgres');
  const serverPid = (): number => readPostmaster(cluster())?.pid ?? 0;
  const gone = (pid: number): Promise<boolean> => waitUntil(() => !isRunning(pid, null), 30_000);

  const run = (script: string, args: string[], account: { uid?: number; gid?: number } = {}): Other => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, BUILT, ...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true, // a process group of its own, as a program at a terminal has
      cwd: '/',
      ...account,
    });
    const other = new Other(child);
    others.push(other);
    return other;
  };
  const open = (role: string, exclusive: boolean, account = {}): Other =>
    run(OPEN, [dataDir, JSON.stringify({ role, exclusive })], account);

  it('a second one that wants it alone is refused, and told who has it', async () => {
    const first = open('start: serves', true);
    await first.says('opened');
    const refused = await open('rebuild', true).says('refused');
    expect(refused.code).toBe('data-dir-in-use');
    expect(refused.message).toContain(`process ${first.pid} (start: serves)`);
    expect(refused.mend).toContain(`kill ${first.pid}`);
  }, 60_000);

  it('a guest waits for the database, uses it, and keeps the host from stopping it', async () => {
    const host = open('start', false);
    await waitUntil(() => existsSync(join(dataDir, 'host.json')), 30_000, 5);
    const guest = open('import', false);
    const opened = await host.says('opened');
    expect(opened.hosted).toBe(true);
    expect(await guest.says('opened')).toEqual({ url: opened.url, hosted: false });
    host.tell();
    expect(await host.says('line')).toContain(`process ${guest.pid} (import)`);
    expect(await query(opened.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    guest.tell();
    await guest.says('released');
    await host.says('released');
    expect(existsSync(join(dataDir, 'host.json'))).toBe(false);
    expect(serverPid()).toBe(0);
  }, 90_000);

  it('a guest that was killed does not keep the host', async () => {
    const host = open('start', false);
    await host.says('opened');
    const guest = open('import', false);
    await guest.says('opened');
    host.tell();
    await host.says('line');
    await guest.kill();
    await host.says('released');
  }, 60_000);

  it('an interrupt at the terminal reaches the program and not the database', async () => {
    const host = open('start', true);
    const { url } = await host.says('opened');
    process.kill(-host.pid, 'SIGINT');
    await host.says('interrupted');
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  }, 60_000);

  it('no database outlives a program that was killed', async () => {
    const host = open('start', true);
    await host.says('opened');
    const [server, watchdog] = [serverPid(), parentOf(serverPid())];
    expect(isRunning(server, null) && isRunning(watchdog, null)).toBe(true);
    await host.kill();
    expect(await gone(server)).toBe(true);
    expect(await gone(watchdog)).toBe(true);
    expect(existsSync(join(cluster(), 'postmaster.pid'))).toBe(false); // it was stopped, not killed
  }, 60_000);

  it('a database that lost both its program and its watchdog is stopped by the next start', async () => {
    const host = open('start', true);
    await host.says('opened');
    const server = serverPid();
    for (const watcher of [parentOf(server), ...childrenOf(parentOf(server))]) {
      if (watcher !== server) signal(watcher, 'SIGKILL');
    }
    signal(host.pid, 'SIGKILL');
    const next = open('start', true);
    expect((await next.says('opened')).hosted).toBe(true);
    expect(isRunning(server, null)).toBe(false);
  }, 60_000);

  it('what was committed is there after everything was killed, and nothing else', async () => {
    const host = open('start', true);
    const { url } = await host.says('opened');
    await query(url, 'CREATE TABLE facts AS SELECT generate_series(1, 1000) AS n');
    const unfinished = onConnection(url, async (ask) => {
      await ask('BEGIN; DELETE FROM facts');
      const server = serverPid();
      for (const pid of [server, parentOf(server), host.pid]) signal(pid, 'SIGKILL');
      return ask('SELECT pg_sleep(60)');
    });
    await expect(unfinished).rejects.toThrow();
    const next = await open('start', true).says('opened');
    expect(await query(next.url, 'SELECT count(*)::int AS n FROM facts')).toEqual([{ n: 1000 }]);
  }, 90_000);

  it('a crash while the database is being made leaves nothing that hinders the next start', async () => {
    const host = open('start', true);
    const isMaking = (): boolean =>
      existsSync(dataDir) && readdirSync(dataDir).some((entry) => entry.startsWith('postgres.new-'));
    expect(await waitUntil(isMaking, 30_000, 2)).toBe(true);
    await host.kill();
    expect(existsSync(cluster())).toBe(false);
    const next = await open('start', true).says('opened');
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(readdirSync(dataDir).filter((entry) => entry.startsWith('postgres.new-'))).toEqual([]);
  }, 60_000);

  it('of many that find the claim of a dead one, exactly one becomes host', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const stale = {
      pid: dead,
      processStart: null,
      token: 'x',
      role: 'gone',
      startedAt: '2020-01-01T00:00:00Z',
    };
    const entries = Array.from({ length: 40 }, (_, n) => `d${n}`);
    for (const entry of entries) {
      mkdirSync(join(base, entry));
      writeFileSync(join(base, entry, 'host.json'), JSON.stringify(stale));
    }
    const rivals = Array.from({ length: 5 }, () => run(CLAIM_MANY, [base]));
    for (const rival of rivals) await rival.says('ready');
    for (const rival of rivals) rival.tell();
    const outcomes = await Promise.all(rivals.map((rival) => rival.says('kinds')));
    for (const entry of entries) {
      expect([entry, outcomes.filter((kinds) => kinds[entry] === 'host').length]).toEqual([entry, 1]);
      expect(readdirSync(join(base, entry))).toEqual(['host.json']);
    }
  }, 60_000);

  it('a claim does not pass to a later process that got the same number', async () => {
    mkdirSync(dataDir);
    const record = {
      pid: process.pid,
      processStart: 'long ago',
      token: 'x',
      role: 'gone',
      startedAt: '2020',
    };
    writeFileSync(join(dataDir, 'host.json'), JSON.stringify(record));
    expect((await open('start', true).says('opened')).hosted).toBe(true);
    const host = JSON.parse(readFileSync(join(dataDir, 'host.json'), 'utf8')) as { role: string };
    expect(host.role).toBe('start');
  }, 60_000);

  const asRoot = process.getuid?.() === 0 ? it : it.skip; // only root can run a process as somebody else

  asRoot(
    'an ordinary user runs it as well, and root can go on with that user’s data',
    async () => {
      chmodSync(base, 0o755);
      mkdirSync(dataDir, { mode: 0o700 });
      chownSync(dataDir, NOBODY, NOBODY);
      const user = open('start', true, { uid: NOBODY, gid: NOBODY });
      const { url } = await user.says('opened');
      await query(url, 'CREATE TABLE kept AS SELECT 7 AS n');
      const server = serverPid();
      await user.kill();
      expect(await gone(server)).toBe(true);
      const root = await open('start', true).says('opened');
      expect(await query(root.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    },
    90_000,
  );
});

const childrenOf = (pid: number): number[] =>
  spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .stdout.split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));
