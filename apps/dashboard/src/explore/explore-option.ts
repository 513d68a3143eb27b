import type { EChartsCoreOption } from 'echarts/core';
import { axisTooltipOf, frameOf } from '../chart-option-frame.js';
import { palettes } from '../palette.js';
import type { Formats } from '../formats.js';
import type { Theme } from '../url-state.js';

/** What the chart shows: lines over months, or bars by row. */
export type ExploreDrawing = {
  readonly kind: 'line' | 'bar';
  /** Months, or names of rows. */
  readonly categories: readonly string[];
  readonly series: readonly {
    readonly name: string;
    readonly values: readonly (bigint | null)[];
  }[];
};

/** Told apart by those who do not see all colours, and by their strokes besides. */
export const seriesColours: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#0b6b5d', '#b4530a', '#5b4bb0', '#8a2f5c', '#3d6a9e', '#6b6318'],
  dark: ['#62ccb6', '#f0a35e', '#b3a7f5', '#f08fbd', '#86bbf0', '#d3c95a'],
};

/** Lengths of strokes and gaps; none: unbroken. */
export const seriesDashes: readonly (readonly number[])[] = [
  [],
  [8, 4],
  [2, 3],
  [10, 3, 2, 3],
  [4, 2],
  [14, 5],
];

const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'] as const;

const patterns = [
  undefined,
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: Math.PI / 4 },
  { symbol: 'circle', symbolSize: 0.5, dashArrayX: [[6, 6]], dashArrayY: 6 },
  { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 6], rotation: -Math.PI / 4 },
] as const;

const plotted = (value: bigint | null): number | null => (value === null ? null : Number(value));

const font = '"Vazirmatn Variable", system-ui, sans-serif';

const seriesOf = ({ kind, series }: ExploreDrawing, theme: Theme): readonly object[] =>
  series.map(({ name, values }, i) => {
    const color = seriesColours[theme][i] ?? seriesColours[theme][0];
    const data = values.map(plotted);
    const emphasis = { disabled: true };
    if (kind === 'bar') {
      const pattern = patterns[i];
      const decal = pattern === undefined ? {} : { decal: { ...pattern, color: palettes[theme].surface } };
      return { name, type: 'bar', data, barMaxWidth: 22, itemStyle: { color, ...decal }, emphasis };
    }
    return {
      name,
      type: 'line',
      data,
      symbol: symbols[i],
      symbolSize: values.length > 40 ? 0 : 6,
      showAllSymbol: true,
      itemStyle: { color },
      lineStyle: { color, width: 2.25, type: seriesDashes[i]?.length === 0 ? 'solid' : seriesDashes[i] },
      emphasis,
    };
  });

/** Persian charts of bars grow from the right, where reading begins; months run to the right in both languages. */
const axesOf = (
  { kind, categories }: ExploreDrawing,
  formats: Formats,
  theme: Theme,
  nameWidth: number,
): object => {
  const palette = palettes[theme];
  const label = { color: palette.ink, fontSize: 12, margin: 12, fontFamily: font };
  const category = {
    type: 'category',
    data: categories,
    axisTick: { show: false },
    axisLine: { onZero: true, lineStyle: { color: palette.zero } },
  };
  const figures = {
    type: 'value',
    splitNumber: 4,
    splitLine: { lineStyle: { color: palette.grid } },
    axisLabel: { ...label, hideOverlap: true, formatter: (value: number) => formats.compact(value) },
  };
  const persian = formats.language === 'fa';
  if (kind === 'line')
    return {
      xAxis: {
        ...category,
        boundaryGap: false,
        axisLabel: {
          ...label,
          lineHeight: 18,
          hideOverlap: true,
          formatter: (month: string) => formats.periodParts(month).join('\n'),
        },
      },
      yAxis: { ...figures, scale: true, position: persian ? 'right' : 'left' },
    };
  return {
    xAxis: { ...figures, inverse: persian },
    yAxis: {
      ...category,
      inverse: true,
      position: persian ? 'right' : 'left',
      axisLabel: { ...label, width: nameWidth, overflow: 'truncate' },
    },
  };
};

/** The drawing of a table; `nameWidth` is the room for names of rows, `tooltip` makes the element shown at a category. */
export const exploreOption = (
  drawing: ExploreDrawing,
  formats: Formats,
  theme: Theme,
  nameWidth: number,
  tooltip: (category: number) => HTMLElement,
): EChartsCoreOption => {
  const palette = palettes[theme];
  return {
    ...frameOf(),
    tooltip: axisTooltipOf(palette, tooltip),
    ...axesOf(drawing, formats, theme, nameWidth),
    series: seriesOf(drawing, theme),
  };
};
