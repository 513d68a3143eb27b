import type { EChartsCoreOption } from 'echarts/core';
import { palettes, type Palette } from '../palette.js';
import { axisTooltipOf, figureAxisOf, frameOf, periodAxisOf } from '../chart-option-frame.js';
import type { Formats } from '../formats.js';
import type { Theme } from '../url-state.js';
import type { Scaling } from './scale.js';

/** A period of the drawing: the figure shown, and the one told before, as exact text. */
export type SeriesPoint = {
  readonly period: string;
  readonly value: string | null;
  /** Undefined when there is no earlier position to compare with. */
  readonly before: string | null | undefined;
  readonly provisional: boolean;
  readonly reason: string;
};

export type SeriesDrawing = {
  readonly points: readonly SeriesPoint[];
  readonly kind: 'line' | 'bar';
  readonly decimals: number;
  readonly scaling: Scaling;
  /** What the tooltip calls the height of an index. */
  readonly indexName: string;
  /** Names of the two lines. */
  readonly shown: string;
  readonly before: string;
};

const isRevised = ({ before, value }: SeriesPoint): boolean =>
  before !== undefined && before !== null && before !== value;

/** Provisional figures are hollow, revised ones diamonds: a shape each, besides the colour. */
const markOf = (points: readonly SeriesPoint[], at: number, palette: Palette): object => {
  const point = points[at];
  if (point === undefined) return {};
  // a figure between two gaps has no line to be seen by
  const alone = [points[at - 1], points[at + 1]].every((other) => (other?.value ?? null) === null);
  const hollow = { color: palette.surface, borderColor: palette.line, borderWidth: 2 };
  if (isRevised(point)) return { symbol: 'diamond', symbolSize: 10, itemStyle: hollow };
  if (point.provisional) return { symbol: 'circle', symbolSize: 8, itemStyle: hollow };
  return {
    symbol: 'circle',
    symbolSize: alone ? 8 : points.length > 40 ? 0 : 5,
    itemStyle: { color: palette.line },
  };
};

const lineSeries = ({ points, shown, scaling }: SeriesDrawing, palette: Palette): object => ({
  name: shown,
  type: 'line',
  z: 3,
  showAllSymbol: true,
  data: points.map((point, at) => ({ value: scaling.plotted(point.value), ...markOf(points, at, palette) })),
  lineStyle: { color: palette.line, width: 2.25 },
  emphasis: { disabled: true },
});

const barSeries = ({ points, shown, scaling }: SeriesDrawing, palette: Palette): object => ({
  name: shown,
  type: 'bar',
  z: 2,
  barMaxWidth: 34,
  data: points.map((point) => ({
    value: scaling.plotted(point.value),
    itemStyle: point.provisional
      ? { color: palette.surface, borderColor: palette.line, borderWidth: 1.5, borderType: 'dashed' }
      : { color: palette.line },
  })),
  emphasis: { disabled: true },
});

const beforeSeries = ({ points, before, scaling }: SeriesDrawing, palette: Palette): object => ({
  name: before,
  type: 'line',
  z: 4,
  symbol: 'none',
  data: points.map((point) => scaling.plotted(point.before)),
  lineStyle: { color: palette.other, width: 2, type: [6, 4] },
  emphasis: { disabled: true },
});

/** A logarithmic axis ends at its outer ticks: left to itself it would reach from one power of ten to the next. */
const extentOf = ({ ticks }: Scaling): object =>
  ticks === undefined
    ? {}
    : { type: 'log', min: ticks[0], max: ticks.at(-1), axisTick: { show: false, customValues: ticks } };

const axes = ({ points, kind, scaling }: SeriesDrawing, formats: Formats, palette: Palette): object => {
  const figures = figureAxisOf(formats, palette) as { readonly axisLabel: object };
  const { ticks } = scaling;
  return {
    xAxis: periodAxisOf(
      points.map(({ period }) => period),
      kind === 'bar',
      formats,
      palette,
    ),
    yAxis: {
      ...figures,
      ...extentOf(scaling),
      // bars tell by their length and stand on zero; a line tells by its course
      scale: kind === 'line',
      axisLabel: { ...figures.axisLabel, ...(ticks === undefined ? {} : { customValues: ticks }) },
    },
  };
};

/** The drawing of a series by period, with the figures told before as a dashed line. */
export const seriesOption = (
  drawing: SeriesDrawing,
  formats: Formats,
  theme: Theme,
  tooltip: (point: SeriesPoint) => HTMLElement,
): EChartsCoreOption => {
  const palette = palettes[theme];
  const compared = drawing.points.some(({ before }) => before !== undefined);
  return {
    ...frameOf(),
    tooltip: axisTooltipOf(palette, (at) => {
      const point = drawing.points[at];
      return point === undefined ? '' : tooltip(point);
    }),
    ...axes(drawing, formats, palette),
    series: [
      (drawing.kind === 'bar' ? barSeries : lineSeries)(drawing, palette),
      ...(compared ? [beforeSeries(drawing, palette)] : []),
    ],
  };
};
