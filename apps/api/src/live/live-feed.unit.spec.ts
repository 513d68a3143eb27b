import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LiveFeed, type LiveSource, type Reader } from './live-feed.js';
import { pace, type News } from './live-news.js';
import type { LiveStanding } from './live-standing.js';

type Heard = { news: News[]; lags: number[]; away: number; ended: number };

const reader = (): { heard: Heard; reader: Reader } => {
  const heard: Heard = { news: [], lags: [], away: 0, ended: 0 };
  return {
    heard,
    reader: {
      news: (news) => heard.news.push(news),
      lag: ({ events }) => heard.lags.push(events),
      away: () => (heard.away += 1),
      end: () => (heard.ended += 1),
    },
  };
};

describe('the live feed', () => {
  let standing: LiveStanding;
  let looks: number;
  let broken: boolean;
  let feed: LiveFeed;

  const at = (head: number, jobs: number, vacancies = head): LiveStanding => ({
    head: String(head),
    epoch: 3,
    oldest: jobs < head || vacancies < head ? '2026-01-01T00:00:00.000Z' : null,
    projections: [
      { name: 'person', position: String(jobs), state: `1/${jobs}`, dataflows: ['JOBS', 'PERSONS'] },
      { name: 'vacancy', position: String(vacancies), state: '1/0', dataflows: ['VACANCIES'] },
    ],
  });
  const source = (mostReaders = 10): LiveSource => ({
    standing: async () => {
      looks += 1;
      if (broken) throw new Error('the store is away');
      return standing;
    },
    idleMs: 500,
    busyMs: 250,
    mostReaders,
  });

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.parse('2026-01-01T00:00:10.000Z') });
    [standing, looks, broken] = [at(10, 10), 0, false];
    feed = new LiveFeed(source());
  });
  afterEach(() => {
    feed.onModuleDestroy();
    jest.useRealTimers();
  });

  it('looks only while somebody reads, and once for all', async () => {
    await jest.advanceTimersByTimeAsync(5_000);
    expect(looks).toBe(0);
    const [one, two] = [reader(), reader()];
    const stops = [await feed.follow(one.reader, undefined), await feed.follow(two.reader, undefined)];
    const before = looks;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(looks - before).toBe(10);
    stops.forEach((stop) => stop());
    await jest.advanceTimersByTimeAsync(5_000);
    expect(looks - before).toBe(10);
  });

  it('tells a settled step once, with what may have changed, and nothing when nothing moved', async () => {
    const { heard, reader: one } = reader();
    await feed.follow(one, undefined);
    expect(heard.news).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(heard.news).toHaveLength(1);
    standing = at(12, 12);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(heard.news.slice(1)).toMatchObject([
      {
        id: '3-12',
        position: '12',
        head: '12',
        changed: ['JOBS', 'PERSONS'],
        lag: { events: 0, seconds: 0 },
      },
    ]);
  });

  it('waits for the step to settle, but not for ever: under a stream it tells once a second', async () => {
    const { heard, reader: one } = reader();
    await feed.follow(one, undefined);
    for (let step = 0; step < 40; step++) {
      standing = at(1_000, 11 + step);
      await jest.advanceTimersByTimeAsync(250);
    }
    const told = heard.news.length - 1;
    expect(told).toBeGreaterThanOrEqual(7);
    expect(told).toBeLessThanOrEqual(10);
    standing = at(1_000, 1_000);
    await jest.advanceTimersByTimeAsync(250 + pace.leastMs);
    expect(heard.news.at(-1)).toMatchObject({ position: '1000', lag: { events: 0 } });
  });

  it('tells how far behind the figures are when only that changes', async () => {
    const { heard, reader: one } = reader();
    await feed.follow(one, undefined);
    standing = at(15, 10);
    await jest.advanceTimersByTimeAsync(600);
    expect(heard.news).toHaveLength(1);
    expect(heard.lags[0]).toBe(5);
  });

  it('tells a reader who comes back what it missed; everything when that is not remembered', async () => {
    const first = reader();
    await feed.follow(first.reader, undefined);
    standing = at(12, 12);
    await jest.advanceTimersByTimeAsync(1_000);
    const [back, stranger, present] = [reader(), reader(), reader()];
    await feed.follow(back.reader, '3-10');
    await feed.follow(stranger.reader, '2-4');
    await feed.follow(present.reader, '3-12');
    expect(back.heard.news[0]?.changed).toEqual(['JOBS', 'PERSONS']);
    expect(stranger.heard.news[0]?.changed).toBeNull();
    expect(present.heard.news[0]?.changed).toEqual([]);
  });

  it('says once that the stores are away, and tells the figures anew when they are back', async () => {
    const { heard, reader: one } = reader();
    await feed.follow(one, undefined);
    broken = true;
    await jest.advanceTimersByTimeAsync(3_000);
    expect(heard.away).toBe(1);
    broken = false;
    await jest.advanceTimersByTimeAsync(1_500);
    expect(heard.news).toHaveLength(2);
  });

  it('lets in only so many readers, and ends them all when it is closed', async () => {
    feed = new LiveFeed(source(2));
    const [one, two, three] = [reader(), reader(), reader()];
    await feed.follow(one.reader, undefined);
    const stop = await feed.follow(two.reader, undefined);
    await expect(feed.follow(three.reader, undefined)).rejects.toMatchObject({ code: 'unavailable' });
    stop();
    await feed.follow(three.reader, undefined);
    feed.onModuleDestroy();
    expect([one.heard.ended, two.heard.ended, three.heard.ended]).toEqual([1, 0, 1]);
    const before = looks;
    await jest.advanceTimersByTimeAsync(5_000);
    expect(looks).toBe(before);
  });
});
