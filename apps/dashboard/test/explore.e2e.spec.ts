import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import exceljs from 'exceljs';
import { browserSuite, useSite } from './browser-suite.js';
import { violationsOn } from './built-page.js';
import { choose, figureIn, sidewaysOverflow } from './read-page.js';
import { sampleReleases, startSampleServer } from './sample-indicators.js';

type Row = Readonly<Record<string, string | number | null>>;

/** A folder for pictures of the pages, for people to look at; none are taken without it. */
const pictures = process.env['KARNAMA_PICTURES'];

browserSuite('explore and take away', () => {
  const site = useSite(startSampleServer, { shows: ['table[data-figures]'] });

  const rowsOf = async (path: string): Promise<readonly Row[]> => {
    const answer = await fetch(`${site.url}/${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    return ((await answer.json()) as { rows: Row[] }).rows;
  };

  /** Every cell of the table on the page, by its row and column. */
  const cells = async (): Promise<ReadonlyMap<string, string>> =>
    new Map(
      await site.page.$$eval('table.pivot tbody tr, table.pivot tfoot tr', (lines) =>
        lines.flatMap((line) =>
          [...line.querySelectorAll('td')].map(
            (cell) =>
              [
                `${line.getAttribute('data-row')} ${cell.getAttribute('data-leaf')}`,
                cell.querySelector('.num')?.textContent ?? '',
              ] as const,
          ),
        ),
      ),
    );

  const read = async (): Promise<Record<string, bigint | undefined>> =>
    Object.fromEntries([...(await cells())].map(([place, text]) => [place, figureIn(text)]));

  const big = (value: string | number | null | undefined): bigint | undefined =>
    value === null || value === undefined ? undefined : BigInt(value);

  it.each(['fa', 'en'] as const)('show in %s the figures and the totals of the API', async (lang) => {
    const range = 'from=1403-07&to=1403-12&asKnownAt=latest&view=effective';
    await site.open(
      `?page=explore&dataflow=JOBS&measure=jobs,hires&rows=area&columns=month&from=1403-07&to=1403-12&lang=${lang}`,
    );
    const asked = 'api/data/JOBS?measure=jobs,hires';
    const expected: Record<string, bigint | undefined> = {};
    const put = (rows: readonly Row[], row: (line: Row) => string, column: (line: Row) => string): void => {
      for (const line of rows)
        for (const measure of ['jobs', 'hires'])
          expected[`${row(line)} ${column(line)}.${measure}`] = big(line[measure]);
    };
    put(
      await rowsOf(`${asked}&by=area,month&${range}`),
      (l) => `${l['area']}`,
      (l) => `${l['month']}`,
    );
    put(
      await rowsOf(`${asked}&by=area&${range}`),
      (l) => `${l['area']}`,
      () => 'total',
    );
    put(
      await rowsOf(`${asked}&by=month&${range}`),
      () => 'total',
      (l) => `${l['month']}`,
    );
    put(
      await rowsOf(`${asked}&by=&${range}`),
      () => 'total',
      () => 'total',
    );
    expect(await read()).toEqual(expected);
    expect(Object.keys(expected).length).toBe(7 * 7 * 2);
    expect(site.complaints).toEqual([]);
  });

  it('shows percentages of the row, the column and all', async () => {
    await site.open('?page=explore&dataflow=JOBS&measure=hires&rows=area&columns=sex&lang=en&share=row');
    const text = async (place: string) => Number(((await cells()).get(place) ?? '').replace(',', ''));
    const female = await text('IR-23 F.hires');
    expect(female + (await text('IR-23 M.hires'))).toBeCloseTo(100, 0);
    await choose(site.page, 'share', 'none');
    await site.page.waitForFunction(() => !window.location.search.includes('share'));
    const figures = await read();
    const [part, whole] = [Number(figures['IR-23 F.hires']), Number(figures['IR-23 total.hires'])];
    expect(female).toBeCloseTo((100 * part) / whole, 1);
    await choose(site.page, 'share', 'total');
    await site.page.waitForFunction(() => window.location.search.includes('share=total'));
    expect(await text('IR-23 F.hires')).toBeCloseTo((100 * part) / Number(figures['total total.hires']), 1);
  });

  it('is turned, sorted and filtered from the page, and the address says all of it', async () => {
    await site.open('?page=explore&dataflow=JOBS&measure=hires&rows=area&columns=month&lang=en');
    await site.page.click('th[data-leaf="total.hires"] button');
    await site.page.waitForFunction(() => window.location.search.includes('sort=-total.hires'));
    const totals = await site.page.$$eval('tbody td[data-leaf="total.hires"] .num', (found) =>
      found.map((one) => Number(one.textContent.replaceAll(',', ''))),
    );
    expect(totals).toEqual([...totals].sort((a, b) => b - a));
    expect(await site.page.getAttribute('th[data-leaf="total.hires"]', 'aria-sort')).toBe('descending');

    await choose(site.page, 'place-sex', 'columns');
    await choose(site.page, 'place-month', 'none');
    await site.page.waitForSelector('th[data-leaf="F.hires"]');
    expect(new URL(site.page.url()).searchParams.get('columns')).toBe('sex');

    await site.page.click('[data-filter="area"]');
    await site.page.fill('dialog input[type="search"]', 'yazd');
    expect(await site.page.locator('dialog .choosables li').count()).toBe(1);
    await site.page.check('dialog input[value="IR-21"]');
    await site.page.click('dialog .button.primary');
    await site.page.waitForFunction(() => document.querySelectorAll('table.pivot tbody tr').length === 1);
    expect(new URL(site.page.url()).searchParams.get('where.area')).toBe('IR-21');
    const address = site.page.url();
    const before = await read();
    await site.page.goto('about:blank');
    await site.page.goto(address);
    await site.settled();
    expect(await read()).toEqual(before);
    await site.page.goBack();
    expect(site.complaints).toEqual([]);
  });

  it('offers only values that have figures, found whatever the letters are typed like', async () => {
    await site.open('?page=explore&dataflow=UNITS&rows=area&columns=none');
    await site.page.click('[data-filter="state"]');
    const offered = await site.page.$$eval('dialog input[name="code"]', (found) =>
      found.map((one) => (one as HTMLInputElement).value),
    );
    expect([...offered].sort()).toEqual(['ACTIVE', 'IDLE']);
    await site.page.keyboard.press('Escape');
    await site.page.waitForFunction(() => document.querySelector('dialog') === null);
    await site.page.click('[data-filter="area"]');
    await site.page.fill('dialog input[type="search"]', 'آذربايجان‌شرقي');
    expect(
      await site.page.$$eval('dialog input[name="code"]', (f) => f.map((o) => (o as HTMLInputElement).value)),
    ).toEqual(['IR-03']);
    await site.page.fill('dialog input[type="search"]', 'بهشت');
    expect(await site.page.locator('dialog input[name="code"]').count()).toBe(0);
  });

  it('tells the request as it can be asked again', async () => {
    await site.open('?page=explore&dataflow=JOBS&measure=hires&rows=area&columns=sex&lang=en');
    const address = (await site.page.innerText('.request-line code')).trim();
    const csv = await (await fetch(address)).text();
    const figures = await read();
    const [, ...lines] = csv.trim().split('\r\n');
    expect(lines.length).toBe(12);
    for (const line of lines) {
      const [area, sex, hires] = line.split(',');
      expect([area, sex, figures[`${area} ${sex}.hires`]]).toEqual([area, sex, BigInt(hires ?? '')]);
    }
    for (const form of ['curl', 'python', 'r']) {
      await site.page.click(`[data-form="${form}"]`);
      expect(await site.page.innerText('.request-line code')).toContain(address);
    }
  });

  it('can be worked with the keyboard alone', async () => {
    await site.open('?page=explore&dataflow=JOBS&measure=hires&rows=area&columns=sex&lang=en');
    await site.page.focus('[data-filter="area"]');
    await site.page.keyboard.press('Enter');
    await site.page.waitForSelector('dialog[open]');
    await site.page.focus('dialog input[value="IR-10"]');
    await site.page.keyboard.press('Space');
    await site.page.focus('dialog .button.primary');
    await site.page.keyboard.press('Enter');
    await site.page.waitForFunction(() => document.querySelectorAll('table.pivot tbody tr').length === 1);
    await site.page.focus('th[data-leaf="F.hires"] button');
    await site.page.keyboard.press('Enter');
    await site.page.waitForFunction(() => window.location.search.includes('sort=-F.hires'));
  });

  const downloaded = async (selector: string): Promise<{ name: string; content: Buffer }> => {
    const [download] = await Promise.all([site.page.waitForEvent('download'), site.page.click(selector)]);
    return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
  };

  const sheetOf = async (content: Buffer): Promise<exceljs.Worksheet> => {
    const workbook = new exceljs.Workbook();
    await workbook.xlsx.load(content as unknown as exceljs.Buffer);
    return workbook.worksheets[0] as exceljs.Worksheet;
  };

  it('gives the table as a workbook, as CSV and as metadata, each with release and hash', async () => {
    await site.open(
      '?page=explore&dataflow=JOBS&measure=hires&rows=area&columns=sex&asKnownAt=1403-12&lang=en',
    );
    const figures = await read();
    await site.page.click('[data-take="explore"] .take-away');
    await site.page.waitForSelector('dialog .copied');
    const { name, content } = await downloaded('dialog [data-form="xlsx"]');
    const sheet = await sheetOf(content);
    const rows: unknown[][] = [];
    sheet.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
    expect(rows.length).toBe(13);
    for (const [, area, , sex, hires] of rows.slice(1))
      expect([area, sex, figures[`${String(area)} ${String(sex)}.hires`]]).toEqual([
        area,
        sex,
        BigInt(hires as number),
      ]);
    const csv = await downloaded('dialog [data-form="csv"]');
    const hash = createHash('sha256').update(csv.content).digest('hex');
    expect(name).toBe(`JOBS_1403-12_${hash.slice(0, 12)}.xlsx`);
    expect(await site.page.innerText('dialog')).toContain(hash);
    const metadata = JSON.parse((await downloaded('dialog [data-form="metadata"]')).content.toString()) as {
      contentHash: { value: string };
      knowledge: { release: string };
    };
    expect([metadata.contentHash.value, metadata.knowledge.release]).toEqual([hash, '1403-12']);
    const excel = await downloaded('dialog [data-form="excel-csv"]');
    expect([...excel.content.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(site.complaints).toEqual([]);
  });

  it.each([
    ['the series', '[aria-labelledby="series-heading"]', '?page=indicator&indicator=HIRES&area=IR-23'],
    ['the map', '[aria-labelledby="parts-heading"]', '?page=indicator&indicator=HIRES&area=IR'],
    [
      'the tiles',
      '[aria-labelledby="parts-heading"]',
      '?page=indicator&indicator=HIRES&area=IR&provinces=tiles',
    ],
    [
      'the table',
      '[data-take="explore"]',
      '?page=explore&dataflow=JOBS&measure=hires&rows=area&columns=none',
    ],
  ])('gives %s as SVG and PNG with title, source, release and hash in it', async (name, card, search) => {
    await site.open(`${search}&asKnownAt=1403-12`);
    await site.page.waitForSelector(`${card} .chart-canvas svg, ${card} .province-map`);
    await site.page.click(`${card} .take-away`);
    await site.page.waitForSelector('dialog [data-form="svg"]');
    const title = (await site.page.innerText('dialog h2')).trim();
    const hash = (
      await site.page.$$eval('dialog .code', (found) => found.map((one) => one.textContent))
    ).find((text) => /^[0-9a-f]{64}$/.test(text));
    const svg = (await downloaded('dialog [data-form="svg"]')).content.toString();
    expect(svg).toContain(`<title>${title}</title>`);
    expect(svg).toContain(`SHA-256 ${hash}`);
    expect(svg).toContain('کارنامه');
    const written = await site.page.$$eval(
      `${card} .chart-canvas svg text, ${card} .map-tile .map-value, ${card} .drawn-map text`,
      (found) => found.map((one) => one.textContent),
    );
    expect(written.length).toBeGreaterThan(5);
    for (const text of written) expect(svg).toContain(`>${text}</text>`);
    // on a page of its own, without the rules of the server: the file has to stand alone
    const blank = await site.context.newPage();
    const wellFormed = await blank.evaluate(
      (text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelector('parsererror') === null,
      svg,
    );
    await blank.close();
    expect(wellFormed).toBe(true);
    const png = await downloaded('dialog [data-form="png"]');
    expect(png.content.subarray(1, 4).toString()).toBe('PNG');
    expect(png.content.length).toBeGreaterThan(10_000);
    if (pictures !== undefined) {
      const { writeFile } = await import('node:fs/promises');
      await writeFile(join(pictures, `taken-${name.replaceAll(' ', '-')}.png`), png.content);
    }
    // a picture is painted from the page's own memory
    const own = `blob:${site.url}/`;
    expect(site.complaints.filter((complaint) => !complaint.startsWith(own))).toEqual([]);
  });

  it('gives an indicator’s series in a workbook whose numbers are the page’s', async () => {
    await site.open('?page=indicator&indicator=HIRES&area=IR-23&lang=en&asKnownAt=1403-12');
    const shown = Object.fromEntries(
      await site.page.$$eval('[data-figures="periods"] tbody tr', (lines) =>
        lines.map((line) => [
          line.getAttribute('data-period') ?? '',
          line.querySelector('[data-column="value"] .num')?.textContent ?? '',
        ]),
      ),
    );
    await site.page.click('[aria-labelledby="series-heading"] .take-away');
    const sheet = await sheetOf((await downloaded('dialog [data-form="xlsx"]')).content);
    const taken: Record<string, bigint | undefined> = {};
    sheet.eachRow((row, at) => {
      if (at > 1) taken[row.getCell(2).text] = BigInt(row.getCell(5).value as number);
    });
    expect(taken).toEqual(
      Object.fromEntries(Object.entries(shown).map(([period, text]) => [period, figureIn(text)])),
    );
    expect(Object.keys(taken).length).toBe(12);
  });

  it.each([
    ['the overview', '?lang=en&asKnownAt=1403-12', 'IR'],
    ['an area', '?page=area&area=IR-23&lang=en&asKnownAt=1403-12', 'IR-23'],
  ])('gives the headline indicators of %s as a workbook', async (_, search, area) => {
    await site.open(search);
    await site.page.click('.page-heading .take-away');
    const { name, content } = await downloaded('dialog [data-form="xlsx"]');
    expect(name).toMatch(new RegExp(`^PROFILE_${area}_1403-12_[0-9a-f]{12}\\.xlsx$`));
    const sheet = await sheetOf(content);
    const taken: [string, string, unknown][] = [];
    sheet.eachRow((row, at) => {
      if (at > 1) taken.push([row.getCell(2).text, row.getCell(4).text, row.getCell(7).value]);
    });
    for (const [code, freq] of [
      ['HIRES', 'M'],
      ['TIGHT', 'M'],
      ['JC', 'Q'],
    ]) {
      const rows = await rowsOf(`api/indicators/${code}/data?area=${area}&freq=${freq}&asKnownAt=1403-12`);
      expect(taken.filter(([one]) => one === code)).toEqual(
        rows.map(({ period, value }) => [code, period, value === null ? null : Number(value)]),
      );
    }
  });

  it('offers a citation, a link fixed to the newest release, an embed code that works, and a feed', async () => {
    await site.open('?page=indicator&indicator=HIRES&area=IR-23&lang=en');
    await site.page.click('[aria-labelledby="series-heading"] .take-away');
    await site.page.waitForSelector('dialog [data-form="svg"]');
    const text = await site.page.innerText('dialog');
    expect(text).toContain('Karnama, “Hires (Area: Tehran)”');
    expect(text).toContain(`asKnownAt=${sampleReleases.at(-1)?.name}`);
    const feed = await site.page.getAttribute('dialog a[type="application/atom+xml"]', 'href');
    expect(await (await fetch(`${site.url}/${feed}`)).text()).toContain('<feed xmlns');
    const code = (
      await site.page.$$eval('dialog .code', (found) => found.map((one) => one.textContent))
    ).find((one) => one.startsWith('<iframe'));
    const inside = await site.context.newPage();
    const elsewhere = createServer((_, response) =>
      response.setHeader('content-type', 'text/html').end(`<!doctype html><title>other</title>${code}`),
    ).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    await inside.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
    const frame = inside.frameLocator('iframe');
    await frame.locator('.chart svg').waitFor();
    expect(await frame.locator('header, nav').count()).toBe(0);
    expect(await frame.locator('h3').first().innerText()).toContain('Tehran');
    if (pictures !== undefined) await inside.screenshot({ path: join(pictures, 'embedded.png') });
    await inside.close();
    elsewhere.close();
  });

  it.each([
    ['fa', 'light', 1440],
    ['en', 'dark', 1440],
    ['fa', 'dark', 390],
    ['en', 'light', 390],
  ] as const)('breaks no rule of accessibility in %s, %s, at %i px', async (lang, scheme, width) => {
    await site.page.setViewportSize({ width, height: 900 });
    await site.page.emulateMedia({ colorScheme: scheme });
    await site.open(`?page=explore&dataflow=JOBS&measure=jobs,hires&rows=area&columns=month&lang=${lang}`);
    const name = `explore-${lang}-${scheme}-${width}`;
    if (pictures !== undefined)
      await site.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
    expect(await violationsOn(site.page)).toEqual([]);
    expect(await sidewaysOverflow(site.page)).toBe(0);
    await site.page.click('[data-filter="area"]');
    expect(await violationsOn(site.page)).toEqual([]);
    if (pictures !== undefined) await site.page.screenshot({ path: join(pictures, `${name}-filter.png`) });
    await site.page.keyboard.press('Escape');
    await site.page.click('[data-take="explore"] .take-away');
    await site.page.waitForSelector('dialog [data-form="svg"]');
    expect(await violationsOn(site.page)).toEqual([]);
    if (pictures !== undefined) await site.page.screenshot({ path: join(pictures, `${name}-take.png`) });
    expect(site.complaints).toEqual([]);
  });
});
