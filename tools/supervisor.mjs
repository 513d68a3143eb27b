/**
 * Keeps child processes running: starts again what dies, with growing pauses and a limit, and stops all of
 * them together. Children are started with a channel (IPC), whose end tells them that their parent is gone.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** So many deaths within this time, and the child is given up. */
const DEATHS = 5;
const WITHIN_MS = 60_000;
/** Children promise to stop within ten seconds. */
const STOP_MS = 10_500;
/** EX_CONFIG of sysexits.h: starting again would not help. */
const BAD_CONFIGURATION = 78;

/**
 * @typedef {object} Child
 * @property {string} name
 * @property {string} script
 * @property {Readonly<Record<string, string | undefined>>} env
 */

/**
 * @param {readonly Child[]} children
 * @param {{ say: (line: string) => void, answers: (name: string, what: string, url: string) => void }} tell
 * @returns {{ gaveUp: Promise<{ name: string, code: number }>, stop: () => Promise<void>, pids: () => Record<string, number> }}
 */
export const supervise = (children, { say, answers }) => {
  const running = new Map();
  const waiting = new Set();
  let stopping = false;
  let giveUp;
  const gaveUp = new Promise((resolve) => (giveUp = resolve));

  const start = (child, deaths) => {
    const spawned = spawn(process.execPath, [child.script], {
      env: child.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const exited = new Promise((resolve) => {
      spawned.once('error', (error) => resolve({ code: 1, how: error.message }));
      spawned.once('exit', (code, signal) => resolve({ code: code ?? 1, how: signal ?? `status ${code}` }));
    });
    running.set(child.name, { process: spawned, exited });
    spawned.on('message', (message) => {
      if (typeof message?.answers === 'string') answers(child.name, message.answers, message.url);
    });
    void exited.then(({ code, how }) => {
      running.delete(child.name);
      if (!stopping) died(child, deaths, code, how);
    });
  };

  const died = (child, earlier, code, how) => {
    const now = performance.now();
    const deaths = [...earlier.filter((at) => now - at < WITHIN_MS), now];
    if (code === BAD_CONFIGURATION || deaths.length >= DEATHS) {
      say(
        `${child.name} ended (${how})${code === BAD_CONFIGURATION ? '' : ` ${deaths.length} times within a minute`}: giving up`,
      );
      giveUp({ name: child.name, code });
      return;
    }
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (deaths.length - 1));
    say(`${child.name} ended (${how}); starting it again in ${pause / 1000} s`);
    const timer = setTimeout(() => {
      waiting.delete(timer);
      start(child, deaths);
    }, pause);
    waiting.add(timer);
  };

  const stopOne = async ([name, { process: spawned, exited }]) => {
    spawned.kill('SIGTERM');
    const timer = setTimeout(() => {
      say(`${name} does not stop: killing it`);
      spawned.kill('SIGKILL');
    }, STOP_MS);
    await exited;
    clearTimeout(timer);
  };

  for (const child of children) start(child, []);
  return {
    gaveUp,
    pids: () => Object.fromEntries([...running].map(([name, { process: spawned }]) => [name, spawned.pid])),
    stop: async () => {
      stopping = true;
      for (const timer of waiting) clearTimeout(timer);
      await Promise.all([...running].map(stopOne));
    },
  };
};
