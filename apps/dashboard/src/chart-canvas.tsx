import { LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import { init, use as register, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { chartOption, type ChartText, type MonthReading } from './chart-option.js';
import type { Formats } from './formats.js';
import { useFormats } from './language.js';
import type { Report } from './report.js';
import type { Theme } from './url-state.js';

register([LineChart, GridComponent, TooltipComponent, SVGRenderer]);

const element = (tag: string, className: string, content: string): HTMLElement => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = content;
  return made;
};

const tooltipOf =
  (formats: Formats, text: ChartText) =>
  (reading: MonthReading): HTMLElement => {
    const box = element('div', 'reading', '');
    box.dir = formats.language === 'fa' ? 'rtl' : 'ltr';
    box.append(element('strong', '', formats.month(reading.month)));
    const add = (name: string, value: bigint | null): void => {
      const line = element('p', '', '');
      const figure = element('bdi', 'num', value === null ? text.undefinedText : formats.whole(value));
      if (value !== null) figure.dir = 'ltr';
      line.append(element('span', '', name), figure);
      box.append(line);
    };
    add(text.known, reading.known);
    if (reading.now !== undefined) add(text.now, reading.now);
    return box;
  };

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

/** The drawing itself; loaded on its own, after the rest of the page. */
const ChartCanvas = (props: { report: Report; theme: Theme; label: string } & ChartText) => {
  const { report, theme, label, known, now, undefinedText } = props;
  const formats = useFormats();
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
    if (chart.current === null) return;
    const drawing = chart.current;
    const text = { known, now, undefinedText };
    const draw = (ground: Theme = theme): void =>
      drawing.setOption(chartOption(report, formats, ground, text, tooltipOf(formats, text)), {
        notMerge: true,
      });
    draw();
    return drawForPaper(drawing, draw);
  }, [report, formats, theme, known, now, undefinedText]);

  return <div ref={box} className="chart-canvas" role="img" aria-label={label} />;
};

export default ChartCanvas;
