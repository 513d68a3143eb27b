/**
 * Figures of indicators for 36 months of 31 provinces, as known latest and at a release; ratio to a plain
 * sum over the base of JOBS, measured before and after each question, since machines are noisy. `KARNAMA_BENCH_CELLS` sets another number of cells.
 */
import { openDatabase, postgresCellStore } from '@karnama/adapter-postgres';
import { createIndicators } from '@karnama/statistics';
import { fillLabourCells, lastEpoch } from './labour-cells.mjs';
import { percentile, printTable, timed, whole } from './measure.mjs';

const questions = [
  ['level: jobs', 'EMP_JOBS', 'M'],
  ['rate: separations', 'SEP_R', 'M'],
  ['mean: wage', 'WAGE_MEAN', 'M'],
  ['median over bands: wage', 'WAGE_MED', 'M'],
  ['median over bands of a stock: tenure', 'TENURE_MED', 'M'],
  ['cohort: months to a job', 'JSK_FIND_MED', 'M'],
  ['cohort: days to fill a post', 'VAC_DUR_MED', 'M'],
  ['two dataflows: vacancy rate', 'JVR', 'M'],
  ['two dataflows: churning', 'CHURN_R', 'M'],
  ['sums of 12 months: placement rate', 'PLACE_R', 'M'],
  ['quarters: separations', 'SEP_R', 'Q'],
  ['quarters: median wage', 'WAGE_MED', 'Q'],
  ['years: median wage', 'WAGE_MED', 'A'],
];

/** The release that was cut when the last month but two was known. */
const release = { name: 'earlier', epoch: lastEpoch - 2, cutAt: '' };

const ask = async (service, [question, indicator, freq], asKnownAt, rounds) => {
  const span = { M: ['1402-01', '1404-12'], Q: ['1402-03', '1404-12'], A: ['1402-12', '1404-12'] }[freq];
  const times = [];
  let rows = [];
  const before = process.cpuUsage();
  for (let i = 0; i < rounds; i++) {
    const { seconds, result } = await timed(() =>
      service.data({ indicator, by: ['area'], where: {}, freq, from: span[0], to: span[1], asKnownAt }),
    );
    times.push(seconds * 1000);
    rows = result.rows;
  }
  const { user, system } = process.cpuUsage(before);
  const figures = rows.filter(({ value }) => value !== null).length;
  if (figures === 0) throw new Error(`${indicator} came to no figure: ${JSON.stringify(rows[0])}`);
  return {
    question,
    indicator,
    freq,
    known: asKnownAt,
    rows: rows.length,
    figures,
    times,
    cpu: (user + system) / 1000 / rounds,
  };
};

export const run = async ({ url, smoke }) => {
  const database = await openDatabase(url);
  try {
    const store = postgresCellStore(database);
    const cells = smoke ? 20_000 : Number(process.env['KARNAMA_BENCH_CELLS'] ?? 10_000_000);
    const plain = await fillLabourCells(database, store, cells);
    await askAll(store, cells, plain, smoke ? 2 : 21);
  } finally {
    await database.close();
  }
};

/** The same over cells that are there already. */
export const askAll = async (store, cells, plain, rounds) => {
  const service = createIndicators({ store, releases: async () => [release], calendar: 'jalali' });
  const rows = [];
  for (const question of questions)
    for (const known of ['latest', release.name]) {
      const before = await plain();
      const { times, cpu, ...asked } = await ask(service, question, known, rounds);
      const scan = ((before + (await plain())) / 2) * 1000;
      const p50 = percentile(times, 50);
      rows.push({
        ...asked,
        'p50 ms': p50.toFixed(1),
        'p95 ms': percentile(times, 95).toFixed(1),
        'own CPU ms': cpu.toFixed(1),
        'plain scan ms': scan.toFixed(0),
        'of a plain scan': (p50 / scan).toFixed(3),
      });
    }
  printTable(`indicators over ${whole(cells)} cells`, rows);
};
