import { memoryCellStore } from '@karnama/adapter-memory';
import { parseMonth } from '@karnama/kernel';
import { createIndicators, keptDataflow, type IndicatorService, type Release } from '@karnama/statistics';

/** Two releases of which the second knows more of the same months. */
export const twoReleases: readonly Release[] = [
  { name: 'bahar', epoch: 1, cutAt: '2024-07-01T00:00:00.000Z' },
  { name: 'تابستان', epoch: 2, cutAt: '2024-10-01T00:00:00.000Z' },
];

type Cell = {
  readonly month: string;
  readonly epoch: number;
  readonly codes: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, number>>;
};

const tehran = { area: 'IR-23', sex: 'M' };
const cells: Readonly<Record<string, readonly Cell[]>> = {
  DELIVERY: ['1403-01', '1403-03', '1403-06'].map((month) => ({
    month,
    epoch: month === '1403-06' ? 2 : 1,
    codes: { agency: 'social-insurance', contract: 'employment-starts', kind: 'NEW', lag: 'D0T7' },
    measures: { records: 1 },
  })),
  JOBS: [
    { month: '1402-12', epoch: 1, codes: tehran, measures: { jobs: 100 } },
    { month: '1403-02', epoch: 1, codes: tehran, measures: { jobs: 40, hires: 40 } },
    { month: '1403-02', epoch: 2, codes: tehran, measures: { jobs: 1, hires: 1 } },
  ],
};

/** The real indicators over a few jobs of Tehran: one hire more in 1403-02 as known at the second release. */
export const indicatorsOfTwoReleases = async (): Promise<IndicatorService> => {
  const store = memoryCellStore();
  const indicators = createIndicators({
    store,
    releases: async () => twoReleases,
    calendar: 'jalali',
    head: async () => 3n,
  });
  const described = await Promise.all(indicators.list().map(({ code }) => indicators.describe(code)));
  for (const code of new Set(described.flatMap(({ dataflows }) => dataflows))) {
    const { projection, dataflow } = keptDataflow(code, 'jalali');
    const generation = await store.open(projection);
    const from = await store.checkpoint(generation);
    await store.transact(generation, async (tx) => {
      const deltas = (cells[code] ?? []).map(({ month, epoch, codes, measures }) => ({
        month: parseMonth(month),
        declared: parseMonth(month),
        epoch,
        codes: dataflow.dimensions.map((dimension) => codes[dimension.code] ?? '_U'),
        measures: [...dataflow.measures.map((measure) => measures[measure.code] ?? 0), 1, 0],
      }));
      await tx.add(code, deltas);
      if (from.epoch < 3) await tx.advance(from, { ...from, position: 3n, epoch: 3 });
    });
  }
  return indicators;
};
