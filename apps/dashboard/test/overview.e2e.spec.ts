import { describe, expect, it } from '@jest/globals';
import { headlines } from '../src/overview/headline.js';
import { browserSuite, useSite } from './browser-suite.js';
import { heightAt, violationsOn } from './built-page.js';
import { choose, sidewaysOverflow } from './read-page.js';
import { provinces, sampleReleases, startSampleServer } from './sample-indicators.js';
import { scriptOf, seen, written } from './told-numbers.js';

type Row = { period: string; value: string | null; reason?: string; area?: string };

browserSuite('the pages of the indicators', () => {
  const site = useSite(startSampleServer);

  const ask = async (code: string, query: Record<string, string>): Promise<readonly Row[]> => {
    const answer = await fetch(`${site.url}/api/indicators/${code}/data?${new URLSearchParams(query)}`);
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { rows: Row[] }).rows;
  };

  /** What every tile must say: the API's newest figure, or why there is none. */
  const expected = (query: Record<string, string>, lang: 'fa' | 'en') =>
    Promise.all(
      headlines.map(async ({ code, freq }) => {
        const rows = await ask(code, { freq, ...query });
        const row = rows.findLast(({ value }) => value !== null);
        return row === undefined
          ? { code, value: undefined, period: undefined }
          : { code, value: written(row.value ?? '', scriptOf(lang)), period: row.period };
      }),
    );

  const tiles = () =>
    site.page.$$eval('[data-indicator]:not(tr)', (found) =>
      found.map((tile) => ({
        code: tile.getAttribute('data-indicator') ?? '',
        value: tile.querySelector('.tile-value .num')?.textContent,
        period: tile.querySelector('.tile-period time')?.getAttribute('datetime') ?? undefined,
      })),
    );

  const told = async () =>
    (await tiles()).map(({ code, value, period }) => ({
      code,
      value: value === undefined || value === null ? undefined : seen(value),
      period,
    }));

  it.each(['fa', 'en'] as const)('show in %s the figures of the API on every tile', async (lang) => {
    await site.open(`?lang=${lang}`);
    const wanted = await expected({ area: 'IR', asKnownAt: 'latest' }, lang);
    expect(await told()).toEqual(wanted);
    expect(wanted.filter(({ value }) => value !== undefined).length).toBeGreaterThanOrEqual(16);
    expect(site.complaints).toEqual([]);
  });

  it('say in words why a tile has no figure', async () => {
    await site.open('?lang=fa');
    const tile = site.page.locator('[data-indicator="GRAD_EMP_6"]');
    expect(await tile.locator('.tile-value [aria-hidden]').innerText()).toBe('–');
    expect(await tile.locator('.tile-note').innerText()).toBe(
      'هنوز زود است: رکوردهای این دوره کامل نشده‌اند.',
    );
  });

  it('follow the knowledge control as a whole, and mark what a release told otherwise than the one before', async () => {
    await site.open('?lang=fa&area=IR-23');
    expect(await told()).toEqual(await expected({ area: 'IR-23', asKnownAt: 'latest' }, 'fa'));
    // after the last release one hire of its last month came to be known
    const own = site.page.locator('[data-indicator="HIRES"] [data-revised="own"]');
    const [before] = await ask('HIRES', { area: 'IR-23', asKnownAt: '1403-12', from: '1403-12' });
    expect(seen(await own.innerText())).toContain(written(before?.value ?? '', 'persian'));

    for (const { name } of sampleReleases) {
      await choose(site.page, 'release', name);
      await site.page.waitForURL((address) => address.searchParams.get('asKnownAt') === name);
      await site.settled();
      const wanted = await expected({ area: 'IR-23', asKnownAt: name }, 'fa');
      expect(await told()).toEqual(wanted);
      expect(wanted[0]?.period).toBe(name);
    }
    await choose(site.page, 'release', '1403-11');
    await site.settled();
    expect(
      await site.page.locator('[data-indicator="HIRES"] [data-revised="earlier"]').innerText(),
    ).toContain('۱ دوره');
    expect(site.complaints).toEqual([]);
  });

  it.each(['map', 'tiles'] as const)(
    'colour the provinces of the %s by the figures of the API and can be walked with the arrow keys',
    async (drawing) => {
      await site.open(`?lang=en&map=HIRES&provinces=${drawing}`);
      expect(await site.page.locator('.drawn-map').count()).toBe(drawing === 'map' ? 1 : 0);
      const rows = await ask('HIRES', { by: 'area', from: '1403-12', to: '1403-12' });
      const values = new Map(rows.map((row) => [row.area, row.value]));
      for (const area of provinces) {
        const province = site.page.locator(`.province-map [data-area="${area}"]`);
        const told =
          (await province.getAttribute('aria-label')) ?? (await province.locator('.unseen').textContent());
        expect(told).toContain(`: ${written(values.get(area) ?? '', 'latin')} jobs`);
        const cell = site.page.locator(
          `[data-figures="provinces"] tr[data-code="${area}"] [data-column="value"]`,
        );
        expect(seen(await cell.innerText())).toBe(written(values.get(area) ?? '', 'latin'));
      }
      expect(await site.page.locator('.province-map [data-area]').count()).toBe(31);
      expect(await site.page.locator('.province-map [data-area][data-missing]').count()).toBe(
        31 - provinces.length,
      );
      await site.page.locator('.province-map [data-area="IR-23"]').focus();
      await site.page.keyboard.press('ArrowRight');
      expect(await site.page.evaluate(() => document.activeElement?.getAttribute('data-area'))).toBe('IR-20');
      await site.page.keyboard.press('ArrowLeft');
      await site.page.keyboard.press('Enter');
      await site.page.waitForURL(/area=IR-23/);
      await site.settled();
      expect(await told()).toEqual(await expected({ area: 'IR-23' }, 'en'));
      const chosen = site.page.locator('.province-map [data-area][aria-pressed="true"]');
      expect(await chosen.getAttribute('data-area')).toBe('IR-23');
      await chosen.focus();
      await site.page.keyboard.press('Space');
      await site.page.waitForURL((address) => !address.searchParams.has('area'));
      expect(site.complaints).toEqual([]);
    },
  );

  it.each(['light', 'dark'] as const)(
    'name the provinces of the drawn map so that it can be read on every class of a %s ground, within their outlines',
    async (theme) => {
      await site.open(`?lang=fa&map=HIRES&provinces=map&theme=${theme}`);
      const found = await site.page.$$eval('.drawn-map [data-label], .drawn-map .map-sea text', (labels) => {
        const channels = (colour: string): readonly number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
        const light = (colour: string): number => {
          const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) =>
            channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
          );
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const contrast = (one: string, other: string): number => {
          const [low, high] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
          return (high + 0.05) / (low + 0.05);
        };
        const boxes = labels.map((label) => label.getBoundingClientRect());
        return labels.map((label, at) => {
          const code = label.getAttribute('data-label');
          const shape =
            code === null
              ? label.parentElement?.querySelector('path')
              : document.querySelector<SVGPathElement>(`.drawn-map [data-area="${code}"] path`);
          const own = getComputedStyle(label);
          // without a figure the ground is a pattern: a border in the colour of the card stands behind the letters
          const ground = label.matches('[data-missing]')
            ? own.stroke
            : getComputedStyle(shape as Element).fill;
          const box = boxes[at] as DOMRect;
          const around = (shape as Element).getBoundingClientRect();
          return {
            name: label.textContent,
            classOf: label.getAttribute('data-class'),
            readable: contrast(own.fill, ground) >= 4.5,
            within: box.left >= around.left && box.right <= around.right,
            alone: boxes.every(
              (other, i) =>
                i === at ||
                other.left >= box.right ||
                other.right <= box.left ||
                other.top >= box.bottom ||
                other.bottom <= box.top,
            ),
          };
        });
      });
      expect(found.filter(({ readable, within, alone }) => !readable || !within || !alone)).toEqual([]);
      expect(found.length).toBeGreaterThan(15);
      expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(['دریای خزر', 'خلیج فارس']));
    },
  );

  it('draw the map where there is room and tiles where there is none, unless the reader chooses', async () => {
    const drawn = async () => [
      await site.page.locator('.drawn-map').count(),
      await site.page.locator('.map-tile').count(),
    ];
    await site.page.setViewportSize({ width: 560, height: 4_000 });
    await site.open('?lang=en&map=HIRES');
    expect(await drawn()).toEqual([1, 0]);
    expect(await site.page.getAttribute('.drawn-map', 'data-boundaries')).toBe('IR-PROVINCES-1391-10-24');
    expect(await site.page.innerText('.map-note')).toContain('13 January 2013');
    await site.page.setViewportSize({ width: 559, height: 6_000 });
    await site.page.waitForSelector('.map-tile');
    expect(await drawn()).toEqual([0, 31]);
    await site.page.click('[data-drawing="map"]');
    await site.page.waitForURL(/provinces=map/);
    await site.page.waitForSelector('.drawn-map');
    expect(await site.page.getAttribute('[data-drawing="map"]', 'aria-pressed')).toBe('true');
    await site.page.setViewportSize({ width: 1440, height: 900 });
    await site.page.click('[data-drawing="tiles"]');
    await site.page.waitForURL(/provinces=tiles/);
    expect(await drawn()).toEqual([0, 31]);
    expect(site.complaints).toEqual([]);
  });

  it('tell the figure of the province that is pointed at, and take it away with Escape', async () => {
    await site.open('?lang=en&map=HIRES');
    const province = site.page.locator('.drawn-map [data-area="IR-10"]');
    await province.hover();
    const [name = '', figure = ''] = ((await province.getAttribute('aria-label')) ?? '').split(': ');
    expect(await site.page.locator('.map-reading').innerText()).toBe(`${name}\n${figure}`);
    await site.page.mouse.move(5, 5);
    await site.page.waitForSelector('.map-reading', { state: 'detached' });
    await province.focus();
    await site.page.waitForSelector('.map-reading');
    await site.page.keyboard.press('Escape');
    await site.page.waitForSelector('.map-reading', { state: 'detached' });
    expect(site.complaints).toEqual([]);
  });

  it('keep their place when the drawing of the map comes', async () => {
    let letCome = (): void => undefined;
    const held = new Promise<void>((resolve) => (letCome = resolve));
    await site.page.route(/drawn-map-.*\.js$/, async (route) => {
      await held;
      await route.continue();
    });
    await site.page.goto(`${site.url}/?lang=en&map=HIRES`);
    await site.page.waitForSelector('.drawn-map-box .skeleton');
    const height = () => site.page.$eval('.map-columns', (columns) => columns.getBoundingClientRect().height);
    const before = await height();
    letCome();
    await site.page.waitForSelector('.drawn-map');
    await site.settled();
    expect(Math.abs((await height()) - before)).toBeLessThan(1);
  });

  it('list what the release changed, as the API tells it', async () => {
    await site.open('?lang=fa&asKnownAt=1403-11');
    await site.page.waitForSelector('[data-figures="changes"]');
    const changes = (await (
      await fetch(`${site.url}/api/releases/1403-11/changes?since=1403-10&area=IR`)
    ).json()) as { indicators: { indicator: string; revised: { old: string; new: string }[] }[] };
    const hires = changes.indicators.find(({ indicator }) => indicator === 'HIRES')?.revised[0];
    const row = site.page.locator('[data-figures="changes"] tr[data-indicator="HIRES"]');
    expect(seen(await row.locator('[data-column="old"]').innerText())).toBe(
      written(hires?.old ?? '', 'persian'),
    );
    expect(seen(await row.locator('[data-column="new"]').innerText())).toBe(
      written(hires?.new ?? '', 'persian'),
    );
  });

  it('tell of every revision of a release what it was made by', async () => {
    await site.open('?lang=en&page=releases&asKnownAt=1403-11');
    await site.page.waitForSelector('[data-figures="changes"] tbody tr');
    type Revised = { old: string; new: string; effects: Record<string, string> };
    const changes = (await (
      await fetch(`${site.url}/api/releases/1403-11/changes?since=1403-10&area=IR`)
    ).json()) as { indicators: { indicator: string; revised: Revised[] }[] };
    const hires = changes.indicators.find(({ indicator }) => indicator === 'HIRES')?.revised[0];
    if (hires === undefined) throw new Error('the sample revises no hires');
    const { late, corrections, definition } = hires.effects;
    const parts = [late, corrections, definition].map(Number);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(Number(hires.new) - Number(hires.old));
    expect(parts.some((part) => part !== 0)).toBe(true);
    const row = site.page.locator('[data-figures="changes"] tr[data-indicator="HIRES"]');
    for (const effect of ['late', 'corrections', 'definition'])
      expect(seen(await row.locator(`[data-column="${effect}"]`).innerText())).toBe(
        written(hires.effects[effect] ?? '', 'latin', true),
      );
  });

  it('restore an indicator from its address, with the table, parts and download of that position', async () => {
    const address =
      '?page=indicator&indicator=HIRES&area=IR-23&asKnownAt=1403-11&from=1403-07&to=1403-12&by=sex&chart=bar&lang=en&theme=dark';
    await site.open(address);
    const chosen = (name: string) => site.page.inputValue(`select[name="${name}"]`);
    const names = ['indicator', 'area', 'by', 'freq', 'from', 'to', 'chart', 'release'];
    expect(await Promise.all(names.map(chosen))).toEqual(
      'HIRES IR-23 sex M 1403-07 1403-11 bar 1403-11'.split(' '),
    );
    expect(await site.page.getAttribute('html', 'data-theme')).toBe('dark');
    const query = { area: 'IR-23', asKnownAt: '1403-11', from: '1403-07', to: '1403-11' };
    const rows = await ask('HIRES', query);
    const read = await site.page.$$eval('[data-figures="periods"] tbody tr', (found) =>
      found.map((row) => [
        row.getAttribute('data-period'),
        row.querySelector('[data-column="value"] .num')?.textContent,
        row.getAttribute('data-revised'),
      ]),
    );
    const earlier = new Map(
      (await ask('HIRES', { ...query, asKnownAt: '1403-10' })).map(({ period, value }) => [period, value]),
    );
    expect(read).toEqual(
      rows
        .map(({ period, value }) => {
          const before = earlier.get(period) ?? null;
          return [period, written(value ?? '', 'latin'), String(before !== null && before !== value)];
        })
        .toReversed(),
    );
    expect(read.filter(([, , revised]) => revised === 'true')).toHaveLength(1);
    const parts = await ask('HIRES', { ...query, by: 'sex', from: '1403-11', to: '1403-11' });
    for (const { value, ...row } of parts)
      expect(
        seen(
          await site.page
            .locator(`[data-figures="parts"] tr[data-code="${(row as unknown as { sex: string }).sex}"] td`)
            .first()
            .innerText(),
        ),
      ).toBe(written(value ?? '', 'latin'));
    const href = (await site.page.getAttribute('a[download]', 'href')) ?? '';
    const csv = await (await fetch(`${site.url}/${href}`)).text();
    expect(
      csv
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',').slice(0, 2)),
    ).toEqual(rows.map(({ period, value }) => [period, value]));

    await choose(site.page, 'indicator', 'SEPS');
    await site.page.waitForURL(/indicator=SEPS/);
    await site.page.goBack();
    expect(new URL(site.page.url()).search).toBe(address);
    expect(await chosen('indicator')).toBe('HIRES');
    expect(site.complaints).toEqual([]);
  });

  it('keep every figure of a link that names a release, whatever comes in later', async () => {
    const valueAt = async (search: string) => {
      await site.open(search);
      return (await told()).find(({ code }) => code === 'HIRES')?.value;
    };
    const fixed = await valueAt('?lang=en&asKnownAt=1403-12');
    const latest = await valueAt('?lang=en');
    await site.server.hireOneMore();
    expect(await valueAt('?lang=en&asKnownAt=1403-12')).toBe(fixed);
    expect(await valueAt('?lang=en')).not.toBe(latest);
  });

  it('tell what the API refused: an indicator and a release that do not exist', async () => {
    await site.page.goto(`${site.url}/?page=indicator&indicator=WEATHER&lang=en`);
    expect(await (await site.page.waitForSelector('[role="alert"]')).textContent()).toContain(
      'unknown-indicator',
    );
    for (const name of ['indicator', 'overview']) {
      await site.page.goto(`${site.url}/?page=${name}&asKnownAt=R99&lang=en`);
      expect(await (await site.page.waitForSelector('[role="alert"]')).textContent()).toContain(
        'unknown-release',
      );
      expect(await site.page.locator('[role="alert"]').count()).toBe(1);
      expect(await site.page.locator('.tile-value, [data-figures]').count()).toBe(0);
    }
  });

  it('say that nothing has been counted yet while there is no data at all', async () => {
    const nothing = await startSampleServer(site.directory, true);
    try {
      await site.page.goto(`${nothing.url}/?lang=fa`);
      expect(await (await site.page.waitForSelector('.message')).innerText()).toContain(
        'هنوز داده‌ای شمرده نشده است',
      );
      for (const name of ['indicator', 'area', 'releases', 'revisions']) {
        await site.page.goto(`${nothing.url}/?lang=en&page=${name}`);
        await site.page.waitForSelector('#figures h2');
        await site.page.waitForFunction(() => document.querySelector('.skeleton') === null);
        expect(await site.page.locator('[role="alert"]').count()).toBe(0);
        expect(await violationsOn(site.page)).toEqual([]);
      }
    } finally {
      await nothing.close();
    }
  });

  it.each(['indicator', 'area', 'releases', 'revisions', 'movements'])(
    'reach the page %s from the navigation, with release and area kept',
    async (name) => {
      await site.open('?lang=en&area=IR-23&asKnownAt=1403-12');
      await site.page.click(`nav a[href*="page=${name}"]`);
      await site.page.waitForSelector(`nav a[aria-current="page"][href*="page=${name}"]`);
      const query = new URL(site.page.url()).searchParams;
      expect([query.get('area'), query.get('asKnownAt')]).toEqual(['IR-23', '1403-12']);
      await site.page.waitForSelector('#figures h2, #figures .message');
      expect(await violationsOn(site.page)).toEqual([]);
    },
  );

  describe.each(['fa', 'en'])('in %s', (lang) => {
    describe.each(['light', 'dark'])('on a %s ground', (theme) => {
      it.each(['overview', 'indicator'])(
        'of %s are accessible and never wider than the window',
        async (name) => {
          const view = name === 'overview' ? '' : '&page=indicator&indicator=JSK_RATIO&asKnownAt=1403-12';
          for (const width of [1440, 390]) {
            await site.page.setViewportSize({ width, height: heightAt(width) });
            await site.open(`?lang=${lang}&theme=${theme}${view}`);
            expect(await sidewaysOverflow(site.page)).toBe(0);
            expect(await violationsOn(site.page)).toEqual([]);
          }
          expect(site.complaints).toEqual([]);
        },
      );
    });
  });
});
