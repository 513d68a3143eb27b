import { useId, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { boundaries } from 'virtual:province-boundaries';
import type { DrawnProvince } from '../../boundaries/iran-map.js';
import { useFormats, useText } from '../language.js';
import { boundaryEdition } from './boundary-edition.js';
import type { MapDrawing } from './map-drawing.js';
import { tilePlaces } from './tile-grid.js';
import { useToldProvince, type ToldProvince } from './told-province.js';
import { useProvinceKeys } from './use-province-keys.js';

/** Mean width of a letter of a name in units of the drawing, wider than it is found to be. */
const letter = { fa: 13, en: 15 } as const;

/** The longest of the names that fits into the province; none where none does. */
const labelOf = (
  { label }: DrawnProvince,
  names: readonly string[],
  language: 'fa' | 'en',
): string | undefined => names.find((name) => name.length * letter[language] <= label.room);

const Province = (props: {
  drawn: DrawnProvince;
  province: ToldProvince;
  hatch: string;
  chosen: boolean;
  focusable: boolean;
  onChoose: () => void;
  onTell: (told: boolean) => void;
  onFocus: (event: FocusEvent) => void;
  onBlur: () => void;
}) => {
  const { drawn, province } = props;
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    props.onChoose();
  };
  return (
    <g
      className="map-province"
      role="button"
      data-area={drawn.code}
      {...province.marks}
      {...('data-missing' in province.marks ? { fill: `url(#${props.hatch})` } : {})}
      aria-pressed={props.chosen}
      aria-label={province.told}
      tabIndex={props.focusable ? 0 : -1}
      onClick={props.onChoose}
      onKeyDown={press}
      onPointerEnter={() => props.onTell(true)}
      onPointerLeave={() => props.onTell(false)}
      onFocus={props.onFocus}
      onBlur={props.onBlur}
    >
      <path d={drawn.path} />
      {drawn.islands === '' ? null : <path className="map-islands" d={drawn.islands} />}
    </g>
  );
};

/** A line around a province above its neighbours, on either ground and on every class. */
const Ring = ({ code, name }: { code: string | undefined; name: string }) => {
  const drawn = boundaries.provinces.find((one) => one.code === code);
  return drawn === undefined ? null : (
    <g className={`map-ring ${name}`} aria-hidden="true">
      <path d={drawn.path} />
      <path d={drawn.path} />
    </g>
  );
};

const Seas = () => {
  const text = useText();
  return boundaries.seas.map(({ name, path, label }) => (
    <g key={name} className="map-sea" aria-hidden="true">
      <path d={path} />
      <text x={label.x} y={label.y}>
        {text(`map.${name}`)}
      </text>
    </g>
  ));
};

/**
 * Provinces in their outlines, coloured by their figures of one period; worked with the pointer or the arrow keys. The
 * figure stands beside the province that is pointed at; Escape takes it away.
 */
const DrawnMap = (props: MapDrawing) => {
  const { byArea, classes, of, nameOf, chosen } = props;
  const { language } = useFormats();
  const text = useText();
  const tell = useToldProvince(of, classes);
  const { stop, setAt, move } = useProvinceKeys(chosen);
  const [read, setRead] = useState<string>();
  const [focused, setFocused] = useState<string>();
  const hatch = useId();
  const { width, height, provinces } = boundaries;
  const pointed = provinces.find(({ code }) => code === read);
  const keys = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setRead(undefined);
    move(event);
  };
  const focus = (code: string, { target }: FocusEvent): void => {
    setAt(code);
    setRead(code);
    setFocused(target.matches(':focus-visible') ? code : undefined);
  };
  const blur = (): void => {
    setRead(undefined);
    setFocused(undefined);
  };
  return (
    <div className="drawn-map-frame">
      <svg
        className="province-map drawn-map"
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label={text('map.grid')}
        data-boundaries={boundaryEdition.identifier}
        onKeyDown={keys}
      >
        <defs>
          <pattern
            id={hatch}
            className="map-hatch"
            width="14"
            height="14"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="14" height="14" />
            <path d="M2 0v14" />
          </pattern>
        </defs>
        <Seas />
        {provinces.map((drawn) => (
          <Province
            key={drawn.code}
            drawn={drawn}
            province={tell(nameOf(drawn.code), byArea.get(drawn.code))}
            hatch={hatch}
            chosen={drawn.code === chosen}
            focusable={drawn.code === stop}
            onChoose={() => props.onChoose(drawn.code)}
            onTell={(told) => setRead(told ? drawn.code : undefined)}
            onFocus={(event) => focus(drawn.code, event)}
            onBlur={blur}
          />
        ))}
        <Ring code={read} name="map-pointed" />
        <Ring code={chosen} name="map-chosen" />
        <Ring code={focused} name="map-focused" />
        <g className="map-labels" aria-hidden="true">
          {provinces.map((drawn) => {
            const short = tilePlaces.find(({ code }) => code === drawn.code)?.short[language] ?? '';
            // an area that the data does not name is called by its code
            const names = [nameOf(drawn.code), short].filter((name) => name !== drawn.code);
            const label = labelOf(drawn, names, language);
            return label === undefined ? null : (
              <text
                key={drawn.code}
                className="map-label"
                x={drawn.label.x}
                y={drawn.label.y}
                direction={language === 'fa' ? 'rtl' : 'ltr'}
                data-label={drawn.code}
                {...tell('', byArea.get(drawn.code)).marks}
              >
                {label}
              </text>
            );
          })}
        </g>
      </svg>
      {pointed === undefined ? null : (
        <div
          className="map-reading"
          dir={language === 'fa' ? 'rtl' : 'ltr'}
          aria-hidden="true"
          style={{
            insetBlockStart: `${(pointed.label.y / height) * 100}%`,
            // beside the edge it stays within the drawing
            left: `${(pointed.label.x / width) * 100}%`,
            transform: `translate(${(-pointed.label.x / width) * 100}%, calc(-100% - 16px))`,
          }}
        >
          <strong>{nameOf(pointed.code)}</strong>
          <span>{tell('', byArea.get(pointed.code)).figure}</span>
        </div>
      )}
    </div>
  );
};

export default DrawnMap;
