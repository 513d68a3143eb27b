import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, hasChromium, launchChromium } from '@karnama/conformance';
import { breakableLink, type BreakableLink } from './breakable-link.js';
import { build, violationsOn } from './built-page.js';
import { startSampleServer, type SampleServer } from './sample-indicators.js';

jest.setTimeout(120_000);

const required = process.env['CI'] === 'true';
const suite = hasChromium || required ? describe : describe.skip;
if (!hasChromium && !required)
  process.stderr.write(`stale.e2e: skipped, no browser at ${chromiumPath} (set KARNAMA_CHROMIUM)\n`);

/** What the page waits before it says that the link is broken, and before it asks for a refused one again. */
const patienceMs = 3_000;
const againMs = 15_000;

suite('a page that is behind or cut off', () => {
  let directory: string;
  let server: SampleServer;
  let link: BreakableLink;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'karnama-stale-'));
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
    link = await breakableLink(server.url);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    page = await context.newPage();
    // the page's waits are wound forward, not waited for
    await page.clock.install();
  });

  afterEach(async () => {
    await context.close();
    await link.close();
  });

  const settled = (): Promise<unknown> =>
    page.waitForFunction(
      () =>
        document.querySelector('#figures h2') !== null &&
        document.querySelector('.skeleton, [data-ready="false"]') === null,
    );

  const open = async (search: string): Promise<void> => {
    await page.goto(`${link.url}/${search}`);
    await settled();
    await link.listener();
  };

  const live = (state: string): Promise<unknown> => page.waitForSelector(`[data-live="${state}"]`);
  const badge = (): Promise<string> => page.locator('.live-badge').innerText();
  const figures = (): Promise<readonly string[]> =>
    page.$$eval('article[data-indicator] .tile-value', (found) =>
      found.map(({ textContent }) => textContent ?? ''),
    );

  /** Until the page has seen that the link is broken, its patience wound forward. */
  const lost = async (): Promise<void> => {
    const state = page.waitForSelector('[data-live="lost"]', { state: 'attached' });
    // the page begins to wait when it hears of the break: time is wound until it has
    const winding = (async () => {
      while ((await page.locator('[data-live="lost"]').count()) === 0) await page.clock.runFor(patienceMs);
    })();
    await Promise.all([state, winding]);
  };

  describe.each([
    ['fa', /۱۲ رویداد/, /تا ساعت/] as const,
    ['en', /12 events/, /figures up to\s+\d\d:\d\d:\d\d/] as const,
  ])('says in %s', (lang, twelve, upTo) => {
    it('how far it is behind the ledger, and when it has caught up', async () => {
      await open(`?lang=${lang}`);
      await live('current');
      link.tell('lag', { events: 12, seconds: 3 });
      await live('behind');
      expect(await badge()).toMatch(twelve);
      link.tell('lag', { events: 0, seconds: 0 });
      await live('current');
    });

    it('that the stream of news is down, while figures can still be read', async () => {
      await open(`?lang=${lang}`);
      await live('current');
      const before = await figures();
      link.fail('events');
      await lost();
      expect(await badge()).toMatch(upTo);
      // the program answers: nothing below is in doubt
      expect(await page.locator('.stale').count()).toBe(0);
      expect(await figures()).toEqual(before);
      link.mend();
      const heard = link.listener();
      await page.clock.runFor(againMs);
      await heard;
      await live('current');
    });

    it('that nobody answers, above the figures last read, and reads on when asked to', async () => {
      await open(`?lang=${lang}`);
      await live('current');
      const before = await figures();
      link.fail('all');
      await lost();
      await page.clock.runFor(1_000);
      await page.waitForSelector('.stale');
      expect(await page.locator('.stale').innerText()).toContain(
        lang === 'fa' ? 'در دسترس نیست' : 'cannot be reached',
      );
      expect(await figures()).toEqual(before);
      expect(await violationsOn(page)).toEqual([]);
      link.mend();
      await page.locator('.stale button').click();
      await page.waitForSelector('.stale', { state: 'detached' });
      expect(await figures()).toEqual(before);
    });

    it('without a network that another page cannot be shown, and shows it once there is one', async () => {
      await open(`?lang=${lang}`);
      await context.setOffline(true);
      await page.locator('nav a[href*="page=revisions"]').click();
      // its part of the program does not come
      await page.waitForSelector('main .message[role="alert"]');
      expect(await page.locator('main .message').innerText()).toContain(
        lang === 'fa' ? 'در دسترس نیست' : 'cannot be reached',
      );
      expect(await violationsOn(page)).toEqual([]);
      await context.setOffline(false);
      await page.locator('main .message button').click();
      await page.waitForSelector('[data-figures]');
    });
  });

  it('says that the stores do not answer, and of a release nothing while it need not follow', async () => {
    await open('?lang=en');
    await live('current');
    link.tell('away', {});
    await live('away');
    link.tell('lag', { events: 0, seconds: 0 });
    await live('current');
    await page.selectOption('select[name="release"]', { index: 2 });
    await live('fixed');
    link.tell('lag', { events: 12, seconds: 3 });
    await page.selectOption('select[name="release"]', 'latest');
    await live('behind');
  });
});
