import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { rebuildAll } from '@karnama/cells';
import { usePostgres } from '@karnama/conformance';
import { countryTruth, type CountryTruth } from '@karnama/simulator';
import { openFooting, type Footing } from '../src/footing.js';
import { playSimulation, type PlayOptions } from '../src/sample.js';
import { checkTruth } from '../src/truth-check.js';
import { settle, settleIntake } from '../src/settle.js';
import { startWorkers } from '../src/workers.js';

/** Seed 1 is a country of 12,000 jobs; the others are smaller unless all of them are to be of a size. */
const scaleOf = (seed: number): number =>
  Number(process.env['KARNAMA_TRUTH_SCALE'] ?? (seed === 1 ? 0.0005 : 0.00005));

const country = (seed: number, more: Partial<PlayOptions> = {}): PlayOptions => ({
  seed,
  scale: scaleOf(seed),
  from: '1403-01',
  months: 4,
  movements: 0,
  ...more,
});

/** What the truth says at the end of everything that no repeat can change. */
const finalOf = ({ knowledge }: CountryTruth): unknown => {
  const { DQ_LAG50: _50, DQ_LAG95: _95, DQ_CORR_SH: _share, ...others } = knowledge.at(-1)?.values ?? {};
  return others;
};

describe('a simulated country, taken in and counted', () => {
  const postgres = usePostgres();
  const directory = mkdtempSync(join(tmpdir(), 'karnama-truth-'));
  const before = process.env['KARNAMA_DATABASE_URL'];
  let footing: Footing | undefined;

  afterEach(async () => {
    await footing?.close();
    footing = undefined;
    if (before === undefined) delete process.env['KARNAMA_DATABASE_URL'];
    else process.env['KARNAMA_DATABASE_URL'] = before;
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  /**
   * Plays the country into a database of its own: counted as it comes in, or, as `karnama simulate` does,
   * by a recount when all of it is there.
   */
  const play = async (options: PlayOptions, counted: 'live' | 'afterwards' = 'live'): Promise<Footing> => {
    process.env['KARNAMA_DATABASE_URL'] = await postgres.freshDatabase();
    footing = await openFooting({
      dataDir: directory,
      role: 'truth',
      exclusive: false,
      log: () => undefined,
    });
    const running = footing;
    const { cells, ledger, projections } = running;
    const workers = startWorkers(running, counted === 'live' ? projections : []);
    const wait = counted === 'live' ? settle : settleIntake;
    try {
      const { signal } = new AbortController();
      await playSimulation(running, () => wait(running, workers, signal), options, signal);
    } finally {
      await workers.stop();
    }
    if (counted === 'afterwards') await rebuildAll(cells, ledger, projections);
    return running;
  };

  /** Every figure of a played country against the country's own count. */
  const compare = async (options: PlayOptions, counted: 'live' | 'afterwards' = 'live') => {
    const { indicators } = await play(options, counted);
    const { checks, differences } = await checkTruth(indicators, countryTruth(options));
    expect(differences).toEqual([]);
    return checks;
  };

  it.each([1, 2, 3, 4, 5])(
    'gives every indicator of every area and period as the country of seed %d itself counts it, at four times of knowledge',
    async (seed) => {
      // the large one as `karnama simulate` counts it, the small ones as the server does
      const checks = await compare(country(seed), seed === 1 ? 'afterwards' : 'live');
      expect(checks).toHaveLength(4);
      expect(checks.at(-1)?.knowledge).toBe('latest');
      expect(Math.min(...checks.map(({ compared }) => compared))).toBeGreaterThan(2_000);
    },
    600_000,
  );

  // what ripens in a year or two, survives for some, or is a rate of a whole year is told only by a long history
  it('gives the same as the country over three years', async () => {
    const checks = await compare(country(6, { scale: 0.00001, months: 37 }));
    expect(checks.at(-1)?.compared).toBeGreaterThan(100_000);
  }, 600_000);

  it('gives the same in the end for the same records in another order, repeated and late', async () => {
    const options = country(1, { redelivery: 77, scale: 0.00002, months: 10 });
    const truth = countryTruth(options);
    const { indicators } = await play(options);
    expect((await checkTruth(indicators, truth)).differences).toEqual([]);
    const { redelivery: _, ...inOrder } = options;
    expect(finalOf(truth)).toEqual(finalOf(countryTruth(inOrder)));
  }, 600_000);

  it('finds a figure that is not as counted', async () => {
    const options = country(7, { scale: 0.00001, months: 3 });
    const { indicators } = await play(options);
    const truth = countryTruth(options);
    const planted = structuredClone(truth) as unknown as {
      knowledge: { values: Record<string, Record<string, Record<string, Record<string, string | null>>>> }[];
    };
    const months = planted.knowledge.at(-1)?.values['EMP_JOBS']?.['M']?.['IR-23'] ?? {};
    const figure = months['1403-02'] ?? null;
    months['1403-02'] = '1.000000';
    expect((await checkTruth(indicators, truth)).differences).toEqual([]);
    expect((await checkTruth(indicators, planted as unknown as CountryTruth)).differences).toEqual([
      {
        knowledge: 'latest',
        indicator: 'EMP_JOBS',
        group: 'IR-23',
        period: '1403-02',
        truth: '1.000000',
        figure,
      },
    ]);
  }, 300_000);
});
