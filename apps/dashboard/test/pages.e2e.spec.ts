import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, hasChromium, launchChromium } from '@karnama/conformance';
import type { FigureLineage, Supply } from '@karnama/statistics';
import { headlines } from '../src/overview/headline.js';
import { heightAt, build, violationsOn } from './built-page.js';
import { choose, sidewaysOverflow } from './read-page.js';
import {
  auditToken,
  provinces,
  pseudonym,
  startTopicServer,
  topicReleases,
  type TopicServer,
} from './sample-topics.js';
import { seen, written as writtenIn } from './told-numbers.js';

jest.setTimeout(120_000);

const required = process.env['CI'] === 'true';
const suite = hasChromium || required ? describe : describe.skip;
if (!hasChromium && !required)
  process.stderr.write(`pages.e2e: skipped, no browser at ${chromiumPath} (set KARNAMA_CHROMIUM)\n`);

type Language = 'fa' | 'en';
type Row = { period: string; value: string | null; area?: string; skill?: string; size?: string };
type Query = Readonly<Record<string, string>>;

const written = (value: string, lang: Language, decimals = 0): string => {
  const [whole = '', fraction = ''] = value.split('.');
  const exact = fraction.padEnd(decimals, '0');
  return writtenIn(exact === '' ? whole : `${whole}.${exact}`, lang === 'fa' ? 'persian' : 'latin');
};

const plain = (text: string | null | undefined): string => seen(text ?? '');

/** Cells of a table by row and column; undefined where a dash or nothing stands. */
type Told = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

