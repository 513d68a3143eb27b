import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, get, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Unavailable } from '@karnama/kernel';
import { figures, movements, quiet, releases, report, type Row } from '../test/figures.js';
import { createApi, startApi, type RunningApi } from './api.js';
import { openApiOf } from './openapi/openapi.js';
import type { ApiOptions } from './options.js';

let running: RunningApi | undefined;
const folders: string[] = [];

const serve = async (more: Partial<ApiOptions> = {}): Promise<string> => {
  running = await startApi(quiet(figures(), more), { port: 0 });
  return running.url;
};

const dashboard = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'karnama-dashboard-'));
  folders.push(folder);
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  await writeFile(
    join(folder, 'assets', 'index-Dk3f9_aB.js'),
    `export const text = '${'long '.repeat(1000)}';`,
  );
  await writeFile(join(folder, 'robots.txt'), 'User-agent: *');
  await writeFile(join(folder, '.secret'), 'hidden');
  return folder;
};

afterEach(async () => {
  await running?.close();
  running = undefined;
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});

/** The status line and body of a request whose target is sent as it is written. */
const raw = (base: string, path: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base);
    const asked = request({ hostname, port, path, agent: false }, (response) => {
      void response
        .toArray()
        .then((parts) => resolve({ status: response.statusCode ?? 0, body: parts.join('') }), reject);
    });
    asked.on('error', reject).end();
  });

