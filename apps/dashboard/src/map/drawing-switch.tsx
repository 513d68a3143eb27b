import { Text, useText } from '../language.js';
import type { ProvinceDrawing } from '../reading.js';
import { changeUrl, type UrlState } from '../url-state.js';
import { navigate } from '../use-url.js';

const drawings = ['map', 'tiles'] as const;

/** Map or tiles; the choice is kept in the address. */
export const DrawingSwitch = ({ url, drawing }: { url: UrlState; drawing: ProvinceDrawing }) => {
  const text = useText();
  return (
    <div className="drawing-switch" role="group" aria-label={text('map.drawing')}>
      {drawings.map((one) => (
        <button
          key={one}
          type="button"
          data-drawing={one}
          aria-pressed={one === drawing}
          onClick={() => navigate(changeUrl(url, { provinces: one }))}
        >
          <Text of={`map.drawing.${one}`} />
        </button>
      ))}
    </div>
  );
};
