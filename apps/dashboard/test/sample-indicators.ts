import { memoryCellStore } from '@karnama/adapter-memory';
import { startApi, type RunningApi } from '@karnama/api';
import type { CellStore } from '@karnama/cells';
import { parseMonth } from '@karnama/kernel';
import {
  createIndicators,
  createStatistics,
  keptDataflow,
  type IndicatorService,
  type Release,
} from '@karnama/statistics';

type Codes = Readonly<Record<string, string>>;
type Measures = Readonly<Record<string, number>>;
type Cell = {
  readonly month: string;
  readonly codes: Codes;
  readonly measures: Measures;
  readonly epoch: number;
};

/** Cells of the real dataflows; dimensions that are not named are `_U`. */
const write = async (store: CellStore, dataflow: string, cells: readonly Cell[]): Promise<void> => {
  const { projection, dataflow: spec } = keptDataflow(dataflow, 'jalali');
  const generation = await store.open(projection);
  await store.transact(generation, (tx) =>
    tx.add(
      dataflow,
      cells.map(({ month, codes, measures, epoch }) => ({
        month: parseMonth(month),
        declared: parseMonth(month),
        epoch,
        codes: spec.dimensions.map(({ code }) => codes[code] ?? '_U'),
        measures: [...spec.measures.map(({ code }) => measures[code] ?? 0), 1, 0],
      })),
    ),
  );
};

/** Marks everything up to an epoch as counted. */
const advance = async (store: CellStore, indicators: IndicatorService, epoch: number): Promise<void> => {
  const described = await Promise.all(indicators.list().map(({ code }) => indicators.describe(code)));
  const dataflows = new Set(described.flatMap((one) => one.dataflows));
  const projections = new Map(
    [...dataflows, 'MOVEMENTS', 'DELIVERY'].map((code) => {
      const { projection } = keptDataflow(code, 'jalali');
      return [projection.name, projection];
    }),
  );
  for (const projection of projections.values()) {
    const generation = await store.open(projection);
    const from = await store.checkpoint(generation);
    await store.transact(generation, (tx) => tx.advance(from, { ...from, position: BigInt(epoch), epoch }));
  }
};

/** Numbers that look arbitrary and are the same in every run. */
const numbers = (seed: number): ((low: number, high: number) => number) => {
  let state = seed;
  return (low, high) => {
    state = (state * 48_271) % 2_147_483_647;
    return low + (state % (high - low + 1));
  };
};

export const provinces = ['IR-23', 'IR-10', 'IR-09', 'IR-07', 'IR-03', 'IR-21'];
const months = Array.from({ length: 12 }, (_, i) => `1403-${String(i + 1).padStart(2, '0')}`);

/** Three releases; what came in afterwards is of epoch 4 and in none of them. */
export const sampleReleases: readonly Release[] = [
  { name: '1403-10', epoch: 1, cutAt: '2025-02-10T00:00:00.000Z' },
  { name: '1403-11', epoch: 2, cutAt: '2025-03-10T00:00:00.000Z' },
  { name: '1403-12', epoch: 3, cutAt: '2025-04-10T00:00:00.000Z' },
];

/** The release that a month is first told in. */
const epochOf = (month: string): number => Math.max(1, Number(month.slice(5)) - 9);

type Plan = {
  readonly dataflow: string;
  readonly codes?: Codes;
  readonly split?: readonly Codes[];
  readonly measures: (next: (low: number, high: number) => number, month: string) => Measures;
  readonly only?: (month: string) => boolean;
};

const quarterEnd = (month: string): boolean => Number(month.slice(5)) % 3 === 0;
const sexes: readonly Codes[] = [{ sex: 'F' }, { sex: 'M' }];

/** Of stocks the first month is large and the others are changes; GRADUATES is left empty on purpose. */
const stockOf = (next: (low: number, high: number) => number, month: string): number =>
  month === '1403-01' ? next(2_000, 90_000) : next(-40, 90);

