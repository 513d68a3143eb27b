import type { Dataflow, Measure } from '../api.js';
import { rootsOf } from '../areas.js';
import { calendarOf, shiftMonth } from '../months.js';
import type { UrlState } from '../url-state.js';
import type { Availability, ExploreQuestion } from './explore-api.js';
import type { Share } from './explore-url.js';

/** What the page shows: the address with the page's own choices filled in. */
export type ExploreView = {
  readonly dataflow: Dataflow;
  readonly measures: readonly Measure[];
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly question: ExploreQuestion;
  readonly share: Share | undefined;
  readonly sort: string | undefined;
  readonly row: number;
  readonly column: number;
};

/** A column that a table can be made by: a dimension at a level, or the month. */
export type Field = { readonly dimension: string; readonly groupings: readonly string[] };

const monthsShown = 12;

/** The dimension that a grouping holds the codes of: `area` for `area@state`. */
export const dimensionOf = (grouping: string): string => grouping.split('@', 1)[0] ?? grouping;

/** All that a table of the dataflow can be made by; where there are levels, the finest first. */
export const fieldsOf = (dataflow: Dataflow): readonly Field[] => [
  { dimension: 'month', groupings: ['month'] },
  ...dataflow.dimensions.map(({ code, levels = [] }) => ({
    dimension: code,
    groupings:
      levels.length === 0
        ? [code]
        : levels.map((level, at) => (at === levels.length - 1 ? code : `${code}@${level}`)).reverse(),
  })),
];

const ownMeasure = ({ measures }: Dataflow): readonly Measure[] => measures.slice(0, 1);

const ownRows = (dataflow: Dataflow): readonly string[] => {
  const fields = fieldsOf(dataflow);
  const area = fields.find(({ dimension }) => dimension === 'area');
  // the finest level of a country may be thousands of places
  const grouping = area?.groupings.find((one) => one.endsWith('@state')) ?? area?.groupings[0];
  return [grouping ?? fields[1]?.dimension ?? 'month'];
};

/** The codes that the address filters by; the area that was chosen elsewhere counts until another is. */
export const filtersOf = (url: UrlState, dataflow: Dataflow): Readonly<Record<string, readonly string[]>> => {
  const areas = dataflow.dimensions.find(({ code }) => code === 'area')?.codes ?? [];
  const where = url.explore?.where ?? {};
  const carried =
    url.area === undefined || where['area'] !== undefined || rootsOf(areas)[0]?.code === url.area
      ? {}
      : areas.some(({ code }) => code === url.area)
        ? { area: [url.area] }
        : {};
  return { ...carried, ...where };
};

/** The last year of what there is, unless the address says otherwise. */
const rangeOf = (
  url: UrlState,
  months: Availability['months'],
): { readonly from?: string; readonly to?: string } => {
  if (months === null) return {};
  const usable = (month: string | undefined): string | undefined =>
    month !== undefined && calendarOf(month) === calendarOf(months.to) ? month : undefined;
  const to = usable(url.to) ?? months.to;
  const own = shiftMonth(to, 1 - monthsShown);
  return { from: usable(url.from) ?? (own < months.from && months.from <= to ? months.from : own), to };
};

/** @param months what there is to be shown, of the whole dataflow */
export const exploreViewOf = (
  url: UrlState,
  dataflow: Dataflow,
  months: Availability['months'],
): ExploreView => {
  const asked = url.measure?.split(',') ?? [];
  const known = dataflow.measures.filter(({ code }) => asked.includes(code));
  const measures = known.length === 0 ? ownMeasure(dataflow) : known;
  const { explore } = url;
  return {
    dataflow,
    measures,
    rows: explore?.rows ?? ownRows(dataflow),
    columns: explore?.columns ?? (explore?.rows?.includes('month') === true ? [] : ['month']),
    question: {
      dataflow: dataflow.code,
      // a measure that the dataflow does not know is kept for the API to judge
      measures: asked.length > 0 && known.length === 0 ? asked : measures.map(({ code }) => code),
      where: filtersOf(url, dataflow),
      ...rangeOf(url, months),
      asKnownAt: url.release ?? 'latest',
      view: url.view,
    },
    share: explore?.share,
    sort: explore?.sort,
    row: explore?.row ?? 0,
    column: explore?.column ?? 0,
  };
};

/** Cells that the table can have at most, by the values that there are. */
export const sizeOf = (view: ExploreView, availability: Availability): number =>
  [...view.rows, ...view.columns].reduce((size, grouping) => {
    if (grouping === 'month') return size * monthsIn(view.question);
    const values = availability.dimensions.find(({ code }) => code === dimensionOf(grouping))?.values;
    return size * Math.max(1, values?.length ?? 1);
  }, 1);

const monthsIn = ({ from, to }: ExploreQuestion): number => {
  if (from === undefined || to === undefined) return 1;
  const ordinal = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return Math.max(1, ordinal(to) - ordinal(from) + 1);
};
