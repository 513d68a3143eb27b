import { expect, it } from '@jest/globals';
import { browserSuite, useSite } from './browser-suite.js';
import { violationsOn } from './built-page.js';
import { choose } from './read-page.js';
import { provinces, startSampleServer } from './sample-indicators.js';
import { seen, written } from './told-numbers.js';

type Row = { readonly period: string; readonly value: string | null; readonly area?: string };

/** What has the focus, and whether it can be seen that it has. */
type Focused = {
  readonly what: string;
  readonly tag: string;
  readonly visible: boolean;
  readonly inPage: boolean;
};

browserSuite('the page by keyboard and by choice', () => {
  const site = useSite(startSampleServer);

  const rowsOf = async (code: string, query: Record<string, string>): Promise<readonly Row[]> => {
    const answer = await fetch(`${site.url}/api/indicators/${code}/data?${new URLSearchParams(query)}`);
    return ((await answer.json()) as { rows: Row[] }).rows;
  };

  const focused = (): Promise<Focused> =>
    site.page.evaluate(() => {
      const element = document.activeElement ?? document.body;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      // the outline of a drawn province follows its shape
      const ring = element.closest('.drawn-map')?.querySelector('.map-focused path + path');
      const ringed = ring?.getAttribute('d') === element.querySelector('path')?.getAttribute('d');
      const outlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      return {
        what: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60),
        tag: element.tagName.toLowerCase(),
        visible: outlined || (element.matches('.drawn-map [data-area]') && ringed),
        inPage: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
      };
    });

  /** Every stop of the Tab key from the top of the page to its end. */
  const walk = async (): Promise<readonly Focused[]> => {
    const stops: Focused[] = [];
    for (let step = 0; step < 400; step += 1) {
      await site.page.keyboard.press('Tab');
      const at = await focused();
      if (at.tag === 'body') return stops;
      stops.push(at);
    }
    throw new Error('the focus never leaves the page');
  };

  it.each(['overview', 'indicator', 'area', 'releases', 'revisions'])(
    'of %s can be walked from the skip link to the end, and the focus is seen at every stop',
    async (name) => {
      await site.open(`?lang=en&page=${name}`);
      const stops = await walk();
      expect(stops[0]?.what).toBe('Skip to the figures');
      expect(stops.length).toBeGreaterThan(15);
      expect(stops.filter(({ visible, inPage }) => !visible || !inPage)).toEqual([]);
    },
  );

  it('lets the skip link lead to the figures', async () => {
    await site.open('?lang=fa');
    await site.page.keyboard.press('Tab');
    await site.page.keyboard.press('Enter');
    expect(await site.page.evaluate(() => document.activeElement?.id)).toBe('figures');
  });

  it('reaches every point of a drawing and tells it as the API does', async () => {
    await site.open('?lang=en&page=indicator&indicator=HIRES&by=none');
    const rows = await rowsOf('HIRES', { area: 'IR', freq: 'M' });
    const chart = site.page.locator('.chart-canvas');
    await chart.focus();
    const told = async () => seen((await chart.getAttribute('aria-valuetext')) ?? '');
    expect(await chart.getAttribute('role')).toBe('slider');
    expect(Number(await chart.getAttribute('aria-valuemax'))).toBe(rows.length - 1);
    await site.page.keyboard.press('End');
    expect(await told()).toContain(written(rows.at(-1)?.value ?? '', 'latin'));
    await site.page.keyboard.press('ArrowLeft');
    await site.page.keyboard.press('ArrowLeft');
    expect(await told()).toMatch(/^Dey 1403: /);
    expect(await told()).toContain(written(rows.at(-3)?.value ?? '', 'latin'));
    await site.page.waitForSelector('.chart-tooltip >> text=Dey 1403');
    await site.page.keyboard.press('Home');
    await site.page.keyboard.press('ArrowLeft');
    expect(await told()).toContain(written(rows[0]?.value ?? '', 'latin'));
    expect(await violationsOn(site.page)).toEqual([]);
  });

  it.each(['map', 'tiles'] as const)(
    'has one stop for the %s, and arrow keys from province to province',
    async (drawing) => {
      await site.open(`?lang=fa&map=HIRES&provinces=${drawing}`);
      const stop = site.page.locator('.province-map [data-area][tabindex="0"]');
      expect(await stop.count()).toBe(1);
      await stop.focus();
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
        await site.page.keyboard.press(key);
        const at = await site.page.evaluate(() => document.activeElement?.getAttribute('data-area') ?? '');
        expect(at).toMatch(/^IR-/);
        visited.add(at);
        expect(await stop.getAttribute('data-area')).toBe(at);
      }
      expect(visited.size).toBeGreaterThan(4);
      await site.page.keyboard.press('Tab');
      expect(await site.page.evaluate(() => document.activeElement?.hasAttribute('data-area'))).toBe(false);
    },
  );

  it('writes every figure in the digits that are chosen, and keeps them in the address and from page to page', async () => {
    await site.open('?lang=fa');
    const button = site.page.locator('.display > button');
    await button.focus();
    await site.page.keyboard.press('Enter');
    expect(await button.getAttribute('aria-expanded')).toBe('true');
    await site.page.keyboard.press('Tab');
    expect(await site.page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('digits');
    await choose(site.page, 'digits', 'latin');
    await site.page.waitForURL(/digits=latin/);
    await site.page.keyboard.press('Escape');
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect(await site.page.evaluate(() => document.activeElement?.parentElement?.className)).toBe('display');
    const numbers = async () => (await site.page.locator('#figures .num').allTextContents()).map(seen);
    expect((await numbers()).filter((text) => /[۰-۹٬٫]/.test(text))).toEqual([]);
    expect((await numbers()).length).toBeGreaterThan(40);
    await site.page.click('nav a[href*="page=area"]');
    await site.settled();
    expect(new URL(site.page.url()).searchParams.get('digits')).toBe('latin');
    expect((await numbers()).filter((text) => /[۰-۹٬٫]/.test(text))).toEqual([]);
    await site.open('?lang=en&digits=persian');
    expect((await numbers()).filter((text) => /[0-9,.]/.test(text))).toEqual([]);
  });

  it('names periods by the calendar that is chosen, over the same figures', async () => {
    const periods = () => site.page.locator('[data-figures="periods"] .month').allTextContents();
    const values = () =>
      site.page.locator('[data-figures="periods"] [data-column="value"]').allTextContents();
    await site.open('?lang=fa&page=indicator&indicator=HIRES&from=1403-09&to=1403-10');
    const before = await values();
    expect(await periods()).toEqual(['دی ۱۴۰۳', 'آذر ۱۴۰۳']);
    await site.open('?lang=fa&page=indicator&indicator=HIRES&from=1403-09&to=1403-10&calendar=gregorian');
    expect(await periods()).toEqual(['دسامبر ۲۰۲۴ – ژانویه ۲۰۲۵', 'نوامبر–دسامبر ۲۰۲۴']);
    expect(await values()).toEqual(before);
  });

  it('draws a series as an index and on a logarithmic axis, and leaves its table alone', async () => {
    const address = '?lang=en&page=indicator&indicator=HIRES&by=none';
    const values = () =>
      site.page.locator('[data-figures="periods"] [data-column="value"]').allTextContents();
    await site.open(address);
    const before = await values();
    await choose(site.page, 'scale', 'index');
    await site.page.waitForURL(/scale=index/);
    await site.settled();
    expect(await site.page.locator('.chart figcaption').innerText()).toContain('Farvardin 1403 = 100');
    const rows = await rowsOf('HIRES', { area: 'IR', freq: 'M' });
    const index = (Number(rows.at(-1)?.value) / Number(rows[0]?.value)) * 100;
    await site.page.locator('.chart-canvas').focus();
    await site.page.keyboard.press('End');
    expect(await site.page.locator('.chart-canvas').getAttribute('aria-valuetext')).toContain(
      index.toFixed(1),
    );
    await choose(site.page, 'scale', 'log');
    await site.page.waitForURL(/scale=log/);
    await site.settled();
    expect(await values()).toEqual(before);
    expect((await site.page.locator('.chart-canvas svg text').allTextContents()).length).toBeGreaterThan(3);
  });

  it('finds an indicator whatever keyboard its letters come from', async () => {
    await site.open('?lang=fa&page=indicator&indicator=HIRES');
    const options = () =>
      site.page.$$eval('select[name="indicator"] option', (found) =>
        found.map((option) => option.getAttribute('value')),
      );
    const all = (await options()).length;
    // Arabic ye and kaf, and no joint between the words
    await site.page.fill('input[name="find"]', 'جويندگان كار');
    const found = await options();
    expect(found).toContain('JSK_STOCK');
    expect(found.length).toBeLessThan(all);
    await site.page.fill('input[name="find"]', 'jsk_stock');
    await site.page.keyboard.press('Enter');
    await site.page.waitForURL(/indicator=JSK_STOCK/);
    await site.settled();
    expect(await site.page.inputValue('select[name="indicator"]')).toBe('JSK_STOCK');
    expect((await options()).length).toBe(all);
  });

  it('lists the provinces by the Persian alphabet', async () => {
    await site.open('?lang=fa&page=area');
    const names = await site.page.$$eval('select[name="area"] option', (found) =>
      found.map((option) => option.textContent ?? ''),
    );
    const known = names.filter((name) => !name.includes('نامعلوم'));
    expect(known).toEqual(known.toSorted(new Intl.Collator('fa').compare));
    expect(names.length).toBeGreaterThanOrEqual(provinces.length);
  });

  it('keeps still for those who asked for it, and only for them', async () => {
    await site.page.route('**/api/indicators/**', () => undefined);
    const moving = () => site.page.evaluate(() => document.getAnimations().length);
    await site.page.goto(`${site.url}/`);
    await site.page.waitForSelector('.skeleton');
    expect(await moving()).toBeGreaterThan(0);
    await site.page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving()).toBe(0);
  });

  it('says that the server is away where figures are missing, and reads on when it is back', async () => {
    await site.open('?lang=fa&page=indicator&indicator=HIRES');
    await site.context.setOffline(true);
    await choose(site.page, 'area', 'IR-10');
    const alert = await site.page.waitForSelector('[role="alert"]');
    expect(await alert.innerText()).toContain('کارساز در دسترس نیست');
    await site.context.setOffline(false);
    await site.page.click('[role="alert"] button');
    await site.settled();
    const rows = await rowsOf('HIRES', { area: 'IR-10', freq: 'M' });
    expect(
      seen(
        (await site.page
          .locator('[data-figures="periods"] [data-column="value"] .num')
          .first()
          .textContent()) ?? '',
      ),
    ).toBe(written(rows.at(-1)?.value ?? '', 'persian'));
  });
});