const plans: readonly Plan[] = [
  {
    dataflow: 'JOBS',
    split: sexes,
    measures: (next, month) => ({
      jobs: stockOf(next, month),
      hires: next(100, 900),
      separations: next(90, 800),
    }),
  },
  { dataflow: 'PERSONS', split: sexes, measures: (next, month) => ({ persons: stockOf(next, month) }) },
  { dataflow: 'JOBSEEKERS', split: sexes, measures: (next, month) => ({ jobseekers: stockOf(next, month) }) },
  { dataflow: 'VACANCIES', measures: (next, month) => ({ open: stockOf(next, month), opened: next(5, 60) }) },
  {
    dataflow: 'WAGES',
    only: quarterEnd,
    measures: (next) => ({ wage_sum: next(900_000, 999_999) * 1_000_000, wage_earners: next(60, 90) }),
  },
  {
    dataflow: 'JOB_FLOWS',
    codes: { freq: 'Q' },
    only: quarterEnd,
    measures: (next) => ({ created_expansion: next(50, 700), destroyed_contraction: next(40, 600) }),
  },
  { dataflow: 'TRAINING', split: sexes, measures: (next) => ({ certificates: next(3, 80) }) },
  { dataflow: 'EMPLOYERS', measures: (next, month) => ({ employers: stockOf(next, month) }) },
  {
    dataflow: 'UNITS',
    split: [{ state: 'ACTIVE' }, { state: 'IDLE' }],
    measures: (next, month) => ({ units: stockOf(next, month) }),
  },
  {
    dataflow: 'CAPACITY',
    measures: (next) => ({ reporting_value: next(5_000, 9_000), used_value: next(1_000, 4_900) }),
  },
  {
    dataflow: 'REPORTING',
    measures: (next, month) => ({
      expected: month === '1403-01' ? 500 : next(0, 3),
      reporting: next(300, 480),
    }),
  },
];

const cellsOf = (plan: Plan, seed: number): readonly Cell[] => {
  const next = numbers(seed);
  const cells: Cell[] = [];
  for (const month of months.filter(plan.only ?? (() => true)))
    for (const area of provinces)
      for (const part of plan.split ?? [{}]) {
        const codes = { area, ...plan.codes, ...part };
        cells.push({ month, codes, measures: plan.measures(next, month), epoch: epochOf(month) });
      }
  return cells;
};

/** Late records: each release after the first revises an earlier month, and so does what came in since. */
const lateCells: readonly (readonly [dataflow: string, cell: Cell])[] = [
  [
    'JOBS',
    { month: '1403-09', codes: { area: 'IR-23', sex: 'M' }, measures: { jobs: 41, hires: 41 }, epoch: 2 },
  ],
  [
    'JOBS',
    { month: '1403-11', codes: { area: 'IR-10', sex: 'F' }, measures: { jobs: 17, hires: 17 }, epoch: 3 },
  ],
  [
    'JOBS',
    { month: '1403-12', codes: { area: 'IR-23', sex: 'F' }, measures: { jobs: 29, hires: 29 }, epoch: 4 },
  ],
];

const delivered = (month: string): Cell => ({
  month,
  codes: { agency: 'social-insurance', contract: 'employment-starts', kind: 'NEW', lag: 'D0T7' },
  measures: { records: 100 },
  epoch: epochOf(month),
});

export type SampleServer = RunningApi & {
  /** One more hire of Tehran in the last month, counted at once and in no release. */
  readonly hireOneMore: () => Promise<void>;
};

/** The real API over a year of six provinces in memory, or over nothing at all. */
export const startSampleServer = async (dashboardDir: string, empty = false): Promise<SampleServer> => {
  const store = memoryCellStore();
  const cut = empty ? [] : sampleReleases;
  const releases = async () => cut;
  const indicators = createIndicators({ store, releases, calendar: 'jalali', head: async () => 4n });
  const statistics = createStatistics({ store, releases, calendar: 'jalali' });
  for (const [i, plan] of empty ? [] : plans.entries())
    await write(store, plan.dataflow, cellsOf(plan, 101 + i));
  for (const [dataflow, cell] of empty ? [] : lateCells) await write(store, dataflow, [cell]);
  await write(store, 'DELIVERY', empty ? [] : months.map(delivered));
  await advance(store, indicators, 4);
  const status = async () => ({
    intake: empty
      ? { received: 0, accepted: 0, quarantined: 0, unexplained: 0 }
      : { received: 1_000, accepted: 990, quarantined: 10, unexplained: 0 },
    ledger: { head: '4' },
    projections: [{ name: 'person', position: '4', lag: 0 }],
    epoch: 4,
    releases: cut.length,
  });
  const running = await startApi(
    { statistics, indicators, status, dashboardDir, logger: false },
    { port: 0, host: '127.0.0.1' },
  );
  const late: Cell = {
    month: '1403-12',
    codes: { area: 'IR-23', sex: 'M' },
    measures: { jobs: 1, hires: 1 },
    epoch: 4,
  };
  const hireOneMore = async (): Promise<void> => {
    await write(store, 'JOBS', [late]);
    const generation = await store.open(keptDataflow('JOBS', 'jalali').projection);
    const from = await store.checkpoint(generation);
    await store.transact(generation, (tx) => tx.advance(from, { ...from, position: from.position + 1n }));
  };
  return { ...running, hireOneMore };
};
