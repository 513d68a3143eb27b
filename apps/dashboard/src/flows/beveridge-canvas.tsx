import { useCallback } from 'react';
import { element, useDrawing } from '../drawing.js';
import type { Formats } from '../formats.js';
import { useFormats } from '../language.js';
import type { Theme } from '../url-state.js';
import { pathOption, type PathDrawing } from './beveridge-option.js';

const tooltipFor =
  (formats: Formats, { pairs, x, y, decimals }: PathDrawing) =>
  (at: number): HTMLElement => {
    const box = element('div', 'reading', '');
    box.dir = formats.language === 'fa' ? 'rtl' : 'ltr';
    const pair = pairs[at];
    if (pair === undefined) return box;
    box.append(element('strong', '', formats.period(pair.period)));
    for (const [name, value] of [
      [x, pair.x],
      [y, pair.y],
    ] as const) {
      const line = element('p', '', '');
      const figure = element('bdi', 'num', formats.decimal(value, decimals));
      figure.dir = 'ltr';
      line.append(element('span', '', name), figure);
      box.append(line);
    }
    return box;
  };

/** The drawing of the path; loaded on its own, after the rest of the page. */
const BeveridgeCanvas = (props: { drawing: PathDrawing; theme: Theme; label: string }) => {
  const { drawing, theme, label } = props;
  const formats = useFormats();
  const optionOn = useCallback(
    (ground: Theme) => pathOption(drawing, formats, ground, tooltipFor(formats, drawing)),
    [drawing, formats],
  );
  const box = useDrawing(optionOn, theme);
  return <div ref={box} className="chart-canvas" role="img" aria-label={label} />;
};

export default BeveridgeCanvas;
