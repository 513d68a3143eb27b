import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { hasChromium, launchChromium } from '@karnama/conformance';
import { isAlive, karnama, postmasterOf, rowsOf, run, start, temporaryDirectory, until } from './program.js';

const persian = (value: number): string => new Intl.NumberFormat('fa-IR').format(value);

describe('the program on an empty data directory', () => {
  const directory = temporaryDirectory();
  const at = ['--data-dir', directory.path];
  let server: ReturnType<typeof start>;
  let url = '';

  beforeAll(async () => {
    server = start(['start', '--port', '0', ...at]);
    await until('it prints its address', () => /running at (\S+)/.test(server.output()), 90_000);
    url = /running at (\S+)/.exec(server.output())?.[1] ?? '';
    await until('the sample is in', () => server.output().includes('the sample is in'), 280_000);
  }, 300_000);
  afterAll(async () => {
    server.child.kill('SIGKILL');
    await server.ended;
    directory.remove();
  });

  it('has taken in the sample with everything explained, the bad records quarantined', async () => {
    const status = (await (await fetch(`${url}/api/status`)).json()) as {
      intake: Record<string, number>;
      releases: number;
    };
    expect(status.intake['unexplained']).toBe(0);
    expect(status.intake['quarantined']).toBeGreaterThan(0);
    expect(status.intake['received']).toBe(
      (status.intake['accepted'] ?? 0) + (status.intake['quarantined'] ?? 0),
    );
    expect(status.releases).toBe(24);
  });

  it('answers the command line while it runs, with the same figures', async () => {
    const csv = await karnama(
      'query',
      'MOVEMENTS',
      '--measure',
      'hires,net',
      '--by',
      'month',
      '--where',
      'area=IR',
      ...at,
      '--format',
      'csv',
    );
    const answer = await fetch(`${url}/api/data/MOVEMENTS?measure=hires,net&by=month&area=IR&format=csv`);
    expect(await answer.text()).toBe(csv);
    expect(rowsOf(csv).length).toBeGreaterThanOrEqual(24);
  }, 60_000);

  it('refuses a second server on the same directory, and says who holds it', async () => {
    const second = await run('start', '--port', '0', ...at);
    expect(second.code).toBe(1);
    expect(second.err).toContain('[data-dir-in-use]');
    expect(second.err).toContain(String(server.child.pid));
  }, 60_000);

  const inBrowser = hasChromium ? it : it.skip;
  inBrowser(
    'shows the sample in the browser, in Persian, with the figures of the API',
    async () => {
      let browser: Browser | undefined;
      try {
        browser = await launchChromium();
        const page = await browser.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
        page.on('pageerror', (error) => complaints.push(error.message));
        await page.goto(`${url}/?lang=fa&dataflow=MOVEMENTS&measure=hires&area=IR`);
        await page.waitForSelector('tr[data-month="1404-12"]');
        const answer = (await (
          await fetch(`${url}/api/data/MOVEMENTS?measure=hires&by=month&area=IR&from=1404-12`)
        ).json()) as { rows: { hires: number }[] };
        const cell = await page.locator('tr[data-month="1404-12"]').innerText();
        expect(cell).toContain(persian(answer.rows[0]?.hires ?? NaN));
        expect(await page.getAttribute('html', 'dir')).toBe('rtl');
        expect(complaints).toEqual([]);
      } finally {
        await browser?.close();
      }
    },
    120_000,
  );

  it('stops on Ctrl-C and leaves no process behind', async () => {
    const postmaster = postmasterOf(directory.path) ?? 0;
    expect(isAlive(postmaster)).toBe(true);
    server.child.kill('SIGINT');
    const { code } = await server.ended;
    expect(code).toBe(0);
    expect(isAlive(postmaster)).toBe(false);
  }, 60_000);

  it('starts again with everything in place', async () => {
    const again = start(['start', '--port', '0', ...at]);
    await until('it prints its address', () => /running at (\S+)/.test(again.output()));
    const address = /running at (\S+)/.exec(again.output())?.[1] ?? '';
    const status = (await (await fetch(`${address}/api/status`)).json()) as { releases: number };
    expect(status.releases).toBe(24);
    again.child.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
    expect(again.output()).not.toContain('the data directory is empty');
  }, 90_000);
});

describe('the command line', () => {
  const directory = temporaryDirectory();
  const at = ['--data-dir', directory.path];
  afterAll(() => directory.remove());

  it.each([
    [['query', 'WEATHER', ...at], 1, 'unknown-dataflow'],
    [['query', 'MOVEMENTS', '--where', 'area=Atlantis', ...at], 1, 'unknown-code'],
    [['query', 'MOVEMENTS', '--as-known-at', 'never', ...at], 1, 'unknown-release'],
    [['release', 'cut', 'latest', ...at], 1, 'bad-release-name'],
    [['import', 'no-such-file.csv', '--contract', 'movements', ...at], 1, 'unreadable-file'],
    [['import', 'README.md', '--contract', 'weather', ...at], 1, 'unknown-contract'],
    [['import', 'README.md', ...at], 1, 'bad-request'],
    [['quarantine', 'show', '7', ...at], 1, 'not-found'],
    [['dance'], 2, 'unknown command'],
  ])(
    'refuses %j with exit code %d and says %s',
    async (args, code, words) => {
      const outcome = await run(...args);
      expect(outcome.code).toBe(code);
      expect(outcome.err).toContain(words);
    },
    60_000,
  );

  it('gives errors as JSON when asked', async () => {
    const { err } = await run('query', 'WEATHER', '--json', ...at);
    expect(JSON.parse(err.trim().split('\n').at(-1) ?? '')).toMatchObject({
      error: { code: 'unknown-dataflow' },
    });
  }, 60_000);

  it('quarantines bad rows with line, field, masked value and mend, and gives the originals back', async () => {
    const file = `${directory.path}/totals.csv`;
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      file,
      'kind,area,month,stock,fixed_through,hires,separations\non-time,IR,1404-01,,,10,5\non-time,Atlantis,1404-01,,,10,5\non-time,IR,1404-13,,,1,1\n',
    );
    const dry = JSON.parse(
      await karnama('import', '--dry-run', '--json', '--contract', 'movement-totals', file, ...at),
    ) as { refused: number };
    expect(dry.refused).toBe(2);
    const done = JSON.parse(
      await karnama('import', '--json', '--contract', 'movement-totals', file, ...at),
    ) as Record<string, number>;
    expect(done).toMatchObject({ rows: 3, accepted: 1, quarantined: 2 });
    const { records } = JSON.parse(await karnama('quarantine', 'list', '--json', ...at)) as {
      records: {
        line: number;
        problems: { code: string; field: string; value: string; mend: { en: string } }[];
      }[];
    };
    expect(records.map(({ line }) => line)).toEqual([3, 4]);
    expect(records[0]?.problems[0]).toMatchObject({ code: 'bad-format', field: 'area' });
    expect(records[0]?.problems[0]?.value).not.toContain('Atlantis');
    expect(await karnama('quarantine', 'show', '1', ...at)).toContain('Atlantis');
    expect((await karnama('quarantine', 'export', ...at)).trim().split('\n')).toHaveLength(2);
    const events = await karnama('export', '--type', 'RecordQuarantined', ...at);
    expect(events).not.toContain('Atlantis');
    expect(events.trim().split('\n')).toHaveLength(2);
  }, 120_000);
});
