import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { startApi, type RunningApi } from '@karnama/api';
import { catchUp, type CellStore } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import { parseMonth, type Json } from '@karnama/kernel';
import { trailOf } from '@karnama/nest';
import {
  createIndicators,
  createLineage,
  createStatistics,
  createSupply,
  keptDataflow,
  projections,
  type Release,
} from '@karnama/statistics';

type Codes = Readonly<Record<string, string>>;
type Measures = Readonly<Record<string, number>>;

/** Numbers that look arbitrary and are the same in every run. */
const numbers = (seed: number): ((low: number, high: number) => number) => {
  let state = seed;
  return (low, high) => {
    state = (state * 48_271) % 2_147_483_647;
    return low + (state % (high - low + 1));
  };
};

export const provinces = ['IR-23', 'IR-10', 'IR-03'];
const months = Array.from({ length: 24 }, (_, i) => {
  const [year, month] = [1402 + Math.floor(i / 12), (i % 12) + 1];
  return `${year}-${String(month).padStart(2, '0')}`;
});
const [first = '', last = ''] = [months[0], months.at(-1)];

/** What came in after the last of them is of epoch 3 and in none. */
export const topicReleases: readonly Release[] = [
  { name: '1403-11', epoch: 1, cutAt: '2025-03-10T00:00:00.000Z' },
  { name: '1403-12', epoch: 2, cutAt: '2025-04-10T00:00:00.000Z' },
];

const epochOf = (month: string): number => (month === last ? 2 : 1);

type Next = (low: number, high: number) => number;

type Plan = {
  readonly dataflow: string;
  readonly parts?: readonly Codes[];
  readonly only?: (month: string) => boolean;
  readonly measures: (next: Next, month: string) => Measures;
};

const quarterEnd = (month: string): boolean => Number(month.slice(5)) % 3 === 0;
const yearEnd = (month: string): boolean => month.endsWith('-12');
const level = (next: Next, month: string, size: number): number =>
  month === first ? next(size, 2 * size) : next(-3, 5);
const each = (dimension: string, ...codes: readonly string[]): readonly Codes[] =>
  codes.map((code) => ({ [dimension]: code }));
const skills = each('skill', 'WELD', 'ICT', 'WOOD');

