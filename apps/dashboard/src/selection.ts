import { groupingBelow, rootsOf } from './areas.js';
import type { Dataflow, Dimension, Measure, Question, View } from './api.js';
import type { UrlChange, UrlState } from './url-state.js';

/**
 * What the page shows: the address with the page's own choices filled in. A code that the address
 * names is kept even when the dataflow does not list it: the API then says so, which is truer
 * than quietly showing other figures under that address.
 */
export type Selection = {
  readonly dataflow: Dataflow;
  readonly measure: string;
  readonly area: string | undefined;
  readonly release: string | undefined;
  readonly view: View;
  /** A grouping of the API, or undefined for none. */
  readonly breakdown: string | undefined;
};

export const areaDimension = (dataflow: Dataflow): Dimension | undefined =>
  dataflow.dimensions.find((dimension) => dimension.code === 'area');

export const stockMeasure = (dataflow: Dataflow): Measure | undefined =>
  dataflow.measures.find((measure) => measure.kind === 'stock');

const ownMeasure = (dataflow: Dataflow): string =>
  (dataflow.measures.find((measure) => measure.code === 'net') ?? dataflow.measures[0])?.code ?? '';

/** Groupings that make sense for an area: its parts first, then the other dimensions. */
export const breakdownsOf = (
  dataflow: Dataflow,
  area: string | undefined,
): readonly { readonly grouping: string; readonly dimension: Dimension }[] => {
  const areas = areaDimension(dataflow);
  const below = areas === undefined || area === undefined ? undefined : groupingBelow(areas, area);
  return [
    ...(areas === undefined || below === undefined ? [] : [{ grouping: below, dimension: areas }]),
    ...dataflow.dimensions
      .filter((dimension) => dimension.code !== 'area')
      .map((dimension) => ({ grouping: dimension.code, dimension })),
  ];
};

const ownBreakdown = (dataflow: Dataflow, area: string | undefined): string | undefined => {
  const choices = breakdownsOf(dataflow, area);
  return (choices.find((choice) => choice.dimension.code !== 'area') ?? choices[0])?.grouping;
};

export const selectionOf = (url: UrlState, dataflow: Dataflow): Selection => {
  const area = url.area ?? rootsOf(areaDimension(dataflow)?.codes ?? [])[0]?.code;
  return {
    dataflow,
    measure: url.measure ?? ownMeasure(dataflow),
    area,
    release: url.release,
    view: url.view,
    breakdown: url.breakdown === 'none' ? undefined : (url.breakdown ?? ownBreakdown(dataflow, area)),
  };
};

/** The choices written out, so that a link keeps its meaning when the page's own choices change. */
export const choicesOf = (selection: Selection): UrlChange => ({
  dataflow: selection.dataflow.code,
  measure: selection.measure,
  area: selection.area,
  breakdown: selection.breakdown ?? 'none',
});

/** What of the present choices still exists in another dataflow. */
export const carriedTo = (dataflow: Dataflow, selection: Selection): UrlChange => {
  const area = areaDimension(dataflow)?.codes.find((entry) => entry.code === selection.area)?.code;
  const measure = dataflow.measures.find((entry) => entry.code === selection.measure)?.code;
  const breakdown = breakdownsOf(dataflow, area).find((entry) => entry.grouping === selection.breakdown);
  return { dataflow: dataflow.code, area, measure, breakdown: breakdown?.grouping };
};

/** The whole series of the selection; the period is cut out of it by the page, which needs the months before. */
export const seriesQuestion = (selection: Selection, asKnownAt: string): Question => {
  const stock = selection.view === 'effective' ? stockMeasure(selection.dataflow)?.code : undefined;
  return {
    dataflow: selection.dataflow.code,
    measures: [...new Set([selection.measure, ...(stock === undefined ? [] : [stock])])],
    by: ['month'],
    ...(selection.area === undefined ? {} : { area: selection.area }),
    asKnownAt,
    view: selection.view,
  };
};

/** The parts of one month. */
export const breakdownQuestion = (
  selection: Selection,
  grouping: string,
  month: string,
  asKnownAt: string,
): Question => ({
  ...seriesQuestion(selection, asKnownAt),
  measures: [selection.measure],
  by: [grouping],
  from: month,
  to: month,
});
