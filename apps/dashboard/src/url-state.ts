import type { View } from './api.js';
import { readReading, writeReading, type Digits, type ProvinceDrawing, type Scale } from './reading.js';
import type { Calendar } from './months.js';
import { readExplore, writeExplore, type ExploreChoices } from './explore/explore-url.js';

export type Language = 'fa' | 'en';
export type Theme = 'light' | 'dark';

export type PageName =
  | 'explore'
  | 'flows'
  | 'skills'
  | 'business'
  | 'supply'
  | 'lineage'
  | 'overview'
  | 'indicator'
  | 'area'
  | 'releases'
  | 'revisions'
  | 'movements';
export type Frequency = 'M' | 'Q' | 'A';

const pageNames: readonly PageName[] = [
  'explore',
  ...(['flows', 'skills', 'business', 'supply', 'lineage'] as const),
  'overview',
  'indicator',
  'area',
  'releases',
  'revisions',
  'movements',
];

/** What the address says. Left out = the page's own choice; nothing else is remembered anywhere. */
export type UrlState = {
  readonly page: PageName;
  readonly language: Language;
  readonly theme?: Theme;
  readonly indicator?: string;
  /** The indicator that colours the map of the overview. */
  readonly map?: string;
  readonly freq?: Frequency;
  readonly chart?: 'bar';
  readonly scale?: Scale;
  /** How the provinces are drawn; left out = as the window has room for. */
  readonly provinces?: ProvinceDrawing;
  readonly digits?: Digits;
  readonly calendar?: Calendar;
  readonly dataflow?: string;
  readonly measure?: string;
  readonly area?: string;
  /** A release's name; left out = what is known now. */
  readonly release?: string;
  /** The position that the page's own is compared with: `latest`, a release or a day. */
  readonly vs?: string;
  readonly view: View;
  readonly from?: string;
  readonly to?: string;
  /** What to break down by; `none` = not at all. */
  readonly breakdown?: string;
  /** The table of the Explore page. */
  readonly explore?: ExploreChoices;
  /** Shown inside another page: the figure alone. */
  readonly embed?: true;
};

/** Addresses from before there were pages name a dataflow or a measure: they mean the declared movements. */
const pageOf = (query: URLSearchParams): PageName =>
  pageNames.find((name) => name === query.get('page')) ??
  (query.has('dataflow') || query.has('measure') ? 'movements' : 'overview');

/** The query string read; what it does not know or cannot be, it leaves out. */
export const readUrl = (search: string): UrlState => {
  const query = new URLSearchParams(search);
  const text = (key: string): string | undefined => query.get(key) || undefined;
  const month = (key: string): string | undefined =>
    /^\d{4}-(0[1-9]|1[0-2])$/.test(text(key) ?? '') ? text(key) : undefined;
  const theme = text('theme');
  const release = text('asKnownAt') ?? text('release');
  const freq = text('freq');
  return withoutGaps({
    page: pageOf(query),
    language: text('lang') === 'en' ? 'en' : 'fa',
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    indicator: text('indicator'),
    map: text('map'),
    freq: freq === 'M' || freq === 'Q' || freq === 'A' ? freq : undefined,
    chart: text('chart') === 'bar' ? 'bar' : undefined,
    ...readReading(query),
    dataflow: text('dataflow'),
    measure: text('measure'),
    area: text('area'),
    release: release === 'latest' ? undefined : release,
    view: text('view') === 'declared' ? 'declared' : 'effective',
    from: month('from'),
    to: month('to'),
    breakdown: text('by'),
    vs: text('vs') === (release ?? 'latest') ? undefined : text('vs'),
    explore: pageOf(query) === 'explore' ? readExplore(query) : undefined,
    embed: text('embed') === '1' ? (true as const) : undefined,
  });
};

/** The query string (with `?`, or empty) that `readUrl` reads back as the same state. */
export const writeUrl = (state: UrlState): string => {
  const query = new URLSearchParams();
  const put = (key: string, value: string | undefined): void => {
    if (value !== undefined) query.set(key, value);
  };
  put('page', state.page === 'overview' ? undefined : state.page);
  put('indicator', state.indicator);
  put('dataflow', state.dataflow);
  put('measure', state.measure);
  put('area', state.area);
  put('asKnownAt', state.release);
  put('vs', state.vs);
  put('view', state.view === 'effective' ? undefined : state.view);
  put('from', state.from);
  put('to', state.to);
  put('by', state.breakdown);
  writeExplore(state.explore, query);
  put('embed', state.embed === true ? '1' : undefined);
  put('freq', state.freq);
  put('chart', state.chart);
  writeReading(state, put);
  put('map', state.map);
  put('lang', state.language === 'fa' ? undefined : state.language);
  put('theme', state.theme);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
};

/** A change to the state; `undefined` takes a choice back to the page's own. */
export type UrlChange = { readonly [K in keyof UrlState]?: UrlState[K] | undefined };

export const changeUrl = (state: UrlState, change: UrlChange): UrlState =>
  withoutGaps({ ...state, ...change });

/** Another page of the same reader: language, appearance, area and position of knowledge go along. */
export const pageUrl = (state: UrlState, page: PageName, change: UrlChange = {}): UrlState => {
  const { language, theme, digits, calendar, provinces, area, release, vs } = state;
  const along = { language, theme, digits, calendar, provinces, area, release, vs };
  return withoutGaps({ page, ...along, view: 'effective', ...change });
};

type Gappy = { readonly [K in keyof UrlState]: UrlState[K] | undefined };

const withoutGaps = (state: Partial<Gappy> | UrlChange): UrlState =>
  Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)) as UrlState;
