import { KarnamaError } from '@karnama/kernel';
import { countries } from './countries.js';
import { remembered } from './remembered.js';

export type AreaLevel = 'country' | 'state' | 'local';

/** The levels of areas, coarsest first. */
export const areaLevels: readonly AreaLevel[] = ['country', 'state', 'local'];

const localDigits = new Map<string, number>(countries.map(({ code, localDigits }) => [code, localDigits]));
const states = new Set<string>(
  countries.flatMap(({ code, states }) => [`${code}-_U`, ...states.map((s) => s.code)]),
);
const stateOfDigits = new Map<string, string>(
  countries.flatMap(({ code, states }) => states.map((s) => [`${code}:${s.digits}`, s.code] as const)),
);
const digitsOfState = new Map([...stateOfDigits].map(([digits, state]) => [state, digits]));

const isNational = (code: string): boolean => code[2] === ':';

const isKnownNational = (code: string): boolean =>
  stateOfDigits.has(code.slice(0, 5)) &&
  code.length === 3 + (localDigits.get(code.slice(0, 2)) ?? 0) &&
  /^\d+$/.test(code.slice(3));

/**
 * Whether `code` names an area: a country (`IR`), a state or province (`BR-MA`), an unknown one
 * (`BR-_U`), an unknown county or municipality (`BR-MA:_U`, `BR-_U:_U`), or a national code of the
 * country's length whose first two digits name a state (`BR:211130`). Single counties and
 * municipalities are not listed, so any national code inside a known state counts as known.
 */
export const isKnownArea = (code: string): boolean => {
  if (isNational(code)) return isKnownNational(code);
  if (code.endsWith(':_U')) return states.has(code.slice(0, -3));
  return states.has(code) || localDigits.has(code);
};

/** The level that the form of `code` tells: two letters, a colon, or neither. */
export const areaLevel = (code: string): AreaLevel => {
  if (code.length === 2) return 'country';
  return code.includes(':') ? 'local' : 'state';
};

/** The country an area lies in. @throws KarnamaError `unknown-area` when it is none of `countries` */
export const countryOf = (code: string): string => {
  const country = code.slice(0, 2);
  if (localDigits.has(country)) return country;
  throw new KarnamaError(
    'unknown-area',
    `"${code}" lies in no known country`,
    `use an area of ${[...localDigits.keys()].join(', ')}`,
  );
};

/**
 * The state-level code of any area: its state, or `BR-_U` where no known state is named. A cell of
 * every fact exists therefore, whatever the fact knows. @throws KarnamaError `unknown-area`
 */
export const stateOf = remembered((code: string): string => {
  const state = isNational(code) ? stateOfDigits.get(code.slice(0, 5)) : code.split(':')[0];
  return state !== undefined && states.has(state) ? state : `${countryOf(code)}-_U`;
});

/**
 * The local-level code of any area: a known national code itself, otherwise the unknown county or
 * municipality of its state (`BR-MA:_U`, `BR-_U:_U`). @throws KarnamaError `unknown-area`
 */
export const localOf = (code: string): string =>
  isNational(code) && isKnownNational(code) ? code : `${stateOf(code)}:_U`;

/** The area directly above, undefined above a country. @throws KarnamaError `unknown-area` */
export const areaParent = (code: string): string | undefined => {
  const level = areaLevel(code);
  if (level === 'country') return undefined;
  return level === 'local' ? stateOf(code) : countryOf(code);
};

/** Which stored codes belong to an area: those listed and those that start with one of `prefixes`. */
export type AreaMembers = { readonly codes: readonly string[]; readonly prefixes: readonly string[] };

/**
 * The state-level and local-level codes (as `stateOf` and `localOf` give them) that make up an area.
 * A country has all of its own, a state itself and its counties or municipalities, a local area itself.
 */
export const areaMembers = (code: string): AreaMembers => {
  const level = areaLevel(code);
  if (level === 'country') return { codes: [], prefixes: [`${code}-`, `${code}:`] };
  if (level === 'local') return { codes: [code], prefixes: [] };
  const digits = digitsOfState.get(code);
  return { codes: [code, `${code}:_U`], prefixes: digits === undefined ? [] : [digits] };
};
