/**
 * A running Karnama to look at: the one at an address that is given, or the program itself over a small simulated
 * country in a data directory of its own.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from '../root.mjs';

const statusOf = async (url) => {
  const answer = await fetch(`${url}/api/status`).catch(() => undefined);
  return answer?.ok === true ? answer.json() : undefined;
};

/** Until all that was taken in is counted. */
const counted = async (url) => {
  for (;;) {
    const status = await statusOf(url);
    if (status?.projections.every(({ lag }) => Number(lag) === 0) === true) return;
    await pause(250);
  }
};

/** Starts the program; `spoke` is told every line of it. */
const start = (directory, spoke) => {
  const program = [join(ROOT, 'tools/run.mjs'), 'start', '--data-dir', directory, '--port', '0'];
  const child = spawn(process.execPath, ['--max-semi-space-size=64', ...program], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on('line', (line) => spoke(line));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { ended, stop };
};

const ownCountry = async (kept, say) => {
  const directory = kept ?? (await mkdtemp(join(tmpdir(), 'karnama-country-')));
  const isNew = (await readdir(directory).catch(() => [])).length === 0;
  let known;
  let sampled;
  const url = new Promise((resolve) => (known = resolve));
  const sample = new Promise((resolve) => (sampled = resolve));
  const last = [];
  const { ended, stop } = start(directory, (line) => {
    last.push(line);
    const address = /running at (\S+)/.exec(line)?.[1];
    if (address !== undefined) known(address.replace(/\/$/, ''));
    if (line.includes('the sample is in')) sampled();
    if (line.includes('the data directory is empty')) say('taking in a small simulated country…');
  });
  const failed = ended.then((code) => {
    throw new Error(`the program ended with ${code}:\n${last.slice(-20).join('\n')}`);
  });
  failed.catch(() => undefined);
  const close = async () => {
    await stop();
    if (kept === undefined) await rm(directory, { recursive: true, force: true });
  };
  try {
    const address = await Promise.race([url, failed]);
    if (isNew) await Promise.race([sample, failed]);
    await Promise.race([counted(address), failed]);
    return { url: address, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/**
 * @param {{ url?: string, dataDir?: string }} where an address, or a directory to keep the country in
 * @param {(line: string) => void} say
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export const runningCountry = async ({ url, dataDir }, say) => {
  if (url === undefined) return ownCountry(dataDir, say);
  if ((await statusOf(url.replace(/\/$/, ''))) === undefined) throw new Error(`nobody answers at ${url}`);
  return { url: url.replace(/\/$/, ''), close: async () => undefined };
};
