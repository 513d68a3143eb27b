import type { EChartsCoreOption } from 'echarts/core';
import { palettes } from '../palette.js';
import type { Formats } from '../formats.js';
import { axisLabelOf, frameOf, tooltipOf } from '../chart-option-frame.js';
import type { Theme } from '../url-state.js';
import { isNamed, type Pair } from './pairs.js';

export type PathDrawing = {
  readonly pairs: readonly Pair[];
  readonly decimals: number;
  /** Names of the axes. */
  readonly x: string;
  readonly y: string;
};

/** A path of points through time: jobseekers across, vacancies up. */
export const pathOption = (
  { pairs, x, y }: PathDrawing,
  formats: Formats,
  theme: Theme,
  tooltip: (at: number) => HTMLElement,
): EChartsCoreOption => {
  const palette = palettes[theme];
  const axis = {
    type: 'value',
    scale: true,
    boundaryGap: ['8%', '12%'],
    nameLocation: 'middle',
    nameTextStyle: { color: palette.ink, fontSize: 12, lineHeight: 18 },
    axisLine: { show: true, lineStyle: { color: palette.zero } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.grid } },
    splitNumber: 4,
    axisLabel: {
      ...axisLabelOf(palette),
      formatter: (value: number) => formats.compact(value),
    },
  };
  return {
    ...frameOf(),
    grid: { top: 28, bottom: 34, left: 44, right: 44 },
    tooltip: {
      ...tooltipOf(palette),
      trigger: 'item',
      formatter: ({ dataIndex }: { dataIndex: number }) => tooltip(dataIndex),
    },
    xAxis: { ...axis, name: x, nameGap: 34 },
    yAxis: { ...axis, name: y, nameGap: 46, position: formats.language === 'fa' ? 'right' : 'left' },
    series: [
      {
        type: 'line',
        data: pairs.map((pair, at) => {
          const last = at === pairs.length - 1;
          return {
            value: [Number(pair.x), Number(pair.y)],
            symbol: last ? 'diamond' : 'circle',
            symbolSize: last ? 14 : at === 0 ? 9 : 6,
            itemStyle:
              at === 0
                ? { color: palette.surface, borderColor: palette.line, borderWidth: 2 }
                : { color: palette.line },
            label: isNamed(pairs, at)
              ? {
                  show: true,
                  position: 'top',
                  color: palette.ink,
                  fontSize: 12,
                  fontWeight: last || at === 0 ? 600 : 400,
                  formatter: () => formats.period(pair.period),
                }
              : { show: false },
          };
        }),
        showAllSymbol: true,
        labelLayout: { hideOverlap: true },
        lineStyle: { color: palette.line, width: 1.5, opacity: 0.65 },
        emphasis: { disabled: true },
      },
    ],
  };
};
