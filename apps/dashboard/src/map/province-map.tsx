import '../styles/map.css';
import { useRef, useState, type KeyboardEvent } from 'react';
import type { Described } from '../figure-text.js';
import { figureText, reasonText } from '../figure-text.js';
import type { IndicatorRow } from '../indicator-api.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { classesOf, type Classes } from './classes.js';
import { isArrow, tileBeyond, tilePlaces, type TilePlace } from './tile-grid.js';

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

const Tile = (props: {
  tile: TilePlace;
  name: string;
  row: IndicatorRow | undefined;
  classes: Classes;
  of: Described;
  chosen: boolean;
  focusable: boolean;
  onChoose: () => void;
  onFocus: () => void;
}) => {
  const { tile, name, row, classes, of } = props;
  const formats = useFormats();
  const text = useText();
  const value = row?.value ?? null;
  const told =
    value === null ? reasonText(row?.reason ?? 'no-data', text) : figureText(value, of, formats, text);
  return (
    <button
      type="button"
      className="map-tile"
      style={{ gridColumn: tile.column + 1, gridRow: tile.row + 1 }}
      data-area={tile.code}
      {...(value === null
        ? { 'data-missing': true }
        : { 'data-class': classes.of(value), 'data-of': classes.bounds.length })}
      aria-pressed={props.chosen}
      title={text('map.tile', { name, value: told })}
      tabIndex={props.focusable ? 0 : -1}
      onClick={props.onChoose}
      onFocus={props.onFocus}
    >
      <span className="unseen">{text('map.tile', { name, value: told })}</span>
      <span className="map-name" dir="auto" aria-hidden="true">
        {tile.short[formats.language]}
      </span>
      <span className="map-value" dir="ltr" aria-hidden="true">
        {value === null ? '–' : formats.short(value, of.decimals)}
      </span>
    </button>
  );
};

/** Provinces as equal tiles, coloured by their figures of one period; worked with the arrow keys. */
export const ProvinceMap = (props: {
  rows: readonly IndicatorRow[];
  of: Described;
  nameOf: (code: string) => string;
  chosen: string | undefined;
  onChoose: (area: string) => void;
}) => {
  const { rows, of, nameOf, chosen } = props;
  const text = useText();
  const grid = useRef<HTMLDivElement>(null);
  const isTile = tilePlaces.some(({ code }) => code === chosen);
  const [at, setAt] = useState<string>();
  const focusable = at ?? (isTile ? chosen : tilePlaces[0]?.code);
  const byArea = new Map(rows.map((row) => [row['area'], row]));
  const shown = tilePlaces.map(({ code }) => byArea.get(code)?.value ?? null);
  const classes = classesOf(shown.filter((value) => value !== null));
  const move = (event: KeyboardEvent): void => {
    if (!isArrow(event.key) || focusable === undefined) return;
    event.preventDefault();
    const next = tileBeyond(focusable, event.key);
    grid.current?.querySelector<HTMLButtonElement>(`[data-area="${next}"]`)?.focus();
  };
  return (
    <>
      <div
        ref={grid}
        className="province-map"
        role="group"
        dir="ltr"
        aria-label={text('map.grid')}
        onKeyDown={move}
      >
        {tilePlaces.map((tile) => (
          <Tile
            key={tile.code}
            tile={tile}
            name={nameOf(tile.code)}
            row={byArea.get(tile.code)}
            classes={classes}
            of={of}
            chosen={tile.code === chosen}
            focusable={tile.code === focusable}
            onChoose={() => props.onChoose(tile.code)}
            onFocus={() => setAt(tile.code)}
          />
        ))}
      </div>
      <Legend classes={classes} of={of} missing={shown.includes(null)} />
    </>
  );
};
