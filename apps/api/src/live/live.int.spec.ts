import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { usePostgres } from '@karnama/conformance';
import type { KnowledgeComparison, Position } from '@karnama/statistics';
import { follow, startLiveProgram, type LiveProgram } from '../../test/live-program.js';
import type { News } from './live-news.js';

describe('figures as known when, and as they come', () => {
  const postgres = usePostgres();
  let program: LiveProgram;

  beforeAll(async () => {
    program = await startLiveProgram(await postgres.freshDatabase());
    await program.started('a', '2025-03-25', '2025-04-10');
    await program.started('b', '2025-05-05', '2025-05-12');
    await program.cut('first', '2025-05-30T10:00:00.000Z');
    // comes late: it is of the first month
    await program.started('c', '2025-04-02', '2025-06-30');
    // had not begun in the second month, but in the first
    await program.corrected('b', '2025-04-05', '2025-06-30');
    await program.cut('second', '2025-07-01T10:00:00.000Z');
    await program.counted();
  }, 120_000);
  afterAll(() => program?.close());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${program.url}${path}`, { headers });
  const json = async <T>(path: string): Promise<T> => {
    const answer = await get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as T;
  };
  const hires = async (asKnownAt: string, area = 'IR') =>
    (
      await json<{ rows: { period: string; value: string }[] }>(
        `/api/indicators/HIRES/data?area=${area}&asKnownAt=${asKnownAt}`,
      )
    ).rows.map(({ period, value }) => `${period} ${value}`);

  it('are told as known at a release and at the end of a day, of either calendar', async () => {
    expect(await hires('first')).toEqual(['1404-01 1', '1404-02 1']);
    for (const day of ['2025-05-30', '1404-03-09', '2025-06-30'])
      expect(await hires(day)).toEqual(await hires('first'));
    for (const day of ['2025-07-01', '1404-04-10']) expect(await hires(day)).toEqual(await hires('second'));
    expect(await hires('second')).toEqual(['1404-01 3', '1404-02 0', '1404-03 0', '1404-04 0']);
    const data = await json<{ knowledge: object; rows: object[] }>(
      '/api/data/JOBS?measure=hires&by=month&asKnownAt=1404-03-09',
    );
    expect(data.knowledge).toEqual({ release: '1404-03-09', epoch: 1 });
    expect(data.rows.slice(0, 2)).toEqual([
      { month: '1404-01', hires: 1 },
      { month: '1404-02', hires: 1 },
    ]);
  });

  it('have positions that can be looked up', async () => {
    expect(await json<Position>('/api/knowledge/1404-03-09')).toEqual({
      name: '1404-03-09',
      kind: 'day',
      epoch: 1,
      closedAt: '2025-05-30T10:00:00.000Z',
      day: '2025-05-30',
      release: 'first',
    });
    expect(await json<Position>('/api/knowledge/second')).toMatchObject({ kind: 'release', epoch: 2 });
    expect(await json<Position>('/api/knowledge/latest')).toMatchObject({ kind: 'latest', epoch: null });
  });

  it.each([
    '/api/knowledge/2025-05-29',
    '/api/indicators/HIRES/data?asKnownAt=1404-03-08',
    '/api/data/JOBS?asKnownAt=2025-05-29',
    '/api/changes?from=2025-05-29',
  ])('are refused at a day when nothing was known: %s', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'unknown-position',
      mend: expect.stringContaining('2025-05-30 (1404-03-09)') as unknown,
    });
  });

  it('are compared at two positions, in either order, and asked for again without being sent again', async () => {
    const path = '/api/changes?from=1404-03-09&to=second&indicator=HIRES,JC@Q&area=IR-23';
    const found = await json<KnowledgeComparison>(path);
    expect([found.from.name, found.to.name]).toEqual(['1404-03-09', 'second']);
    expect(found.indicators.map(({ indicator, freq }) => [indicator, freq])).toEqual([
      ['HIRES', 'M'],
      ['JC', 'Q'],
    ]);
    expect(found.indicators[0]?.headline).toMatchObject({
      old: { period: '1404-02', value: '1' },
      new: { period: '1404-04', value: '0' },
      difference: '-1',
      effects: { newPeriod: '0', revision: '-1', late: '0', corrections: '-1', definition: '0' },
    });
    expect(found.indicators[0]?.figures[0]).toMatchObject({
      period: '1404-01',
      fate: 'revised',
      old: '1',
      new: '3',
      difference: '2',
      effects: { late: '1', corrections: '1', definition: '0' },
    });
    expect(found.indicators[0]?.records).toEqual({ onTime: 0, late: 1, corrections: 1, withdrawals: 0 });
    expect(found.deliveries).toEqual([
      expect.objectContaining({ agency: 'social-insurance', late: 1, corrections: 1 }),
    ]);
    const { indicators } = await json<KnowledgeComparison>(
      path.replace('from=1404-03-09&to=second', 'from=second&to=first'),
    );
    expect(indicators).toEqual(found.indicators);
    const tag = (await get(path)).headers.get('etag') ?? '';
    expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
  });

  it.each([
    '/api/changes',
    '/api/changes?from=first&indicator=A;B',
    '/api/changes?from=first&indicator=NONE',
  ])('are not compared when the question is not well formed: %s', async (path) => {
    expect([400, 404]).toContain((await get(path)).status);
  });

  it('as known now are asked for again without being read, until something is counted', async () => {
    const path = '/api/data/JOBS?measure=hires&by=month';
    const tag = (await get(path)).headers.get('etag') ?? '';
    expect(tag).not.toBe('');
    expect((await get(path)).headers.get('cache-control')).toBe('no-cache');
    expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
    await program.started('d', '2025-06-25', '2025-07-02');
    await program.counted();
    const again = await get(path, { 'if-none-match': tag });
    expect(again.status).toBe(200);
    await again.text();
  });

  it('are told at once where they are, and every step that was counted, with what it may have changed', async () => {
    const reader = await follow(program.url);
    try {
      const hello = await reader.next<News>('figures');
      expect(hello).toMatchObject({ changed: [], lag: { events: 0, seconds: 0 } });
      expect(hello.head).toBe(hello.position);
      const before = performance.now();
      await program.totalDeclared('1404-03');
      await program.counted();
      const counted = performance.now();
      const news = await reader.next<News>('figures');
      expect(performance.now() - counted).toBeLessThan(2_000);
      expect(counted - before).toBeGreaterThan(0);
      // the registers of persons do not read totals of movements
      expect(news.changed).toContain('MOVEMENTS');
      expect(news.changed).not.toContain('JOBS');
      expect(BigInt(news.position)).toBe(BigInt(hello.position) + 1n);
      expect(news.id).not.toBe(hello.id);

      const again = await follow(program.url, hello.id);
      expect((await again.next<News>('figures')).changed).toEqual(news.changed);
      again.stop();
      const unbroken = await follow(program.url, news.id);
      expect((await unbroken.next<News>('figures')).changed).toEqual([]);
      unbroken.stop();
      const stranger = await follow(program.url, '99-1');
      expect((await stranger.next<News>('figures')).changed).toBeNull();
      stranger.stop();
    } finally {
      reader.stop();
    }
  });

  it('are behind the ledger while nothing is counted, and that is told; a server that closes ends the stream', async () => {
    const reader = await follow(program.url);
    await reader.next<News>('figures');
    await program.stopCounting();
    await program.started('e', '2025-06-26', '2025-07-03');
    const lag = await reader.next<{ events: number; seconds: number }>('lag');
    expect(lag.events).toBe(1);
    expect(lag.seconds).toBeGreaterThan(0);
    const closing = performance.now();
    await Promise.all([program.close(), reader.ended]);
    expect(performance.now() - closing).toBeLessThan(4_000);
    expect(reader.text()).toContain('retry: 1000');
  });
});
