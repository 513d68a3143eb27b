import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { breakableLink, type BreakableLink } from './breakable-link.js';
import { browserSuite, useSite } from './browser-suite.js';
import { violationsOn } from './built-page.js';
import { startSampleServer } from './sample-indicators.js';

/** What the page waits before it says that the link is broken, and before it asks for a refused one again. */
const patienceMs = 3_000;
const againMs = 15_000;

browserSuite('a page that is behind or cut off', () => {
  // the clock is that of a whole context
  const site = useSite(startSampleServer, { contextPerTest: true });
  let link: BreakableLink;

  beforeEach(async () => {
    link = await breakableLink(site.url);
    // the page's waits are wound forward, not waited for
    await site.page.clock.install();
  });

  afterEach(() => link.close());

  const open = async (search: string): Promise<void> => {
    await site.page.goto(`${link.url}/${search}`);
    await site.settled();
    await link.listener();
  };

  const live = (state: string): Promise<unknown> => site.page.waitForSelector(`[data-live="${state}"]`);
  const badge = (): Promise<string> => site.page.locator('.live-badge').innerText();
  const figures = (): Promise<readonly string[]> =>
    site.page.$$eval('article[data-indicator] .tile-value', (found) =>
      found.map(({ textContent }) => textContent ?? ''),
    );

  /** Until the page has seen that the link is broken, its patience wound forward. */
  const lost = async (): Promise<void> => {
    const state = site.page.waitForSelector('[data-live="lost"]', { state: 'attached' });
    // the page begins to wait when it hears of the break: time is wound until it has
    const winding = (async () => {
      while ((await site.page.locator('[data-live="lost"]').count()) === 0)
        await site.page.clock.runFor(patienceMs);
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
      expect(await site.page.locator('.stale').count()).toBe(0);
      expect(await figures()).toEqual(before);
      link.mend();
      const heard = link.listener();
      await site.page.clock.runFor(againMs);
      await heard;
      await live('current');
    });

    it('that nobody answers, above the figures last read, and reads on when asked to', async () => {
      await open(`?lang=${lang}`);
      await live('current');
      const before = await figures();
      link.fail('all');
      await lost();
      await site.page.clock.runFor(1_000);
      await site.page.waitForSelector('.stale');
      expect(await site.page.locator('.stale').innerText()).toContain(
        lang === 'fa' ? 'در دسترس نیست' : 'cannot be reached',
      );
      expect(await figures()).toEqual(before);
      expect(await violationsOn(site.page)).toEqual([]);
      link.mend();
      await site.page.locator('.stale button').click();
      await site.page.waitForSelector('.stale', { state: 'detached' });
      expect(await figures()).toEqual(before);
    });

    it('without a network that another page cannot be shown, and shows it once there is one', async () => {
      await open(`?lang=${lang}`);
      await site.context.setOffline(true);
      await site.page.locator('nav a[href*="page=revisions"]').click();
      // its part of the program does not come
      await site.page.waitForSelector('main .message[role="alert"]');
      expect(await site.page.locator('main .message').innerText()).toContain(
        lang === 'fa' ? 'در دسترس نیست' : 'cannot be reached',
      );
      expect(await violationsOn(site.page)).toEqual([]);
      await site.context.setOffline(false);
      await site.page.locator('main .message button').click();
      await site.page.waitForSelector('[data-figures]');
    });
  });

  it('says that the stores do not answer, and of a release nothing while it need not follow', async () => {
    await open('?lang=en');
    await live('current');
    link.tell('away', {});
    await live('away');
    link.tell('lag', { events: 0, seconds: 0 });
    await live('current');
    await site.page.selectOption('select[name="release"]', { index: 2 });
    await live('fixed');
    link.tell('lag', { events: 12, seconds: 3 });
    await site.page.selectOption('select[name="release"]', 'latest');
    await live('behind');
  });
});
