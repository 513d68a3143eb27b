import { describe, expect, it } from '@jest/globals';
import { browserSuite, useSite } from './browser-suite.js';
import { heightAt, violationsOn } from './built-page.js';
import { choose, figureIn, readMonths, readParts, readTile, sidewaysOverflow } from './read-page.js';
import { sampleCells } from './sample-cells.js';
import { answerFrom, serve } from './truthful-api.js';

browserSuite('the page of declared movements', () => {
  const cells = sampleCells();
  const site = useSite((directory) => serve(directory, cells), {
    shows: ['table[data-figures="months"] tbody tr', '.chart svg'],
  });

  const open = (search: string): Promise<void> => site.open(`${search}&page=movements`);

  const ask = (dataflow: 'MOVEMENTS' | 'MOVEMENTS_LOCAL', query: Record<string, string>) =>
    answerFrom(cells, dataflow, new URLSearchParams({ by: 'month', ...query })).rows;

  it.each([
    ['fa', /^[۰-۹٬\u2212\u200e]+$/u, 'rtl'],
    ['en', /^[0-9,\u2212]+$/u, 'ltr'],
  ])(
    'shows in %s exactly the figures of the API, in the digits of the language',
    async (lang, script, dir) => {
      await open(`?area=IR&measure=net&lang=${lang}`);
      const rows = await readMonths(site.page);
      const expected = ask('MOVEMENTS', { measure: 'net', area: 'IR' }).toReversed();
      expect(rows.map((row) => [row.month, figureIn(row.texts['value'] ?? '')])).toEqual(
        expected.map((row) => [row['month'], row['net']]),
      );
      for (const row of rows) expect(row.texts['value']).toMatch(script);
      expect(await site.page.getAttribute('html', 'dir')).toBe(dir);
      expect(await site.page.getAttribute('html', 'lang')).toBe(lang);
      expect(site.complaints).toEqual([]);
    },
  );

  it('names Jalali months month first in Persian, and Gregorian months by their own names', async () => {
    await open('?area=IR');
    expect((await readMonths(site.page)).at(-1)?.heading).toBe('فروردین ۱۴۰۳');
    await open('?area=BR');
    expect((await readMonths(site.page)).at(-1)?.heading).toBe('ژانویه ۲۰۲۵');
  });

  it('tells the newest month in tiles: its figure, both changes and the stock', async () => {
    await open('?area=IR&measure=hires');
    const rows = ask('MOVEMENTS', { measure: 'hires,stock', area: 'IR' });
    const figure = (month: string, measure: string) =>
      rows.find((row) => row['month'] === month)?.[measure] as bigint;
    const tile = async (name: string) => figureIn((await readTile(site.page, name)) ?? '');
    expect(await tile('value')).toBe(figure('1404-12', 'hires'));
    expect(await tile('previous')).toBe(figure('1404-12', 'hires') - figure('1404-11', 'hires'));
    expect(await tile('year')).toBe(figure('1404-12', 'hires') - figure('1403-12', 'hires'));
    expect(await tile('stock')).toBe(figure('1404-12', 'stock'));
  });

  it('says why a stock is not defined, and shows no tile for it', async () => {
    await open('?area=IR-23&measure=net&lang=en');
    expect(await readTile(site.page, 'stock')).toBeUndefined();
    expect(await site.page.textContent('.notes')).toContain('no opening stock was declared');
  });

  it('goes back to a release as a whole: figures then, figures now, and a mark on every month between', async () => {
    await open('?area=IR&measure=hires&lang=en');
    await choose(site.page, 'release', '1404-Q4');
    await site.page.waitForSelector('td[data-column="difference"]');
    await site.settled();
    const query = { measure: 'hires', area: 'IR' };
    const now = ask('MOVEMENTS', query);
    const then = new Map(
      ask('MOVEMENTS', { ...query, asKnownAt: '1404-Q4' }).map((row) => [
        row['month'],
        row['hires'] as bigint,
      ]),
    );
    const expected = now.toReversed().map((row) => {
      const [today, known] = [row['hires'] as bigint, then.get(row['month'])];
      const mark = known === undefined ? 'Added since' : known === today ? '' : 'Revised';
      return [row['month'], known, today, known === undefined ? undefined : today - known, mark];
    });
    const rows = await readMonths(site.page);
    const read = (row: (typeof rows)[number], column: string) => figureIn(row.texts[column] ?? '');
    expect(
      rows.map((row) => [row.month, read(row, 'value'), read(row, 'now'), read(row, 'difference'), row.mark]),
    ).toEqual(expected);
    expect(rows.filter((row) => row.mark === 'Revised').length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.mark === '').length).toBeGreaterThan(0);
    expect(figureIn((await readTile(site.page, 'value')) ?? '')).toBe(then.get('1404-04'));
    expect(await site.page.textContent('.release-bar')).toContain('20 May 2026');
    expect(site.complaints).toEqual([]);
  });

  it('draws the second line only while a release is chosen', async () => {
    const lines = () =>
      site.page.$$eval('.chart svg path[fill="none"][stroke-dasharray]', (paths) => paths.length);
    await open('?area=IR');
    const now = await lines();
    await choose(site.page, 'release', 'R1');
    await site.page.waitForSelector('.legend');
    await site.settled();
    expect(await lines()).toBe(now + 1);
  });

  it('gives the cut of a release its Jalali day in Persian', async () => {
    await open('?area=IR&release=1404-Q4');
    expect(await site.page.textContent('.release-bar time')).toBe('۳۰ اردیبهشت ۱۴۰۵');
  });

  it('restores a view from its address, and follows back and forward', async () => {
    // an address from before there were other pages
    const address =
      '?dataflow=MOVEMENTS_LOCAL&measure=separations&area=BR%3A211130&release=R1&view=declared&from=2025-02&to=2025-04&by=industry&lang=en&theme=dark';
    await site.open(address);
    const chosen = (name: string) => site.page.inputValue(`select[name="${name}"]`);
    const names = [
      'dataflow',
      'measure',
      'area-0',
      'area-1',
      'area-2',
      'release',
      'view',
      'from',
      'to',
      'by',
    ];
    const expected =
      'MOVEMENTS_LOCAL separations BR BR-MA BR:211130 R1 declared 2025-02 2025-04 industry'.split(' ');
    expect(await Promise.all(names.map(chosen))).toEqual(expected);
    expect(await site.page.getAttribute('html', 'data-theme')).toBe('dark');
    const query = {
      measure: 'separations',
      area: 'BR:211130',
      view: 'declared',
      from: '2025-02',
      to: '2025-04',
    };
    expect((await readMonths(site.page)).map((row) => figureIn(row.texts['value'] ?? ''))).toEqual(
      ask('MOVEMENTS_LOCAL', { ...query, asKnownAt: 'R1' })
        .map((row) => row['separations'])
        .toReversed(),
    );

    await choose(site.page, 'measure', 'hires');
    await site.page.waitForURL(/measure=hires/);
    await site.page.goBack();
    expect(new URL(site.page.url()).search).toBe(address);
    expect(await chosen('measure')).toBe('separations');
    await site.page.goForward();
    expect(await chosen('measure')).toBe('hires');
  });

  it('goes down the areas level by level, and drops what another dataflow does not have', async () => {
    await open('?dataflow=MOVEMENTS_LOCAL&area=BR&lang=en&by=area%40state');
    expect((await readParts(site.page)).map((part) => part.code).sort()).toEqual(['BR-MA', 'BR-SP', 'BR-_U']);
    await choose(site.page, 'area-1', 'BR-MA');
    await choose(site.page, 'area-2', 'BR:210005');
    await site.page.waitForURL(/area=BR%3A210005/);
    await site.settled();
    const expected = ask('MOVEMENTS_LOCAL', { measure: 'net', area: 'BR:210005' });
    expect((await readMonths(site.page)).map((row) => figureIn(row.texts['value'] ?? ''))).toEqual(
      expected.map((row) => row['net']).toReversed(),
    );
    await choose(site.page, 'dataflow', 'MOVEMENTS');
    await site.page.waitForURL((address) => address.searchParams.get('dataflow') === 'MOVEMENTS');
    expect(new URL(site.page.url()).searchParams.get('area')).toBeNull();
  });

  it('breaks the newest month down into parts that add up to it', async () => {
    await open('?area=IR&measure=hires&by=industry');
    const parts = await readParts(site.page);
    const total = parts.reduce((sum, part) => sum + (figureIn(part.value) ?? 0n), 0n);
    expect(parts.at(-1)?.code).toBe('rest');
    expect(total).toBe(figureIn((await readTile(site.page, 'value')) ?? ''));
  });

  it('says what the server refused, and the way back from it', async () => {
    await site.page.goto(`${site.url}/?page=movements&area=IR&release=R99&lang=en`);
    const alert = await site.page.waitForSelector('[role="alert"]');
    expect(await alert.textContent()).toMatch(
      /no release "R99".*choose one of \/api\/releases.*unknown-release/s,
    );
    expect(await site.page.$('[data-figures]')).toBeNull();
    await site.page.click('.release-bar button');
    await site.settled();
    expect((await readMonths(site.page)).length).toBe(24);
  });

  it('says that the server cannot be reached, and reads on when it can', async () => {
    await open('?area=IR&lang=en');
    await site.context.setOffline(true);
    await choose(site.page, 'measure', 'separations');
    const alert = await site.page.waitForSelector('[role="alert"]');
    expect(await alert.textContent()).toContain('The server cannot be reached');
    await site.context.setOffline(false);
    await site.page.click('[role="alert"] button');
    await site.settled();
    expect((await readMonths(site.page)).length).toBe(24);
  });

  it('shows an empty period as empty, with the way back to all months', async () => {
    await site.page.goto(`${site.url}/?page=movements&area=IR&from=1410-01&to=1410-12&lang=en`);
    await site.page.waitForSelector('.message');
    await site.page.click('.message button');
    await site.settled();
    expect((await readMonths(site.page)).length).toBe(24);
  });

  it('says that nothing has been counted yet while there is no data at all', async () => {
    const empty = await serve(site.directory, []);
    try {
      await site.page.goto(`${empty.url}/?page=movements&lang=en`);
      await site.page.waitForSelector('.message');
      expect(await site.page.textContent('.message')).toContain('No data has been counted yet');
      expect(await violationsOn(site.page)).toEqual([]);
    } finally {
      await empty.close();
    }
  });

  it('can be worked by keyboard from the skip link to the figures', async () => {
    await open('?area=IR&lang=en');
    await site.page.keyboard.press('Tab');
    expect(await site.page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the figures');
    await site.page.keyboard.press('Enter');
    expect(await site.page.evaluate(() => document.activeElement?.id)).toBe('figures');
    // everything in the figures that can be worked, up to their file
    const reached: (string | null | undefined)[] = [];
    do {
      await site.page.keyboard.press('Tab');
      expect(await site.page.evaluate(() => document.activeElement?.closest('#figures')?.id)).toBe('figures');
      reached.push(await site.page.evaluate(() => document.activeElement?.getAttribute('href')));
    } while (reached.length < 5 && reached.at(-1)?.includes('format=csv') !== true);
    expect(reached.at(-1)).toContain('format=csv');
  });

  describe.each(['fa', 'en'])('in %s', (lang) => {
    describe.each(['light', 'dark'])('on a %s ground', (theme) => {
      it.each([1440, 390])('is accessible and no wider than the window at %d pixels', async (width) => {
        await site.page.setViewportSize({ width, height: heightAt(width) });
        for (const release of ['', '&release=1404-Q4']) {
          await open(`?area=IR&lang=${lang}&theme=${theme}${release}`);
          expect(await sidewaysOverflow(site.page)).toBe(0);
          expect(await violationsOn(site.page)).toEqual([]);
        }
        expect(site.complaints).toEqual([]);
      });
    });
  });
});
