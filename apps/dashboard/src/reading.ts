import type { Calendar } from './months.js';

/** How a reader wants numbers and dates written, and a course drawn. Left out = the page's own way. */
export type Digits = 'persian' | 'latin';
/** `index`: the first figure shown is 100; `log`: equal distances are equal ratios. */
export type Scale = 'index' | 'log';

/** How the provinces are drawn: in their outlines, or as equal tiles. */
export type ProvinceDrawing = 'map' | 'tiles';

export type Reading = {
  readonly digits?: Digits | undefined;
  readonly calendar?: Calendar | undefined;
};

/** The keys of the address that tell the way of reading. */
export type ReadingKeys = Reading & {
  readonly scale?: Scale | undefined;
  readonly provinces?: ProvinceDrawing | undefined;
};

const oneOf = <T extends string>(value: string | null, allowed: readonly T[]): T | undefined =>
  allowed.find((one) => one === value);

/** What the address says of the way of reading; what it cannot be is left out. */
export const readReading = (query: URLSearchParams): ReadingKeys => ({
  digits: oneOf(query.get('digits'), ['persian', 'latin'] as const),
  calendar: oneOf(query.get('calendar'), ['jalali', 'gregorian'] as const),
  scale: oneOf(query.get('scale'), ['index', 'log'] as const),
  provinces: oneOf(query.get('provinces'), ['map', 'tiles'] as const),
});

/** Writes it so that `readReading` reads the same. */
export const writeReading = (
  { digits, calendar, scale, provinces }: ReadingKeys,
  put: (key: string, value: string | undefined) => void,
): void => {
  put('scale', scale);
  put('provinces', provinces);
  put('digits', digits);
  put('calendar', calendar);
};
