/** Every page in every appearance: the page names are the program's own, so that a new page comes along. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.mjs';

export const LANGUAGES = ['fa', 'en'];
export const THEMES = ['light', 'dark'];
export const WIDTHS = [1440, 390];

/** What a page is shown with where its own choice would show less of it. */
const SHOWN = {
  indicator: { indicator: 'JSK_RATIO' },
  area: { area: 'IR-23' },
  revisions: { indicator: 'EMP_JOBS' },
};

/** The pages by the names that the program loads them by. */
const pageNames = () => {
  const source = readFileSync(join(ROOT, 'apps/dashboard/src/pages.ts'), 'utf8');
  const names = [...source.matchAll(/^ {2}(\w+): \(\) => import\(/gm)].map(([, name]) => name);
  if (!names.includes('overview')) throw new Error('apps/dashboard/src/pages.ts names no pages any more');
  return names;
};

/** Views that are no pages of their own: two positions of knowledge beside each other, and one of the past. */
const beyondPages = (releases) => {
  const [then, later] = [releases.at(-7) ?? releases[0], releases.at(-2) ?? releases.at(-1)];
  if (then === undefined || later === undefined) return [];
  return [
    { name: 'overview-compared', page: 'overview', query: { vs: then.name } },
    { name: 'indicator-compared', page: 'indicator', query: { ...SHOWN.indicator, vs: then.name } },
    { name: 'overview-then', page: 'overview', query: { asKnownAt: later.name } },
  ];
};

/**
 * What there is to look at in the country at an address: every page, and the views that are no pages of their own.
 * @param {readonly string[] | undefined} wanted names; undefined: all
 */
export const viewsIn = async (url, wanted) => {
  const { releases } = await (await fetch(`${url}/api/releases`)).json();
  const pages = pageNames().map((page) => ({ name: page, page, query: SHOWN[page] ?? {} }));
  const all = [...pages, ...beyondPages(releases)];
  const unknown = (wanted ?? []).filter((name) => !all.some((view) => view.name === name));
  if (unknown.length > 0) throw new Error(`no view is named ${unknown.join(', ')}`);
  return all.filter(({ name }) => wanted === undefined || wanted.includes(name));
};

/** The address of a view in one appearance. */
export const addressOf = ({ page, query }, { lang, theme }) =>
  `/?${new URLSearchParams({ page, ...query, lang, theme })}`;

/** Every appearance of a page. */
export const appearances = () =>
  LANGUAGES.flatMap((lang) => THEMES.flatMap((theme) => WIDTHS.map((width) => ({ lang, theme, width }))));
