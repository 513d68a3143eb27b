import { expect, it } from '@jest/globals';
import { browserSuite, useSite } from './browser-suite.js';
import { startSampleServer } from './sample-indicators.js';

/** Width of an A4 page between its margins, in CSS pixels. */
const paper = 718;

browserSuite('a view on paper', () => {
  const site = useSite(startSampleServer);

  /** Lays the page out as a browser does for paper. */
  const layOut = async (): Promise<void> => {
    await site.page.emulateMedia({ media: 'print' });
    await site.page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await site.page.setViewportSize({ width: paper, height: 1000 });
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
    await site.open(`?lang=${lang}&page=${name}&theme=dark`);
    const figures = await site.page.locator('#figures .num').count();
    await layOut();
    const found = await site.page.evaluate(() => {
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
    expect(await site.page.locator('#figures .num').count()).toBe(figures);
  });

  it('is printed by the browser itself in light colours and comes back to the screen as it was', async () => {
    await site.open('?lang=fa&page=indicator&indicator=HIRES&theme=dark');
    const before = await site.page.locator('.chart svg').getAttribute('width');
    await site.page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      window.addEventListener('beforeprint', () =>
        seen.push(document.querySelector('.chart svg')?.getAttribute('viewBox') ?? 'none'),
      );
    });
    const pdf = await site.page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
    expect(await site.page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([
      '0 0 760 300',
    ]);
    await site.page.waitForFunction(
      () => document.querySelector('.chart svg')?.getAttribute('viewBox') === null,
    );
    expect(await site.page.locator('.chart svg').getAttribute('width')).toBe(before);
  });
});
