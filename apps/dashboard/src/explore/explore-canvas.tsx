import { useCallback } from 'react';
import { element, useDrawing } from '../drawing.js';
import { useFormats } from '../language.js';
import type { Theme } from '../url-state.js';
import { exploreOption, type ExploreDrawing } from './explore-option.js';

/** The drawing itself; loaded on its own, after the rest of the page. */
const ExploreCanvas = (props: {
  drawing: ExploreDrawing;
  theme: Theme;
  label: string;
  undefinedText: string;
}) => {
  const { drawing, theme, label, undefinedText } = props;
  const formats = useFormats();
  const optionOn = useCallback(
    (ground: Theme) =>
      exploreOption(drawing, formats, ground, window.innerWidth < 700 ? 110 : 230, (at) => {
        const box = element('div', 'reading', '');
        box.dir = formats.language === 'fa' ? 'rtl' : 'ltr';
        const category = drawing.categories[at] ?? '';
        box.append(element('strong', '', drawing.kind === 'line' ? formats.month(category) : category));
        for (const { name, values } of drawing.series) {
          const line = element('p', '', '');
          const value = values[at] ?? null;
          const figure = element('bdi', 'num', value === null ? undefinedText : formats.whole(value));
          if (value !== null) figure.dir = 'ltr';
          line.append(element('span', '', name), figure);
          box.append(line);
        }
        return box;
      }),
    [drawing, formats, undefinedText],
  );
  const box = useDrawing(optionOn, theme);
  return <div ref={box} className="chart-canvas" role="img" aria-label={label} />;
};

export default ExploreCanvas;
