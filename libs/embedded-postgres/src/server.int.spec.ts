import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createDatabase, startEphemeralPostgres, startPostgres } from './index.js';
import { onConnection } from './create-database.js';
import { waitUntil } from './pause.js';
import { isRunning } from './process-identity.js';
import type { PostgresServer } from './server.js';

const query = (url: string, sql: string): Promise<Record<string, unknown>[]> =>
  onConnection(url, (ask) => ask(sql));

/** The processes that work in a directory; every process of PostgreSQL works in its cluster. */
const processesIn = (directory: string): string[] =>
  readdirSync('/proc').filter((entry) => {
    try {
      return /^\d+$/.test(entry) && readlinkSync(`/proc/${entry}/cwd`) === directory;
    } catch {
      return false;
    }
  });

const answersAt = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port }, () => resolve(true));
    socket.once('error', () => resolve(false)).once('connect', () => socket.destroy());
  });

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('the server of a data directory', () => {
  let closed: string;
  let dataDir: string;
  let server: PostgresServer | undefined;

  beforeEach(() => {
    closed = mkdtempSync(join(tmpdir(), 'karnama-server-')); // mode 0700: nobody else may pass
    dataDir = join(closed, 'deep', 'data');
  });

  afterEach(async () => {
    await server?.stop();
    server = undefined;
    rmSync(closed, { recursive: true, force: true });
  });

  const start = async (): Promise<PostgresServer> => (server = await startPostgres({ dataDir }));

  it('is made at the first start, below a closed directory, and finds its data at the second', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
    expect(await query(second.url, 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
  }, 60_000);

  it('keeps what it has confirmed through a power cut', async () => {
    const { url } = await start();
    const settings = ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums'];
    for (const setting of settings)
      expect(await query(url, `SHOW ${setting}`)).toEqual([{ [setting]: 'on' }]);
  }, 60_000);

  it('lets nobody in without the password, and keeps the password to the owner', async () => {
    const { url } = await start();
    for (const password of ['', 'guess']) {
      const wrong = new URL(url);
      wrong.password = password;
      await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password/);
    }
    expect(modeOf(join(dataDir, 'postgres.password'))).toBe(0o600);
    expect(modeOf(join(dataDir, 'host.json'))).toBe(0o600);
    expect(modeOf(join(dataDir, 'postgres.log'))).toBe(0o600);
    expect(modeOf(join(dataDir, 'postgres'))).toBe(0o700);
    expect(Buffer.from(new URL(url).password, 'base64url')).toHaveLength(24);
  }, 60_000);

  it('listens on 127.0.0.1 and nowhere else', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    expect(await answersAt('127.0.0.1', port)).toBe(true);
    expect(await answersAt('127.0.0.2', port)).toBe(false); // would answer if it listened on all addresses
    expect(await answersAt('::1', port)).toBe(false);
    expect(await query(url, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
  }, 60_000);

  it('is refused to a second caller until it has stopped', async () => {
    const first = await start();
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'data-dir-in-use' });
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await first.stop();
    await start();
  }, 60_000);

  it('leaves no process and no claim behind when it has stopped, even with open connections', async () => {
    const { url, pid, exited, stop } = await start();
    const asking = query(url, "SELECT 'waits' AS state, pg_sleep(600)");
    const cut = expect(asking).rejects.toThrow(/terminat/);
    const isAsking = "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'";
    expect(await waitUntil(async () => (await query(url, isAsking)).length === 1, 10_000)).toBe(true);
    const cluster = realpathSync(join(dataDir, 'postgres'));
    if (process.platform === 'linux') expect(processesIn(cluster).length).toBeGreaterThan(2);
    await stop();
    expect(isRunning(pid, null)).toBe(false);
    if (process.platform === 'linux') expect(processesIn(cluster)).toEqual([]);
    expect(await exited).toEqual({ status: 0, asked: true });
    expect(existsSync(join(dataDir, 'host.json'))).toBe(false);
    await cut;
  }, 60_000);

  it('says so when it ends without being asked', async () => {
    const { pid, exited } = await start();
    process.kill(pid, 'SIGINT');
    expect(await exited).toEqual({ status: 0, asked: false });
  }, 60_000);

  it('refuses to open a cluster whose password is lost', async () => {
    await (await start()).stop();
    rmSync(join(dataDir, 'postgres.password'));
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({ code: 'no-database-password' });
    expect(existsSync(join(dataDir, 'host.json'))).toBe(false);
  }, 60_000);

  it('names a data directory that cannot be one', async () => {
    mkdirSync(join(closed, 'deep'));
    const file = join(process.execPath, 'data');
    await expect(startPostgres({ dataDir: file })).rejects.toMatchObject({ code: 'data-dir-not-usable' });
  });
});

describe('a throw-away server', () => {
  it('gives databases of their own, and takes everything away when stopped', async () => {
    const before = readdirSync(tmpdir());
    const server = await startEphemeralPostgres();
    const made = readdirSync(tmpdir()).filter((entry) =>
      entry.startsWith(`karnama-ephemeral-${process.pid}-`),
    );
    const [one, two] = [await createDatabase(server.url, 'one'), await createDatabase(server.url, 'two')];
    await query(one, 'CREATE TABLE only_in_one ()');
    await expect(query(two, 'SELECT * FROM only_in_one')).rejects.toThrow(/does not exist/);
    await expect(createDatabase(server.url, 'one')).rejects.toMatchObject({ code: 'database-exists' });
    await server.stop();
    const mine = made.filter((entry) => !before.includes(entry));
    expect(mine).toHaveLength(1);
    expect(mine.filter((entry) => existsSync(join(tmpdir(), entry)))).toEqual([]);
  }, 60_000);
});
