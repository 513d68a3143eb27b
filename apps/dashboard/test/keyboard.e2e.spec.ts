import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, hasChromium, launchChromium } from '@karnama/conformance';
import { build, violationsOn } from './built-page.js';
import { choose } from './read-page.js';
import { provinces, startSampleServer, type SampleServer } from './sample-indicators.js';
import { seen, written } from './told-numbers.js';

jest.setTimeout(120_000);

const required = process.env['CI'] === 'true';
const suite = hasChromium || required ? describe : describe.skip;
if (!hasChromium && !required)
  process.stderr.write(`keyboard.e2e: skipped, no browser at ${chromiumPath} (set KARNAMA_CHROMIUM)\n`);

type Row = { readonly period: string; readonly value: string | null; readonly area?: string };

/** What has the focus, and whether it can be seen that it has. */
type Focused = {
  readonly what: string;
  readonly tag: string;
  readonly visible: boolean;
  readonly inPage: boolean;
};

suite('the page by keyboard and by choice', () => {
  let directory: string;
  let server: SampleServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'karnama-keyboard-'));
    await build(directory);
    server = await startSampleServer(directory);
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
  });

  afterEach(() => context.close());

  const settled = async (): Promise<void> => {
    await page.waitForFunction(
      () =>
        document.querySelector('#figures') !== null &&
        document.querySelector('.skeleton, [data-ready="false"]') === null &&
        [...document.querySelectorAll('.chart-canvas')].every((box) => box.querySelector('svg') !== null),
    );
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  };

  const open = async (search: string): Promise<void> => {
    await page.goto(`${server.url}/${search}`);
    await settled();
  };

  const rowsOf = async (code: string, query: Record<string, string>): Promise<readonly Row[]> => {
    const answer = await fetch(`${server.url}/api/indicators/${code}/data?${new URLSearchParams(query)}`);
    return ((await answer.json()) as { rows: Row[] }).rows;
  };

  const focused = (): Promise<Focused> =>
    page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      return {
        what: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60),
        tag: element.tagName.toLowerCase(),
        visible: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0,
        inPage: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
      };
    });

  /** Every stop of the Tab key from the top of the page to its end. */
  const walk = async (): Promise<readonly Focused[]> => {
    const stops: Focused[] = [];
    for (let step = 0; step < 400; step += 1) {
      await page.keyboard.press('Tab');
      const at = await focused();
      if (at.tag === 'body') return stops;
      stops.push(at);
    }
    throw new Error('the focus never leaves the page');
  };

  it.each(['overview', 'indicator', 'area', 'releases', 'revisions'])(
    'of %s can be walked from the skip link to the end, and the focus is seen at every stop',
    async (name) => {
      await open(`?lang=en&page=${name}`);
      const stops = await walk();
      expect(stops[0]?.what).toBe('Skip to the figures');
      expect(stops.length).toBeGreaterThan(15);
      expect(stops.filter(({ visible, inPage }) => !visible || !inPage)).toEqual([]);
    },
  );

  it('lets the skip link lead to the figures', async () => {
    await open('?lang=fa');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('figures');
  });

  it('reaches every point of a drawing and tells it as the API does', async () => {
    await open('?lang=en&page=indicator&indicator=HIRES&by=none');
    const rows = await rowsOf('HIRES', { area: 'IR', freq: 'M' });
    const chart = page.locator('.chart-canvas');
    await chart.focus();
    const told = async () => seen((await chart.getAttribute('aria-valuetext')) ?? '');
    expect(await chart.getAttribute('role')).toBe('slider');
    expect(Number(await chart.getAttribute('aria-valuemax'))).toBe(rows.length - 1);
    await page.keyboard.press('End');
    expect(await told()).toContain(written(rows.at(-1)?.value ?? '', 'latin'));
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await told()).toMatch(/^Dey 1403: /);
    expect(await told()).toContain(written(rows.at(-3)?.value ?? '', 'latin'));
    await page.waitForSelector('.chart-tooltip >> text=Dey 1403');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    expect(await told()).toContain(written(rows[0]?.value ?? '', 'latin'));
    expect(await violationsOn(page)).toEqual([]);
  });

  it('has one stop for the map, and arrow keys from province to province', async () => {
    await open('?lang=fa&map=HIRES');
    expect(await page.locator('.map-tile[tabindex="0"]').count()).toBe(1);
    const first = page.locator('.map-tile[tabindex="0"]');
    await first.focus();
    const visited = new Set<string>();
    for (const key of [
      'ArrowDown',
      'ArrowRight',
      'ArrowDown',
      'ArrowRight',
      'ArrowRight',
      'ArrowDown',
      'ArrowUp',
    ]) {
      await page.keyboard.press(key);
      const at = await page.evaluate(() => document.activeElement?.getAttribute('data-area') ?? '');
      expect(at).toMatch(/^IR-/);
      visited.add(at);
      expect(await page.locator('.map-tile[tabindex="0"]').getAttribute('data-area')).toBe(at);
    }
    expect(visited.size).toBeGreaterThan(4);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.classList.contains('map-tile'))).toBe(false);
  });

  it('writes every figure in the digits that are chosen, and keeps them in the address and from page to page', async () => {
    await open('?lang=fa');
    const button = page.locator('.display > button');
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('digits');
    await choose(page, 'digits', 'latin');
    await page.waitForURL(/digits=latin/);
    await page.keyboard.press('Escape');
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(await page.evaluate(() => document.activeElement?.parentElement?.className)).toBe('display');
    const numbers = async () => (await page.locator('#figures .num').allTextContents()).map(seen);
    expect((await numbers()).filter((text) => /[۰-۹٬٫]/.test(text))).toEqual([]);
    expect((await numbers()).length).toBeGreaterThan(40);
    await page.click('nav a[href*="page=area"]');
    await settled();
    expect(new URL(page.url()).searchParams.get('digits')).toBe('latin');
    expect((await numbers()).filter((text) => /[۰-۹٬٫]/.test(text))).toEqual([]);
    await open('?lang=en&digits=persian');
    expect((await numbers()).filter((text) => /[0-9,.]/.test(text))).toEqual([]);
  });

  it('names periods by the calendar that is chosen, over the same figures', async () => {
    const periods = () => page.locator('[data-figures="periods"] .month').allTextContents();
    const values = () => page.locator('[data-figures="periods"] [data-column="value"]').allTextContents();
    await open('?lang=fa&page=indicator&indicator=HIRES&from=1403-09&to=1403-10');
    const before = await values();
    expect(await periods()).toEqual(['دی ۱۴۰۳', 'آذر ۱۴۰۳']);
    await open('?lang=fa&page=indicator&indicator=HIRES&from=1403-09&to=1403-10&calendar=gregorian');
    expect(await periods()).toEqual(['دسامبر ۲۰۲۴ – ژانویه ۲۰۲۵', 'نوامبر–دسامبر ۲۰۲۴']);
    expect(await values()).toEqual(before);
  });

  it('draws a series as an index and on a logarithmic axis, and leaves its table alone', async () => {
    const address = '?lang=en&page=indicator&indicator=HIRES&by=none';
    const values = () => page.locator('[data-figures="periods"] [data-column="value"]').allTextContents();
    await open(address);
    const before = await values();
    await choose(page, 'scale', 'index');
    await page.waitForURL(/scale=index/);
    await settled();
    expect(await page.locator('.chart figcaption').innerText()).toContain('Farvardin 1403 = 100');
    const rows = await rowsOf('HIRES', { area: 'IR', freq: 'M' });
    const index = (Number(rows.at(-1)?.value) / Number(rows[0]?.value)) * 100;
    await page.locator('.chart-canvas').focus();
    await page.keyboard.press('End');
    expect(await page.locator('.chart-canvas').getAttribute('aria-valuetext')).toContain(index.toFixed(1));
    await choose(page, 'scale', 'log');
    await page.waitForURL(/scale=log/);
    await settled();
    expect(await values()).toEqual(before);
    expect((await page.locator('.chart-canvas svg text').allTextContents()).length).toBeGreaterThan(3);
  });

  it('finds an indicator whatever keyboard its letters come from', async () => {
    await open('?lang=fa&page=indicator&indicator=HIRES');
    const options = () =>
      page.$$eval('select[name="indicator"] option', (found) =>
        found.map((option) => option.getAttribute('value')),
      );
    const all = (await options()).length;
    // Arabic ye and kaf, and no joint between the words
    await page.fill('input[name="find"]', 'جويندگان كار');
    const found = await options();
    expect(found).toContain('JSK_STOCK');
    expect(found.length).toBeLessThan(all);
    await page.fill('input[name="find"]', 'jsk_stock');
    await page.keyboard.press('Enter');
    await page.waitForURL(/indicator=JSK_STOCK/);
    await settled();
    expect(await page.inputValue('select[name="indicator"]')).toBe('JSK_STOCK');
    expect((await options()).length).toBe(all);
  });

  it('lists the provinces by the Persian alphabet', async () => {
    await open('?lang=fa&page=area');
    const names = await page.$$eval('select[name="area"] option', (found) =>
      found.map((option) => option.textContent ?? ''),
    );
    const known = names.filter((name) => !name.includes('نامعلوم'));
    expect(known).toEqual(known.toSorted(new Intl.Collator('fa').compare));
    expect(names.length).toBeGreaterThanOrEqual(provinces.length);
  });

  it('keeps still for those who asked for it, and only for them', async () => {
    await page.route('**/api/indicators/**', () => undefined);
    const moving = () => page.evaluate(() => document.getAnimations().length);
    await page.goto(`${server.url}/`);
    await page.waitForSelector('.skeleton');
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving()).toBe(0);
  });

  it('says that the server is away where figures are missing, and reads on when it is back', async () => {
    await open('?lang=fa&page=indicator&indicator=HIRES');
    await context.setOffline(true);
    await choose(page, 'area', 'IR-10');
    const alert = await page.waitForSelector('[role="alert"]');
    expect(await alert.innerText()).toContain('کارساز در دسترس نیست');
    await context.setOffline(false);
    await page.click('[role="alert"] button');
    await settled();
    const rows = await rowsOf('HIRES', { area: 'IR-10', freq: 'M' });
    expect(
      seen(
        (await page.locator('[data-figures="periods"] [data-column="value"] .num').first().textContent()) ??
          '',
      ),
    ).toBe(written(rows.at(-1)?.value ?? '', 'persian'));
  });
});
