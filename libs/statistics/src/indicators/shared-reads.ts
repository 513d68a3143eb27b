import type { CellGroup, CellSeries, CellStore, Generation, SeriesQuery, Whole } from '@karnama/cells';

/** What questions to indicators read of the cells. */
export type Reads = Pick<CellStore, 'open' | 'checkpoint' | 'query'>;

const once = <K, V>(make: (key: K) => Promise<V>): ((key: K) => Promise<V>) => {
  const made = new Map<K, Promise<V>>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
};

/**
 * The same reads, each made once however often it is asked for: generations, checkpoints and groups. For
 * questions that are answered together; what they are told is of one moment, and is not kept beyond them.
 */
export const readOnce = (store: Reads): Reads => {
  const groups = new Map<string, Promise<readonly CellGroup[]>>();
  const collect = async (...asked: Parameters<Reads['query']>): Promise<readonly CellGroup[]> => {
    const found: CellGroup[] = [];
    for await (const group of store.query(...asked)) found.push(group);
    return found;
  };
  return {
    open: once((projection) => store.open(projection)),
    checkpoint: once((generation) => store.checkpoint(generation)),
    async *query(generation, query) {
      const key = keyOf(generation, query);
      const found = groups.get(key) ?? collect(generation, query);
      groups.set(key, found);
      yield* await found;
    },
  };
};

const keyOf = ({ projection, number }: Generation, query: object): string =>
  JSON.stringify([projection.name, number, query]);

/** So many are asked at a time: one comparison must not take every connection. */
const atOnce = 4;

/** A question for series to a generation. */
export type SeriesAsked = { readonly generation: Generation; readonly query: SeriesQuery };

type Together = {
  readonly generation: Generation;
  readonly query: SeriesQuery;
  readonly measures: Set<string>;
  /** The earliest month of those asked; undefined: from the first on. */
  from: number | undefined;
};

/**
 * Answers many questions for series, those that differ in nothing but their measures and their first month
 * by one reading of the cells. The answers are as if each had been asked alone.
 */
export const askTogether = async (
  store: Pick<CellStore, 'series'>,
  asked: readonly SeriesAsked[],
): Promise<readonly (readonly CellSeries[])[]> => {
  const together = new Map<string, Together>();
  const keys = asked.map(({ generation, query }) => {
    const { measures, from, ...same } = query;
    const key = keyOf(generation, same);
    const found = together.get(key) ?? { generation, query, measures: new Set<string>(), from };
    together.set(key, found);
    for (const measure of measures) found.measures.add(measure);
    found.from = found.from === undefined || from === undefined ? undefined : Math.min(found.from, from);
    return key;
  });
  const answers = new Map<
    string,
    { readonly all: readonly string[]; readonly series: readonly CellSeries[] }
  >();
  const rest = [...together];
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      const [key, { generation, query, measures, from }] = next;
      const { from: _, ...same } = query;
      const all = [...measures];
      const range = from === undefined ? {} : { from };
      answers.set(key, { all, series: await store.series(generation, { ...same, ...range, measures: all }) });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return asked.map(({ query }, i) => {
    const { all = [], series = [] } = answers.get(keys[i] ?? '') ?? {};
    if (isAll(query, together.get(keys[i] ?? ''), all)) return series;
    const places = query.measures.map((measure) => all.indexOf(measure));
    return series.flatMap((one) => partOf(one, places, query.from));
  });
};

/** Whether what was read for all is what one of them asked for. */
const isAll = (
  { measures, from }: SeriesQuery,
  read: Together | undefined,
  all: readonly string[],
): boolean => read !== undefined && from === read.from && measures.join() === all.join();

/** Of a series some measures from a month on; months in which all of them are zero are left out, and empty series. */
const partOf = (
  { group, months, sums }: CellSeries,
  places: readonly number[],
  from: number | undefined,
): readonly CellSeries[] => {
  const kept = months.flatMap((month, at) => {
    const counts = from === undefined || month >= from;
    return counts && places.some((place) => sumAt(sums, place, at) !== 0) ? [at] : [];
  });
  if (kept.length === 0) return [];
  return [
    {
      group,
      months: kept.map((at) => months[at] as number),
      sums: places.map((place) => kept.map((at) => sumAt(sums, place, at))),
    },
  ];
};

const sumAt = (sums: CellSeries['sums'], place: number, at: number): Whole => {
  const sum = sums[place]?.[at] ?? 0;
  return sum === 0n ? 0 : sum;
};