describe('the catalogue', () => {
  it('serves dataflows, their descriptions, releases and the status', async () => {
    const base = await serve();
    const json = async (path: string): Promise<unknown> => (await fetch(base + path)).json();
    const { code, version, name, description } = movements;
    expect(await json('/api/dataflows')).toEqual({ dataflows: [{ code, version, name, description }] });
    expect(await json('/api/dataflows/MOVEMENTS')).toEqual(movements);
    expect(await json('/api/releases')).toEqual({ releases });
    expect(await json('/api/status')).toEqual(report);
  });

  it('answers 304 to who has the same content', async () => {
    const base = await serve();
    const tag = (await fetch(`${base}/api/releases`)).headers.get('etag') ?? '';
    const again = await fetch(`${base}/api/releases`, { headers: { 'if-none-match': tag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await fetch(`${base}/api/releases`, { headers: { 'if-none-match': 'W/"other"' } })).status).toBe(
      200,
    );
  });

  it('knows no other dataflow', async () => {
    const base = await serve();
    for (const code of ['MOVES', 'movements', '..%2f..', '%00', 'M'.repeat(150)]) {
      const response = await fetch(`${base}/api/dataflows/${code}`);
      expect([code, response.status, await response.json()]).toEqual([
        code,
        404,
        expect.objectContaining({ status: 404 }),
      ]);
    }
  });
});

describe('the health of the server', () => {
  it('is live and ready when the status can be told', async () => {
    const base = await serve();
    expect(await (await fetch(`${base}/health/live`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${base}/health/ready`)).status).toBe(200);
  });

  it('is live but not ready, and says when to ask again, while the store is away', async () => {
    const base = await serve({
      status: () => Promise.reject(new Unavailable('connect ECONNREFUSED 127.0.0.1:5432')),
    });
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
    for (const path of ['/health/ready', '/api/status']) {
      const response = await fetch(base + path);
      const body = await response.text();
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
      expect(JSON.parse(body)).toMatchObject({ code: 'unavailable' });
      expect(body).not.toContain('5432');
    }
  });
});

describe('a failure of the server', () => {
  it('is logged with its cause under the correlation id that the caller sees', async () => {
    const lines: string[] = [];
    const line = (message: unknown): void => void lines.push(String(message));
    const logger = { log: () => undefined, warn: line, error: line };
    const base = await serve({ logger, status: () => Promise.reject(new Error('disk is full')) });
    const { correlation } = (await (await fetch(`${base}/api/status?token=1`)).json()) as {
      correlation: string;
    };
    expect(lines.filter((text) => text.includes(correlation) && text.includes('disk is full'))).toHaveLength(
      1,
    );
    expect(lines.join()).not.toContain('token');
  });
});

describe('the OpenAPI document', () => {
  it('is served, and is the one kept in schemas', async () => {
    const app = await createApi(quiet(figures()));
    const document = JSON.parse(JSON.stringify(openApiOf(app))) as unknown;
    await app.close();
    const kept = await readFile(new URL('../../../schemas/openapi.json', import.meta.url), 'utf8');
    // When this differs on purpose: npm run -w apps/api openapi
    expect(JSON.parse(kept)).toEqual(document);
    const base = await serve();
    expect(await (await fetch(`${base}/api/openapi.json`)).json()).toEqual(document);
  });

  it('names every route that answers under /api, and every reference in it leads somewhere', async () => {
    const base = await serve();
    const text = await (await fetch(`${base}/api/openapi.json`)).text();
    const document = JSON.parse(text) as { paths: object; components: { schemas: object } };
    expect(Object.keys(document.paths).toSorted()).toEqual([
      '/api/changes',
      '/api/data/{dataflow}',
      '/api/data/{dataflow}/availability',
      '/api/data/{dataflow}/metadata',
      '/api/dataflows',
      '/api/dataflows/{dataflow}',
      '/api/events',
      '/api/indicators',
      '/api/indicators/data',
      '/api/indicators/{indicator}',
      '/api/indicators/{indicator}/data',
      '/api/indicators/{indicator}/feed',
      '/api/indicators/{indicator}/lineage',
      '/api/indicators/{indicator}/lineage/entities',
      '/api/indicators/{indicator}/metadata',
      '/api/indicators/{indicator}/revisions',
      '/api/knowledge/{position}',
      '/api/profile',
      '/api/profile/metadata',
      '/api/releases',
      '/api/releases/{release}/changes',
      '/api/status',
      '/api/supply',
      '/health/live',
      '/health/ready',
    ]);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(Object.keys(document.components.schemas)).toContain(name);
  });
});

describe('the dashboard', () => {
  it('is served with its files; what has a hash in its name is kept for long, the page is not', async () => {
    const base = await serve({ dashboardDir: await dashboard() });
    const page = await fetch(`${base}/`);
    expect([page.status, page.headers.get('cache-control'), page.headers.get('content-type')]).toEqual([
      200,
      'no-cache',
      'text/html; charset=utf-8',
    ]);
    expect(await page.text()).toContain('<title>page</title>');
    const script = await fetch(`${base}/assets/index-Dk3f9_aB.js`);
    expect([script.status, script.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
    expect(script.headers.get('content-type')).toMatch(/javascript/);
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(await script.text()).toContain('long long');
    const again = await fetch(`${base}/`, { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('answers every other address with its page, but not a missing file and not /api', async () => {
    const base = await serve({ dashboardDir: await dashboard() });
    const page = await fetch(`${base}/some/view?area=BR`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>page</title>')]);
    for (const path of [
      '/assets/gone-12345678.js',
      '/api',
      '/api/',
      '/api/nothing',
      '/api/data',
      '/health',
      '/health/x.js',
      '/.secret',
    ]) {
      const response = await fetch(base + path);
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        404,
        'application/problem+json; charset=utf-8',
      ]);
      expect(await response.json()).toMatchObject({ code: 'not-found' });
    }
    const posted = await fetch(`${base}/api/status`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect([posted.status, await posted.json()]).toEqual([
      404,
      expect.objectContaining({ code: 'not-found' }),
    ]);
  });

  it.each([
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/assets/..%5c..%5cx',
    '//etc/passwd',
    '/a%00b',
  ])('never leaves its folder: %s', async (path) => {
    const { status, body } = await raw(await serve({ dashboardDir: await dashboard() }), path);
    expect(body).not.toContain('root:');
    expect(status === 404 || body.includes('<title>page</title>')).toBe(true);
  });

  it('is a note in both languages while it is not built', async () => {
    for (const dashboardDir of [undefined, '/nowhere/karnama']) {
      const base = await serve(dashboardDir === undefined ? {} : { dashboardDir });
      const response = await fetch(`${base}/`);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        503,
        'text/html; charset=utf-8',
      ]);
      expect(await response.text()).toMatch(/has not been built[\s\S]*ساخته نشده/);
      expect((await fetch(`${base}/api/releases`)).status).toBe(200);
      await running?.close();
    }
  });
});

describe('every response', () => {
  it('carries the security headers, problems and malformed addresses too', async () => {
    const base = await serve({ dashboardDir: await dashboard() });
    for (const path of [
      '/',
      '/robots.txt',
      '/api/releases',
      '/api/data/MOVEMENTS',
      '/api/nothing',
      '/api/dataflows/%zz',
    ]) {
      const { headers } = await fetch(base + path);
      expect([path, headers.get('x-content-type-options'), headers.get('x-frame-options')]).toEqual([
        path,
        'nosniff',
        'SAMEORIGIN',
      ]);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';.*frame-ancestors 'self'$/);
    }
    const malformed = await fetch(`${base}/api/dataflows/%zz`);
    expect([malformed.status, await malformed.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'bad-request' }),
    ]);
  });
});

describe('the server', () => {
  it('listens on the loopback address alone unless told otherwise', async () => {
    expect(new URL(await serve()).hostname).toBe('127.0.0.1');
  });

  it('closes at once with idle keep-alive connections open', async () => {
    const base = await serve({ closeGraceMilliseconds: 60_000 });
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) =>
      get(`${base}/health/live`, { agent }, (response) => void response.resume().on('end', resolve)),
    );
    const { hostname, port } = new URL(base);
    const silent = connect(Number(port), hostname);
    await new Promise((resolve) => silent.once('connect', resolve));
    const closed = new Promise((resolve) => silent.once('close', resolve));
    await running?.close();
    await closed;
    agent.destroy();
  });

  it('lets an answer under way finish, and then closes its keep-alive connection', async () => {
    let entered = (): void => undefined;
    let release = (): void => undefined;
    const inside = new Promise<void>((resolve) => (entered = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow = figures(async function* () {
      entered();
      await gate;
      yield [1n, 1n, 1n];
    });
    running = await startApi(quiet(slow, { closeGraceMilliseconds: 60_000 }), { port: 0 });
    const asked = fetch(`${running.url}/api/data/MOVEMENTS`);
    await inside;
    const closed = running.close();
    release();
    expect(await (await asked).json()).toMatchObject({ rows: [{ hires: 1, net: 1, stock: 1 }] });
    await closed;
  });

  it('cuts off an answer that outlasts the grace time', async () => {
    const endless = figures(async function* () {
      for (;;) yield ['x'.repeat(1000), 1n, 1n, 1n] satisfies Row;
    });
    running = await startApi(quiet(endless, { closeGraceMilliseconds: 300 }), { port: 0 });
    const response = await fetch(`${running.url}/api/data/MOVEMENTS?by=month`);
    const read = response.text();
    const outcome = expect(read).rejects.toThrow('terminated');
    await running.close();
    await outcome;
  });
});
