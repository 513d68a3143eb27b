import '../styles/map.css';
import { ChartBox } from '../chart-box.js';
import type { Described } from '../figure-text.js';
import type { IndicatorRow } from '../indicator-api.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { part } from '../part.js';
import type { UrlState } from '../url-state.js';
import { boundaryEdition } from './boundary-edition.js';
import { classesOf, type Classes } from './classes.js';
import { useProvinceDrawing } from './drawing-choice.js';
import { DrawingSwitch } from './drawing-switch.js';
import { tilePlaces } from './tile-grid.js';
import { TileMap } from './tile-map.js';

/** The outlines are many times the size of all else on a map: they come when it comes near. */
const DrawnMap = part(() => import('./drawn-map.js'));

const Legend = ({ classes, of, missing }: { classes: Classes; of: Described; missing: boolean }) => {
  const formats = useFormats();
  const text = useText();
  return (
    <div className="map-legend">
      <span className="faint">{formats.name(of.unit)}</span>
      <ul aria-label={text('map.legend')}>
        {classes.bounds.map(({ low, high }, i) => (
          <li key={low}>
            <span className="map-swatch" data-class={i} data-of={classes.bounds.length} aria-hidden="true" />
            {low === high ? (
              <Num>{formats.decimal(low, of.decimals)}</Num>
            ) : (
              <Text
                of="map.class"
                values={{
                  low: <Num key="low">{formats.decimal(low, of.decimals)}</Num>,
                  high: <Num key="high">{formats.decimal(high, of.decimals)}</Num>,
                }}
              />
            )}
          </li>
        ))}
        {missing ? (
          <li>
            <span className="map-swatch" data-missing="true" aria-hidden="true" />
            <Text of="map.missing" />
          </li>
        ) : null}
      </ul>
    </div>
  );
};

/** The provinces by their figures of one period, drawn in outlines or as tiles, with legend and note. */
export const ProvinceMap = (props: {
  url: UrlState;
  rows: readonly IndicatorRow[];
  of: Described;
  nameOf: (code: string) => string;
  chosen: string | undefined;
  onChoose: (area: string) => void;
}) => {
  const { url, rows, of, nameOf, chosen, onChoose } = props;
  const formats = useFormats();
  const drawing = useProvinceDrawing(url);
  const byArea = new Map(rows.map((row) => [row['area'], row]));
  const shown = tilePlaces.map(({ code }) => byArea.get(code)?.value ?? null);
  const classes = classesOf(shown.filter((value) => value !== null));
  const drawn = { byArea, classes, of, nameOf, chosen, onChoose };
  return (
    <>
      <DrawingSwitch url={url} drawing={drawing} />
      {drawing === 'tiles' ? (
        <TileMap {...drawn} />
      ) : (
        <ChartBox name="drawn-map-box">
          <DrawnMap {...drawn} />
        </ChartBox>
      )}
      <Legend classes={classes} of={of} missing={shown.includes(null)} />
      <p className="faint map-note">
        {drawing === 'tiles' ? (
          <Text of="map.note" />
        ) : (
          <Text of="map.drawn.note" values={{ since: formats.day(boundaryEdition.since) }} />
        )}
      </p>
    </>
  );
};
