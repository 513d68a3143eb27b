/** The processes of the distributed footing. Whatever dies is started again at once. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ROOT } from '../root.mjs';
import { eventually, pause } from './wait.mjs';

export const NAMES = ['intake-1', 'intake-2', 'projector-1', 'projector-2', 'api-1'];

const appOf = (name) => name.split('-')[0];
const mainOf = (name) => join(ROOT, 'apps', appOf(name), 'dist/main.js');

/** Why a process ended by itself, as its log tells. */
const lastWordsIn = (log) => {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const fatal = lines.findLast((line) => line.includes('"level":"fatal"')) ?? lines.at(-1) ?? '';
  try {
    const { msg, error } = JSON.parse(fatal);
    return [msg, error?.code, error?.message].filter(Boolean).join(': ');
  } catch {
    return fatal.slice(0, 300);
  }
};

/**
 * @param {(name: string) => Record<string, string>} environmentOf
 * @param {string} logs directory for a log of each process
 */
export const startApps = (environmentOf, logs, names = NAMES) => {
  const running = new Map();
  const answers = new Map();
  const ends = [];
  let stopping = false;

  const start = (name) => {
    const log = join(logs, `${name}.log`);
    const output = openSync(log, 'a');
    const child = spawn(process.execPath, [mainOf(name)], {
      env: { PATH: process.env.PATH, KARNAMA_WORKER_ID: name, ...environmentOf(name) },
      stdio: ['ignore', output, output, 'ipc'],
    });
    closeSync(output);
    const app = { child, killed: false, born: performance.now() };
    app.exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })));
    running.set(name, app);
    child.on('message', ({ answers: what, url }) => answers.set(`${name} ${what}`, url));
    void app.exited.then(async ({ code, signal }) => {
      running.delete(name);
      for (const what of ['metrics', 'dashboard']) answers.delete(`${name} ${what}`);
      if (stopping) return;
      if (!app.killed) ends.push({ name, how: signal ?? `status ${code}`, words: lastWordsIn(log) });
      if (!app.killed && performance.now() - app.born < 1_000) await pause(500);
      if (!stopping) start(name);
    });
  };
  for (const name of names) start(name);

  const isReady = async (name) => {
    const url = answers.get(`${name} metrics`);
    return url !== undefined && (await fetch(`${url}/health/ready`)).status === 200;
  };
  return {
    names,
    isReady,
    pidOf: (name) => running.get(name)?.child.pid,
    /** Until every process says that it is ready. */
    allReady: (withinMs = 60_000) =>
      eventually(
        'every process ready',
        async () => (await Promise.all(names.map(isReady))).every(Boolean),
        withinMs,
      ),
    /** Kills a process as `kill -9`; false when it is not running just now. */
    kill: (name) => {
      const app = running.get(name);
      if (app === undefined || app.killed) return false;
      app.killed = true;
      return app.child.kill('SIGKILL');
    },
    /** Where a process answers; undefined while it is not running. */
    urlOf: (name, what) => answers.get(`${name} ${what}`),
    /** Those that ended without having been killed, since the last time of asking. */
    ownEnds: () => ends.splice(0),
    /** Ends all of them, as an operator does; answers those that did not end within the time and well. */
    stop: async () => {
      stopping = true;
      const bad = [];
      const stopOne = async ([name, { child, exited }]) => {
        child.kill('SIGTERM');
        const timer = setTimeout(() => child.kill('SIGKILL'), 12_000);
        const { code } = await exited;
        clearTimeout(timer);
        if (code !== 0) bad.push(`${name} did not stop well when it was told to (status ${code})`);
      };
      await Promise.all([...running].map(stopOne));
      return bad;
    },
  };
};
