import type { Palette } from './palette.js';
import type { Formats } from './formats.js';

/** What all drawings have in common: frame, type, axes and tooltip. */

/** Labels of an axis. */
export const axisLabelOf = (palette: Palette): object => ({
  color: palette.ink,
  fontSize: 12,
  lineHeight: 18,
  margin: 12,
  hideOverlap: true,
});

/** An axis of periods, named in lines: month and year, or the year alone. */
export const periodAxisOf = (
  periods: readonly string[],
  isBars: boolean,
  formats: Formats,
  palette: Palette,
): object => ({
  type: 'category',
  data: periods,
  boundaryGap: isBars,
  axisTick: { show: false },
  axisLine: { onZero: true, lineStyle: { color: palette.zero } },
  axisLabel: {
    ...axisLabelOf(palette),
    formatter: (code: string) => formats.periodParts(code).join('\n'),
  },
});

/** An axis of figures, at the side where the language begins to read. */
export const figureAxisOf = (formats: Formats, palette: Palette): object => ({
  type: 'value',
  position: formats.language === 'fa' ? 'right' : 'left',
  splitNumber: 4,
  splitLine: { lineStyle: { color: palette.grid } },
  axisLabel: { ...axisLabelOf(palette), formatter: (value: number) => formats.compact(value) },
});

export const frameOf = (): object => ({
  animation: false,
  textStyle: { fontFamily: '"Vazirmatn Variable", system-ui, sans-serif' },
  grid: {
    top: 16,
    bottom: 8,
    left: 8,
    right: 12,
    outerBoundsMode: 'same',
    outerBoundsContain: 'axisLabel',
  },
});

export const tooltipOf = (palette: Palette): object => ({
  confine: true,
  className: 'chart-tooltip',
  backgroundColor: palette.surface,
  borderColor: palette.grid,
  padding: 0,
});

/** A tooltip of the period or category below the pointer, told by its place on the axis. */
export const axisTooltipOf = (palette: Palette, told: (at: number) => HTMLElement | ''): object => ({
  ...tooltipOf(palette),
  trigger: 'axis',
  axisPointer: { type: 'line', lineStyle: { color: palette.zero, type: 'solid' } },
  formatter: (items: readonly { dataIndex: number }[]) => told(items[0]?.dataIndex ?? 0),
});
