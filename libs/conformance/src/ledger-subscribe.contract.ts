import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '@karnama/kernel';
import type { Ledger, LedgerFilter, Subscription } from '@karnama/ledger';
import { allEvents, eventId, idsOf, sampleEvent, sampleEvents, write } from './ledger-samples.js';

/** Follows the ledger until it has `count` events, then aborts and waits for the end. */
const take = async (
  ledger: Ledger,
  count: number,
  options: Partial<Omit<Subscription, 'signal'>> = {},
): Promise<{ readonly events: readonly RecordedEvent[]; readonly position: bigint }> => {
  const stop = new AbortController();
  const events: RecordedEvent[] = [];
  let position = -1n;
  for await (const page of ledger.subscribe({
    after: 0n,
    filter: {},
    limit: 10,
    ...options,
    signal: stop.signal,
  })) {
    expect(page.events.length).toBeLessThanOrEqual(options.limit ?? 10);
    expect(page.position).toBeGreaterThanOrEqual(position);
    events.push(...page.events);
    position = page.position;
    if (events.length >= count) stop.abort();
  }
  return { events, position };
};

const catchingUp = (ledger: () => Ledger): void => {
  it('begins behind the position it is given', async () => {
    await ledger().append([write('case-1', 'any', sampleEvents(1, 30))]);
    const whole = await allEvents(ledger());
    expect(idsOf((await take(ledger(), 30)).events)).toEqual(idsOf(whole));
    const after = whole[9]?.position ?? 0n;
    expect(idsOf((await take(ledger(), 20, { after })).events)).toEqual(idsOf(whole.slice(10)));
  });

  it('resumes from a page as if it had never stopped', async () => {
    await ledger().append([write('case-1', 'any', sampleEvents(1, 25))]);
    const seen: RecordedEvent[] = [];
    let after = 0n;
    while (seen.length < 25) {
      const part = await take(ledger(), 1, { after, limit: 4 });
      seen.push(...part.events);
      after = part.position;
    }
    expect(idsOf(seen)).toEqual(idsOf(await allEvents(ledger())));
  });

  it('says that it has caught up, also when there is nothing to give', async () => {
    const stop = new AbortController();
    for await (const page of ledger().subscribe({ after: 0n, filter: {}, limit: 10, signal: stop.signal })) {
      expect(page).toEqual({ events: [], position: 0n, caughtUp: true });
      stop.abort();
    }
  });

  it('moves over what the filter leaves out', async () => {
    await ledger().append([write('case-1', 'any', sampleEvents(1, 30))]);
    const stop = new AbortController();
    let position = 0n;
    const filter: LedgerFilter = { types: ['EpochClosed'] };
    for await (const page of ledger().subscribe({ after: 0n, filter, limit: 10, signal: stop.signal })) {
      expect(page.events).toEqual([]);
      position = page.position;
      if (page.caughtUp) stop.abort();
    }
    expect(position).toBe(await ledger().head());
  });
};

const following = (ledger: () => Ledger): void => {
  it('follows what is appended later', async () => {
    const following = take(ledger(), 5);
    await ledger().append([write('case-1', 'any', sampleEvents(1, 2))]);
    await ledger().append([write('case-2', 'any', sampleEvents(11, 3))]);
    expect(idsOf((await following).events)).toEqual([1, 2, 11, 12, 13].map(eventId));
  });

  it('gives each of several subscribers every event, in order, while writers write', async () => {
    const subscribers = [
      take(ledger(), 60),
      take(ledger(), 60, { limit: 1 }),
      take(ledger(), 30, { filter: { streams: ['case-1'] } }),
    ];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        ledger().append([write(`case-${n % 2}`, 'any', sampleEvents(n * 10, 3))]),
      ),
    );
    const [first, second, filtered] = await Promise.all(subscribers);
    const whole = await allEvents(ledger());
    expect(idsOf(first?.events ?? [])).toEqual(idsOf(whole));
    expect(idsOf(second?.events ?? [])).toEqual(idsOf(whole));
    expect(idsOf(filtered?.events ?? [])).toEqual(idsOf(whole.filter((event) => event.stream === 'case-1')));
  });

  it('ends without an error when it is aborted while it waits', async () => {
    const stop = new AbortController();
    const pages: bigint[] = [];
    const ended = (async () => {
      for await (const page of ledger().subscribe({
        after: 0n,
        filter: {},
        limit: 10,
        signal: stop.signal,
      })) {
        pages.push(page.position);
        setImmediate(() => stop.abort());
      }
    })();
    await expect(ended).resolves.toBeUndefined();
    await ledger().append([write('case-1', 'any', [sampleEvent(1)])]);
    expect(pages).toEqual([0n]);
  });

  it('gives nothing when it was aborted before', async () => {
    await ledger().append([write('case-1', 'any', [sampleEvent(1)])]);
    for await (const page of ledger().subscribe({
      after: 0n,
      filter: {},
      limit: 10,
      signal: AbortSignal.abort(),
    }))
      expect(page).toBeUndefined();
  });

  it('may be left in the middle', async () => {
    await ledger().append([write('case-1', 'any', sampleEvents(1, 30))]);
    const { signal } = new AbortController();
    for await (const page of ledger().subscribe({ after: 0n, filter: {}, limit: 10, signal })) {
      // how full a page is depends on what has arrived
      expect(page.events.length).toBeGreaterThanOrEqual(1);
      expect(page.events.length).toBeLessThanOrEqual(10);
      break;
    }
    expect((await take(ledger(), 30)).events).toHaveLength(30);
  });
};

/** Cases of `ledgerContract`; `ledger` is empty at the start of each. */
export const ledgerSubscribeContract = (ledger: () => Ledger): void => {
  describe('catching up', () => catchingUp(ledger));
  describe('following', () => following(ledger));
};
