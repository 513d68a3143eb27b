import type { CellStore, Generation } from '@karnama/cells';
import type { Label } from '@karnama/kernel';
import { areaAt } from './catalogue.js';
import { compareGroups, labelOf, type Plan } from './plan.js';
import type { DataAnswer, DataValue } from './request.js';

/** Columns beside the month of the question: in their cross there is no stock. */
const withoutStock: readonly string[] = ['declared', 'effective'];

const noStock: Label = {
  fa: 'موجودی فقط برای پایان یک ماه تعریف می‌شود، نه به تفکیک ماه اعلام.',
  en: 'A stock is defined at the end of a month only, not by month of declaration.',
};

const stocksIn = ({ published, measures }: Plan): readonly string[] =>
  published.dataflow.measures
    .filter(({ code, kind }) => kind === 'stock' && measures.includes(code))
    .map(({ code }) => code);

/** Whether a question asks for measures whose cells hold changes, not figures. */
export const hasStocks = (plan: Plan): boolean => stocksIn(plan).length > 0;

type Group = { readonly codes: readonly (string | number)[]; readonly months: Map<number, bigint[]> };

/**
 * Rows with stocks: in a grouping by month the sum of all changes up to each month, so that months in
 * which nothing changed have a row too; otherwise the stock at the end of the range. Flows stay sums over
 * the range. Held in memory: one entry per group and month in which something changed.
 */
export const withStocks = (
  store: CellStore,
  generation: Generation,
  plan: Plan,
): { readonly notes: readonly Label[]; readonly rows: DataAnswer['rows'] } => ({
  notes: plan.by.some(({ source }) => withoutStock.includes(source)) ? [noStock] : [],
  rows: rowsOf(store, generation, plan),
});

async function* rowsOf(store: CellStore, generation: Generation, plan: Plan): DataAnswer['rows'] {
  const groups = await changesOf(store, generation, plan);
  const monthColumn = plan.by.findIndex(({ source }) => source === 'month');
  const changed = [...groups.values()].flatMap(({ months }) => [...months.keys()]);
  if (changed.length === 0) return;
  const { from = Math.min(...changed), to = Math.max(...changed) } = plan.query;
  const rows = [...groups.values()].flatMap((group) =>
    monthColumn < 0
      ? [{ group: group.codes, sums: sumsOver(plan, group, from, to) }]
      : monthly(plan, group, monthColumn, from, to),
  );
  rows.sort((a, b) => compareGroups(a.group, b.group));
  for (const { group, sums } of rows)
    if (sums.some((value) => value !== 0n && value !== null))
      yield [...plan.by.map(({ source }, i) => labelOf(source, group[i] as string | number)), ...sums];
}

/** The changes of each group by month, from the first month there is. */
const changesOf = async (
  store: CellStore,
  generation: Generation,
  { by, query }: Plan,
): Promise<Map<string, Group>> => {
  const { from: _, ...open } = query;
  const grouped = by.some(({ source }) => source === 'month');
  const asked = { ...open, by: grouped ? query.by : [...query.by, 'month'] };
  const monthColumn = asked.by.indexOf('month');
  const groups = new Map<string, Group>();
  for await (const { group, measures } of store.query(generation, asked)) {
    const codes = by.map(({ source, level }, i) => {
      if (source === 'month') return 0;
      return level === undefined ? (group[i] as string | number) : areaAt(String(group[i]), level);
    });
    const key = codes.join('|');
    const found = groups.get(key) ?? { codes, months: new Map<number, bigint[]>() };
    groups.set(key, found);
    const month = Number(group[monthColumn]);
    const sums = found.months.get(month);
    if (sums === undefined) found.months.set(month, [...measures]);
    else measures.forEach((value, i) => (sums[i] = (sums[i] ?? 0n) + value));
  }
  return groups;
};

type Row = { readonly group: readonly (string | number)[]; readonly sums: readonly DataValue[] };

const monthly = (plan: Plan, group: Group, column: number, from: number, to: number): Row[] => {
  const rows: Row[] = [];
  for (let month = from; month <= to; month++)
    rows.push({
      group: group.codes.map((code, i) => (i === column ? month : code)),
      sums: sumsOver(plan, group, month, month),
    });
  return rows;
};

/** The asked measures: flows of the months from … to, stocks at the end of `to`. */
const sumsOver = (plan: Plan, { months }: Group, from: number, to: number): readonly DataValue[] => {
  const own = plan.published.dataflow.measures.map(({ code }) => code);
  const stocks = stocksIn(plan);
  const undefinedHere = plan.by.some(({ source }) => withoutStock.includes(source));
  return plan.measures.map((code) => {
    const isStock = stocks.includes(code);
    if (isStock && undefinedHere) return null;
    const at = own.indexOf(code);
    let sum = 0n;
    for (const [month, sums] of months) if (month <= to && (isStock || month >= from)) sum += sums[at] ?? 0n;
    return sum;
  });
};
