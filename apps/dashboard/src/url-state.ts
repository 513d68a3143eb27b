import type { View } from './api.js';

export type Language = 'fa' | 'en';
export type Theme = 'light' | 'dark';

/** What the address says. Left out = the page's own choice; nothing else is remembered anywhere. */
export type UrlState = {
  readonly language: Language;
  readonly theme?: Theme;
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

/** The query string read; what it does not know or cannot be, it leaves out. */
export const readUrl = (search: string): UrlState => {
  const query = new URLSearchParams(search);
  const text = (key: string): string | undefined => query.get(key) || undefined;
  const month = (key: string): string | undefined =>
    /^\d{4}-(0[1-9]|1[0-2])$/.test(text(key) ?? '') ? text(key) : undefined;
  const theme = text('theme');
  const release = text('release');
  return withoutGaps({
    language: text('lang') === 'en' ? 'en' : 'fa',
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
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
  put('dataflow', state.dataflow);
  put('measure', state.measure);
  put('area', state.area);
  put('release', state.release);
  put('view', state.view === 'effective' ? undefined : state.view);
  put('from', state.from);
  put('to', state.to);
  put('by', state.breakdown);
  put('lang', state.language === 'fa' ? undefined : state.language);
  put('theme', state.theme);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
};

/** A change to the state; `undefined` takes a choice back to the page's own. */
export type UrlChange = { readonly [K in keyof UrlState]?: UrlState[K] | undefined };

export const changeUrl = (state: UrlState, change: UrlChange): UrlState =>
  withoutGaps({ ...state, ...change });

type Gappy = { readonly [K in keyof UrlState]: UrlState[K] | undefined };

const withoutGaps = (state: Gappy | (UrlState & UrlChange)): UrlState =>
  Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined)) as UrlState;
