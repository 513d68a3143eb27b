import { describe, expect, it } from '@jest/globals';
import type { Json } from '@karnama/kernel';
import type { Ledger, LedgerFilter } from '@karnama/ledger';
import {
  allEvents,
  eventId,
  idsOf,
  pagesOf,
  plain,
  sampleEvent,
  sampleEvents,
  write,
} from './ledger-samples.js';

const singleEvents = (ledger: () => Ledger): void => {
  it('finds the event at a position, and none where none stands', async () => {
    await ledger().append([write('case-1', 'no-stream', sampleEvents(1, 3))]);
    const all = await allEvents(ledger());
    for (const { position, id } of all) expect((await ledger().eventAt(position))?.id).toBe(id);
    expect(await ledger().eventAt((all.at(-1)?.position ?? 0n) + 1_000_000n)).toBeUndefined();
  });
};

const payloads = (ledger: () => Ledger): void => {
  const roundTrip = async (data: Json): Promise<Json | undefined> => {
    await ledger().append([write('case-1', 'no-stream', [sampleEvent(1, 'Noted', data)])]);
    const [read] = await ledger().readStream('case-1', 0n, 1);
    expect((await ledger().lastEvent('case-1'))?.data).toEqual(read?.data);
    expect((await allEvents(ledger()))[0]?.data).toEqual(read?.data);
    return read?.data;
  };

  it('gives back all that was appended, with stream, revision and position', async () => {
    const event = sampleEvent(1, 'Noted', { a: [1, null, { b: 'c' }], e: -0.5, f: false });
    const [appended] = await ledger().append([write('feed_x_y-0', 'no-stream', [event])]);
    const read = (await allEvents(ledger())).map(plain);
    expect(read).toEqual([{ ...event, stream: 'feed_x_y-0', revision: 0n, position: appended?.position }]);
  });

  it.each<[string, Json]>([
    ['a Persian text', { fa: 'استان تهران — می‌خواهم ۱۴۰۴', pt: 'Maranhão' }],
    ['signs beyond the basic plane', '🧵𐎠𐎡 \u{10ffff}'],
    ['control characters, NUL too', { text: 'a\u0000b\u001f\t\r\n\u2028"\\' }],
    ['half a surrogate pair', 'x\ud800y'],
    ['null', null],
    ['an empty list', []],
    ['the greatest safe integer', 9_007_199_254_740_991],
    ['text that looks like SQL and array syntax', '{"a","b"},\',$1,NULL\\\\;--'],
  ])('keeps %s', async (_, data) => {
    expect(await roundTrip(data)).toEqual(data);
  });

  it('keeps a payload of 1 MB', async () => {
    // with its metadata it stays under the limit of every store: 1 MiB an append in some
    const data = { text: 'کارنامه'.repeat(71_400) };
    expect(Buffer.byteLength(JSON.stringify(data))).toBeGreaterThan(999_000);
    expect(await roundTrip(data)).toEqual(data);
  });

  it('keeps stream and type names with signs of every kind', async () => {
    const stream = "nomination-ش '%_\\ x";
    await ledger().append([write(stream, 'no-stream', [sampleEvent(1, "نوع'%_")])]);
    expect(await ledger().lastEvent(stream)).toMatchObject({ stream, type: "نوع'%_" });
    expect(await allEvents(ledger(), { streams: ["nomination-ش '%_"], types: ["نوع'%"] })).toHaveLength(1);
    expect(await allEvents(ledger(), { streams: ['nomination_'] })).toHaveLength(0);
    expect(await allEvents(ledger(), { types: ['%'] })).toHaveLength(0);
  });
};

const streams = (ledger: () => Ledger): void => {
  it('reads a stream from a revision on, as many as asked', async () => {
    await ledger().append([
      write('case-1', 'no-stream', sampleEvents(1, 5)),
      write('case-2', 'any', sampleEvents(50, 5)),
    ]);
    const read = async (from: bigint, limit: number) =>
      idsOf(await ledger().readStream('case-1', from, limit));
    expect(await read(0n, 100)).toEqual([1, 2, 3, 4, 5].map(eventId));
    expect(await read(2n, 2)).toEqual([3, 4].map(eventId));
    expect(await read(4n, 10)).toEqual([eventId(5)]);
    expect(await read(5n, 10)).toEqual([]);
    expect(await read(2n ** 62n, 10)).toEqual([]);
  });

  it('knows the last event of a stream, not of one whose name begins the same', async () => {
    await ledger().append([
      write('case-1', 'any', sampleEvents(1, 3)),
      write('case-11', 'any', sampleEvents(50, 5)),
    ]);
    expect(await ledger().lastEvent('case-1')).toMatchObject({
      id: eventId(3),
      revision: 2n,
      stream: 'case-1',
    });
    expect(await ledger().lastEvent('case')).toBeUndefined();
  });
};

