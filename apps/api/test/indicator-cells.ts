import { memoryCellStore } from '@karnama/adapter-memory';
import type { CellStore } from '@karnama/cells';
import { parseMonth } from '@karnama/kernel';
import {
  createIndicators,
  keptDataflow,
  type Indicator,
  type IndicatorService,
  type Release,
} from '@karnama/statistics';

type Cell = {
  readonly month: string;
  readonly codes: Readonly<Record<string, string>>;
  readonly measures: Readonly<Record<string, number>>;
  readonly epoch?: number;
};

/** Cells written by hand into the tables of the real dataflows; dimensions that are not named are `_U`. */
const write = async (store: CellStore, dataflow: string, cells: readonly Cell[]): Promise<void> => {
  const { projection, dataflow: spec } = keptDataflow(dataflow, 'jalali');
  const generation = await store.open(projection);
  await store.transact(generation, (tx) =>
    tx.add(
      dataflow,
      cells.map(({ month, codes, measures, epoch = 1 }) => ({
        month: parseMonth(month),
        declared: parseMonth(month),
        epoch,
        codes: spec.dimensions.map(({ code }) => codes[code] ?? '_U'),
        measures: [...spec.measures.map(({ code }) => measures[code] ?? 0), 1, 0],
      })),
    ),
  );
  const from = await store.checkpoint(generation);
  if (from.epoch < 3)
    await store.transact(generation, (tx) => tx.advance(from, { ...from, position: 3n, epoch: 3 }));
};

/** Opens every projection of the indicators, so that none of them is behind the releases. */
const openAll = async (store: CellStore, indicators: IndicatorService): Promise<void> => {
  const dataflows = await Promise.all(indicators.list().map(({ code }) => indicators.describe(code)));
  for (const dataflow of new Set(dataflows.flatMap((described) => described.dataflows)))
    await write(store, dataflow, []);
};

export const jalaliReleases: readonly Release[] = [
  { name: 'bahar', epoch: 1, cutAt: '2024-07-01T00:00:00.000Z' },
  { name: 'تابستان', epoch: 2, cutAt: '2024-10-01T00:00:00.000Z' },
];

const delivered = (month: string, epoch: number, more: Readonly<Record<string, string>> = {}): Cell => ({
  month,
  codes: { agency: 'social-insurance', contract: 'employment-starts', kind: 'NEW', lag: 'D0T7', ...more },
  measures: { records: 1 },
  epoch,
});

/**
 * The real indicators over a few jobs of Tehran and Yazd: 1403-01 to 1403-03 as known at `bahar`, up to
 * 1403-06 and one hire more in 1403-02 as known at `تابستان`.
 */
export const sampleIndicators = async (
  store: CellStore = memoryCellStore(),
  catalogue?: readonly Indicator[],
): Promise<IndicatorService> => {
  const indicators = createIndicators({
    ...(catalogue === undefined ? {} : { indicators: catalogue }),
    store,
    releases: async () => jalaliReleases,
    calendar: 'jalali',
    head: async () => 5n,
  });
  await openAll(store, indicators);
  await write(store, 'DELIVERY', [
    delivered('1403-01', 1),
    delivered('1403-03', 1),
    delivered('1403-06', 2),
    delivered('1403-06', 2, { kind: 'CORRECTION' }),
    delivered('1403-06', 2, { lag: 'D93T183' }),
  ]);
  const tehran = { area: 'IR-23', sex: 'M' };
  await write(store, 'JOBS', [
    { month: '1402-12', codes: tehran, measures: { jobs: 100 } },
    { month: '1403-02', codes: tehran, measures: { jobs: 40, hires: 40 } },
    { month: '1403-02', codes: tehran, measures: { jobs: 1, hires: 1 }, epoch: 2 },
    { month: '1403-05', codes: { area: 'IR-21', sex: 'F' }, measures: { jobs: 7, hires: 7 }, epoch: 2 },
  ]);
  return indicators;
};
