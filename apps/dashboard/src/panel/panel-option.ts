import type { EChartsCoreOption } from 'echarts/core';
import { palettes, type Palette } from '../palette.js';
import { axisLabelOf, axisTooltipOf, figureAxisOf, frameOf } from '../chart-option-frame.js';
import type { Formats } from '../formats.js';
import type { Theme } from '../url-state.js';
import type { PanelDrawing, PanelSeries } from './panel-drawing.js';
import { strokeAt, type Hatch } from './strokes.js';

const plotted = (value: string | null): number | null => (value === null ? null : Number(value));

const decals: Readonly<Record<Hatch, object | null>> = {
  none: null,
  rising: { dashArrayX: [1, 0], dashArrayY: [1.5, 5], rotation: -Math.PI / 4 },
  falling: { dashArrayX: [1, 0], dashArrayY: [1.5, 5], rotation: Math.PI / 4 },
  level: { dashArrayX: [1, 0], dashArrayY: [1.5, 5], rotation: 0 },
  cross: { symbol: 'rect', dashArrayX: [2, 4], dashArrayY: [2, 4], rotation: 0 },
  dots: {
    symbol: 'circle',
    dashArrayX: [
      [5, 5],
      [0, 5, 5, 0],
    ],
    dashArrayY: [5, 0],
    symbolSize: 0.7,
  },
};

const decalOf = (hatch: Hatch, palette: Palette): object => {
  const decal = decals[hatch];
  return decal === null ? {} : { decal: { ...decal, color: palette.surface } };
};

const seriesOf = (
  { kind, slots }: PanelDrawing,
  { name, values, provisional }: PanelSeries,
  at: number,
  theme: Theme,
): object => {
  const stroke = strokeAt(at);
  const colour = stroke.colour[theme];
  const { surface } = palettes[theme];
  // provisional figures are hollow, as those of a single series are
  const bar = { color: surface, borderColor: colour, borderWidth: 1.5, borderType: 'dashed', decal: null };
  const point = { color: surface, borderColor: colour, borderWidth: 2 };
  const hollow = kind === 'lines' ? { symbolSize: 8, itemStyle: point } : { itemStyle: bar };
  const data = values.map((value, i) =>
    value !== null && provisional?.[i] === true ? { value: plotted(value), ...hollow } : plotted(value),
  );
  if (kind !== 'lines')
    return {
      name,
      type: 'bar',
      data,
      barMaxWidth: kind === 'stack' ? 30 : 22,
      barGap: '8%',
      barCategoryGap: '28%',
      ...(kind === 'stack' ? { stack: 'whole' } : {}),
      itemStyle: { color: colour, ...decalOf(stroke.hatch, palettes[theme]) },
      emphasis: { disabled: true },
    };
  const seldom =
    slots.length > 14
      ? (_: number, { dataIndex }: { dataIndex: number }) =>
          dataIndex % 4 === at % 4 || dataIndex === slots.length - 1 ? 7 : 0
      : 7;
  return {
    name,
    type: 'line',
    data,
    z: 10 - at,
    showAllSymbol: true,
    symbol: stroke.symbol,
    symbolSize: seldom,
    itemStyle: { color: colour },
    lineStyle: { color: colour, width: 2.25, ...(stroke.dash.length === 0 ? {} : { type: stroke.dash }) },
    emphasis: { disabled: true },
  };
};

/** The drawing of several series over the same periods or categories. */
export const panelOption = (
  drawing: PanelDrawing,
  formats: Formats,
  theme: Theme,
  tooltip: (at: number) => HTMLElement,
): EChartsCoreOption => {
  const palette = palettes[theme];
  const { kind, slots, series } = drawing;
  return {
    ...frameOf(),
    tooltip: axisTooltipOf(palette, tooltip),
    xAxis: {
      type: 'category',
      data: slots.map(({ key }) => key),
      boundaryGap: kind !== 'lines',
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: palette.zero } },
      axisLabel: {
        ...axisLabelOf(palette),
        formatter: (_: string, at: number) => slots[at]?.label ?? '',
      },
    },
    yAxis: {
      ...figureAxisOf(formats, palette),
      // bars tell by their length and stand on zero; lines tell by their course
      scale: kind === 'lines',
      ...(drawing.top === undefined ? {} : { max: drawing.top, interval: drawing.top / 4 }),
    },
    series: series.map((one, at) => seriesOf(drawing, one, at, theme)),
  };
};
