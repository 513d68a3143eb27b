import { useCallback } from 'react';
import { element, useDrawing } from '../drawing.js';
import type { Formats } from '../formats.js';
import { useFormats, useText } from '../language.js';
import type { Theme } from '../url-state.js';
import type { PanelDrawing } from './panel-drawing.js';
import { panelOption } from './panel-option.js';

const tooltipFor =
  (formats: Formats, settling: string, { slots, series }: PanelDrawing) =>
  (at: number): HTMLElement => {
    const box = element('div', 'reading', '');
    box.dir = formats.language === 'fa' ? 'rtl' : 'ltr';
    box.append(element('strong', '', slots[at]?.title ?? ''));
    for (const { name, values, decimals, provisional } of series) {
      const value = values[at] ?? null;
      const line = element('p', '', '');
      const figure = element('bdi', 'num', value === null ? '–' : formats.decimal(value, decimals));
      figure.dir = 'ltr';
      line.append(
        element('span', '', provisional?.[at] === true && value !== null ? `${name} (${settling})` : name),
        figure,
      );
      box.append(line);
    }
    return box;
  };

/** The drawing itself; loaded on its own, after the rest of the page. */
const PanelCanvas = (props: { drawing: PanelDrawing; theme: Theme; label: string }) => {
  const { drawing, theme, label } = props;
  const formats = useFormats();
  const settling = useText()('status.provisional');
  const optionOn = useCallback(
    (ground: Theme) => panelOption(drawing, formats, ground, tooltipFor(formats, settling, drawing)),
    [drawing, formats, settling],
  );
  const box = useDrawing(optionOn, theme);
  return <div ref={box} className="chart-canvas" aria-label={label} />;
};

export default PanelCanvas;
