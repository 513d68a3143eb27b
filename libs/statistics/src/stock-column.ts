import type { CellGroup, CellQuery, CellStore, Generation } from '@karnama/cells';
import { parseMonth, type Label } from '@karnama/kernel';
import { areaAt } from './catalogue.js';
import { openingStocks } from './dataflows/movements.js';
import { compareGroups, isEmptied, type GroupColumn, type Plan } from './plan.js';
import type { DataRequest, DataValue } from './request.js';
import { stocksOf, type Net, type Opening } from './stock.js';

/** Why the stock is not defined for a request as a whole; undefined when it is. */
export const whyNoStock = (request: DataRequest, by: readonly GroupColumn[]): Label | undefined => {
  if (request.view !== 'effective')
    return {
      fa: 'موجودی فقط بر پایهٔ ماه وقوع تعریف می‌شود.',
      en: 'A stock is defined by effective month only.',
    };
  const dimensions = [...Object.keys(request.where), ...by.map(({ source }) => source)];
  if (dimensions.some((dimension) => dimension !== 'area' && dimension !== 'month'))
    return {
      fa: 'موجودی آغازین فقط به تفکیک منطقه اعلام می‌شود؛ برای ریزتر از آن موجودی تعریف نمی‌شود.',
      en: 'Opening stocks are declared by area only; no finer breakdown has a stock.',
    };
  if (!by.some(({ source }) => source === 'month'))
    return { fa: 'موجودی برای یک ماه تعریف می‌شود.', en: 'A stock is defined for a month: group by month.' };
  const areas = request.where['area'] ?? [];
  if (!by.some(({ source }) => source === 'area') && areas.length !== 1)
    return {
      fa: 'موجودی برای یک منطقه تعریف می‌شود.',
      en: 'A stock is defined for one area: choose one, or group by area.',
    };
  return undefined;
};

type Row = (group: CellGroup) => readonly DataValue[];

/**
 * The rows with their stock put in. Months in which nothing moved still have a stock, so they get a
 * row of zeros from the opening month up to the last month of the answer. Held in memory: one row per
 * area and month.
 */
export const stockColumn = async function* (
  store: CellStore,
  generation: Generation,
  request: DataRequest,
  plan: Plan,
  known: number,
  groups: AsyncIterable<CellGroup>,
  row: Row,
): AsyncIterable<readonly DataValue[]> {
  const { by, measures, published } = plan;
  const areaColumn = by.findIndex(({ source }) => source === 'area');
  const monthColumn = by.findIndex(({ source }) => source === 'month');
  const level = by[areaColumn]?.level;
  const single = request.where['area']?.[0] ?? '';
  const areaOf = (stored: string): string => (level === undefined ? stored : areaAt(stored, level));

  const found = new Map<string, Map<number, CellGroup>>(areaColumn < 0 ? [[single, new Map()]] : []);
  const asked = request.to === undefined ? undefined : parseMonth(request.to);
  let last = asked ?? -1;
  for await (const group of groups) {
    const area = areaColumn < 0 ? single : String(group.group[areaColumn]);
    const month = Number(group.group[monthColumn]);
    const months = found.get(area) ?? new Map<number, CellGroup>();
    found.set(area, months.set(month, group));
    if (asked === undefined) last = Math.max(last, month);
  }
  const openings = await openingsOf(store, generation, known);
  const nets = await netsOf(store, generation, plan.query, areaColumn < 0 ? () => single : areaOf);
  const first = request.from === undefined ? 0 : parseMonth(request.from);
  const empty = (area: string, month: number): CellGroup => ({
    group: by.map(({ source }) => (source === 'month' ? month : area)),
    measures: new Array<bigint>(published.dataflow.measures.length + 2).fill(0n),
  });
  const rows: { group: CellGroup; stock: bigint | null }[] = [];
  for (const [area, groupOf] of found) {
    const own = openings.get(area) ?? [];
    const stockAt = stocksOf(own, nets.get(area) ?? [], known);
    const months = new Set(groupOf.keys());
    for (const opened of own.slice(0, 1).map(({ month }) => Math.max(month, first)))
      for (let month = opened; month <= (asked ?? Math.max(last, opened)); month++) months.add(month);
    for (const month of months) {
      const group = groupOf.get(month) ?? empty(area, month);
      const stock = stockAt(month);
      if (stock !== null || !isEmptied(group)) rows.push({ group, stock });
    }
  }
  rows.sort((a, b) => compareGroups(a.group.group, b.group.group));
  for (const { group, stock } of rows) {
    const values = [...row(group)];
    values[by.length + measures.indexOf('stock')] = stock;
    yield values;
  }
};

/** Openings by the area they were declared for, earliest month first. */
const openingsOf = async (
  store: CellStore,
  generation: Generation,
  known: number,
): Promise<Map<string, Opening[]>> => {
  const query: CellQuery = {
    dataflow: openingStocks.code,
    time: 'effective',
    by: ['area', 'month', 'fixed_through', 'epoch'],
    where: {},
    maxEpoch: known,
  };
  const openings = new Map<string, Opening[]>();
  for await (const { group, measures } of store.query(generation, query)) {
    const [area, month, fixedThrough, epoch] = group;
    put(openings, String(area), {
      month: Number(month),
      fixedThrough: parseMonth(String(fixedThrough)),
      epoch: Number(epoch),
      stock: measures[0] ?? 0n,
      units: measures[1] ?? 0n,
    });
  }
  return openings;
};

/** Net movements of all months by area and epoch: a stock also moves by what lies before the asked range. */
const netsOf = async (
  store: CellStore,
  generation: Generation,
  { dataflow, where, maxEpoch }: CellQuery,
  areaOf: (stored: string) => string,
): Promise<Map<string, Net[]>> => {
  const nets = new Map<string, Net[]>();
  const query: CellQuery = {
    dataflow,
    time: 'effective',
    by: ['area', 'month', 'epoch'],
    where,
    ...(maxEpoch === undefined ? {} : { maxEpoch }),
  };
  for await (const { group, measures } of store.query(generation, query)) {
    const [area, month, epoch] = group;
    put(nets, areaOf(String(area)), {
      month: Number(month),
      epoch: Number(epoch),
      net: (measures[0] ?? 0n) - (measures[1] ?? 0n),
    });
  }
  return nets;
};

const put = <T>(lists: Map<string, T[]>, key: string, value: T): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
};
