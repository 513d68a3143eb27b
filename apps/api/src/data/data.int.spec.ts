import { get, type IncomingMessage } from 'node:http';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { figures, quiet, rowsOf, type Figures, type Row } from '../../test/figures.js';
import { startApi, type RunningApi } from '../api.js';
import type { ApiOptions } from '../options.js';

let running: RunningApi | undefined;

const serve = async (statistics: Figures, more: Partial<ApiOptions> = {}): Promise<string> => {
  running = await startApi(quiet(statistics, more), { port: 0 });
  return `${running.url}/api/data/MOVEMENTS`;
};

afterEach(async () => running?.close());

/** One response, read as slowly as the test likes; the socket is its own. */
const open = (url: string, headers: Record<string, string> = {}): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { agent: false, headers }, resolve).on('error', reject);
  });

const threeRows: readonly Row[] = [
  ['2026-01', 'BR', 9007199254740991n, -15n, null],
  ['2026-01', 'BR-MA', 9007199254740992n, -9007199254740992n, 0n],
  ['2026-02', 'a "b", c\r\nd', -9007199254740991n, 1n, 2n],
];

describe('an answer', () => {
  it('as JSON says what was asked and known; numbers beyond 2^53 − 1 are text, undefined ones null', async () => {
    const url = await serve(figures(() => rowsOf(threeRows)));
    const response = await fetch(`${url}?by=month,area`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toEqual({
      dataflow: 'MOVEMENTS',
      version: 3,
      view: 'effective',
      knowledge: { release: 'latest', epoch: 3 },
      by: ['month', 'area'],
      measures: ['hires', 'net', 'stock'],
      notes: [{ fa: '‏mind this', en: 'mind this' }],
      rows: [
        { month: '2026-01', area: 'BR', hires: 9007199254740991, net: -15, stock: null },
        { month: '2026-01', area: 'BR-MA', hires: '9007199254740992', net: '-9007199254740992', stock: 0 },
        { month: '2026-02', area: 'a "b", c\r\nd', hires: -9007199254740991, net: 1, stock: 2 },
      ],
    });
  });

  it('as CSV follows RFC 4180, with plain digits and empty fields', async () => {
    const url = await serve(figures(() => rowsOf(threeRows)));
    const response = await fetch(`${url}?by=month,area`, { headers: { accept: 'text/csv' } });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(response.headers.get('karnama-knowledge')).toBe('latest; epoch=3');
    expect(await response.text()).toBe(
      'month,area,hires,net,stock\r\n' +
        '2026-01,BR,9007199254740991,-15,\r\n' +
        '2026-01,BR-MA,9007199254740992,-9007199254740992,0\r\n' +
        '2026-02,"a ""b"", c\r\nd",-9007199254740991,1,2\r\n',
    );
  });

  it('without rows is an empty list, or a header alone', async () => {
    const url = await serve(figures());
    expect(await (await fetch(url)).json()).toMatchObject({ rows: [] });
    expect(await (await fetch(`${url}?format=csv&measure=hires`)).text()).toBe('hires\r\n');
  });

  it('is asked with every part of the request', async () => {
    const statistics = figures();
    const url = await serve(statistics);
    const query = 'measure=hires,net&by=month,area@state&area=BR,BR-MA&industry=C&from=2025-01&to=2026-01';
    await fetch(`${url}?${query}&asKnownAt=${encodeURIComponent('۱۴۰۴-دی')}&view=declared`);
    await fetch(`${url}?by=`);
    expect(statistics.asked).toEqual([
      {
        dataflow: 'MOVEMENTS',
        measures: ['hires', 'net'],
        by: ['month', 'area@state'],
        where: { area: ['BR', 'BR-MA'], industry: ['C'] },
        from: '2025-01',
        to: '2026-01',
        asKnownAt: '۱۴۰۴-دی',
        view: 'declared',
      },
      { dataflow: 'MOVEMENTS', measures: [], by: [], where: {}, asKnownAt: 'latest', view: 'effective' },
    ]);
  });

  it('to a HEAD request has the headers and reads no row', async () => {
    let read = 0;
    const url = await serve(
      figures(() =>
        rowsOf(
          (function* () {
            read += 1;
            yield threeRows[0] as Row;
          })(),
        ),
      ),
    );
    const response = await fetch(url, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-type'), read]).toEqual([
      200,
      'application/json; charset=utf-8',
      0,
    ]);
  });

  it('is compressed for who takes it so', async () => {
    const many = Array.from({ length: 5000 }, (_, index): Row => ['2026-01', 'BR', BigInt(index), 0n, null]);
    const url = await serve(figures(() => rowsOf(many)));
    const plain = await (
      await fetch(`${url}?by=month,area`, { headers: { 'accept-encoding': 'identity' } })
    ).text();
    const response = await open(`${url}?by=month,area`, { 'accept-encoding': 'br' });
    const packed = Buffer.concat(await response.toArray());
    expect(response.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept, accept-encoding' });
    expect(packed.length).toBeLessThan(plain.length / 5);
    expect(brotliDecompressSync(packed).toString()).toBe(plain);
  });
});

const pad = 'x'.repeat(200);
const bytesPerRow = `2026-01,${pad},0,0,\r\n`.length;

/** Wide rows without end or up to a number, and how many of them were made. */
const source = (count: number) => {
  const seen = { made: 0, closed: Promise.resolve() };
  const rows = (): AsyncIterable<Row> => {
    let close = (): void => undefined;
    seen.closed = new Promise((resolve) => (close = resolve));
    return (async function* () {
      try {
        for (; seen.made < count; seen.made += 1) yield ['2026-01', pad, BigInt(seen.made), 0n, null];
      } finally {
        close();
      }
    })();
  };
  return { seen, rows };
};

/** Resolves with the count once two looks 100 ms apart see the same; a source without brakes never comes to rest. */
const atRest = async (count: () => number): Promise<number> => {
  for (let before = -1; ;) {
    const now = count();
    if (now === before) return now;
    if (now > 200_000) throw new Error(`${now} rows were made for a reader that takes none`);
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

describe('a long answer', () => {
  it('makes rows only as fast as they are read, and closes their source when the reader leaves', async () => {
    const { seen, rows } = source(Infinity);
    const url = await serve(figures(rows));
    const response = await open(`${url}?by=month,area&format=csv`);
    const held = await atRest(() => seen.made);
    let taken = 0;
    for await (const chunk of response) {
      taken += (chunk as Buffer).length;
      if (taken > 40_000_000) break;
    }
    expect(seen.made).toBeGreaterThan(held);
    response.destroy();
    await seen.closed;
  });

  it('of 300,000 rows never holds more than a small part of them', async () => {
    const { seen, rows } = source(300_000);
    const response = await open(`${await serve(figures(rows))}?by=month,area&format=csv`);
    let bytes = 0;
    let most = 0;
    for await (const chunk of response) {
      bytes += (chunk as Buffer).length;
      most = Math.max(most, seen.made - bytes / bytesPerRow);
    }
    expect(response.complete).toBe(true);
    expect(seen.made).toBe(300_000);
    expect(bytes).toBeGreaterThan(300_000 * bytesPerRow);
    expect(most).toBeLessThan(60_000);
  });

  it('arrives complete when it is compressed', async () => {
    const { rows } = source(50_000);
    const url = `${await serve(figures(rows))}?by=month,area&format=csv`;
    const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect((await response.text()).trimEnd().split('\r\n')).toHaveLength(50_001);
  });

  it.each(['identity', 'gzip'])(
    'that fails in the middle is cut off, never ended cleanly (%s)',
    async (encoding) => {
      const url = await serve(
        figures(() =>
          rowsOf(
            (function* () {
              for (let index = 0; index < 20_000; index += 1)
                yield [`2026-01`, String(index * 7919), BigInt(index), 0n, null];
              throw new Error('cursor lost');
            })(),
          ),
        ),
      );
      const response = await fetch(`${url}?by=month,area`, { headers: { 'accept-encoding': encoding } });
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow('terminated');
    },
  );

  it('that fails while the compressor has not let out a byte is a problem, and says so in plain', async () => {
    const url = await serve(
      figures(async function* () {
        for (let index = 0; index < 5000; index += 1) yield ['2026-01', 'BR', 0n, 0n, null];
        throw new Error('cursor lost');
      }),
    );
    const response = await open(`${url}?by=month,area&asKnownAt=2026-01-on-time`, {
      'accept-encoding': 'br',
    });
    expect([response.statusCode, response.headers['content-encoding'], response.headers.etag]).toEqual([
      500,
      undefined,
      undefined,
    ]);
    expect(JSON.parse((await response.toArray()).join(''))).toMatchObject({ code: 'internal-error' });
  });

  it('that fails before the first byte is a problem', async () => {
    const url = await serve(
      figures(() =>
        rowsOf(
          ((): Iterable<Row> => ({
            [Symbol.iterator]: () => {
              throw new Error('relation "cell" is secret');
            },
          }))(),
        ),
      ),
    );
    const response = await fetch(url, { headers: { 'accept-encoding': 'br' } });
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    const problem = await response.json();
    expect(problem).toMatchObject({
      code: 'internal-error',
      correlation: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(JSON.stringify(problem)).not.toContain('secret');
  });

  it('does not outlive the reader who left before the first byte', async () => {
    let entered = (): void => undefined;
    let release = (): void => undefined;
    const inside = new Promise<void>((resolve) => (entered = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    let closed = (): void => undefined;
    const ended = new Promise<void>((resolve) => (closed = resolve));
    const url = await serve(
      figures(async function* () {
        try {
          entered();
          await gate;
          for (;;) yield ['2026-01', 'BR', 1n, 0n, null];
        } finally {
          closed();
        }
      }),
    );
    const leave = new AbortController();
    const left = fetch(`${url}?by=month,area`, { signal: leave.signal }).catch((error: unknown) => error);
    await inside;
    leave.abort();
    expect(await left).toMatchObject({ name: 'AbortError' });
    release();
    await ended;
  });
});

describe('an answer as known at a release', () => {
  const url = (base: string): string => `${base}?by=month&asKnownAt=2026-01-on-time`;

  it('has a tag by which the same question is answered 304 without a query', async () => {
    const statistics = figures(() => rowsOf([['2026-01', 1n, 2n, 3n]]));
    const base = await serve(statistics);
    const first = await fetch(url(base));
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"[\w-]{27}"$/);
    expect(first.headers.get('cache-control')).toContain('max-age');
    await first.text();
    const again = await fetch(url(base), { headers: { 'if-none-match': `"x", ${tag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    expect(statistics.asked).toHaveLength(1);
  });

  it('has another tag in another form, with another filter or at another release', async () => {
    const base = await serve(figures());
    const variants = ['', '&format=csv', '&area=BR', '&area=BR-MA', '&view=declared', '&measure=net'];
    const tags = await Promise.all(
      variants.map(async (more) => (await fetch(url(base) + more)).headers.get('etag')),
    );
    expect(new Set(tags).size).toBe(variants.length);
    expect(tags).not.toContain(null);
  });

  it('has none while a projection may still lack events of the release', async () => {
    let lag = 5;
    const status: ApiOptions['status'] = async () => ({
      ...(await quiet(figures()).status()),
      projections: [{ name: 'p', position: '1', lag }],
    });
    const base = await serve(figures(), { status });
    const behind = await fetch(url(base));
    expect([behind.headers.get('etag'), behind.headers.get('cache-control')]).toEqual([null, 'no-cache']);
    lag = 0;
    expect((await fetch(url(base))).headers.get('etag')).not.toBeNull();
    lag = 7;
    expect((await fetch(url(base))).headers.get('etag')).not.toBeNull();
  });

  it('differs from the latest, which is asked for anew each time, by a tag of what is counted', async () => {
    const base = await serve(figures());
    const response = await fetch(`${base}?by=month`);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const tag = response.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"/);
    expect((await fetch(`${base}?by=month`, { headers: { 'if-none-match': tag } })).status).toBe(304);
  });
});

describe('a question that cannot be answered', () => {
  const questions: readonly (readonly [string, number, string])[] = [
    ['measure=hired', 400, 'unknown-measure'],
    ['colour=red', 400, 'unknown-dimension'],
    ['asKnownAt=never', 400, 'unknown-release'],
    ['from=2026-13', 400, 'bad-month'],
    ['to=januar', 400, 'bad-month'],
    ['view=sideways', 400, 'bad-request'],
    ['format=xml', 400, 'bad-request'],
    ['measure=hires,', 400, 'bad-request'],
    ['by=month,month', 400, 'bad-request'],
    ['by=month&by=area', 400, 'bad-request'],
    ['area=BR&area=BR-MA', 400, 'bad-request'],
    ['area=', 400, 'bad-request'],
    ['area=BR,,BR-MA', 400, 'bad-request'],
    ['area=%00', 400, 'bad-request'],
    ['area=BR%0d%0aX-Evil:1', 400, 'bad-request'],
    ['__proto__=x', 400, 'bad-request'],
    ['__proto__[view]=declared', 400, 'bad-request'],
    ['constructor=x', 400, 'unknown-dimension'],
    ['=x', 400, 'bad-request'],
    ["measure=hires'--", 400, 'bad-request'],
    [`area=${'B'.repeat(4001)}`, 400, 'bad-request'],
    [`area=${Array.from({ length: 501 }, (_, i) => i).join(',')}`, 400, 'bad-request'],
    [Array.from({ length: 41 }, (_, i) => `d${i}=1`).join('&'), 400, 'bad-request'],
  ];

  it.each(questions.map(([query, ...rest]) => [query.slice(0, 40), query, ...rest] as const))(
    'is refused: ?%s',
    async (_, query, status, code) => {
      const response = await fetch(`${await serve(figures())}?${query}`);
      const problem = (await response.json()) as Record<string, unknown>;
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect({ http: response.status, ...problem }).toMatchObject({
        http: status,
        status,
        code,
        type: `urn:karnama:problem:${code}`,
      });
      expect(String(problem['detail']).length).toBeLessThan(300);
    },
  );

  it('to an unknown dataflow is 404, in an unknown form 406', async () => {
    const url = await serve(figures());
    const unknown = await fetch(url.replace('MOVEMENTS', 'MOVES'));
    expect([unknown.status, await unknown.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'unknown-dataflow' }),
    ]);
    const unacceptable = await fetch(url, { headers: { accept: 'image/png' } });
    expect([unacceptable.status, await unacceptable.json()]).toEqual([
      406,
      expect.objectContaining({ code: 'not-acceptable' }),
    ]);
  });
});
