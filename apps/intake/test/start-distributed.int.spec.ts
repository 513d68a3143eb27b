import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, root } from './child.js';

type Running = {
  readonly process: ChildProcess;
  readonly said: () => string;
  readonly url: string;
  readonly exited: Promise<unknown[]>;
};

/** Process ids of the children of a process, by name. */
const childrenOf = (pid: number): ReadonlyMap<string, number> => {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(pid)], { encoding: 'utf8' });
  const found = new Map<string, number>();
  for (const line of stdout.split('\n')) {
    const app = /apps\/(\w+)\/dist/.exec(line)?.[1];
    if (app === undefined) continue;
    const number = [...found.keys()].filter((name) => name.startsWith(app)).length + 1;
    found.set(`${app}-${number}`, Number.parseInt(line, 10));
  }
  return found;
};

const isAlive = (pid: number): boolean => {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.startsWith('Z');
};

const allGone = (pids: Iterable<number>): Promise<true> =>
  eventually(async () => ([...pids].some(isAlive) ? undefined : true), 15_000);

describe('npm run start:distributed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'karnama-distributed-'));
  const started: ChildProcess[] = [];

  const start = async (...more: readonly string[]): Promise<Running> => {
    const args = ['--data-dir', directory, '--channel', 'postgresql', ...more];
    const child = spawn(process.execPath, [join(root, 'tools/start-distributed.mjs'), ...args], {
      env: { PATH: process.env['PATH'] ?? '', HOME: directory },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (said += text));
    const exited = once(child, 'close');
    const url = await Promise.race([
      eventually(async () => /running at (\S+)/.exec(said)?.[1], 100_000),
      exited.then(() => Promise.reject(new Error(said))),
    ]);
    return { process: child, said: () => said, url, exited };
  };

  beforeAll(() => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }, 240_000);
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));

  it('runs every app as its own process, starts one again that was killed, and leaves none behind', async () => {
    const running = await start();
    const pid = running.process.pid ?? 0;
    const first = childrenOf(pid);
    expect([...first.keys()].sort()).toEqual(['api-1', 'intake-1', 'intake-2', 'projector-1', 'projector-2']);
    const status = (await (await fetch(`${running.url}/api/status`)).json()) as object;
    expect(status).toMatchObject({ intake: { received: 0, unexplained: 0 }, ledger: { head: '0' } });
    expect((await fetch(running.url)).headers.get('content-type')).toContain('text/html');
    for (const [, at] of running.said().matchAll(/(\S+)\/metrics/g))
      expect((await fetch(`${at}/metrics`)).status).toBe(200);

    process.kill(first.get('projector-1') ?? 0, 'SIGKILL');
    await eventually(async () => (running.said().includes('is back at') ? true : undefined));
    const second = childrenOf(pid);
    expect(second.size).toBe(5);

    running.process.kill('SIGTERM');
    expect(await running.exited).toEqual([0, null]);
    await allGone([...first.values(), ...second.values()]);
  }, 120_000);

  it('takes its children along when it is killed itself', async () => {
    const running = await start('--intake', '1', '--projectors', '1');
    const children = [...childrenOf(running.process.pid ?? 0).values()];
    expect(children).toHaveLength(3);
    running.process.kill('SIGKILL');
    await allGone(children);
  }, 120_000);

  it('gives up at once when the configuration is wrong', async () => {
    const child = spawn(
      process.execPath,
      [join(root, 'tools/start-distributed.mjs'), '--data-dir', directory, '--channel', 'postgresql'],
      {
        env: { PATH: process.env['PATH'] ?? '', HOME: directory, KARNAMA_PROJECTIONS: 'nothing' },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    started.push(child);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    expect(await once(child, 'close')).toEqual([78, null]);
    expect(output).toContain('KARNAMA_PROJECTIONS must be a comma-separated list of movements, intake');
  }, 120_000);
});
