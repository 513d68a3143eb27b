import type { View } from './api.js';

export type Language = 'fa' | 'en';
export type Theme = 'light' | 'dark';

export type PageName = 'overview' | 'indicator' | 'area' | 'releases' | 'revisions' | 'movements';
export type Frequency = 'M' | 'Q' | 'A';

const pageNames: readonly PageName[] = [
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
  readonly dataflow?: string;
  readonly measure?: string;
  readonly area?: string;
  /** A release's name; left out = what is known now. */
  readonly release?: string;
  readonly view: View;
  readonly from?: string;
  readonly to?: string;
  /** What to break down by; `none` = not at all. */
  readonly breakdown?: string;
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
    dataflow: text('dataflow'),
    measure: text('measure'),
    area: text('area'),
    release: release === 'latest' ? undefined : release,
    view: text('view') === 'declared' ? 'declared' : 'effective',
    from: month('from'),
    to: month('to'),
    breakdown: text('by'),
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
  put('view', state.view === 'effective' ? undefined : state.view);
  put('from', state.from);
  put('to', state.to);
  put('by', state.breakdown);
  put('freq', state.freq);
  put('chart', state.chart);
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
  const { language, theme, area, release } = state;
  return withoutGaps({ page, language, theme, area, release, view: 'effective', ...change });
};

type Gappy = { readonly [K in keyof UrlState]: UrlState[K] | undefined };

const withoutGaps = (state: Partial<Gappy> | UrlChange): UrlState =>
  Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)) as UrlState;