const plans: readonly Plan[] = [
  {
    dataflow: 'JOBS',
    parts: each('sex', 'F', 'M'),
    measures: (next, month) => {
      const [quits, layoffs, retirements] = [next(3, 30), next(2, 25), next(0, 5)];
      const separations = quits + layoffs + retirements + 3;
      return {
        ...{ jobs: level(next, month, 900), hires: next(20, 90), recalls: next(1, 9), separations },
        ...{ quits, layoffs, retirements, deaths: 1, other_ends: 1, unknown_ends: 1 },
      };
    },
  },
  {
    dataflow: 'TENURE',
    parts: each('tenure', 'M0T2', 'M12T23', 'M36T59'),
    measures: (next) => ({ separations: next(2, 9) }),
  },
  { dataflow: 'PERSONS', measures: (next, month) => ({ persons: level(next, month, 1500) }) },
  {
    dataflow: 'JOBSEEKERS',
    measures: (next, month) => ({
      ...{ jobseekers: level(next, month, 90), inflow: next(20, 40), out_job: next(5, 15) },
      ...{ placed_6: next(3, 9), placed_12: next(9, 15) },
    }),
  },
  {
    dataflow: 'VACANCIES',
    measures: (next, month) => ({ open: level(next, month, 40), opened: next(3, 9) }),
  },
  {
    dataflow: 'JOB_FLOWS',
    parts: [{ freq: 'Q' }],
    only: quarterEnd,
    measures: (next) => ({
      ...{ created_opening: next(1, 9), created_expansion: next(30, 60), jobs_twice: next(2, 9) },
      ...{ destroyed_closing: next(1, 9), destroyed_contraction: next(20, 60) },
    }),
  },
  {
    dataflow: 'TRAINING',
    parts: skills,
    measures: (next) => ({ certificates: next(3, 20), certified: next(1, 3), due: 9, completed: next(4, 9) }),
  },
  { dataflow: 'SKILL_DEMAND', parts: skills, measures: (next) => ({ posts: next(2, 30) }) },
  {
    dataflow: 'GRADUATES',
    parts: skills,
    measures: (next) => ({
      ...{ graduates: 20, employed_6: next(5, 12), employed_12: next(8, 15), ever_6: next(6, 14) },
      ...{ ever_12: next(9, 17), before: next(1, 5), matched_12: next(1, 8), linked: next(10, 20) },
    }),
  },
  {
    dataflow: 'GRADUATE_ENTRY',
    parts: each('elapsed', '00', '01', '03', '07'),
    measures: (next) => ({ graduates: 0, first_job: next(1, 6) }),
  },
  {
    dataflow: 'GRADUATE_ENTRY',
    parts: [{ elapsed: '00' }],
    measures: () => ({ graduates: 20 }),
  },
  {
    dataflow: 'EMPLOYERS',
    parts: each('size', 'S1T9', 'S10T49'),
    measures: (next, month) => ({ employers: level(next, month, 50) }),
  },
  {
    dataflow: 'ENTERPRISES',
    only: yearEnd,
    measures: (next, month) => ({
      active: yearEnd(month) && month < last ? 300 : next(1, 9),
      ...{ births: next(10, 40), birth_jobs: next(20, 90), survivors_1: next(5, 10) },
      ...{ hg_base: 10, high_growth: next(1, 4) },
    }),
  },
  {
    dataflow: 'PERMITS',
    parts: [{ elapsed: '00' }],
    measures: (next) => ({ permits: next(4, 9) }),
  },
  {
    dataflow: 'PERMITS',
    parts: [{ elapsed: '05' }],
    measures: (next) => ({ licensed: next(0, 3), annulled: next(0, 1) }),
  },
  {
    dataflow: 'UNITS',
    parts: each('state', 'P0T19', 'P100', 'ACTIVE', 'SEMI', 'IDLE'),
    measures: (next, month) => ({ units: level(next, month, 30) }),
  },
  {
    dataflow: 'CAPACITY',
    measures: (next, month) => ({
      all_value: month === first ? 9_000 : 0,
      reporting_value: next(5_000, 8_000),
      used_value: next(1_000, 4_900),
    }),
  },
  {
    dataflow: 'ESTATES',
    measures: (next, month) => ({
      estates: month === first ? next(2, 9) : 0,
      plots: month === first ? 500 : 0,
      plots_assigned: month === first ? 200 : next(0, 6),
    }),
  },
  {
    dataflow: 'REPORTING',
    measures: (next, month) => ({ expected: month === first ? 50 : 0, reporting: next(30, 48) }),
  },
];

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
  const sums = new Map<string, Cell & { readonly added: number[] }>();
  for (const cell of cells) {
    const codes = spec.dimensions.map(({ code }) => cell.codes[code] ?? '_U');
    const name = [cell.month, cell.epoch, ...codes].join(' ');
    const sum = sums.get(name) ?? { ...cell, added: spec.measures.map(() => 0) };
    spec.measures.forEach(
      ({ code }, at) => (sum.added[at] = (sum.added[at] ?? 0) + (cell.measures[code] ?? 0)),
    );
    sums.set(name, sum);
  }
  await store.transact(generation, (tx) =>
    tx.add(
      dataflow,
      [...sums.values()].map(({ month, codes, epoch, added }) => ({
        month: parseMonth(month),
        declared: parseMonth(month),
        epoch,
        codes: spec.dimensions.map(({ code }) => codes[code] ?? '_U'),
        measures: [...added, 1, 0],
      })),
    ),
  );
};

const cellsOf = (plan: Plan, seed: number): readonly Cell[] => {
  const next = numbers(seed);
  return months.filter(plan.only ?? (() => true)).flatMap((month) =>
    provinces.flatMap((area) =>
      (plan.parts ?? [{}]).map((part) => ({
        month,
        codes: { area, ...part },
        measures: plan.measures(next, month),
        epoch: epochOf(month),
      })),
    ),
  );
};

