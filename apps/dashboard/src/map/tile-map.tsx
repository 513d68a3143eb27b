import { useFormats, useText } from '../language.js';
import type { MapDrawing } from './map-drawing.js';
import { tilePlaces, type TilePlace } from './tile-grid.js';
import { useToldProvince, type ToldProvince } from './told-province.js';
import { useProvinceKeys } from './use-province-keys.js';

const Tile = (props: {
  tile: TilePlace;
  province: ToldProvince;
  short: string;
  chosen: boolean;
  focusable: boolean;
  onChoose: () => void;
  onFocus: () => void;
}) => {
  const { tile, province } = props;
  const { language } = useFormats();
  return (
    <button
      type="button"
      className="map-tile"
      style={{ gridColumn: tile.column + 1, gridRow: tile.row + 1 }}
      data-area={tile.code}
      {...province.marks}
      aria-pressed={props.chosen}
      title={province.told}
      tabIndex={props.focusable ? 0 : -1}
      onClick={props.onChoose}
      onFocus={props.onFocus}
    >
      <span className="unseen">{province.told}</span>
      <span className="map-name" dir="auto" aria-hidden="true">
        {tile.short[language]}
      </span>
      <span className="map-value" dir="ltr" aria-hidden="true">
        {props.short}
      </span>
    </button>
  );
};

/** Provinces as equal tiles, coloured by their figures of one period; worked with the arrow keys. */
export const TileMap = (props: MapDrawing) => {
  const { byArea, classes, of, nameOf, chosen } = props;
  const formats = useFormats();
  const text = useText();
  const tell = useToldProvince(of, classes);
  const { stop, setAt, move } = useProvinceKeys(chosen);
  return (
    <div
      className="province-map tile-map"
      role="group"
      dir="ltr"
      aria-label={text('map.grid')}
      onKeyDown={move}
    >
      {tilePlaces.map((tile) => {
        const value = byArea.get(tile.code)?.value ?? null;
        return (
          <Tile
            key={tile.code}
            tile={tile}
            province={tell(nameOf(tile.code), byArea.get(tile.code))}
            short={value === null ? '–' : formats.short(value, of.decimals)}
            chosen={tile.code === chosen}
            focusable={tile.code === stop}
            onChoose={() => props.onChoose(tile.code)}
            onFocus={() => setAt(tile.code)}
          />
        );
      })}
    </div>
  );
};
