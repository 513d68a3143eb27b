import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type ECharts, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, type RefObject } from 'react';
import { walkByKeys } from './drawing-keys.js';
import type { Theme } from './url-state.js';

register([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

const paper = { width: 760, height: 300 } as const;

/**
 * On paper the drawing keeps its screen width and its dark ground's colours unless it is drawn
 * again for the paper before the browser lays the page out, and scaled from a size of its own.
 */
const drawForPaper = (chart: ECharts, draw: (theme?: Theme) => void): (() => void) => {
  const svg = (): SVGSVGElement | null => chart.getDom().querySelector('svg');
  const before = (): void => {
    draw('light');
    chart.resize(paper);
    chart.getZr().flush();
    svg()?.setAttribute('viewBox', `0 0 ${paper.width} ${paper.height}`);
  };
  const after = (): void => {
    svg()?.removeAttribute('viewBox');
    draw();
    chart.resize({ width: 'auto', height: 'auto' });
  };
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return () => {
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
  };
};

/**
 * Draws into the element: again whenever `optionOn` is another one, and on light ground for paper. The element
 * becomes a slider along the points of the drawing (see `walkByKeys`) and needs a label.
 */
export const useDrawing = (
  optionOn: (theme: Theme) => EChartsCoreOption,
  theme: Theme,
): RefObject<HTMLDivElement | null> => {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);

  useEffect(() => {
    if (box.current === null) return;
    const made = init(box.current, null, { renderer: 'svg' });
    chart.current = made;
    const watcher = new ResizeObserver(() => {
      if (!window.matchMedia('print').matches) made.resize();
    });
    watcher.observe(box.current);
    return () => {
      watcher.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    if (chart.current === null || box.current === null) return;
    const drawing = chart.current;
    const draw = (ground: Theme = theme): void => drawing.setOption(optionOn(ground), { notMerge: true });
    draw();
    const stopKeys = walkByKeys(box.current, drawing, optionOn(theme));
    const stopPaper = drawForPaper(drawing, draw);
    return () => {
      stopKeys();
      stopPaper();
    };
  }, [optionOn, theme]);

  return box;
};

/** An element of a tooltip, made without markup: whatever a name holds stays text. */
export const element = (tag: string, className: string, content: string): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  return made;
};
