import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const nest = fileURLToPath(new URL('../dist/index.js', import.meta.url));

type Line = {
  readonly level: string;
  readonly msg: string;
  readonly error?: { readonly code?: string; readonly name: string };
};

/** Runs a process whose `start(config, life)` has this body; `act` is told when it has written a line. */
const processWith = async (
  body: string,
  act?: (kill: (signal: NodeJS.Signals) => void) => void,
  ipc = false,
) => {
  const script = `
    import { runProcess } from ${JSON.stringify(nest)};
    const config = () => ({ httpHost: '', httpPort: 0, logLevel: 'info', workerId: 'w-1' });
    await runProcess({ app: 'test', config, start: async (config, life) => { ${body} } });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  let asked = performance.now();
  if (act !== undefined)
    child.stdout?.once('data', () => {
      asked = performance.now();
      if (ipc) child.disconnect();
      else act((signal) => child.kill(signal));
    });
  // not `close`: after `disconnect` by the parent Node never emits it
  const [[code]] = (await Promise.all([once(child, 'exit'), once(child.stdout as Readable, 'end')])) as [
    [number | null],
    unknown,
  ];
  const lines = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return {
    code,
    lines,
    fatal: lines.filter(({ level }) => level === 'fatal'),
    output,
    seconds: (performance.now() - asked) / 1000,
  };
};

const forever =
  "life.keep(new Promise((done) => life.signal.addEventListener('abort', done))); life.log.info('up');";

describe('the life of a process', () => {
  beforeAll(() => {
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'tools/build.mjs'), 'program'], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }, 180_000);

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 on %s, after kept work, then closing in reverse order',
    async (signal) => {
      const body = `for (const name of ['first', 'second']) life.atEnd(async () => life.log.info(name)); ${forever}`;
      const { code, lines } = await processWith(body, (kill) => kill(signal));
      expect(code).toBe(0);
      expect(lines.map(({ msg }) => msg)).toEqual(['up', 'stopping', 'second', 'first', 'stopped']);
    },
  );

  it('ends when the parent that holds its channel is gone', async () => {
    const { code, lines } = await processWith(forever, () => undefined, true);
    expect(code).toBe(0);
    expect(lines.map(({ msg }) => msg)).toEqual(['up', 'stopping', 'stopped']);
  });

  it.each([
    [
      'an error nobody caught',
      `${forever} setTimeout(() => { throw new TypeError('hunter2'); });`,
      'TypeError',
    ],
    [
      'a rejection nobody handled',
      `${forever} void Promise.reject(new RangeError('hunter2'));`,
      'RangeError',
    ],
    ['kept work that fails', `life.keep(Promise.reject(new SyntaxError('hunter2')));`, 'SyntaxError'],
    ['kept work that ends by itself', `life.keep(Promise.resolve());`, 'KarnamaError'],
    ['a start that fails', `throw new EvalError('hunter2');`, 'EvalError'],
  ])('ends with 1 on %s, and logs it without its text', async (_, body, name) => {
    const { code, fatal, output } = await processWith(body);
    expect(code).toBe(1);
    expect(fatal).toMatchObject([{ msg: 'the process fails', error: { name } }]);
    expect(output).not.toContain('hunter2');
  });

  it('ends with 1 when work does not let go within ten seconds', async () => {
    const { code, fatal, seconds } = await processWith(
      "life.keep(new Promise(() => undefined)); life.log.info('up');",
      (kill) => kill('SIGTERM'),
    );
    expect(code).toBe(1);
    expect(fatal).toMatchObject([{ code: 'stopped-late' }]);
    expect(seconds).toBeLessThan(10);
  });
});