const everything = (ledger: () => Ledger): void => {
  const filled = async () => {
    for (let n = 0; n < 10; n += 1)
      await ledger().append([
        write(`feed_a_movements-${n % 2}`, 'any', sampleEvents(n * 100, 3, 'MovementDeclared')),
        write('feed_b_movements-0', 'any', [sampleEvent(n * 100 + 50, 'MovementRetracted')]),
        write('epochs-national', 'any', [sampleEvent(n * 100 + 60, 'EpochClosed')]),
      ]);
  };
  const matching = async (filter: LedgerFilter) => (await allEvents(ledger(), filter)).length;

  it('gives every event once, in position order, whatever the size of the page', async () => {
    await filled();
    const whole = await allEvents(ledger());
    expect(whole).toHaveLength(50);
    const positions = whole.map((event) => event.position);
    expect([...positions].sort((a, b) => (a < b ? -1 : 1))).toEqual(positions);
    expect(new Set(positions).size).toBe(50);
    for (const limit of [1, 7, 49, 50, 51, 1000]) {
      const pages = await pagesOf(ledger(), 0n, {}, limit);
      expect(pages.every((page) => page.events.length <= limit)).toBe(true);
      expect(idsOf(pages.flatMap((page) => page.events))).toEqual(idsOf(whole));
    }
  });

  it('goes on behind the position it is given', async () => {
    await filled();
    const whole = await allEvents(ledger());
    const middle = whole[24]?.position ?? 0n;
    expect(idsOf((await ledger().readAll(middle, {}, 100)).events)).toEqual(idsOf(whole.slice(25)));
  });

  it('has caught up exactly when nothing is behind the page', async () => {
    await filled();
    const head = await ledger().head();
    expect(await ledger().readAll(0n, {}, 50)).toMatchObject({ position: head, caughtUp: true });
    expect(await ledger().readAll(0n, {}, 49)).toMatchObject({ caughtUp: false });
    expect(await ledger().readAll(head, {}, 10)).toEqual({ events: [], position: head, caughtUp: true });
  });

  it('never goes back when it is asked for what is behind the head', async () => {
    await filled();
    const far = 2n ** 62n;
    expect(await ledger().readAll(far, {}, 10)).toEqual({ events: [], position: far, caughtUp: true });
  });

  it('filters by the beginning of stream names and of types, and by both', async () => {
    await filled();
    expect(await matching({ streams: ['feed_a_'] })).toBe(30);
    expect(await matching({ streams: ['feed_a_movements-1', 'epochs'] })).toBe(25);
    expect(await matching({ types: ['Movement'] })).toBe(40);
    expect(await matching({ types: ['MovementRetracted', 'Epoch'] })).toBe(20);
    expect(await matching({ streams: ['feed_'], types: ['MovementR', 'Epoch'] })).toBe(10);
    expect(await matching({ streams: ['epochs'], types: ['Movement'] })).toBe(0);
    expect(await matching({ streams: [''], types: [''] })).toBe(50);
  });

  it('lets nothing pass an empty list of prefixes', async () => {
    await filled();
    expect(await matching({ streams: [] })).toBe(0);
    expect(await matching({ types: [] })).toBe(0);
  });

  it('moves over what the filter leaves out, so that the position can be a checkpoint', async () => {
    await filled();
    const head = await ledger().head();
    const pages = await pagesOf(ledger(), 0n, { types: ['NoSuchType'] }, 5);
    expect(pages.flatMap((page) => page.events)).toEqual([]);
    expect(pages.at(-1)).toMatchObject({ position: head, caughtUp: true });
    const epochs = await pagesOf(ledger(), 0n, { types: ['EpochClosed'] }, 3);
    expect(epochs.flatMap((page) => page.events)).toHaveLength(10);
    expect(epochs.at(-1)?.position).toBe(head);
    for (const page of epochs) {
      const last = page.events.at(-1)?.position ?? 0n;
      expect(page.position).toBeGreaterThanOrEqual(last);
    }
  });
};

/** Cases of `ledgerContract`; `ledger` is empty at the start of each. */
export const ledgerReadContract = (ledger: () => Ledger): void => {
  describe('what comes back', () => payloads(ledger));
  describe('one event', () => singleEvents(ledger));
  describe('reading a stream', () => streams(ledger));
  describe('reading everything', () => everything(ledger));
};
