import type { CellGroup, CellStore, Generation } from '@karnama/cells';
import { calendarOf, formatMonth, type Calendar, type Label } from '@karnama/kernel';
import { availabilityOf } from './availability.js';
import {
  areaAt,
  describeCodes,
  levelsOf,
  measuresOf,
  publishedDataflow,
  publishedDataflows,
  type Published,
} from './catalogue.js';
import { knowledgeAt, type EpochClosing } from './knowledge.js';
import { compareGroups, isEmptied, labelOf, planOf, type GroupColumn, type Plan } from './plan.js';
import type {
  DataAnswer,
  DataflowDescription,
  DataRequest,
  DataValue,
  Knowledge,
  Release,
  StatisticsService,
} from './request.js';
import { hasStocks, withStocks } from './cumulated.js';
import { stockColumn, whyNoStock } from './stock-column.js';

export type StatisticsOptions = {
  readonly store: CellStore;
  /** All releases, oldest first. */
  readonly releases: () => Promise<readonly Release[]>;
  /** Every epoch that was closed, oldest first; those of the releases when it is left away. */
  readonly closings?: () => Promise<readonly EpochClosing[]>;
  /** The statistical calendar of the installation; Jalali unless it is said. */
  readonly calendar?: Calendar;
};

/** Answers questions from the cells. Nothing is kept between calls, so every answer is as fresh as the cells. */
export const createStatistics = ({
  store,
  releases,
  closings,
  calendar = 'jalali',
}: StatisticsOptions): StatisticsService => ({
  dataflows: () =>
    publishedDataflows(calendar).map(({ dataflow: { code, version, name, description } }) => ({
      code,
      version,
      name,
      description,
    })),
  describe: (code) => describe(store, publishedDataflow(code, calendar)),
  releases,
  async data(request) {
    const plan = planOf(request, calendar);
    const generation = await store.open(plan.published.projection);
    const knowledge = await knowledgeAt(
      store,
      [generation],
      { releases, closings, calendar },
      request.asKnownAt,
    );
    return answer(store, generation, request, plan, knowledge);
  },
  availability: (request) => availabilityOf(store, { releases, closings, calendar }, calendar, request),
});

const answer = (
  store: CellStore,
  generation: Generation,
  request: DataRequest,
  plan: Plan,
  knowledge: Knowledge,
): DataAnswer => {
  const { by, measures } = plan;
  const base = { ...plan, query: { ...plan.query, maxEpoch: knowledge.epoch } };
  const notes: Label[] = [];
  const stockAsked = measures.includes('stock');
  const without = stockAsked ? whyNoStock(request, by) : undefined;
  if (without !== undefined) notes.push(without);
  if (hasStocks(plan)) {
    const { rows, notes: why } = withStocks(store, generation, base);
    return { ...aboutAnswer(request, plan, knowledge), notes: why, rows };
  }
  const groups = regrouped(store.query(generation, base.query), by);
  const rows =
    stockAsked && without === undefined
      ? stockColumn(store, generation, request, base, knowledge.epoch, groups, (group) => values(base, group))
      : plain(groups, (group) => values(base, group));
  return { ...aboutAnswer(request, plan, knowledge), notes, rows };
};

const aboutAnswer = (
  { view }: DataRequest,
  { published: { dataflow }, by, measures }: Plan,
  knowledge: Knowledge,
): Omit<DataAnswer, 'notes' | 'rows'> => ({
  dataflow: dataflow.code,
  version: dataflow.version,
  by: by.map(({ name }) => name),
  measures,
  view,
  knowledge,
});

const plain = async function* (
  groups: AsyncIterable<CellGroup>,
  row: (group: CellGroup) => readonly DataValue[],
): AsyncIterable<readonly DataValue[]> {
  for await (const group of groups) if (!isEmptied(group)) yield row(group);
};

/** Group columns as text, then the asked measures; `stock` stays null here. */
const values = (
  { published, by, measures }: Plan,
  { group, measures: sums }: CellGroup,
): readonly DataValue[] => {
  const own = published.dataflow.measures.map(({ code }) => code);
  const sum = (code: string): bigint => sums[own.indexOf(code)] ?? 0n;
  return [
    ...by.map(({ source }, i) => labelOf(source, group[i] as string | number)),
    ...measures.map((code) =>
      code === 'stock' ? null : code === 'net' ? sum('hires') - sum('separations') : sum(code),
    ),
  ];
};

/** Groups at the asked levels: passed through where the cells are that coarse, added up where they are finer. */
const regrouped = (groups: AsyncIterable<CellGroup>, by: readonly GroupColumn[]): AsyncIterable<CellGroup> =>
  by.some(({ level }) => level !== undefined) ? addedUp(groups, by) : groups;

const addedUp = async function* (
  groups: AsyncIterable<CellGroup>,
  by: readonly GroupColumn[],
): AsyncIterable<CellGroup> {
  const sums = new Map<string, { group: (string | number)[]; measures: bigint[] }>();
  for await (const { group, measures } of groups) {
    const coarse = group.map((value, i) => {
      const level = by[i]?.level;
      return level === undefined ? value : areaAt(String(value), level);
    });
    const key = coarse.join('|');
    const found = sums.get(key);
    if (found === undefined) sums.set(key, { group: coarse, measures: [...measures] });
    else measures.forEach((value, i) => (found.measures[i] = (found.measures[i] ?? 0n) + value));
  }
  yield* [...sums.values()].sort((a, b) => compareGroups(a.group, b.group));
};

const describe = async (store: CellStore, published: Published): Promise<DataflowDescription> => {
  const { dataflow, projection } = published;
  const { code } = dataflow;
  const generation = await store.open(projection);
  const distinct = async (column: string): Promise<(string | number)[]> => {
    const held: (string | number)[] = [];
    for await (const { group } of store.query(generation, {
      dataflow: code,
      time: 'effective',
      by: [column],
      where: {},
    }))
      held.push(group[0] as string | number);
    return held;
  };
  const months = (await distinct('month')).map(Number);
  const dimensions = [];
  for (const dimension of dataflow.dimensions) {
    const codes = describeCodes(code, dimension.code, (await distinct(dimension.code)).map(String));
    dimensions.push({
      ...dimension,
      codes,
      ...(dimension.code === 'area' ? { levels: levelsOf(published) } : {}),
    });
  }
  return {
    code,
    version: dataflow.version,
    name: dataflow.name,
    description: dataflow.description,
    dimensions,
    measures: measuresOf(published),
    months: (['jalali', 'gregorian'] as const).flatMap((calendar) => {
      const own = months.filter((month) => calendarOf(month) === calendar);
      if (own.length === 0) return [];
      return [{ from: formatMonth(Math.min(...own)), to: formatMonth(Math.max(...own)), calendar }];
    }),
  };
};
