import { randomInt } from 'node:crypto';
import { beforeAll, expect, it, jest } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { browserSuite, useSite, type Site } from './browser-suite.js';
import { heightAt } from './built-page.js';
import { pageTruth, type Ask } from './page-truth.js';
import { chances, randomView, searchOf, type RandomView } from './random-views.js';
import { sampleReleases, startSampleServer } from './sample-indicators.js';
import { readTold, type ToldPage } from './told-numbers.js';

/** The same views each time; KARNAMA_VIEWS_SEED names others, `random` chooses some and prints their number. */
const asked = process.env['KARNAMA_VIEWS_SEED'] ?? '976679534';
const seed = asked === 'random' ? randomInt(1_000_000_000) : Number(asked);
const count = Number(process.env['KARNAMA_VIEWS'] ?? 200);

type Catalogue = Parameters<typeof pageTruth>[3];

/** A tab that goes from view to view without being loaded again, as a reader's does. */
type Tab = {
  readonly page: Page;
  readonly complaints: string[];
  /** What the page has asked the API so far. */
  readonly asked: Set<string>;
  readonly show: (search: string) => Promise<void>;
};

const isSettled = (): boolean =>
  document.querySelector('#figures') !== null &&
  document.querySelector('.skeleton, [data-ready="false"], [aria-busy="true"]') === null;

