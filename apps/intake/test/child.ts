import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Processes run what is built: builds it when it is stale. */
export const buildProgram = (): void => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/build.mjs'), 'program'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
};

export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** An app of the distributed footing, running as its own process. */
export type App = {
  readonly name: string;
  /** Where it answers; resolves when it does. */
  answers(what: 'metrics' | 'dashboard'): Promise<string>;
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): void;
  /** Everything written to standard output so far. */
  output(): string;
  /** The same as log lines. @throws when one is no JSON */
  lines(): readonly LogLine[];
};

const started = new Set<App>();

/** Starts an app from its build with exactly these variables. */
export const startApp = (
  app: 'intake' | 'projector' | 'api',
  name: string,
  env: Readonly<Record<string, string>>,
): App => {
  const child = spawn(process.execPath, [join(root, 'apps', app, 'dist/main.js')], {
    env: { PATH: process.env['PATH'] ?? '', KARNAMA_WORKER_ID: name, ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const urls = new Map<string, string>();
  const exited = new Promise<Exit>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  );
  child.on('message', (message: { answers: string; url: string }) => urls.set(message.answers, message.url));
  const running: App = {
    name,
    exited,
    answers: (what) =>
      Promise.race([
        eventually(async () => urls.get(what)),
        exited.then(({ code }) => Promise.reject(new Error(`${name} ended with ${code}: ${output}`))),
      ]),
    kill: (signal) => void child.kill(signal),
    output: () => output,
    lines: () =>
      output
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as LogLine),
  };
  started.add(running);
  void exited.then(() => started.delete(running));
  return running;
};

/** For `afterEach`: nothing that a test started lives on. */
export const endAll = async (): Promise<void> => {
  const left = [...started];
  for (const app of left) app.kill('SIGKILL');
  await Promise.all(left.map(({ exited }) => exited));
};

/** Looks every 50 ms until there is something, at most for `withinMs`. */
export const eventually = async <T>(look: () => Promise<T | undefined>, withinMs = 60_000): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await look().catch((error: unknown) => {
      if (performance.now() > deadline) throw error;
      return undefined;
    });
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** Samples of a scrape: `name{labels}` → value. */
export const scrape = async (app: App): Promise<ReadonlyMap<string, number>> => {
  const answer = await fetch(`${await app.answers('metrics')}/metrics`);
  if (answer.status !== 200) throw new Error(`${app.name} answers ${answer.status}`);
  const samples = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    samples.map((line) => [
      line.slice(0, line.lastIndexOf(' ')),
      Number(line.slice(line.lastIndexOf(' ') + 1)),
    ]),
  );
};

/** Sum of the samples of a metric over all its labels that match. */
export const total = (
  samples: ReadonlyMap<string, number>,
  name: string,
  ...labels: readonly string[]
): number => {
  let sum = 0;
  for (const [key, value] of samples)
    if ((key === name || key.startsWith(`${name}{`)) && labels.every((label) => key.includes(label)))
      sum += value;
  return sum;
};
