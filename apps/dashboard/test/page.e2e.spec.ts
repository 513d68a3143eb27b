import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, hasChromium, launchChromium } from '@karnama/conformance';
import { heightAt, build, violationsOn } from './built-page.js';
import { choose, figureIn, readMonths, readParts, readTile, settled, sidewaysOverflow } from './read-page.js';
import { sampleCells } from './sample-cells.js';
import { answerFrom, serve } from './truthful-api.js';

jest.setTimeout(120_000);

const required = process.env['CI'] === 'true';
const suite = hasChromium || required ? describe : describe.skip;
if (!hasChromium && !required)
  process.stderr.write(`page.e2e: skipped, no browser at ${chromiumPath} (set KARNAMA_CHROMIUM)\n`);

suite('the page of declared movements', () => {
  const cells = sampleCells();
  let directory: string;
  let server: Server;
  let url: string;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'karnama-page-'));
    await build(directory);
    ({ server, url } = await serve(directory, cells));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    complaints = [];
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
  });

  afterEach(() => context.close());

  const open = async (search: string): Promise<void> => {
    await page.goto(`${url}${search}&page=movements`);
    await settled(page);
  };

  const ask = (dataflow: 'MOVEMENTS' | 'MOVEMENTS_LOCAL', query: Record<string, string>) =>
    answerFrom(cells, dataflow, new URLSearchParams({ by: 'month', ...query })).rows;

  it.each([
    ['fa', /^[۰-۹٬\u2212\u200e]+$/u, 'rtl'],
    ['en', /^[0-9,\u2212]+$/u, 'ltr'],
  ])(
    'shows in %s exactly the figures of the API, in the digits of the language',
    async (lang, script, dir) => {
      await open(`?area=IR&measure=net&lang=${lang}`);
      const rows = await readMonths(page);
      const expected = ask('MOVEMENTS', { measure: 'net', area: 'IR' }).toReversed();
      expect(rows.map((row) => [row.month, figureIn(row.texts['value'] ?? '')])).toEqual(
        expected.map((row) => [row['month'], row['net']]),
      );
      for (const row of rows) expect(row.texts['value']).toMatch(script);
      expect(await page.getAttribute('html', 'dir')).toBe(dir);
      expect(await page.getAttribute('html', 'lang')).toBe(lang);
      expect(complaints).toEqual([]);
    },
  );

  it('names Jalali months month first in Persian, and Gregorian months by their own names', async () => {
    await open('?area=IR');
    expect((await readMonths(page)).at(-1)?.heading).toBe('فروردین ۱۴۰۳');
    await open('?area=BR');
    expect((await readMonths(page)).at(-1)?.heading).toBe('ژانویه ۲۰۲۵');
  });

  it('tells the newest month in tiles: its figure, both changes and the stock', async () => {
    await open('?area=IR&measure=hires');
    const rows = ask('MOVEMENTS', { measure: 'hires,stock', area: 'IR' });
    const figure = (month: string, measure: string) =>
      rows.find((row) => row['month'] === month)?.[measure] as bigint;
    const tile = async (name: string) => figureIn((await readTile(page, name)) ?? '');
    expect(await tile('value')).toBe(figure('1404-12', 'hires'));
    expect(await tile('previous')).toBe(figure('1404-12', 'hires') - figure('1404-11', 'hires'));
    expect(await tile('year')).toBe(figure('1404-12', 'hires') - figure('1403-12', 'hires'));
    expect(await tile('stock')).toBe(figure('1404-12', 'stock'));
  });

  it('says why a stock is not defined, and shows no tile for it', async () => {
    await open('?area=IR-23&measure=net&lang=en');
    expect(await readTile(page, 'stock')).toBeUndefined();
    expect(await page.textContent('.notes')).toContain('no opening stock was declared');
  });

  it('goes back to a release as a whole: figures then, figures now, and a mark on every month between', async () => {
    await open('?area=IR&measure=hires&lang=en');
    await choose(page, 'release', '1404-Q4');
    await page.waitForSelector('td[data-column="difference"]');
    await settled(page);
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
    const rows = await readMonths(page);
    const read = (row: (typeof rows)[number], column: string) => figureIn(row.texts[column] ?? '');
    expect(
      rows.map((row) => [row.month, read(row, 'value'), read(row, 'now'), read(row, 'difference'), row.mark]),
    ).toEqual(expected);
    expect(rows.filter((row) => row.mark === 'Revised').length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.mark === '').length).toBeGreaterThan(0);
    expect(figureIn((await readTile(page, 'value')) ?? '')).toBe(then.get('1404-04'));
    expect(await page.textContent('.release-bar')).toContain('20 May 2026');
    expect(complaints).toEqual([]);
  });

  it('draws the second line only while a release is chosen', async () => {
    const lines = () =>
      page.$$eval('.chart svg path[fill="none"][stroke-dasharray]', (paths) => paths.length);
    await open('?area=IR');
    const now = await lines();
    await choose(page, 'release', 'R1');
    await page.waitForSelector('.legend');
    await settled(page);
    expect(await lines()).toBe(now + 1);
  });

  it('gives the cut of a release its Jalali day in Persian', async () => {
    await open('?area=IR&release=1404-Q4');
    expect(await page.textContent('.release-bar time')).toBe('۳۰ اردیبهشت ۱۴۰۵');
  });

  it('restores a view from its address, and follows back and forward', async () => {
    // an address from before there were other pages
    const address =
      '?dataflow=MOVEMENTS_LOCAL&measure=separations&area=BR%3A211130&release=R1&view=declared&from=2025-02&to=2025-04&by=industry&lang=en&theme=dark';
    await page.goto(url + address);
    await settled(page);
    const chosen = (name: string) => page.inputValue(`select[name="${name}"]`);
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
    expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
    const query = {
      measure: 'separations',
      area: 'BR:211130',
      view: 'declared',
      from: '2025-02',
      to: '2025-04',
    };
    expect((await readMonths(page)).map((row) => figureIn(row.texts['value'] ?? ''))).toEqual(
      ask('MOVEMENTS_LOCAL', { ...query, asKnownAt: 'R1' })
        .map((row) => row['separations'])
        .toReversed(),
    );

    await choose(page, 'measure', 'hires');
    await page.waitForURL(/measure=hires/);
    await page.goBack();
    expect(new URL(page.url()).search).toBe(address);
    expect(await chosen('measure')).toBe('separations');
    await page.goForward();
    expect(await chosen('measure')).toBe('hires');
  });

  it('goes down the areas level by level, and drops what another dataflow does not have', async () => {
    await open('?dataflow=MOVEMENTS_LOCAL&area=BR&lang=en&by=area%40state');
    expect((await readParts(page)).map((part) => part.code).sort()).toEqual(['BR-MA', 'BR-SP', 'BR-_U']);
    await choose(page, 'area-1', 'BR-MA');
    await choose(page, 'area-2', 'BR:210005');
    await page.waitForURL(/area=BR%3A210005/);
    await settled(page);
    const expected = ask('MOVEMENTS_LOCAL', { measure: 'net', area: 'BR:210005' });
    expect((await readMonths(page)).map((row) => figureIn(row.texts['value'] ?? ''))).toEqual(
      expected.map((row) => row['net']).toReversed(),
    );
    await choose(page, 'dataflow', 'MOVEMENTS');
    await page.waitForURL((address) => address.searchParams.get('dataflow') === 'MOVEMENTS');
    expect(new URL(page.url()).searchParams.get('area')).toBeNull();
  });

  it('breaks the newest month down into parts that add up to it', async () => {
    await open('?area=IR&measure=hires&by=industry');
    const parts = await readParts(page);
    const total = parts.reduce((sum, part) => sum + (figureIn(part.value) ?? 0n), 0n);
    expect(parts.at(-1)?.code).toBe('rest');
    expect(total).toBe(figureIn((await readTile(page, 'value')) ?? ''));
  });

  it('says what the server refused, and the way back from it', async () => {
    await page.goto(`${url}?page=movements&area=IR&release=R99&lang=en`);
    const alert = await page.waitForSelector('[role="alert"]');
    expect(await alert.textContent()).toMatch(
      /no release "R99".*choose one of \/api\/releases.*unknown-release/s,
    );
    expect(await page.$('[data-figures]')).toBeNull();
    await page.click('.release-bar button');
    await settled(page);
    expect((await readMonths(page)).length).toBe(24);
  });

  it('says that the server cannot be reached, and reads on when it can', async () => {
    await open('?area=IR&lang=en');
    await context.setOffline(true);
    await choose(page, 'measure', 'separations');
    const alert = await page.waitForSelector('[role="alert"]');
    expect(await alert.textContent()).toContain('The server cannot be reached');
    await context.setOffline(false);
    await page.click('[role="alert"] button');
    await settled(page);
    expect((await readMonths(page)).length).toBe(24);
  });

  it('shows an empty period as empty, with the way back to all months', async () => {
    await page.goto(`${url}?page=movements&area=IR&from=1410-01&to=1410-12&lang=en`);
    await page.waitForSelector('.message');
    await page.click('.message button');
    await settled(page);
    expect((await readMonths(page)).length).toBe(24);
  });

  it('says that nothing has been counted yet while there is no data at all', async () => {
    const empty = await serve(directory, []);
    try {
      await page.goto(`${empty.url}?page=movements&lang=en`);
      await page.waitForSelector('.message');
      expect(await page.textContent('.message')).toContain('No data has been counted yet');
      expect(await violationsOn(page)).toEqual([]);
    } finally {
      empty.server.closeAllConnections();
      empty.server.close();
    }
  });

  it('can be worked by keyboard from the skip link to the figures', async () => {
    await open('?area=IR&lang=en');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the figures');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('figures');
    // everything in the figures that can be worked, up to their file
    const reached: (string | null | undefined)[] = [];
    do {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('#figures')?.id)).toBe('figures');
      reached.push(await page.evaluate(() => document.activeElement?.getAttribute('href')));
    } while (reached.length < 5 && reached.at(-1)?.includes('format=csv') !== true);
    expect(reached.at(-1)).toContain('format=csv');
  });

  describe.each(['fa', 'en'])('in %s', (lang) => {
    describe.each(['light', 'dark'])('on a %s ground', (theme) => {
      it.each([1440, 390])('is accessible and no wider than the window at %d pixels', async (width) => {
        await page.setViewportSize({ width, height: heightAt(width) });
        for (const release of ['', '&release=1404-Q4']) {
          await open(`?area=IR&lang=${lang}&theme=${theme}${release}`);
          expect(await sidewaysOverflow(page)).toBe(0);
          expect(await violationsOn(page)).toEqual([]);
        }
        expect(complaints).toEqual([]);
      });
    });
  });
});
