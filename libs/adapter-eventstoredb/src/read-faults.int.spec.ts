import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEventStoreStandIn, type EventStoreStandIn, type ReadFault } from '@karnama/conformance';
import { Unavailable, type NewEvent } from '@karnama/kernel';
import type { LedgerFilter, LedgerPage } from '@karnama/ledger';
import { eventStoreLedger, type EventStoreLedger } from './ledger.js';
import type { EventStoreOptions, Trouble } from './options.js';

const idOf = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const event = (n: number, type = 'Noted'): NewEvent => ({
  id: idOf(n),
  type,
  data: { n },
  metadata: { schemaVersion: 1, receivedAt: '2026-01-01T00:00:00.000Z' },
});
const events = (from: number, count: number, type?: string) =>
  Array.from({ length: count }, (_, n) => event(from + n, type));
const numbers = (pages: readonly LedgerPage[]) =>
  pages.flatMap((page) => page.events.map(({ data }) => (data as { n: number }).n));
const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);

describe('reading in spite of faults', () => {
  let server: EventStoreStandIn;
  let ledger: EventStoreLedger;
  let troubles: Trouble[];
  const opened: EventStoreLedger[] = [];
  const open = (options: Partial<EventStoreOptions> = {}) => {
    const another = eventStoreLedger({
      url: server.url,
      timeoutMs: 400,
      backoffMs: 4,
      probeMs: 25,
      stallMs: 150,
      onTrouble: (trouble) => troubles.push(trouble),
      ...options,
    });
    opened.push(another);
    return another;
  };

  beforeAll(async () => {
    server = await startEventStoreStandIn();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    server.control.forget();
    troubles = [];
    ledger = open();
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
  });

  const append = (stream: string, from: number, count: number, type?: string) =>
    ledger.append([{ stream, expected: 'any', events: events(from, count, type) }]);

  /** Follows in the background; `until` waits for a page that makes the condition true. */
  const follow = (filter: LedgerFilter = {}, after = 0n, limit = 100, of = ledger) => {
    const stop = new AbortController();
    const pages: LedgerPage[] = [];
    let look: () => void = () => undefined;
    const ended = (async () => {
      for await (const page of of.subscribe({ after, filter, limit, signal: stop.signal })) {
        pages.push(page);
        look();
      }
    })();
    const until = (condition: () => boolean): Promise<void> =>
      Promise.race([
        ended,
        new Promise<void>((resolve) => {
          look = () => {
            if (condition()) resolve();
          };
          look();
        }),
      ]);
    const stopped = async () => {
      stop.abort();
      await ended;
    };
    return {
      pages,
      ended,
      until,
      stopped,
      got: (count: number) => until(() => numbers(pages).length >= count),
    };
  };

  describe.each<ReadFault>(['not-leader', 'busy', 'unavailable', 'lost-request'])(
    'when a read is answered with %s',
    (fault) => {
      it('asks again, whatever it was', async () => {
        await append('a', 0, 5);
        const head = await ledger.head();
        for (const read of [
          async () => expect(await ledger.readStream('a', 0n, 10)).toHaveLength(5),
          async () => expect(await ledger.lastEvent('a')).toMatchObject({ id: idOf(4) }),
          async () => expect(await ledger.head()).toBe(head),
          async () => expect((await ledger.readAll(0n, {}, 10)).events).toHaveLength(5),
        ]) {
          server.control.failReads(fault);
          await read();
          expect(server.control.faultsLeft()).toBe(0);
        }
      });
    },
  );

  it('does not ask again when it is not let in', async () => {
    server.control.failReads('access-denied');
    await expect(ledger.head()).rejects.toMatchObject({ code: 'store-access-denied' });
    server.control.failReads('access-denied');
    await expect(ledger.readAll(0n, {}, 10)).rejects.toMatchObject({ code: 'store-access-denied' });
    server.control.failReads('access-denied');
    await expect(follow().ended).rejects.toMatchObject({ code: 'store-access-denied' });
  });

  it('says Unavailable when nobody is there, and reads when somebody is', async () => {
    const gone = await startEventStoreStandIn();
    await gone.stop();
    const lonely = open({ url: gone.url });
    await expect(lonely.head()).rejects.toBeInstanceOf(Unavailable);
    await expect(lonely.readStream('a', 0n, 1)).rejects.toBeInstanceOf(Unavailable);
    const back = await startEventStoreStandIn({ port: gone.port });
    expect(await lonely.head()).toBe(0n);
    await back.stop();
  });

  it('leaves out what the server wrote itself, and does not count it as the head', async () => {
    server.control.writeSystemEvent();
    await append('a', 0, 3);
    const head = await ledger.head();
    for (let n = 0; n < 200; n += 1) server.control.writeSystemEvent();
    expect(await ledger.head()).toBe(head);
    const page = await ledger.readAll(0n, {}, 10);
    expect(page).toMatchObject({ position: head, caughtUp: true });
    expect(numbers([page])).toEqual([0, 1, 2]);
    server.control.softDelete('a');
    await append('b', 3, 1);
    expect(numbers([await ledger.readAll(0n, {}, 10)])).toEqual([0, 1, 2, 3]);
  });

  describe('a subscription', () => {
    it.each(['error', 'clean-end'] as const)('goes on where it was after %s', async (fault) => {
      const following = follow();
      await append('a', 0, 10);
      await following.got(10);
      server.control.failSubscriptions(fault);
      await append('a', 10, 10);
      await following.got(20);
      server.control.failSubscriptions(fault);
      await append('a', 20, 10);
      await following.got(30);
      expect(numbers(following.pages)).toEqual(range(0, 30));
      expect(troubles.filter(({ kind }) => kind === 'dropped').length).toBeGreaterThanOrEqual(2);
      await following.stopped();
    });

    it('notices that nothing comes although there is something', async () => {
      const following = follow({ types: ['Noted'] });
      await append('a', 0, 10);
      await following.got(10);
      server.control.failSubscriptions('silence');
      await append('a', 10, 10);
      await following.got(20);
      expect(numbers(following.pages)).toEqual(range(0, 20));
      await following.stopped();
    });

    it('outlives a restart of the server and a while without it', async () => {
      const following = follow();
      await append('a', 0, 10);
      await following.got(10);
      await server.control.restart();
      await append('a', 10, 10);
      await following.got(20);
      await append('a', 20, 10);
      server.control.failReads('unavailable', 10);
      server.control.failSubscriptions('error');
      await following.got(30);
      expect(numbers(following.pages)).toEqual(range(0, 30));
      while (server.control.faultsLeft() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await append('a', 30, 10);
      await following.got(40);
      expect(numbers(following.pages)).toEqual(range(0, 40));
      await following.stopped();
    });

    it('does not believe in the checkpoint that means the end of time', async () => {
      await append('a', 0, 10);
      server.control.sendEndlessCheckpoint();
      const following = follow();
      await following.got(10);
      server.control.failSubscriptions('error');
      await append('a', 10, 10);
      await following.got(20);
      expect(numbers(following.pages)).toEqual(range(0, 20));
      const head = await ledger.head();
      expect(following.pages.every(({ position }) => position <= head)).toBe(true);
      await following.stopped();
    });

    it('moves on when what is appended later does not match', async () => {
      const following = follow({ types: ['Rare'] });
      await following.until(() => following.pages.some(({ caughtUp }) => caughtUp));
      await append('a', 0, 10);
      const head = await ledger.head();
      await following.until(() => following.pages.at(-1)?.position === head);
      await append('a', 10, 1, 'Rare');
      await following.got(1);
      expect(numbers(following.pages)).toEqual([10]);
      await following.stopped();
    });

    it('moves through long stretches without a match by the checkpoints of the server', async () => {
      for (let n = 0; n < 4; n += 1) await append('a', n * 500, 500);
      await append('a', 3000, 1, 'Rare');
      const searching = open({ searchWindow: 20 });
      const following = follow({ types: ['Rare'] }, 0n, 100, searching);
      await following.got(1);
      expect(numbers(following.pages)).toEqual([3000]);
      const places = new Set(server.control.log().map(({ position }) => position));
      const positions = following.pages.map(({ position }) => position);
      expect(positions.length).toBeGreaterThan(2);
      // the server steps over the first event behind a place: only that of an event may be given out
      expect(positions.every((position) => places.has(position))).toBe(true);
      await following.stopped();
    });

    it('comes back from every place that it gives out without losing or doubling an event', async () => {
      for (let n = 0; n < 30; n += 1) await append(`s-${n % 3}`, n * 10, 10, n % 4 === 0 ? 'Rare' : 'Noted');
      const filter = { types: ['Rare'] };
      const whole = numbers([await ledger.readAll(0n, filter, 1000)]);
      const searching = open({ searchWindow: 3 });
      const following = follow(filter, 0n, 7, searching);
      await following.until(() => following.pages.at(-1)?.caughtUp === true);
      await following.stopped();
      for (const [index, { position }] of following.pages.entries()) {
        const before = numbers(following.pages.slice(0, index + 1));
        const behind = numbers([await searching.readAll(position, filter, 1000)]);
        expect([...before, ...behind]).toEqual(whole);
      }
    });

    it('ends without an error when it is aborted while the server is away', async () => {
      const gone = await startEventStoreStandIn();
      await gone.stop();
      const following = follow({}, 0n, 10, open({ url: gone.url }));
      while (troubles.length < 3) await new Promise((resolve) => setImmediate(resolve));
      await following.stopped();
      expect(following.pages).toEqual([]);
    });

    it('is taken down at the server when it is left or aborted', async () => {
      await append('a', 0, 30);
      const { signal } = new AbortController();
      for await (const page of ledger.subscribe({ after: 0n, filter: {}, limit: 5, signal })) {
        expect(page.events.length).toBeGreaterThan(0);
        break;
      }
      const following = follow();
      await following.got(30);
      await following.stopped();
      while (server.control.openSubscriptions() > 0) await new Promise((resolve) => setImmediate(resolve));
    });

    it('stops at an event that another program wrote', async () => {
      await append('a', 0, 2);
      const { EventStoreDBClient, binaryEvent } = await import('@eventstore/db-client');
      const foreigner = EventStoreDBClient.connectionString(server.url);
      await foreigner.appendToStream('b', binaryEvent({ type: 'Alien', data: Buffer.from([1, 2, 3]) }));
      await foreigner.dispose();
      await expect(follow().ended).rejects.toMatchObject({ code: 'foreign-event' });
      expect(numbers([await ledger.readAll(0n, { types: ['Noted'] }, 10)])).toEqual([0, 1]);
    });
  });

  describe('a store that was restored from an older backup', () => {
    it('has other events, or none, where the reader was', async () => {
      await append('a', 0, 20);
      const middle = (await ledger.readAll(0n, {}, 10)).position;
      const end = await ledger.head();
      expect(await ledger.eventAt(middle)).toMatchObject({ id: idOf(9), stream: 'a' });
      expect(await ledger.eventAt(end)).toMatchObject({ id: idOf(19), stream: 'a' });
      await server.control.restoreBackup(middle);
      expect(await ledger.eventAt(middle)).toMatchObject({ id: idOf(9) });
      expect(await ledger.eventAt(end)).toBeUndefined();
      await append('b', 100, 40);
      expect(await ledger.head()).toBeGreaterThan(end);
      expect((await ledger.eventAt(end))?.id).not.toBe(idOf(19));
    });

    it('is not read on from a place that it does not have', async () => {
      await append('a', 0, 20);
      const end = await ledger.head();
      await server.control.restoreBackup((await ledger.readAll(0n, {}, 10)).position);
      await expect(follow({}, end).ended).rejects.toMatchObject({ code: 'ledger-restored' });
      await ledger.append([{ stream: 'b', expected: 'any', events: [event(50, 'LongerName')] }]);
      await append('b', 100, 40);
      await expect(follow({}, end).ended).rejects.toMatchObject({ code: 'ledger-restored' });
      await expect(ledger.readAll(end, {}, 10)).rejects.toMatchObject({ code: 'ledger-restored' });
    });

    it('ends the subscriptions that were open, although an event stands at the same place', async () => {
      await append('a', 0, 20);
      const backup = (await ledger.readAll(0n, {}, 10)).position;
      const following = follow();
      await following.got(20);
      await server.control.restoreBackup(backup);
      // the same sizes as before, so the same positions, but other events
      await append('a', 30, 10);
      await expect(following.ended).rejects.toMatchObject({ code: 'ledger-restored' });
      expect(numbers(following.pages)).toEqual(range(0, 20));
    });
  });
});
