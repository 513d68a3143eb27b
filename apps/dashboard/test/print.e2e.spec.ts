import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, hasChromium, launchChromium } from '@karnama/conformance';
import { build } from './built-page.js';
import { startSampleServer, type SampleServer } from './sample-indicators.js';

jest.setTimeout(120_000);

const required = process.env['CI'] === 'true';
const suite = hasChromium || required ? describe : describe.skip;
if (!hasChromium && !required)
  process.stderr.write(`print.e2e: skipped, no browser at ${chromiumPath} (set KARNAMA_CHROMIUM)\n`);

/** Width of an A4 page between its margins, in CSS pixels. */
const paper = 718;

suite('a view on paper', () => {
  let directory: string;
  let server: SampleServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'karnama-print-'));
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

  const open = async (search: string): Promise<void> => {
    await page.goto(`${server.url}/${search}`);
    await page.waitForFunction(
      () =>
        document.querySelector('#figures') !== null &&
        document.querySelector('.skeleton, [data-ready="false"]') === null &&
        [...document.querySelectorAll('.chart-canvas')].every((box) => box.querySelector('svg') !== null),
    );
  };

  /** Lays the page out as a browser does for paper. */
  const layOut = async (): Promise<void> => {
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.setViewportSize({ width: paper, height: 1000 });
  };

  it.each([
    ['overview', 'fa'],
    ['overview', 'en'],
    ['indicator', 'fa'],
    ['indicator', 'en'],
    ['area', 'fa'],
    ['revisions', 'en'],
    ['flows', 'fa'],
    ['skills', 'en'],
    ['business', 'fa'],
  ])('holds all of the page %s in %s: nothing beside the paper, nothing to scroll', async (name, lang) => {
    await open(`?lang=${lang}&page=${name}&theme=dark`);
    const figures = await page.locator('#figures .num').count();
    await layOut();
    const found = await page.evaluate(() => {
      const beside = [
        ...document.querySelectorAll('#figures .card, #figures .tile, .chart svg, .province-map'),
      ]
        .filter((element) => element.getClientRects().length > 0)
        .filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return left < -1 || right > document.documentElement.clientWidth + 1;
        })
        .map((element) => element.className.toString());
      const scrolled = [...document.querySelectorAll('#figures .table-frame')]
        .filter((frame) => frame.scrollHeight > frame.clientHeight + 1)
        .map((frame) => frame.className);
      const shown = (selector: string): boolean =>
        [...document.querySelectorAll(selector)].some((element) => element.getClientRects().length > 0);
      return {
        beside,
        scrolled,
        chrome: ['.masthead', '.skip', '.pages', '.quiet-button', '.controls'].filter(shown),
        charts: [...document.querySelectorAll('.chart svg')]
          .filter((svg) => svg.getClientRects().length > 0)
          .map((svg) => [svg.getAttribute('viewBox') !== null, svg.getBoundingClientRect().height > 100]),
        ground: getComputedStyle(document.body).backgroundColor,
      };
    });
    expect(found.beside).toEqual([]);
    expect(found.scrolled).toEqual([]);
    expect(found.chrome).toEqual([]);
    expect(found.charts.filter(([scaled, high]) => scaled !== true || high !== true)).toEqual([]);
    // dark ground is for screens
    expect(found.ground).toBe('rgb(255, 255, 255)');
    expect(await page.locator('#figures .num').count()).toBe(figures);
  });

  it('is printed by the browser itself in light colours and comes back to the screen as it was', async () => {
    await open('?lang=fa&page=indicator&indicator=HIRES&theme=dark');
    const before = await page.locator('.chart svg').getAttribute('width');
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      window.addEventListener('beforeprint', () =>
        seen.push(document.querySelector('.chart svg')?.getAttribute('viewBox') ?? 'none'),
      );
    });
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
      '0 0 760 300',
    ]);
    await page.waitForFunction(() => document.querySelector('.chart svg')?.getAttribute('viewBox') === null);
    expect(await page.locator('.chart svg').getAttribute('width')).toBe(before);
  });
});