const openTab = async ({
  page,
  complaints,
  url,
}: Pick<Site<never>, 'page' | 'complaints' | 'url'>): Promise<Tab> => {
  const [asked, underWay] = [new Set<string>(), new Set<unknown>()];
  page.on('request', (request) => {
    if (!request.url().includes('/api/') || request.resourceType() === 'eventsource') return;
    underWay.add(request);
    asked.add(request.url().slice(url.length));
  });
  let quiet = (): void => undefined;
  const end = (request: unknown): void => {
    underWay.delete(request);
    if (underWay.size === 0) quiet();
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  const settled = async (): Promise<void> => {
    for (;;) {
      await page.waitForFunction(isSettled);
      if (underWay.size === 0) break;
      await new Promise<void>((resolve) => (quiet = resolve));
    }
    await page.waitForFunction(isSettled);
  };
  await page.goto(url);
  await settled();
  const show = async (search: string): Promise<void> => {
    await page.evaluate((address) => {
      window.history.pushState(null, '', address);
      window.dispatchEvent(new PopStateEvent('popstate'));
    }, search);
    await settled();
  };
  return { page, complaints, asked, show };
};

browserSuite('every number on the page', () => {
  jest.setTimeout(400_000);
  const site = useSite(startSampleServer, { context: { reducedMotion: 'reduce' } });
  let catalogue: Catalogue;
  const releases = sampleReleases.map(({ name }) => name);

  beforeAll(async () => {
    const answer = await fetch(`${site.url}/api/indicators`);
    catalogue = ((await answer.json()) as { indicators: Catalogue }).indicators;
  });

  /** The API itself, each question put once. */
  const asking = (): Ask => {
    const answers = new Map<string, Promise<unknown>>();
    return (path) => {
      const known = answers.get(path) ?? fetch(site.url + path).then((answer) => answer.json());
      answers.set(path, known);
      return known;
    };
  };

  /** Questions of the page about the area of a view or the country: what its sentences may speak of. */
  const ofView = ({ query }: RandomView, asked: ReadonlySet<string>): readonly string[] => {
    return [...asked].filter((path) => {
      const area = new URLSearchParams(path.split('?')[1]).get('area');
      return area === null || area === 'IR' || area === (query['area'] ?? area);
    });
  };

  let numbers = 0;

  const compare = async (view: RandomView, tab: Tab, ask: Ask): Promise<readonly string[]> => {
    if (tab.page.viewportSize()?.width !== view.width)
      await tab.page.setViewportSize({ width: view.width, height: heightAt(view.width) });
    await tab.show(searchOf(view));
    const told: ToldPage = await readTold(tab.page);
    numbers += told.numbers.length + told.map.length;
    const wrong = await pageTruth(view, told, ask, catalogue, releases, 'IR', ofView(view, tab.asked));
    const emptiness =
      told.numbers.length === 0 && told.alerts === 0 && told.text === '' ? ['nothing is told'] : [];
    const sideways = told.sideways > 0 ? [`${told.sideways} px wider than the window`] : [];
    return [...wrong, ...emptiness, ...sideways, ...tab.complaints.splice(0)].map(
      (complaint) => `${searchOf(view)} at ${view.width}: ${complaint}`,
    );
  };

  it(`is the answer of the API in the digits chosen, in ${count} random views (seed ${seed})`, async () => {
    process.stderr.write(`views.e2e: ${count} views of seed ${seed}\n`);
    const chance = chances(seed);
    const views = Array.from({ length: count }, () => randomView(chance, catalogue)).toSorted(
      (a, b) => b.width - a.width,
    );
    const tab = await openTab(site);
    const ask = asking();
    const wrong: string[] = [];
    for (const view of views) {
      wrong.push(...(await compare(view, tab, ask)));
      if (wrong.length > 20) break;
    }
    process.stderr.write(`views.e2e: ${numbers} numbers compared\n`);
    expect(wrong).toEqual([]);
    expect(numbers).toBeGreaterThan(count * 10);
  });

  /** Makes the newest figure of an answer a wrong one on its way to the page. */
  const falsify = (text: string): string => {
    const figures = [...text.matchAll(/"(?:value|jobs|hires)":"?(-?\d+)/g)];
    const triangle = [...text.matchAll(/"values":\[[^\]]*"(-?\d+)/g)];
    const last = figures.at(-1) ?? triangle.at(-1);
    const digits = last?.[1];
    if (last === undefined || digits === undefined) return text;
    const at = last.index + last[0].length - digits.length;
    return `${text.slice(0, at)}${BigInt(digits) + 1n}${text.slice(at + digits.length)}`;
  };

  it.each<[string, Pick<RandomView, 'page' | 'query'>, string?]>([
    ['a tile', { page: 'overview', query: {} }],
    ['a table of periods', { page: 'indicator', query: { indicator: 'HIRES', by: 'none' } }],
    [
      'the provinces',
      { page: 'indicator', query: { indicator: 'HIRES', by: 'area', asKnownAt: '1403-11' } },
      'asKnownAt=1403-11',
    ],
    ['a table of parts', { page: 'indicator', query: { indicator: 'EMP_JOBS', by: 'sex' } }],
    ['a province at a glance', { page: 'area', query: { area: 'IR-10' } }, 'area=IR-10'],
    ['a triangle of releases', { page: 'revisions', query: { indicator: 'HIRES' } }, '/revisions'],
    ['a table of months', { page: 'movements', query: { dataflow: 'JOBS', measure: 'hires' } }, '/data/JOBS'],
    ['a page of a topic', { page: 'flows', query: {} }],
  ])('is seen to be wrong when it is: one figure falsified in %s', async (_, shown, within = 'IR-23') => {
    const tab = await openTab(site);
    // one answer that the view asks for is false, whenever it is asked for: live news may have the page ask again
    let chosen: string | undefined;
    await tab.page.route(/\/api\/(indicators\/.*(data|revisions)|data\/)/, async (route: Route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      const url = route.request().url();
      const isChosen = chosen === undefined ? url.includes(within) : url === chosen;
      const false_ = isChosen ? falsify(text) : text;
      if (false_ !== text) chosen = url;
      await route.fulfill({ response: answer, body: false_ });
    });
    // another area or position than the tab began with, so that everything is asked anew
    const query = { area: 'IR-23', ...shown.query };
    const view: RandomView = { ...shown, query, lang: 'fa', digits: undefined, width: 1440 };
    const wrong = await compare(view, tab, asking());
    expect(chosen).toBeDefined();
    expect(wrong).not.toEqual([]);
  });
});