/** What the agencies sent: labour facts by lag, and records by outcome. */
const writeSupply = async (store: CellStore): Promise<void> => {
  const senders = [
    { agency: 'social-insurance', contract: 'employment-starts' },
    { agency: 'vocational-training', contract: 'certificates' },
  ];
  const next = numbers(9);
  const cells = (more: readonly Codes[]): readonly Cell[] =>
    months.flatMap((month) =>
      senders.flatMap((sender) =>
        more.map((codes) => ({
          month,
          codes: { ...sender, ...codes },
          measures: { records: next(2, 60) },
          epoch: epochOf(month),
        })),
      ),
    );
  await write(
    store,
    'DELIVERY',
    cells([
      { kind: 'NEW', lag: 'D0T7' },
      { kind: 'NEW', lag: 'D93T183' },
      { kind: 'CORRECTION', lag: 'D8T15' },
    ]),
  );
  await write(store, 'INTAKE', cells([{ outcome: 'ACCEPTED' }, { outcome: 'bad-day' }]));
};

export const pseudonym = 'p1_abcdefghijklmnopqrstuvwxyz';
export const auditToken = 'auditors-of-the-sub-committee-0123456789';

/** Jobs that began in the last month in Tehran, as events whose states lineage can follow. */
const hire = (number: number): ReturnType<typeof fedEvent> => {
  const data: Record<string, Json> = {
    ...{ person: number === 1 ? pseudonym : `p1_other${number}`, spell: `s${number}` },
    ...{ establishment: 'w', enterprise: 'e', area: 'IR-23', industry: 'ISIC4:1071' },
    ...{ occupation: null, contractType: null, weeklyHours: null, monthlyWage: null },
    ...{ sex: 'F', birthMonth: null, startDay: '2025-03-05', reportedOn: '2025-03-10' },
  };
  return fedEvent(number, 'EmploymentStarted', data, {
    agency: 'social-insurance',
    contract: 'employment-starts',
    recordId: `r${number}`,
    submission: 'file-7',
  });
};

export type TopicServer = RunningApi;

/** The real API over two years of three provinces in memory; lineage follows twelve jobs of real events. */
export const startTopicServer = async (dashboardDir: string): Promise<TopicServer> => {
  const store = memoryCellStore();
  const ledger = memoryLedger();
  await ledger.append([
    {
      stream: 'feed_social-insurance_employment-starts-0',
      expected: 'any',
      events: Array.from({ length: 12 }, (_, i) => hire(i + 1)),
    },
  ]);
  for (const projection of projections) {
    const generation = await store.open(projection);
    await catchUp(store, ledger, generation, 100);
    const from = await store.checkpoint(generation);
    await store.transact(generation, (tx) => tx.advance(from, { ...from, position: 12n, epoch: 3 }));
  }
  for (const [i, plan] of plans.entries()) await write(store, plan.dataflow, cellsOf(plan, 11 + i));
  await writeSupply(store);
  const late = { area: 'IR-23', sex: 'F' };
  await write(store, 'JOBS', [
    { month: last, codes: late, measures: { jobs: 7, hires: 7 }, epoch: 3 },
    { month: '1403-11', codes: late, measures: { jobs: 2, hires: 2 }, epoch: 2 },
  ]);
  const releases = async () => topicReleases;
  const past = { store, releases, calendar: 'jalali' as const };
  const indicators = createIndicators({ ...past, head: async () => 12n });
  return startApi(
    {
      statistics: createStatistics(past),
      indicators,
      lineage: createLineage({
        store,
        indicators,
        calendar: 'jalali',
        trail: { ...trailOf(ledger), endOf: async () => 6n },
      }),
      supply: createSupply(past),
      audit: { token: auditToken, note: () => undefined },
      status: async () => ({
        intake: { received: 1_000, accepted: 990, quarantined: 10, unexplained: 0 },
        ledger: { head: '12' },
        projections: [{ name: 'person', position: '12', lag: 0 }],
        epoch: 3,
        releases: topicReleases.length,
      }),
      dashboardDir,
      logger: false,
    },
    { port: 0, host: '127.0.0.1' },
  );
};
