import { axisTooltipOf, figureAxisOf, frameOf, periodAxisOf } from './chart-option-frame.js';
import type { EChartsCoreOption } from 'echarts/core';
import type { Formats } from './formats.js';
import { monthsBetween } from './months.js';
import { palettes, type Palette } from './palette.js';
import type { Report } from './report.js';
import type { Theme } from './url-state.js';

export type ChartText = { readonly known: string; readonly now: string; readonly undefinedText: string };

/** What a month's tooltip says. */
export type MonthReading = {
  readonly month: string;
  readonly known: bigint | null;
  readonly now: bigint | null | undefined;
};

/** Readings along an unbroken axis of months: a month without data is a gap, not a shortcut. */
export const readingsOf = (report: Report): readonly MonthReading[] => {
  const first = report.revisions?.[0]?.month ?? report.shown[0]?.month;
  const last = report.revisions?.at(-1)?.month ?? report.shown.at(-1)?.month;
  if (first === undefined || last === undefined) return [];
  const known = new Map(report.shown.map((point) => [point.month, point.value]));
  const now = report.revisions && new Map(report.revisions.map((revision) => [revision.month, revision.now]));
  return monthsBetween(first, last).map((month) => ({
    month,
    known: known.get(month) ?? null,
    now: now === undefined ? undefined : (now.get(month) ?? null),
  }));
};

const plotted = (value: bigint | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

const isRevised = (reading: MonthReading): boolean =>
  reading.now !== undefined && reading.now !== reading.known;

const knownSeries = (readings: readonly MonthReading[], palette: Palette, text: ChartText): object => ({
  name: text.known,
  type: 'line',
  z: 3,
  data: readings.map((reading) => {
    const revised = isRevised(reading);
    return {
      value: plotted(reading.known),
      symbol: revised ? 'diamond' : 'circle',
      symbolSize: revised ? 11 : readings.length > 40 ? 0 : 5,
      itemStyle: revised
        ? { color: palette.surface, borderColor: palette.line, borderWidth: 2 }
        : { color: palette.line },
    };
  }),
  showAllSymbol: true,
  lineStyle: { color: palette.line, width: 2.25 },
  areaStyle: readings[0]?.now === undefined ? { color: palette.line, opacity: 0.07 } : undefined,
  emphasis: { disabled: true },
});

const nowSeries = (readings: readonly MonthReading[], palette: Palette, text: ChartText): object => ({
  name: text.now,
  type: 'line',
  z: 2,
  data: readings.map((reading) => plotted(reading.now)),
  symbol: 'none',
  lineStyle: { color: palette.other, width: 2, type: [6, 4] },
  emphasis: { disabled: true },
});

const axes = (
  readings: readonly MonthReading[],
  report: Report,
  formats: Formats,
  palette: Palette,
): object => ({
  xAxis: periodAxisOf(
    readings.map(({ month }) => month),
    false,
    formats,
    palette,
  ),
  yAxis: { ...figureAxisOf(formats, palette), scale: report.measure?.kind === 'stock', minInterval: 1 },
});

/** The drawing of a report; `tooltip` makes the element shown at a month. */
export const chartOption = (
  report: Report,
  formats: Formats,
  theme: Theme,
  text: ChartText,
  tooltip: (reading: MonthReading) => HTMLElement,
): EChartsCoreOption => {
  const palette = palettes[theme];
  const readings = readingsOf(report);
  return {
    ...frameOf(),
    tooltip: axisTooltipOf(palette, (at) => {
      const reading = readings[at];
      return reading === undefined ? '' : tooltip(reading);
    }),
    ...axes(readings, report, formats, palette),
    series: [
      knownSeries(readings, palette, text),
      ...(report.revisions === undefined ? [] : [nowSeries(readings, palette, text)]),
    ],
  };
};
