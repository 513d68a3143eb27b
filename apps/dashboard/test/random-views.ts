import { headlines } from '../src/overview/headline.js';
import { provinces, sampleReleases } from './sample-indicators.js';

/** A view of the dashboard, as far as the numbers on it depend on it. */
export type RandomView = {
  readonly page: string;
  readonly lang: 'fa' | 'en';
  readonly digits: 'persian' | 'latin' | undefined;
  readonly width: number;
  readonly query: Readonly<Record<string, string>>;
};

/** What the catalogue says of an indicator, as far as a view of it depends on it. */
export type Told = {
  readonly code: string;
  readonly frequencies: readonly string[];
  readonly dimensions: readonly string[];
  readonly requiredDimensions?: readonly string[];
};

/** Numbers below a bound, the same for the same seed (mulberry32). */
export const chances = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

const pages = [
  ...['overview', 'overview', 'indicator', 'indicator', 'indicator', 'indicator', 'area', 'area'],
  ...['revisions', 'revisions', 'movements', 'movements', 'flows', 'skills', 'business'],
] as const;

/** Dataflows that the sample fills, with measures that it counts. */
const counted = [
  { dataflow: 'JOBS', measures: ['jobs', 'hires', 'separations'], by: ['sex', 'industry'] },
  { dataflow: 'PERSONS', measures: ['persons'], by: ['sex'] },
  { dataflow: 'JOBSEEKERS', measures: ['jobseekers'], by: ['sex'] },
  { dataflow: 'TRAINING', measures: ['certificates'], by: ['sex'] },
] as const;

const month = (at: number): string => `1403-${String(at + 1).padStart(2, '0')}`;

/** One random view; the indicators are those of the overview more often than others, as they have figures. */
export const randomView = (chance: (below: number) => number, catalogue: readonly Told[]): RandomView => {
  const one = <T>(list: readonly T[]): T => list[chance(list.length)] as T;
  const sometimes = <T>(value: () => T): T | undefined => (chance(2) === 0 ? value() : undefined);
  const page = one(pages);
  const usual = headlines.map(({ code }) => code);
  const told = catalogue.filter(({ code }) => (chance(3) > 0 ? usual.includes(code) : true));
  const indicator = one(told.length === 0 ? catalogue : told);
  const from = chance(12);
  const to = from + chance(12 - from);
  const range = sometimes(() => ({ from: month(from), to: month(to) }));
  const dataflow = one(counted);
  const shown = {
    ...(page === 'indicator' || page === 'revisions'
      ? { indicator: indicator.code, freq: sometimes(() => one(indicator.frequencies)) }
      : {}),
    ...(page === 'indicator'
      ? {
          by: sometimes(() => one([...indicator.dimensions, 'none'])),
          chart: sometimes(() => 'bar'),
          scale: one([undefined, 'index', 'log']),
          ...range,
        }
      : {}),
    ...(page === 'movements'
      ? {
          dataflow: dataflow.dataflow,
          measure: one(dataflow.measures),
          by: sometimes(() => one([...dataflow.by, 'none'])),
          ...range,
        }
      : {}),
    ...(page === 'overview' ? { map: sometimes(() => one(usual)) } : {}),
    ...(page === 'overview' || page === 'indicator'
      ? { provinces: one([undefined, undefined, 'map', 'tiles']) }
      : {}),
    area: sometimes(() => one(provinces)),
    asKnownAt: sometimes(() => one(sampleReleases).name),
    calendar: one([undefined, undefined, 'gregorian', 'jalali']),
    theme: one(['light', 'dark']),
  };
  const query = Object.fromEntries(
    Object.entries(shown).filter(([, value]) => value !== undefined),
  ) as Record<string, string>;
  return {
    page,
    lang: one(['fa', 'en']),
    digits: one([undefined, undefined, 'persian', 'latin']),
    width: one([1440, 1440, 390]),
    query,
  };
};

/** The address of a view. */
export const searchOf = ({ page, lang, digits, query }: RandomView): string =>
  `?${new URLSearchParams({ page, ...query, lang, ...(digits === undefined ? {} : { digits }) })}`;
