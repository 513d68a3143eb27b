import { useCallback } from 'react';
import { chartOption, type ChartText, type MonthReading } from './chart-option.js';
import { element, useDrawing } from './drawing.js';
import type { Formats } from './formats.js';
import { useFormats } from './language.js';
import type { Report } from './report.js';
import type { Theme } from './url-state.js';

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

/** The drawing itself; loaded on its own, after the rest of the page. */
const ChartCanvas = (props: { report: Report; theme: Theme; label: string } & ChartText) => {
  const { report, theme, label, known, now, undefinedText } = props;
  const formats = useFormats();
  const optionOn = useCallback(
    (ground: Theme) => {
      const text = { known, now, undefinedText };
      return chartOption(report, formats, ground, text, tooltipOf(formats, text));
    },
    [report, formats, known, now, undefinedText],
  );
  const box = useDrawing(optionOn, theme);
  return <div ref={box} className="chart-canvas" role="img" aria-label={label} />;
};

export default ChartCanvas;
