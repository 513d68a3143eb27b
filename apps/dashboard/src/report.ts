import type { Answer, Label, Measure } from './api.js';
import { isWithin, periodOf, type Period } from './months.js';
import { compareSeries, type Revision } from './revision.js';
import { stockMeasure, type Selection } from './selection.js';
import { seriesOf, type Point } from './series.js';

/** Everything the figures of the page say, worked out once from the answers. */
export type Report = {
  readonly measure: Measure | undefined;
  readonly period: Period;
  /** Known at the chosen position: all months, and those of the period. */
  readonly all: readonly Point[];
  readonly shown: readonly Point[];
  /** Against what is known now, month by month of the period; undefined when now is what is shown. */
  readonly revisions: readonly Revision[] | undefined;
  /** Newest month of the period that has a figure. */
  readonly latest: string | undefined;
  /** Stock of the newest month, where the dataflow has one and it is not the measure itself. */
  readonly stock:
    | { readonly measure: Measure; readonly series: readonly Point[]; readonly now: readonly Point[] }
    | undefined;
  readonly notes: readonly Label[];
};

const distinct = (labels: readonly Label[]): readonly Label[] => [
  ...new Map(labels.map((label) => [label.en, label])).values(),
];

/** Months with data at either position of knowledge, oldest first. */
export const monthsOf = (measure: string, shown: Answer, today: Answer | undefined): readonly string[] =>
  compareSeries(seriesOf(shown, measure), today === undefined ? [] : seriesOf(today, measure)).map(
    (revision) => revision.month,
  );

/** @returns undefined when neither answer has a month */
export const reportOf = (
  selection: Selection,
  shown: Answer,
  today: Answer | undefined,
  bounds: { readonly from?: string; readonly to?: string },
): Report | undefined => {
  const period = periodOf(monthsOf(selection.measure, shown, today), bounds.from, bounds.to);
  if (period === undefined) return undefined;
  const all = seriesOf(shown, selection.measure);
  const inPeriod = all.filter((point) => isWithin(point.month, period));
  const stock = stockMeasure(selection.dataflow);
  const hasStock =
    stock !== undefined && stock.code !== selection.measure && shown.measures.includes(stock.code);
  return {
    measure: selection.dataflow.measures.find((measure) => measure.code === selection.measure),
    period,
    all,
    shown: inPeriod,
    revisions:
      today === undefined
        ? undefined
        : compareSeries(all, seriesOf(today, selection.measure)).filter(({ month }) =>
            isWithin(month, period),
          ),
    latest: inPeriod.findLast((point) => point.value !== null)?.month,
    stock: hasStock
      ? { measure: stock, series: seriesOf(shown, stock.code), now: seriesOf(today ?? shown, stock.code) }
      : undefined,
    notes: distinct([...shown.notes, ...(today?.notes ?? [])]),
  };
};
