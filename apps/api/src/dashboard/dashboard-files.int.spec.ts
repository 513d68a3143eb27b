import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { figures, quiet } from '../../test/figures.js';
import { startApi, type RunningApi } from '../api.js';
import { accepts } from './dashboard-files.js';

const script = `export const text = '${'long '.repeat(1000)}';`;
const name = 'index-Dk3f9_aB.js';

describe('a file of the dashboard with compressed forms beside it', () => {
  let folder: string;
  let running: RunningApi;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'karnama-files-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>page</title>');
    await writeFile(join(folder, 'assets', name), script);
    await writeFile(join(folder, 'assets', `${name}.br`), brotliCompressSync(`${script}//br`));
    await writeFile(join(folder, 'assets', `${name}.gz`), gzipSync(`${script}//gz`));
    running = await startApi(quiet(figures(), { dashboardDir: folder }), { port: 0 });
  });

  afterEach(async () => {
    await running.close();
    await rm(folder, { recursive: true });
  });

  /** As the server sends it: fetch would unpack it. */
  const sent = (
    acceptEncoding: string | undefined,
  ): Promise<{ coding: string; vary: string; body: Buffer }> =>
    new Promise((resolve, reject) => {
      const headers = acceptEncoding === undefined ? {} : { 'accept-encoding': acceptEncoding };
      get(`${running.url}/assets/${name}`, { headers }, (response) => {
        response.toArray().then((parts: Buffer[]) => {
          const { 'content-encoding': coding = '', vary = '' } = response.headers;
          resolve({ coding, vary, body: Buffer.concat(parts) });
        }, reject);
      }).on('error', reject);
    });

  it('is sent in the smallest form that is accepted, as it lies there', async () => {
    const brotli = await sent('gzip, deflate, br');
    expect([brotli.coding, brotliDecompressSync(brotli.body).toString()]).toEqual(['br', `${script}//br`]);
    const gzip = await sent('gzip');
    expect([gzip.coding, gunzipSync(gzip.body).toString()]).toEqual(['gzip', `${script}//gz`]);
    const plain = await sent('identity');
    expect([plain.coding, plain.body.toString()]).toEqual(['', script]);
    for (const { vary } of [brotli, gzip, plain]) expect(vary.toLowerCase()).toContain('accept-encoding');
  });

  it('is not sent in a form that is older than itself', async () => {
    const long = new Date('2020-01-01');
    for (const ending of ['.br', '.gz']) await utimes(join(folder, 'assets', name + ending), long, long);
    const { coding, body } = await sent('br');
    expect([coding, brotliDecompressSync(body).toString()]).toEqual(['br', script]);
  });

  it.each([
    ['br', 'br', true],
    ['gzip;q=0.5, br;q=1.0', 'gzip', true],
    ['gzip, br;q=0', 'br', false],
    ['*', 'br', true],
    ['*;q=0', 'br', false],
    ['identity', 'br', false],
    ['', 'br', false],
    [undefined, 'gzip', false],
  ])('reads "%s" as an offer for %s: %s', (header, coding, expected) => {
    expect(accepts(header, coding)).toBe(expected);
  });
});
