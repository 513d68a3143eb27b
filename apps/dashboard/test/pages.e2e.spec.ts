import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import type { FigureLineage, Supply } from '@karnama/statistics';
import { headlines } from '../src/overview/headline.js';
import type { Language } from '../src/url-state.js';
import { browserSuite, useSite } from './browser-suite.js';
import { heightAt, violationsOn } from './built-page.js';
import { choose, sidewaysOverflow } from './read-page.js';
import { auditToken, provinces, pseudonym, startTopicServer, topicReleases } from './sample-topics.js';
import { scriptOf, seen, written } from './told-numbers.js';

type Row = { period: string; value: string | null; area?: string; skill?: string; size?: string };
type Query = Readonly<Record<string, string>>;

/** Cells of a table by row and column; undefined where a dash or nothing stands. */
type Told = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

browserSuite('the pages of topics', () => {
  const site = useSite(startTopicServer);

  const ask = async <T>(path: string, query: Query): Promise<T> => {
    const answer = await fetch(`${site.url}/api/${path}?${new URLSearchParams(query)}`);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as T;
  };

  const figures = async (code: string, query: Query): Promise<readonly Row[]> =>
    (await ask<{ rows: Row[] }>(`indicators/${code}/data`, query)).rows;

  /** Every tile against the indicator asked alone: its newest figure and period. */
  const compareTiles = async (query: Query, lang: Language): Promise<number> => {
    const tiles = await site.page.$$eval('article[data-indicator]', (found) =>
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
      expect([code, value === undefined ? undefined : seen(value), period]).toEqual([
        code,
        row === undefined ? undefined : written(row.value ?? '', scriptOf(lang)),
        row?.period,
      ]);
    }
    return tiles.length;
  };

  const tableOf = (name: string): Promise<Told> =>
    site.page.$$eval(`[data-figures="${name}"] tbody tr[data-row]`, (rows) =>
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
        expect([name, code, at, cell === undefined ? undefined : seen(cell)]).toEqual([
          name,
          code,
          at,
          value === null ? undefined : written(value, scriptOf(lang)),
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
        expect([name, at, column, seen(cell)]).toEqual([
          name,
          at,
          column,
          written(String(byKey.get(at)?.[columns?.[column] ?? column] ?? '0'), scriptOf(lang)),
        ]);
  };

  const ofTehran = { area: 'IR-23', asKnownAt: 'latest' };
  const span = { from: '1402-01', to: '1403-12' };

  it.each(['fa', 'en'] as const)('of labour flows show in %s the figures of the API', async (lang) => {
    await site.open(`?page=flows&area=IR-23&lang=${lang}`);
    expect(await compareTiles(ofTehran, lang)).toBe(8);
    for (const name of ['counts', 'rates', 'jobs', 'job-rates', 'beveridge', 'tightness'])
      await compareTable(name, ofTehran, lang);
    await compareCells('reasons', 'JOBS', { ...ofTehran, ...span, by: 'month' }, 'month', lang);
    expect(await site.page.locator('.chart-canvas svg').count()).toBe(7);
    expect(site.complaints).toEqual([]);
  });

  it('keep a range of periods in the address, and tell nothing outside it', async () => {
    await site.open('?page=flows&area=IR-23&lang=en&from=1403-03');
    await choose(site.page, 'to', '1403-08');
    await site.settled();
    expect(new URL(site.page.url()).searchParams.get('to')).toBe('1403-08');
    const within = ['1403-08', '1403-07', '1403-06', '1403-05', '1403-04', '1403-03'];
    expect(Object.keys(await tableOf('counts'))).toEqual(within);
    expect(Object.keys(await tableOf('jobs'))).toEqual(['1403-Q3', '1403-Q2', '1403-Q1']);
    expect(Object.keys(await tableOf('reasons')).sort()).toEqual(within.toReversed());
    await compareTable('counts', ofTehran, 'en');
    const hires = site.page.locator('article[data-indicator="HIRES"]');
    expect(await hires.locator('time').getAttribute('datetime')).toBe('1403-08');
    // back to the page's own first month: the address need not name it
    await choose(site.page, 'from', '1402-01');
    await site.settled();
    expect(new URL(site.page.url()).searchParams.has('from')).toBe(false);
    expect(Object.keys(await tableOf('counts')).at(-1)).toBe('1402-01');
    expect(site.complaints).toEqual([]);
  });

  describe('let their figures be taken away', () => {
    /** The dialog of a card, and what its plain CSV says; cells of the header and of each line. */
    const taken = async (card: string): Promise<readonly (readonly string[])[]> => {
      await site.page.click(`[data-card="${card}"] .take-away`);
      const link = site.page.locator('dialog [data-form="csv"]');
      const address = new URL((await link.getAttribute('href')) ?? '', site.page.url());
      const answer = await fetch(address);
      expect([card, answer.status]).toEqual([card, 200]);
      // what is drawn and what it is cited as are told once the metadata are there
      await site.page.waitForSelector('dialog .copied');
      return (await answer.text())
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
    };

    const downloaded = async (selector: string): Promise<string> => {
      const [download] = await Promise.all([site.page.waitForEvent('download'), site.page.click(selector)]);
      return readFile(await download.path(), 'utf8');
    };

    it('several indicators as one file, in the range of the page, with their drawing', async () => {
      await site.open('?page=flows&area=IR-23&lang=en&from=1403-03&to=1403-05');
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
      expect(site.complaints).toEqual([]);
    });

    it.each([
      ['flows', 'reasons', 'separations'],
      ['skills', 'gap', 'value'],
      ['business', 'units', 'units'],
      ['business', 'size', 'value'],
      ['supply', 'completeness', 'value'],
      ['supply', 'lateness', 'records'],
    ])('of %s the card %s', async (name, card, column) => {
      await site.open(`?page=${name}&area=IR-23&lang=en`);
      const [header, ...lines] = await taken(card);
      expect(header).toContain(column);
      expect(lines.length).toBeGreaterThan(0);
      expect(await site.page.locator('dialog .copied').first().innerText()).not.toBe('');
      expect(site.complaints).toEqual([]);
    });
  });

  it('of labour flows tell why people left in one sentence, and link its figures to their indicators', async () => {
    await site.open('?page=flows&area=IR-23&lang=en');
    const finding = seen(await site.page.locator('[data-card="reasons"] figcaption').innerText());
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
    await site.page.click('[data-card="reasons"] summary');
    await site.page.click('[data-figures="reasons"] a[href*="QUIT_R"]');
    await site.page.waitForURL(/page=indicator/);
    expect(new URL(site.page.url()).searchParams.get('area')).toBe('IR-23');
  });

  it.each(['fa', 'en'] as const)('of skills show in %s the figures of the API', async (lang) => {
    await site.open(`?page=skills&area=IR-23&lang=${lang}`);
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
        expect([code, skill, seen(skills[skill]?.[code]).replace('+', '')]).toEqual([
          code,
          skill,
          value === null ? '' : written(value, scriptOf(lang)),
        ]);
    }
    const gaps = Object.values(skills).map((cells) => seen(cells['SKILL_GAP']));
    expect(gaps).toHaveLength(3);
    const cohort = { ...ofTehran, by: 'elapsed', from: '1402-10', to: '1402-12' };
    await compareCells('entry', 'GRADUATE_ENTRY', cohort, 'elapsed', lang);
    expect(site.complaints).toEqual([]);
  });

  it.each(['fa', 'en'] as const)('of business show in %s the figures of the API', async (lang) => {
    await site.open(`?page=business&area=IR-23&lang=${lang}`);
    expect(await compareTiles(ofTehran, lang)).toBe(8);
    for (const name of ['demography', 'survival', 'employers', 'conversion', 'activity', 'capacity'])
      await compareTable(name, ofTehran, lang);
    const newest = { ...ofTehran, from: '1403-12', to: '1403-12' };
    await compareCells('permits', 'PERMITS', { ...ofTehran, ...span, by: 'month' }, 'month', lang);
    await compareCells('estates', 'ESTATES', { ...ofTehran, ...span, by: 'month' }, 'month', lang);
    await compareCells('units', 'UNITS', { ...newest, by: 'state' }, 'state', lang, { value: 'units' });
    const sizes = await tableOf('size');
    for (const { size = '', value } of await figures('ENT_EMPLOYERS', { ...newest, by: 'size' }))
      expect([size, seen(sizes[size]?.['value'])]).toEqual([size, written(value ?? '', scriptOf(lang))]);
    expect(site.complaints).toEqual([]);
  });

  it.each(['fa', 'en'] as const)(
    'of the data supply show in %s what the API tells of each agency',
    async (lang) => {
      for (const asKnownAt of ['latest', '1403-11']) {
        await site.open(
          `?page=supply&lang=${lang}${asKnownAt === 'latest' ? '' : `&asKnownAt=${asKnownAt}`}`,
        );
        const { senders } = await ask<Supply>('supply', { asKnownAt });
        const [balance, lateness] = [await tableOf('balance'), await tableOf('lateness')];
        expect(Object.keys(balance)).toHaveLength(senders.length);
        for (const { agency, contract, received, accepted, quarantined, delivery } of senders) {
          const name = `${agency}/${contract}`;
          expect([name, seen(balance[name]?.['received']), seen(balance[name]?.['accepted'])]).toEqual([
            name,
            written(String(received), scriptOf(lang)),
            written(String(accepted), scriptOf(lang)),
          ]);
          expect(seen(balance[name]?.['quarantined'])).toBe(written(String(quarantined), scriptOf(lang)));
          if (delivery === null) continue;
          expect([name, seen(lateness[name]?.['late']), seen(lateness[name]?.['lateShare'])]).toEqual([
            name,
            written(String(delivery.late), scriptOf(lang)),
            written(delivery.lateShare ?? '', scriptOf(lang)),
          ]);
        }
        expect(await compareTiles({ area: 'IR', asKnownAt }, lang)).toBe(8);
      }
      expect(site.complaints).toEqual([]);
    },
  );

  it.each(['fa', 'en'] as const)(
    'of a province show in %s its figures, the country’s and its rank',
    async (lang) => {
      await site.open(`?page=area&area=IR-10&lang=${lang}`);
      const rows = await site.page.$$eval('[data-figures="area"] tbody tr', (found) =>
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
        expect([code, seen(here), seen(country), seen(rank)]).toEqual([
          code,
          written(own, scriptOf(lang)),
          written(whole.value ?? '', scriptOf(lang)),
          written(String(place), scriptOf(lang)),
        ]);
        expect([code, lines]).toEqual([code, 2]);
      }
      expect(rows.length).toBeGreaterThanOrEqual(14);
      const newest = { area: 'IR-10', from: '1403-12', to: '1403-12' };
      await compareCells('units', 'UNITS', { ...newest, by: 'state' }, 'state', lang, { value: 'units' });
      expect(site.complaints).toEqual([]);
    },
  );

  it('of an indicator show every province in a small chart with its figure', async () => {
    await site.open('?page=indicator&indicator=JSK_RATIO&lang=en');
    const told = await site.page.$$eval('.small-multiples li', (found) =>
      Object.fromEntries(
        found.map((one) => [
          one.getAttribute('data-area') ?? '',
          one.querySelector('.multiple-value .num')?.textContent ?? undefined,
        ]),
      ),
    );
    const rows = await figures('JSK_RATIO', { by: 'area', from: '1403-12', to: '1403-12' });
    for (const { area = '', value } of rows)
      expect([area, seen(told[area])]).toEqual([area, written(value ?? '', 'latin')]);
    await site.page.click('.small-multiples [data-area="IR-10"] a');
    await site.page.waitForURL(/area=IR-10/);
    expect(new URL(site.page.url()).searchParams.get('indicator')).toBe('JSK_RATIO');
  });

  it('follow the position of knowledge, and mark what it tells otherwise than the release before', async () => {
    await site.open('?page=flows&area=IR-23&lang=en');
    const tile = site.page.locator('article[data-indicator="HIRES"]');
    expect(await tile.locator('[data-revised="own"]').count()).toBe(1);
    for (const { name } of topicReleases) {
      await choose(site.page, 'release', name);
      await site.page.waitForURL((address) => address.searchParams.get('asKnownAt') === name);
      await site.settled();
      await compareTiles({ area: 'IR-23', asKnownAt: name }, 'en');
      await compareTable('rates', { area: 'IR-23', asKnownAt: name }, 'en');
    }
    expect(site.complaints).toEqual([]);
  });

  describe('lineage', () => {
    const address = '?page=lineage&indicator=HIRES&area=IR-23&from=1403-12&lang=en';
    const question = { month: '1403-12', area: 'IR-23', since: '1403-12' };

    it('tells everyone the agencies and counts of records behind a figure, and nobody a person', async () => {
      await site.open(address);
      const found = await ask<FigureLineage>('indicators/HIRES/lineage', question);
      expect(seen(await site.page.locator('[data-figure="now"]').innerText())).toBe(
        `${written(found.figure.value ?? '', 'latin')} jobs`,
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
      expect(await site.page.content()).not.toContain(pseudonym);
      await site.page.selectOption('select[name="period"]', '1403-11');
      await site.page.waitForURL(/from=1403-11/);
      expect(site.complaints).toEqual([]);
    });

    it('tells the figure of the release beside that of now', async () => {
      await site.open(`${address}&asKnownAt=1403-12`);
      const [then] = await figures('HIRES', {
        ...{ area: 'IR-23', from: '1403-12', to: '1403-12', asKnownAt: '1403-12' },
      });
      await site.page.waitForSelector('[data-figure="then"]');
      expect(seen(await site.page.locator('[data-figure="then"]').innerText())).toBe(`${then?.value} jobs`);
    });

    it('shows auditors entities, records and events, and keeps their token in this tab only', async () => {
      await site.open(address);
      await site.page.fill('[data-form="audit"] input', 'x'.repeat(40));
      await site.page.keyboard.press('Enter');
      await site.page.waitForSelector('[data-form="audit"] [role="alert"]');
      expect(await site.page.locator('[data-figures="entities"]').count()).toBe(0);
      await site.page.fill('[data-form="audit"] input', auditToken);
      await site.page.keyboard.press('Enter');
      await site.page.waitForSelector('[data-figures="entities"]');
      const first = await site.page.locator('[data-figures="entities"] > li').first().innerText();
      for (const part of [
        pseudonym,
        'r1',
        'EmploymentStarted',
        'feed_social-insurance_employment-starts-0@0',
        'file-7',
      ])
        expect(seen(first)).toContain(part);
      expect(await site.page.locator('[data-figures="entities"] > li').count()).toBe(10);
      await site.page.click('text=Next entities');
      await site.page.waitForFunction(
        () => document.querySelectorAll('[data-figures="entities"] > li').length === 2,
      );
      const kept = await site.page.evaluate(() => [
        JSON.stringify(window.sessionStorage),
        JSON.stringify(window.localStorage),
        document.cookie,
        window.location.href,
      ]);
      expect(kept.map((text) => text.includes('0123456789'))).toEqual([true, false, false, false]);
      expect(await violationsOn(site.page)).toEqual([]);
      await site.page.click('text=Forget the token');
      await site.page.waitForSelector('[data-form="audit"]');
      expect(await site.page.evaluate(() => window.sessionStorage.length)).toBe(0);
      expect(await site.page.content()).not.toContain(pseudonym);
      // the browser itself tells of an answer of 403
      expect(site.complaints.filter((line) => !line.includes('403'))).toEqual([]);
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
      await site.open('?lang=en&area=IR-23');
      for (const name of names)
        expect([name, await site.page.locator(`nav a[href*="page=${name}"]`).isVisible()]).toEqual([
          name,
          true,
        ]);
      expect(await site.page.locator('nav button').first().isVisible()).toBe(false);
    });

    it('group by group on a narrow one, by keyboard too', async () => {
      await site.page.setViewportSize({ width: 390, height: 844 });
      await site.open('?lang=fa&area=IR-23');
      expect(await sidewaysOverflow(site.page)).toBe(0);
      const group = site.page.locator('nav .page-group', {
        has: site.page.locator('a[href*="page=skills"]'),
      });
      const button = group.locator('button');
      expect(await group.locator('a').first().isVisible()).toBe(false);
      await button.focus();
      await site.page.keyboard.press('Enter');
      expect(await button.getAttribute('aria-expanded')).toBe('true');
      await site.page.keyboard.press('Escape');
      expect(await button.getAttribute('aria-expanded')).toBe('false');
      expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
      await site.page.keyboard.press('Space');
      await site.page.keyboard.press('Tab');
      await site.page.keyboard.press('Tab');
      await site.page.keyboard.press('Enter');
      await site.page.waitForURL(/page=skills/);
      expect(await group.getAttribute('data-current')).toBe('true');
      expect(await button.getAttribute('aria-expanded')).toBe('false');
      expect(new URL(site.page.url()).searchParams.get('area')).toBe('IR-23');
      for (const one of await site.page.locator('nav .page-group > button').all()) {
        await one.click();
        expect(await sidewaysOverflow(site.page)).toBe(0);
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
        await site.open(`?page=${name}&area=${provinces[0]}&lang=${lang}&theme=${theme}`);
        for (const summary of await site.page.locator('.chart-table > summary').all()) await summary.click();
        for (const width of [1440, 390]) {
          await site.page.setViewportSize({ width, height: heightAt(width) });
          expect([width, await sidewaysOverflow(site.page)]).toEqual([width, 0]);
          expect([width, await violationsOn(site.page)]).toEqual([width, []]);
        }
        expect(site.complaints).toEqual([]);
      },
    );
  });
});
