/** Questions over many cells, from a roll-up and from the base; ratio to a plain count over the base. */
import { openDatabase, postgresCellStore } from '@karnama/adapter-postgres';
import { createStatistics, movementsProjection } from '@karnama/statistics';
import { percentile, printTable, timed, whole } from './measure.mjs';

/** Cells made in the server: 60 months × 27 states × 21 sections × … in four epochs. */
const fill = async (database, store, cells) => {
  const generation = await store.begin(movementsProjection);
  const base = `cells.cell_movements_${generation.number}`;
  await database.withClient((client) =>
    client.query(`
      INSERT INTO ${base}
      SELECT 24252 + n % 60, 24252 + n % 60 + (n / 997 % 3)::int, 1 + (n / 991 % 4)::int,
             (ARRAY['BR-AC','BR-AL','BR-AP','BR-AM','BR-BA','BR-CE','BR-DF','BR-ES','BR-GO','BR-MA','BR-MT','BR-MS','BR-MG','BR-PA','BR-PB','BR-PR','BR-PE','BR-PI','BR-RJ','BR-RN','BR-RS','BR-RO','BR-RR','BR-SC','BR-SP','BR-SE','BR-TO'])[1 + n / 60 % 27],
             chr(65 + (n / 1620 % 21)::int), (n / 34020 % 10)::text, (ARRAY['M','F'])[1 + n / 7 % 2],
             (ARRAY['Y15T19','Y20T24','Y25T29','Y30T34','Y35T39','Y40T44','Y45T49'])[1 + n / 11 % 7], (n / 13 % 9)::text, (ARRAY['ON_TIME','LATE'])[1 + n / 17 % 2],
             1 + n % 5, n % 4, 150000 + n % 1000, 1, 1, n % 4294967296
      FROM generate_series(0::bigint, ${cells - 1}) n`),
  );
  const checkpoint = await store.checkpoint(generation);
  await store.transact(generation, (tx) => tx.advance(checkpoint, { ...checkpoint, position: 1n, epoch: 5 }));
  await store.finish(generation);
  await store.switchTo(generation);
  const { seconds } = await timed(() =>
    database.withClient((client) => client.query(`SELECT sum(m_hires) FROM ${base}`)),
  );
  return seconds;
};

const questions = [
  ['national series, 60 months', 'roll-up', { measures: ['hires'], by: ['month'], where: { area: ['BR'] } }],
  [
    'the same as known at a release',
    'roll-up',
    { measures: ['hires'], by: ['month'], where: { area: ['BR'] }, asKnownAt: 'r2' },
  ],
  ['state × 60 months', 'roll-up', { measures: ['hires', 'net'], by: ['area', 'month'], where: {} }],
  [
    'industries of a state, one month',
    'roll-up',
    { measures: ['hires'], by: ['industry'], where: { area: ['BR-SP'] }, from: '2024-01', to: '2024-01' },
  ],
  [
    'sex × age of a state, 60 months',
    'roll-up',
    { measures: ['hires'], by: ['month', 'sex', 'age'], where: { area: ['BR-SP'] } },
  ],
  ['industry × sex, 60 months', 'base', { measures: ['hires'], by: ['month', 'industry', 'sex'], where: {} }],
  [
    'effective × declared month',
    'base',
    { measures: ['hires'], by: ['month', 'declared'], where: { area: ['BR'] } },
  ],
];

export const run = async ({ url, smoke }) => {
  const database = await openDatabase(url);
  try {
    const store = postgresCellStore(database);
    await store.open(movementsProjection);
    const cells = smoke ? 50_000 : 5_000_000;
    const plain = await fill(database, store, cells);
    const statistics = createStatistics({
      store,
      releases: async () => [{ name: 'r2', epoch: 2, cutAt: '' }],
    });
    const rows = [];
    for (const [question, from, request] of questions) {
      const times = [];
      let answered = 0;
      for (let i = 0; i < (from === 'base' ? 5 : 25); i++) {
        const { seconds } = await timed(async () => {
          const answer = await statistics.data({
            dataflow: 'MOVEMENTS',
            asKnownAt: 'latest',
            view: 'effective',
            ...request,
          });
          answered = 0;
          for await (const _row of answer.rows) answered++;
        });
        times.push(seconds * 1000);
      }
      const p50 = percentile(times, 50);
      rows.push({
        question,
        from,
        rows: answered,
        'p50 ms': p50.toFixed(1),
        'p95 ms': percentile(times, 95).toFixed(1),
        'of a plain scan': (p50 / (plain * 1000)).toFixed(3),
      });
    }
    printTable(
      `questions over ${whole(cells)} cells (plain sum over the base: ${(plain * 1000).toFixed(0)} ms)`,
      rows,
    );
  } finally {
    await database.close();
  }
};
