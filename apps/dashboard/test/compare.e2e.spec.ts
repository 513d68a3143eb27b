import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { browserSuite, useSite } from './browser-suite.js';
import { heightAt, violationsOn } from './built-page.js';
import { choose, decimalIn, sidewaysOverflow } from './read-page.js';
import { startProgram, writeJobs } from './real-program.js';

type Point = { period: string; value: string } | null;
type Effects = Record<'newPeriod' | 'revision' | 'late' | 'corrections' | 'definition', string>;
type Comparison = {
  from: { name: string };
  to: { name: string };
  indicators: {
    indicator: string;
    decimals: number;
    redefined: boolean;
    headline: { old: Point; new: Point; difference: string | null; effects: Effects | null } | null;
    figures: { period: string; fate: string; old: string | null; new: string | null }[];
  }[];
};

browserSuite('figures at two positions of knowledge, while they come in', () => {
  jest.setTimeout(180_000);
  const site = useSite(startProgram, { servesOwnPage: true });

  beforeAll(async () => {
    // six jobs of the first two months, told in time; then a release
    const first = join(site.directory, 'first.ndjson');
    await writeJobs(
      first,
      [1, 2, 3, 4, 5, 6].map((number) => ({
        number,
        startDay: number < 4 ? '1404-01-10' : '1404-02-10',
        reportedOn: number < 4 ? '1404-01-25' : '1404-03-05',
      })),
    );
    await site.server.run('import', first, '--contract', 'employment-starts');
    await site.server.run('release', 'cut', '1404-03');
  });

  const ask = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${site.url}${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as T;
  };
  const newest = async (code: string, more = ''): Promise<string | null | undefined> => {
    const { rows } = await ask<{ rows: { value: string | null }[] }>(
      `/api/indicators/${code}/data?area=IR&freq=M${more}`,
    );
    return rows.findLast(({ value }) => value !== null)?.value;
  };
  const tile = (code: string) => site.page.locator(`article[data-indicator="${code}"]`);
  const valueOf = async (code: string): Promise<string> =>
    decimalIn(await tile(code).locator('.tile-value .num').innerText());

  it('change on the open page, are marked and announced, and the comparison tells why', async () => {
    await site.open('?lang=fa');
    await site.page.waitForSelector('[data-live="current"]');
    expect(await valueOf('EMP_JOBS')).toBe('6');
    expect(await newest('EMP_JOBS')).toBe('6');
    expect(await tile('EMP_JOBS').getAttribute('data-fresh')).toBe('false');

    // two jobs of the second month that were told late, and nothing else
    const late = join(site.directory, 'late.ndjson');
    await writeJobs(
      late,
      [7, 8].map((number) => ({ number, startDay: '1404-02-01', reportedOn: '1404-03-25' })),
    );
    const importing = site.server.run('import', late, '--contract', 'employment-starts');
    while ((await newest('EMP_JOBS')) !== '8') await new Promise((tick) => setTimeout(tick, 20));
    const counted = performance.now();
    await site.page.waitForFunction(() =>
      document
        .querySelector('article[data-indicator="EMP_JOBS"][data-fresh="true"] .tile-value')
        ?.textContent?.includes('۸'),
    );
    expect(performance.now() - counted).toBeLessThan(2_000);
    await importing;

    expect(decimalIn(await tile('EMP_JOBS').locator('[data-fresh] .num').innerText())).toBe('6');
    await site.page.waitForFunction(() => document.querySelector('[data-live-said]')?.textContent !== '');
    expect(await site.page.locator('[data-live-said]').textContent()).toMatch(/رقم.*شاخص این صفحه تغییر کرد/);
    const notice = site.page.locator('.live-notice');
    expect(await notice.innerText()).toContain('مشاغل ثبت‌شده');
    expect(await violationsOn(site.page)).toEqual([]);

    await notice.locator('a').click();
    await site.page.waitForURL(/vs=1404-03/);
    await site.settled();
    const { indicators } = await ask<Comparison>(
      '/api/changes?from=1404-03&to=latest&area=IR&indicator=EMP_JOBS',
    );
    const told = indicators[0]?.headline;
    expect(told).toMatchObject({
      old: { value: '6' },
      new: { value: '8' },
      difference: '2',
      effects: { newPeriod: '0', revision: '2', late: '2', corrections: '0', definition: '0' },
    });
    const typed = ['compare', '1404-03', '--area', 'IR', '--indicator', 'EMP_JOBS'];
    expect(JSON.parse(await site.server.run(...typed, '--json'))).toMatchObject({ indicators });
    expect(await site.server.run(...typed)).toMatch(/EMP_JOBS@M +1404-03 +6 +1404-03 +8 +2 +0 +2 +0 +0/);
    const pair = await tile('EMP_JOBS').locator('.compare-pair .num').allInnerTexts();
    expect(pair.map(decimalIn)).toEqual([told?.old?.value, told?.new?.value]);
    for (const effect of ['newPeriod', 'late', 'corrections'] as const)
      expect(decimalIn(await tile('EMP_JOBS').locator(`[data-effect="${effect}"] .num`).innerText())).toBe(
        told?.effects?.[effect],
      );
    // nothing was redefined, which is told in words
    expect(await tile('EMP_JOBS').locator('[data-effect="definition"] dd').innerText()).toBe('بی‌تغییر');
    await site.page.locator('.live-notice button').click();
    expect(await site.page.locator('.live-notice').count()).toBe(0);
    expect(site.complaints).toEqual([]);
  });

  it('never change under a link that names a release, whose badge says so', async () => {
    await site.open('?lang=en&asKnownAt=1404-03');
    expect(await valueOf('EMP_JOBS')).toBe('6');
    expect(await newest('EMP_JOBS', '&asKnownAt=1404-03')).toBe('6');
    expect(await site.page.getAttribute('.live-badge', 'data-live')).toBe('fixed');
  });

  it.each([
    ['fa', '?lang=fa&vs=1404-03&page=area&area=IR-23', 'IR-23'],
    ['en', '?lang=en&vs=1404-03&page=area&area=IR-10', 'IR-10'],
    ['en', '?lang=en&vs=1404-03&page=releases', 'IR'],
  ])('are the API’s own in the table of the comparison: %s %s', async (_, search, area) => {
    await site.open(search);
    await site.page.waitForSelector('[data-figures="compare"] tbody tr');
    const rows = await site.page.$$eval('[data-figures="compare"] tbody tr', (found) =>
      found.map((row) => ({
        indicator: row.getAttribute('data-indicator') ?? '',
        cells: Object.fromEntries(
          [...row.querySelectorAll('td')].map((cell) => [
            cell.getAttribute('data-column') ?? '',
            cell.querySelector('.num')?.textContent ?? '',
          ]),
        ),
      })),
    );
    expect(rows.length).toBeGreaterThan(10);
    const asked = rows.map(({ indicator }) =>
      ['JC', 'JD', 'GRAD_EMP_6', 'WAGE_MEAN'].includes(indicator) ? `${indicator}@Q` : indicator,
    );
    const { indicators } = await ask<Comparison>(
      `/api/changes?from=1404-03&to=latest&area=${area}&indicator=${asked.join(',')}`,
    );
    for (const { indicator, headline, redefined } of indicators) {
      expect([indicator, redefined]).toEqual([indicator, false]);
      const cells = rows.find((row) => row.indicator === indicator)?.cells ?? {};
      const effects = headline?.effects;
      const expected = {
        from: headline?.old?.value,
        to: headline?.new?.value,
        difference: headline?.difference,
        newPeriod: effects?.newPeriod,
        late: effects?.late,
        corrections: effects?.corrections,
        // told in words: no definition was changed
        definition: '',
      };
      expect([
        indicator,
        Object.fromEntries(Object.entries(cells).map(([k, v]) => [k, decimalIn(v)])),
      ]).toEqual([indicator, Object.fromEntries(Object.entries(expected).map(([k, v]) => [k, v ?? '']))]);
    }
    expect(site.complaints).toEqual([]);
  });

  it('are told period by period on the page of an indicator', async () => {
    await site.open('?lang=fa&page=indicator&indicator=HIRES&vs=1404-03&area=IR-23');
    await site.page.waitForSelector('[data-figures="compare-periods"] tbody tr');
    const read = await site.page.$$eval('[data-figures="compare-periods"] tbody tr', (found) =>
      found.map((row) => [
        row.getAttribute('data-period'),
        row.getAttribute('data-fate'),
        ...['from', 'to'].map(
          (column) => row.querySelector(`[data-column="${column}"] .num`)?.textContent ?? '',
        ),
      ]),
    );
    const { indicators } = await ask<Comparison>(
      '/api/changes?from=1404-03&to=latest&area=IR-23&indicator=HIRES@M',
    );
    const figures = indicators[0]?.figures ?? [];
    expect(read.map(([period, fate, ...values]) => [period, fate, ...values.map(decimalIn)])).toEqual(
      figures.map(({ period, fate, old, new: now }) => [period, fate, old ?? '', now ?? '']).toReversed(),
    );
    expect(figures).toMatchObject([{ period: '1404-02', fate: 'revised', old: '2', new: '3' }]);
    for (const [part, value] of [
      ['late', '1'],
      ['corrections', '0'],
    ] as const)
      expect(
        decimalIn(
          await site.page.locator(`[data-figures="compare-periods"] td[data-column="${part}"]`).innerText(),
        ),
      ).toBe(value);
  });

  it('can be asked for as known at the end of a day, chosen in the header', async () => {
    await site.open('?lang=fa');
    await choose(site.page, 'release', 'day');
    await site.page.waitForURL(/asKnownAt=14\d\d-\d\d-\d\d/);
    await site.settled();
    const day = new URL(site.page.url()).searchParams.get('asKnownAt') ?? '';
    expect(await ask<{ epoch: number; kind: string }>(`/api/knowledge/${day}`)).toMatchObject({
      kind: 'day',
      epoch: 1,
    });
    // the epoch of the late batch is not closed yet
    expect(await valueOf('EMP_JOBS')).toBe('6');
    expect(await newest('EMP_JOBS', `&asKnownAt=${day}`)).toBe('6');
    await site.page.waitForFunction(() => document.querySelector('.release-words time') !== null);
    await site.page.selectOption('select[name="release-year"]', { index: 0 });

    await site.page.goto(`${site.url}/?lang=fa&asKnownAt=1403-01-01`);
    expect(await (await site.page.waitForSelector('[role="alert"]')).textContent()).toContain(
      'unknown-position',
    );
    expect(await site.page.locator('.release-words').innerText()).toContain('هنوز چیزی دانسته نبود');
  });

  describe.each(['fa', 'en'])('in %s', (lang) => {
    it.each(['light', 'dark'])(
      'are accessible and never wider than the window on a %s ground',
      async (theme) => {
        for (const view of ['&vs=1404-03', '&page=indicator&indicator=HIRES&vs=1404-03'])
          for (const width of [1440, 390]) {
            await site.page.setViewportSize({ width, height: heightAt(width) });
            await site.open(`?lang=${lang}&theme=${theme}${view}`);
            expect([view, width, await sidewaysOverflow(site.page)]).toEqual([view, width, 0]);
            expect(await violationsOn(site.page)).toEqual([]);
          }
      },
    );
  });

  it('stay on the page when the program goes away, and the page says so', async () => {
    await site.open('?lang=en');
    await site.page.waitForSelector('[data-live="current"]');
    const before = await valueOf('EMP_JOBS');
    await site.server.close();
    await site.page.waitForSelector('[data-live="lost"]');
    await site.page.waitForSelector('.stale');
    expect(await site.page.locator('.live-badge').innerText()).toMatch(/figures up to\s+\d\d:\d\d:\d\d/);
    expect(await valueOf('EMP_JOBS')).toBe(before);
  });
});
