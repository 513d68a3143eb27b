import type { CellQuery, CellStore, Generation } from '@karnama/cells';
import { calendarOf, formatMonth, type Calendar, type Month } from '@karnama/kernel';
import { keptDataflow } from './catalogue.js';
import { knowledgeAt, type History } from './knowledge.js';
import { planOf } from './plan.js';
import type { Availability, AvailabilityRequest } from './request.js';

/**
 * Which codes of each dimension have figures under the filters of the others, and in which months there
 * are any under all of them. A dimension's own filter is set aside for its codes, so that a choice once
 * made can be made otherwise. Answered from the roll-ups that have the dimensions.
 * @throws KarnamaError as `StatisticsService.data`
 */
export const availabilityOf = async (
  store: CellStore,
  past: History,
  calendar: Calendar,
  request: AvailabilityRequest,
): Promise<Availability> => {
  const { published, query } = planOf({ ...request, measures: [], by: [] }, calendar);
  const { dataflow } = published;
  const generation = await store.open(published.projection);
  const knowledge = await knowledgeAt(store, [generation], past, request.asKnownAt);
  const hasStock = dataflow.measures.some(({ kind }) => kind === 'stock');
  const reported = hasStock ? await lastReported(store, calendar, knowledge.epoch) : undefined;
  const range = { ...rangeAsked(query), ...endOf(query, reported) };
  const { from: _from, to: _to, ...open } = query;
  const asked: CellQuery = {
    ...open,
    // a stock of the range is made of all changes before its end
    ...(hasStock || range.from === undefined ? {} : { from: range.from }),
    ...(range.to === undefined ? {} : { to: range.to }),
    maxEpoch: knowledge.epoch,
  };
  const measures = dataflow.measures.map(({ code }) => code);
  const dimensions: { code: string; values: { code: string; months: number }[] }[] = [];
  for (const { code } of dataflow.dimensions) {
    const { [code]: _, ...where } = asked.where;
    const groups = await store.series(generation, { ...asked, where, by: [code], measures });
    dimensions.push({
      code,
      values: groups
        .filter(({ months }) => months.length > 0)
        .map(({ group, months }) => ({
          code: String(group[0]),
          months: hasStock ? standingMonths(months, range) : months.length,
        })),
    });
  }
  const [whole] = await store.series(generation, { ...asked, by: [], measures });
  const [first, last] = [whole?.months[0], whole?.months.at(-1)];
  return {
    dataflow: dataflow.code,
    version: dataflow.version,
    view: request.view,
    knowledge,
    months:
      first === undefined || last === undefined
        ? null
        : { from: formatMonth(first), to: formatMonth(hasStock ? (range.to ?? last) : last) },
    dimensions,
  };
};

type Range = { readonly from?: Month; readonly to?: Month };

const rangeAsked = ({ from, to }: CellQuery): Range => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

/** Changes of a stock stand ahead of time too; figures are told up to the last month reported in. */
const endOf = ({ to }: CellQuery, reported: Month | undefined): Range => {
  if (reported === undefined) return {};
  if (to !== undefined && (to < reported || calendarOf(to) !== calendarOf(reported))) return {};
  return { to: reported };
};

/** Months of the range from the first change of a stock: it stands in each of them. */
const standingMonths = (changed: readonly Month[], { from, to }: Range): number => {
  const first = changed[0] ?? 0;
  const end = to ?? changed.at(-1) ?? first;
  return Math.max(1, end - Math.max(first, from ?? first) + 1);
};

const lastReported = async (
  store: CellStore,
  calendar: Calendar,
  maxEpoch: number,
): Promise<Month | undefined> => {
  const { projection, dataflow } = keptDataflow('DELIVERY', calendar);
  const generation: Generation = await store.open(projection);
  const [received] = await store.series(generation, {
    dataflow: dataflow.code,
    time: 'effective',
    by: [],
    where: {},
    measures: ['records'],
    maxEpoch,
  });
  return received?.months.at(-1);
};
