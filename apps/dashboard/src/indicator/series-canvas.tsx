import { useCallback } from 'react';
import { element, useDrawing } from '../drawing.js';
import type { Formats } from '../formats.js';
import { useFormats } from '../language.js';
import type { Theme } from '../url-state.js';
import { seriesOption, type SeriesDrawing, type SeriesPoint } from './series-option.js';

const tooltipOf =
  (formats: Formats, drawing: SeriesDrawing) =>
  (point: SeriesPoint): HTMLElement => {
    const box = element('div', 'reading', '');
    box.dir = formats.language === 'fa' ? 'rtl' : 'ltr';
    box.append(element('strong', '', formats.period(point.period)));
    const addIndex = (height: number): void => {
      const line = element('p', '', '');
      const figure = element('bdi', 'num', formats.decimal(height.toFixed(1), 1));
      figure.dir = 'ltr';
      line.append(element('span', '', drawing.indexName), figure);
      box.append(line);
    };
    const add = (name: string, value: string | null): void => {
      const line = element('p', '', '');
      const told = value === null ? point.reason : formats.decimal(value, drawing.decimals);
      const figure = element('bdi', 'num', told);
      if (value !== null) figure.dir = 'ltr';
      line.append(element('span', '', name), figure);
      box.append(line);
    };
    add(drawing.shown, point.value);
    const height = drawing.scaling.used === 'index' ? drawing.scaling.plotted(point.value) : null;
    if (height !== null) addIndex(height);
    if (point.before !== undefined && point.before !== null) add(drawing.before, point.before);
    return box;
  };

/** The drawing itself; loaded on its own, after the rest of the page. */
const SeriesCanvas = ({ drawing, theme, label }: { drawing: SeriesDrawing; theme: Theme; label: string }) => {
  const formats = useFormats();
  const optionOn = useCallback(
    (ground: Theme) => seriesOption(drawing, formats, ground, tooltipOf(formats, drawing)),
    [drawing, formats],
  );
  const box = useDrawing(optionOn, theme);
  return <div ref={box} className="chart-canvas" role="img" aria-label={label} />;
};

export default SeriesCanvas;