suite('the pages of topics', () => {
  let directory: string;
  let server: TopicServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'karnama-pages-'));
    await build(directory);
    server = await startTopicServer(directory);
    browser = await launchChromium();
    // one for all: what never changes is loaded once
    context = await browser.newContext();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    complaints = [];
    page = await context.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  afterEach(() => page.close());

  const settled = async (): Promise<void> => {
    await page.waitForSelector('#figures h2');
    await page.waitForFunction(() => document.querySelector('.skeleton, [data-ready="false"]') === null);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  };

  const open = async (search: string): Promise<void> => {
    await page.goto(`${server.url}/${search}`);
    await settled();
  };

  const ask = async <T>(path: string, query: Query): Promise<T> => {
    const answer = await fetch(`${server.url}/api/${path}?${new URLSearchParams(query)}`);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as T;
  };

  const figures = async (code: string, query: Query): Promise<readonly Row[]> =>
    (await ask<{ rows: Row[] }>(`indicators/${code}/data`, query)).rows;

  /** Every tile against the indicator asked alone: its newest figure and period. */
  const compareTiles = async (query: Query, lang: Language): Promise<number> => {
    const tiles = await page.$$eval('article[data-indicator]', (found) =>
      found.map((tile) => ({
        code: tile.getAttribute('data-indicator') ?? '',
        freq: new URL(tile.querySelector('a')?.href ?? '').searchParams.get('freq') ?? undefined,
        value: tile.querySelector('.tile-value .num')?.textContent ?? undefined,
        period: tile.querySelector('.tile-period time')?.getAttribute('datetime') ?? undefined,
      })),
    );
    for (const { code, freq, value, period } of tiles) {
      const { area, ...rest } = query;
      const ofArea = area === undefined || /^DQ_(LAG|REJ|CORR)/.test(code) ? rest : query;
      const rows = await figures(code, { ...ofArea, ...(freq === undefined ? {} : { freq }) });
      const row = rows.findLast((one) => one.value !== null);
      expect([code, value === undefined ? undefined : plain(value), period]).toEqual([
        code,
        row === undefined ? undefined : written(row.value ?? '', lang),
        row?.period,
      ]);
    }
    return tiles.length;
  };

  const tableOf = (name: string): Promise<Told> =>
    page.$$eval(`[data-figures="${name}"] tbody tr[data-row]`, (rows) =>
      Object.fromEntries(
        rows.map((row) => [
          row.getAttribute('data-row') ?? '',
          Object.fromEntries(
            [...row.querySelectorAll('td[data-column]')].map((cell) => [
              cell.getAttribute('data-column') ?? '',
              cell.querySelector('.num')?.textContent ?? undefined,
            ]),
          ),
        ]),
      ),
    );

  /** A table of indicators by period against each indicator asked alone. */
  const compareTable = async (name: string, query: Query, lang: Language): Promise<void> => {
    const told = await tableOf(name);
    expect(Object.keys(told).length).toBeGreaterThan(0);
    const codes = Object.keys(Object.values(told)[0] ?? {});
    for (const code of codes) {
      const [period = ''] = Object.keys(told);
      const freq = period.includes('Q') ? 'Q' : period.includes('-') ? 'M' : 'A';
      const values = new Map((await figures(code, { ...query, freq })).map((row) => [row.period, row.value]));
      for (const [at, cells] of Object.entries(told)) {
        const [cell, value] = [cells[code], values.get(at) ?? null];
        expect([name, code, at, cell === undefined ? undefined : plain(cell)]).toEqual([
          name,
          code,
          at,
          value === null ? undefined : written(value, lang),
        ]);
      }
    }
  };

  /** A table of measures against the rows of a dataflow. */
  const compareCells = async (
    name: string,
    path: string,
    query: Query,
    key: string,
    lang: Language,
    columns?: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const told = await tableOf(name);
    const { rows } = await ask<{ rows: Record<string, string | number>[] }>(`data/${path}`, query);
    const byKey = new Map(rows.map((row) => [String(row[key]), row]));
    expect(Object.keys(told).length).toBeGreaterThan(0);
    for (const [at, cells] of Object.entries(told))
      for (const [column, cell] of Object.entries(cells))
        expect([name, at, column, plain(cell)]).toEqual([
          name,
          at,
          column,
          written(String(byKey.get(at)?.[columns?.[column] ?? column] ?? '0'), lang),
        ]);
  };

  const ofTehran = { area: 'IR-23', asKnownAt: 'latest' };
  const span = { from: '1402-01', to: '1403-12' };

  it.each(['fa', 'en'] as const)('of labour flows show in %s the figures of the API', async (lang) => {
    await open(`?page=flows&area=IR-23&lang=${lang}`);
    expect(await compareTiles(ofTehran, lang)).toBe(8);
    for (const name of ['counts', 'rates', 'jobs', 'job-rates', 'beveridge', 'tightness'])
      await compareTable(name, ofTehran, lang);
    await compareCells('reasons', 'JOBS', { ...ofTehran, ...span, by: 'month' }, 'month', lang);
    expect(await page.locator('.chart-canvas svg').count()).toBe(7);
    expect(complaints).toEqual([]);
  });

  it('keep a range of periods in the address, and tell nothing outside it', async () => {
    await open('?page=flows&area=IR-23&lang=en&from=1403-03');
    await choose(page, 'to', '1403-08');
    await settled();
    expect(new URL(page.url()).searchParams.get('to')).toBe('1403-08');
    const within = ['1403-08', '1403-07', '1403-06', '1403-05', '1403-04', '1403-03'];
    expect(Object.keys(await tableOf('counts'))).toEqual(within);
    expect(Object.keys(await tableOf('jobs'))).toEqual(['1403-Q3', '1403-Q2', '1403-Q1']);
    expect(Object.keys(await tableOf('reasons')).sort()).toEqual(within.toReversed());
    await compareTable('counts', ofTehran, 'en');
    const hires = page.locator('article[data-indicator="HIRES"]');
    expect(await hires.locator('time').getAttribute('datetime')).toBe('1403-08');
    // back to the page's own first month: the address need not name it
    await choose(page, 'from', '1402-01');
    await settled();
    expect(new URL(page.url()).searchParams.has('from')).toBe(false);
    expect(Object.keys(await tableOf('counts')).at(-1)).toBe('1402-01');
    expect(complaints).toEqual([]);
  });

  describe('let their figures be taken away', () => {
    /** The dialog of a card, and what its plain CSV says; cells of the header and of each line. */
    const taken = async (card: string): Promise<readonly (readonly string[])[]> => {
      await page.click(`[data-card="${card}"] .take-away`);
      const link = page.locator('dialog [data-form="csv"]');
      const address = new URL((await link.getAttribute('href')) ?? '', page.url());
      const answer = await fetch(address);
      expect([card, answer.status]).toEqual([card, 200]);
      // what is drawn and what it is cited as are told once the metadata are there
      await page.waitForSelector('dialog .copied');
      return (await answer.text())
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
    };

    const downloaded = async (selector: string): Promise<string> => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.click(selector)]);
      return readFile(await download.path(), 'utf8');
    };

    it('several indicators as one file, in the range of the page, with their drawing', async () => {
      await open('?page=flows&area=IR-23&lang=en&from=1403-03&to=1403-05');
      const [header, ...lines] = await taken('counts');
      expect(header?.slice(0, 3)).toEqual(['indicator', 'period', 'value']);
      for (const code of ['HIRES', 'SEPS']) {
        const own = await figures(code, { ...ofTehran, freq: 'M', from: '1403-03', to: '1403-05' });
        expect(lines.filter(([of]) => of === code).map(([, period, value]) => [period, value])).toEqual(
          own.map(({ period, value }) => [period, value ?? '']),
        );
      }
      expect(lines).toHaveLength(6);
      const svg = await downloaded('dialog [data-form="svg"]');
      // title, both lines by name, and where it comes from
      for (const text of ['Hires and separations, Tehran', '>Hires<', '>Separations<', 'SHA-256'])
        expect(svg).toContain(text);
      expect(complaints).toEqual([]);
    });

    it.each([
      ['flows', 'reasons', 'separations'],
      ['skills', 'gap', 'value'],
      ['business', 'units', 'units'],
      ['business', 'size', 'value'],
      ['supply', 'completeness', 'value'],
      ['supply', 'lateness', 'records'],
    ])('of %s the card %s', async (name, card, column) => {
      await open(`?page=${name}&area=IR-23&lang=en`);
      const [header, ...lines] = await taken(card);
      expect(header).toContain(column);
      expect(lines.length).toBeGreaterThan(0);
      expect(await page.locator('dialog .copied').first().innerText()).not.toBe('');
      expect(complaints).toEqual([]);
    });
  });

  it('of labour flows tell why people left in one sentence, and link its figures to their indicators', async () => {
    await open('?page=flows&area=IR-23&lang=en');
    const finding = plain(await page.locator('[data-card="reasons"] figcaption').innerText());
    const { rows } = await ask<{ rows: Record<string, number>[] }>('data/JOBS', {
      ...ofTehran,
      by: '',
      from: '1403-12',
      to: '1403-12',
      measure: 'separations,quits,layoffs,retirements',
    });
    const { separations, quits, layoffs, retirements } = rows[0] ?? {};
    expect(finding).toContain(
      `separations ${separations}, of these quits ${quits}, layoffs or contracts not renewed ${layoffs}, retirements ${retirements}`,
    );
    await page.click('[data-card="reasons"] summary');
    await page.click('[data-figures="reasons"] a[href*="QUIT_R"]');
    await page.waitForURL(/page=indicator/);
    expect(new URL(page.url()).searchParams.get('area')).toBe('IR-23');
  });

  it.each(['fa', 'en'] as const)('of skills show in %s the figures of the API', async (lang) => {
    await open(`?page=skills&area=IR-23&lang=${lang}`);
    expect(await compareTiles(ofTehran, lang)).toBe(8);
    for (const name of ['certificates', 'graduates', 'placements']) await compareTable(name, ofTehran, lang);
    const skills = await tableOf('skills');
    for (const [code, freq] of [
      ['SKILL_GAP', 'M'],
      ['CERT_ISSUED', 'A'],
      ['GRAD_EMP_6', 'A'],
      ['SKILL_MATCH', 'A'],
    ] as const) {
      const rows = await figures(code, { ...ofTehran, freq, by: 'skill' });
      const newest = rows.findLast(({ value }) => value !== null)?.period;
      for (const { skill = '', value } of rows.filter(({ period }) => period === newest))
        expect([code, skill, plain(skills[skill]?.[code]).replace('+', '')]).toEqual([
          code,
          skill,
          value === null ? '' : written(value, lang),
        ]);
    }
    const gaps = Object.values(skills).map((cells) => plain(cells['SKILL_GAP']));
    expect(gaps).toHaveLength(3);
    const cohort = { ...ofTehran, by: 'elapsed', from: '1402-10', to: '1402-12' };
    await compareCells('entry', 'GRADUATE_ENTRY', cohort, 'elapsed', lang);
    expect(complaints).toEqual([]);
  });

  it.each(['fa', 'en'] as const)('of business show in %s the figures of the API', async (lang) => {
    await open(`?page=business&area=IR-23&lang=${lang}`);
    expect(await compareTiles(ofTehran, lang)).toBe(8);
    for (const name of ['demography', 'survival', 'employers', 'conversion', 'activity', 'capacity'])
      await compareTable(name, ofTehran, lang);
    const newest = { ...ofTehran, from: '1403-12', to: '1403-12' };
    await compareCells('permits', 'PERMITS', { ...ofTehran, ...span, by: 'month' }, 'month', lang);
    await compareCells('estates', 'ESTATES', { ...ofTehran, ...span, by: 'month' }, 'month', lang);
    await compareCells('units', 'UNITS', { ...newest, by: 'state' }, 'state', lang, { value: 'units' });
    const sizes = await tableOf('size');
    for (const { size = '', value } of await figures('ENT_EMPLOYERS', { ...newest, by: 'size' }))
      expect([size, plain(sizes[size]?.['value'])]).toEqual([size, written(value ?? '', lang)]);
    expect(complaints).toEqual([]);
  });

  it.each(['fa', 'en'] as const)(
    'of the data supply show in %s what the API tells of each agency',
    async (lang) => {
      for (const asKnownAt of ['latest', '1403-11']) {
        await open(`?page=supply&lang=${lang}${asKnownAt === 'latest' ? '' : `&asKnownAt=${asKnownAt}`}`);
        const { senders } = await ask<Supply>('supply', { asKnownAt });
        const [balance, lateness] = [await tableOf('balance'), await tableOf('lateness')];
        expect(Object.keys(balance)).toHaveLength(senders.length);
        for (const { agency, contract, received, accepted, quarantined, delivery } of senders) {
          const name = `${agency}/${contract}`;
          expect([name, plain(balance[name]?.['received']), plain(balance[name]?.['accepted'])]).toEqual([
            name,
            written(String(received), lang),
            written(String(accepted), lang),
          ]);
          expect(plain(balance[name]?.['quarantined'])).toBe(written(String(quarantined), lang));
          if (delivery === null) continue;
          expect([name, plain(lateness[name]?.['late']), plain(lateness[name]?.['lateShare'])]).toEqual([
            name,
            written(String(delivery.late), lang),
            written(delivery.lateShare ?? '', lang),
          ]);
        }
        expect(await compareTiles({ area: 'IR', asKnownAt }, lang)).toBe(8);
      }
      expect(complaints).toEqual([]);
    },
  );

  it.each(['fa', 'en'] as const)(
    'of a province show in %s its figures, the country’s and its rank',
    async (lang) => {
      await open(`?page=area&area=IR-10&lang=${lang}`);
      const rows = await page.$$eval('[data-figures="area"] tbody tr', (found) =>
        found.map((row) => ({
          code: row.getAttribute('data-indicator') ?? '',
          here: row.querySelector('[data-column="here"] .num')?.textContent ?? undefined,
          country: row.querySelector('[data-column="country"] .num')?.textContent ?? undefined,
          rank: row.querySelector('[data-column="rank"] .num')?.textContent ?? undefined,
          lines: row.querySelectorAll('.mini-chart polyline').length,
        })),
      );
      for (const { code, here, country, rank, lines } of rows) {
        const { freq = 'M' } = headlines.find((one) => one.code === code) ?? {};
        const whole = (await figures(code, { freq, area: 'IR' })).findLast(({ value }) => value !== null);
        if (whole === undefined) continue;
        const all = (await figures(code, { freq, by: 'area' })).filter(
          ({ period, value, area }) => period === whole.period && value !== null && !area?.endsWith('_U'),
        );
        const own = all.find(({ area }) => area === 'IR-10')?.value ?? '';
        const place = all.filter(({ value }) => Number(value) > Number(own)).length + 1;
        expect([code, plain(here), plain(country), plain(rank)]).toEqual([
          code,
          written(own, lang),
          written(whole.value ?? '', lang),
          written(String(place), lang),
        ]);
        expect([code, lines]).toEqual([code, 2]);
      }
      expect(rows.length).toBeGreaterThanOrEqual(14);
      const newest = { area: 'IR-10', from: '1403-12', to: '1403-12' };
      await compareCells('units', 'UNITS', { ...newest, by: 'state' }, 'state', lang, { value: 'units' });
      expect(complaints).toEqual([]);
    },
  );

  it('of an indicator show every province in a small chart with its figure', async () => {
    await open('?page=indicator&indicator=JSK_RATIO&lang=en');
    const told = await page.$$eval('.small-multiples li', (found) =>
      Object.fromEntries(
        found.map((one) => [
          one.getAttribute('data-area') ?? '',
          one.querySelector('.multiple-value .num')?.textContent ?? undefined,
        ]),
      ),
    );
    const rows = await figures('JSK_RATIO', { by: 'area', from: '1403-12', to: '1403-12' });
    for (const { area = '', value } of rows)
      expect([area, plain(told[area])]).toEqual([area, written(value ?? '', 'en')]);
    await page.click('.small-multiples [data-area="IR-10"] a');
    await page.waitForURL(/area=IR-10/);
    expect(new URL(page.url()).searchParams.get('indicator')).toBe('JSK_RATIO');
  });

  it('follow the position of knowledge, and mark what it tells otherwise than the release before', async () => {
    await open('?page=flows&area=IR-23&lang=en');
    const tile = page.locator('article[data-indicator="HIRES"]');
    expect(await tile.locator('[data-revised="own"]').count()).toBe(1);
    for (const { name } of topicReleases) {
      await choose(page, 'release', name);
      await page.waitForURL((address) => address.searchParams.get('asKnownAt') === name);
      await settled();
      await compareTiles({ area: 'IR-23', asKnownAt: name }, 'en');
      await compareTable('rates', { area: 'IR-23', asKnownAt: name }, 'en');
    }
    expect(complaints).toEqual([]);
  });

  describe('lineage', () => {
    const address = '?page=lineage&indicator=HIRES&area=IR-23&from=1403-12&lang=en';
    const question = { month: '1403-12', area: 'IR-23', since: '1403-12' };

    it('tells everyone the agencies and counts of records behind a figure, and nobody a person', async () => {
      await open(address);
      const found = await ask<FigureLineage>('indicators/HIRES/lineage', question);
      expect(plain(await page.locator('[data-figure="now"]').innerText())).toBe(
        `${written(found.figure.value ?? '', 'en')} jobs`,
      );
      const deliveries = await tableOf('deliveries');
      expect(found.deliveries).toHaveLength(1);
      for (const { agency, contract, entities, records, withdrawn, since } of found.deliveries)
        expect(deliveries[`${agency}/${contract}`]).toEqual({
          records: String(records),
          entities: String(entities),
          withdrawn: String(withdrawn),
          since: String(since),
        });
      const terms = await tableOf('terms');
      expect(terms['JOBS.hires']).toEqual({
        value: found.terms[0]?.value,
        entities: String(found.terms[0]?.entities),
      });
      expect(await page.content()).not.toContain(pseudonym);
      await page.selectOption('select[name="period"]', '1403-11');
      await page.waitForURL(/from=1403-11/);
      expect(complaints).toEqual([]);
    });

    it('tells the figure of the release beside that of now', async () => {
      await open(`${address}&asKnownAt=1403-12`);
      const [then] = await figures('HIRES', {
        ...{ area: 'IR-23', from: '1403-12', to: '1403-12', asKnownAt: '1403-12' },
      });
      await page.waitForSelector('[data-figure="then"]');
      expect(plain(await page.locator('[data-figure="then"]').innerText())).toBe(`${then?.value} jobs`);
    });

    it('shows auditors entities, records and events, and keeps their token in this tab only', async () => {
      await open(address);
      await page.fill('[data-form="audit"] input', 'x'.repeat(40));
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-form="audit"] [role="alert"]');
      expect(await page.locator('[data-figures="entities"]').count()).toBe(0);
      await page.fill('[data-form="audit"] input', auditToken);
      await page.keyboard.press('Enter');
      await page.waitForSelector('[data-figures="entities"]');
      const first = await page.locator('[data-figures="entities"] > li').first().innerText();
      for (const part of [
        pseudonym,
        'r1',
        'EmploymentStarted',
        'feed_social-insurance_employment-starts-0@0',
        'file-7',
      ])
        expect(plain(first)).toContain(part);
      expect(await page.locator('[data-figures="entities"] > li').count()).toBe(10);
      await page.click('text=Next entities');
      await page.waitForFunction(
        () => document.querySelectorAll('[data-figures="entities"] > li').length === 2,
      );
      const kept = await page.evaluate(() => [
        JSON.stringify(window.sessionStorage),
        JSON.stringify(window.localStorage),
        document.cookie,
        window.location.href,
      ]);
      expect(kept.map((text) => text.includes('0123456789'))).toEqual([true, false, false, false]);
      expect(await violationsOn(page)).toEqual([]);
      await page.click('text=Forget the token');
      await page.waitForSelector('[data-form="audit"]');
      expect(await page.evaluate(() => window.sessionStorage.length)).toBe(0);
      expect(await page.content()).not.toContain(pseudonym);
      // the browser itself tells of an answer of 403
      expect(complaints.filter((line) => !line.includes('403'))).toEqual([]);
    });
  });

  describe('can be reached from the navigation', () => {
    const names = [
      'indicator',
      'area',
      'flows',
      'skills',
      'business',
      'releases',
      'revisions',
      'supply',
      'lineage',
    ];

    it('at once on a wide screen', async () => {
      await open('?lang=en&area=IR-23');
      for (const name of names)
        expect([name, await page.locator(`nav a[href*="page=${name}"]`).isVisible()]).toEqual([name, true]);
      expect(await page.locator('nav button').first().isVisible()).toBe(false);
    });

    it('group by group on a narrow one, by keyboard too', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      await open('?lang=fa&area=IR-23');
      expect(await sidewaysOverflow(page)).toBe(0);
      const group = page.locator('nav .page-group', { has: page.locator('a[href*="page=skills"]') });
      const button = group.locator('button');
      expect(await group.locator('a').first().isVisible()).toBe(false);
      await button.focus();
      await page.keyboard.press('Enter');
      expect(await button.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Escape');
      expect(await button.getAttribute('aria-expanded')).toBe('false');
      expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
      await page.keyboard.press('Space');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/page=skills/);
      expect(await group.getAttribute('data-current')).toBe('true');
      expect(await button.getAttribute('aria-expanded')).toBe('false');
      expect(new URL(page.url()).searchParams.get('area')).toBe('IR-23');
      for (const one of await page.locator('nav .page-group > button').all()) {
        await one.click();
        expect(await sidewaysOverflow(page)).toBe(0);
      }
    });
  });

  describe.each([
    ['fa', 'light'],
    ['en', 'dark'],
  ])('in %s on a %s ground', (lang, theme) => {
    it.each(['flows', 'skills', 'business', 'supply', 'lineage', 'area'])(
      'of %s are accessible and never wider than the window',
      async (name) => {
        await open(`?page=${name}&area=${provinces[0]}&lang=${lang}&theme=${theme}`);
        for (const summary of await page.locator('.chart-table > summary').all()) await summary.click();
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: heightAt(width) });
          expect([width, await sidewaysOverflow(page)]).toEqual([width, 0]);
          expect([width, await violationsOn(page)]).toEqual([width, []]);
        }
        expect(complaints).toEqual([]);
      },
    );
  });
});
