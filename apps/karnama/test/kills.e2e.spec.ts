import { afterAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import {
  hasRealData,
  isAlive,
  karnama,
  postmasterOf,
  realData,
  rowsOf,
  start,
  temporaryDirectory,
  until,
} from './program.js';

const seed = Number(process.env['KARNAMA_SEED'] ?? 20260122);

/** mulberry32: small, seeded, good enough to choose moments. */
const randomOf = (from: number) => {
  let state = from >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};

const withData = hasRealData() ? describe : describe.skip;
const files = join(realData, 'br-novo-caged-202601');

withData(`kill -9 at random moments (seed ${seed})`, () => {
  const directory = temporaryDirectory();
  const at = ['--data-dir', directory.path];
  const random = randomOf(seed);
  afterAll(() => directory.remove());

  /** Runs a command and kills it after a while; every other time its database is killed with it. */
  const killed = async (args: readonly string[], withDatabase: boolean): Promise<boolean> => {
    const { child, ended } = start(args);
    const moment = 300 + random() * 2700;
    const timer = setTimeout(() => {
      const postmaster = postmasterOf(directory.path);
      child.kill('SIGKILL');
      if (withDatabase && postmaster !== undefined && isAlive(postmaster))
        process.kill(postmaster, 'SIGKILL');
    }, moment);
    const { signal, code, err } = await ended;
    clearTimeout(timer);
    if (signal !== 'SIGKILL' && code !== 0) throw new Error(`ended with ${code} by itself: ${err}`);
    return signal === 'SIGKILL';
  };

  it('20 kills during import and projection, then the figures are the published ones', async () => {
    const totals = [
      'import',
      ...at,
      '--contract',
      'movement-totals',
      'samples/novo-caged/totals-2026-01.csv',
    ];
    const late = [
      'import',
      ...at,
      '--mapping',
      'mappings/novo-caged/late.yaml',
      join(files, 'CAGEDFOR202601.csv'),
    ];
    const retracted = [
      'import',
      ...at,
      '--mapping',
      'mappings/novo-caged/retracted.yaml',
      join(files, 'CAGEDEXC202601.txt'),
    ];
    await karnama(...totals);
    await karnama('release', 'cut', '2026-01-on-time', ...at);
    let kills = 0;
    for (const command of [late, retracted])
      for (let i = 0; i < 10; i++) if (await killed(command, i % 2 === 1)) kills++;
    // commands that were done before their moment are made up for while the figures are counted anew
    while (kills < 20) if (await killed(['rebuild', ...at], kills % 2 === 0)) kills++;
    for (const command of [late, retracted]) await karnama(...command);
    await karnama('release', 'cut', '2026-01-revised', ...at);
    const csv = await karnama(
      'query',
      'MOVEMENTS',
      '--measure',
      'hires,separations,net,stock',
      '--by',
      'month',
      '--where',
      'area=BR',
      '--from',
      '2025-12',
      '--as-known-at',
      '2026-01-revised',
      ...at,
      '--format',
      'csv',
    );
    expect(rowsOf(csv)).toEqual([
      { month: '2025-12', hires: '8845', separations: '20442', net: '-11597', stock: '48465645' },
      { month: '2026-01', hires: '2208030', separations: '2095696', net: '112334', stock: '48577979' },
    ]);
    const status = JSON.parse(await karnama('status', '--json', ...at)) as { intake: unknown };
    expect(status.intake).toEqual({ received: 61_280, accepted: 61_280, quarantined: 0, unexplained: 0 });
    expect(await karnama('verify', ...at)).toMatch(/ 0 differing cells/);
    const postmaster = postmasterOf(directory.path);
    await until(
      'the database has ended with the last command',
      () => postmaster === undefined || !isAlive(postmaster),
    );
  }, 400_000);
});
