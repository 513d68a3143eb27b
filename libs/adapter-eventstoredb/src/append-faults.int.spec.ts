import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startEventStoreStandIn, type AppendFault, type EventStoreStandIn } from '@karnama/conformance';
import { KarnamaError, Unavailable, type NewEvent } from '@karnama/kernel';
import { RevisionConflict, type ExpectedRevision } from '@karnama/ledger';
import { isFatalClientError } from './client-errors.js';
import { eventStoreLedger, type EventStoreLedger } from './ledger.js';
import type { Trouble } from './options.js';

const idOf = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const event = (n: number, data: NewEvent['data'] = { n }): NewEvent => ({
  id: idOf(n),
  type: 'Noted',
  data,
  metadata: { schemaVersion: 1, receivedAt: '2026-01-01T00:00:00.000Z' },
});
const events = (from: number, count: number) => Array.from({ length: count }, (_, n) => event(from + n));

const DISTURBANCES: readonly AppendFault[] = [
  'not-leader',
  'busy',
  'not-ready',
  'unavailable',
  'lost-request',
  'lost-response',
  'timeout-after-commit',
  'unavailable-after-commit',
  'unknown',
];

const BOTH_WAYS: readonly [string, boolean][] = [
  ['BatchAppend', true],
  ['Append', false],
];

describe.each(BOTH_WAYS)('appends by %s', (_way, batchAppend) => {
  let server: EventStoreStandIn;
  let ledger: EventStoreLedger;
  let troubles: Trouble[];
  const open = () =>
    eventStoreLedger({
      url: server.url,
      timeoutMs: 800,
      backoffMs: 4,
      onTrouble: (trouble) => troubles.push(trouble),
    });

  // a server for each test: a request that came too late for one must not reach the next
  beforeEach(async () => {
    server = await startEventStoreStandIn({ batchAppend });
    troubles = [];
    ledger = open();
  });
  afterEach(async () => {
    await ledger.close();
    await server.stop();
  });

  /** Ids of everything in the log but the server's own, in its order. */
  const stored = () =>
    server.control
      .log()
      .filter(({ type }) => !type.startsWith('$'))
      .map(({ id }) => id);
  const idsFrom = (from: number, count: number) => events(from, count).map(({ id }) => id);

  describe.each(DISTURBANCES)('when the server answers with %s', (fault) => {
    it.each<[string, ExpectedRevision]>([
      ['to a new stream', 'no-stream'],
      ['behind an exact revision', 1n],
      ['anywhere', 'any'],
    ])('stores a write %s exactly once', async (_, expected) => {
      if (expected !== 'no-stream')
        await ledger.append([{ stream: 'a', expected: 'no-stream', events: events(1, 2) }]);
      const before = stored().length;
      server.control.failAppends(fault, 2);
      const [appended] = await ledger.append([{ stream: 'a', expected, events: events(11, 3) }]);
      expect(server.control.faultsLeft()).toBe(0);
      expect(appended).toEqual({
        stream: 'a',
        revision: BigInt(before + 2),
        position: await ledger.head(),
        repeated: false,
      });
      expect(stored().slice(before)).toEqual(idsFrom(11, 3));
      expect(troubles.filter(({ during }) => during === 'append').length).toBeGreaterThanOrEqual(2);
    });
  });

  it('tells an operator of an answer that nobody knows', async () => {
    server.control.failAppends('unknown');
    await ledger.append([{ stream: 'a', expected: 'no-stream', events: [event(1)] }]);
    expect(troubles).toContainEqual(
      expect.objectContaining({ kind: 'ambiguous', during: 'append', attempt: 1 }),
    );
  });

  it('gives up with Unavailable after so many attempts, and takes the same write later', async () => {
    const write = { stream: 'a', expected: 'no-stream' as const, events: events(1, 3) };
    server.control.failAppends('lost-response', 5);
    await expect(ledger.append([write])).rejects.toBeInstanceOf(Unavailable);
    expect(await ledger.append([write])).toMatchObject([{ revision: 2n, repeated: true }]);
    expect(stored()).toEqual(idsFrom(1, 3));
  });

  it('loses and doubles nothing of many writes at once when one of them breaks the connection', async () => {
    server.control.failAppends('busy', 7);
    server.control.failAppends('unavailable-after-commit', 1);
    server.control.failAppends('busy', 5);
    server.control.failAppends('lost-response', 1);
    const writes = Array.from({ length: 40 }, (_, n) =>
      ledger.append([{ stream: `s-${n % 5}-${n}`, expected: 'no-stream', events: events(n * 10, 2) }]),
    );
    expect((await Promise.all(writes)).flat().every(({ repeated }) => !repeated)).toBe(true);
    expect([...stored()].sort()).toEqual(
      Array.from({ length: 40 }, (_, n) => idsFrom(n * 10, 2))
        .flat()
        .sort(),
    );
  });

  it('waits for a slow server, and gives up on one that is too slow', async () => {
    server.control.slowDown(50);
    const writes = Array.from({ length: 6 }, (_, n) =>
      ledger.append([{ stream: `s-${n}`, expected: 'no-stream', events: [event(n)] }]),
    );
    expect((await Promise.all(writes)).flat()).toHaveLength(6);
    server.control.slowDown(1_200);
    const write = { stream: 'a', expected: 'no-stream' as const, events: [event(10)] };
    await expect(ledger.append([write])).rejects.toBeInstanceOf(Unavailable);
    server.control.slowDown(0);
    expect(await ledger.append([write])).toMatchObject([{ revision: 0n }]);
    expect([...stored()].sort()).toEqual([...idsFrom(0, 6), idOf(10)]);
  });

  it('does not make a call again that the server refuses', async () => {
    await ledger.append([{ stream: 'b', expected: 'no-stream', events: [event(9)] }]);
    server.control.failAppends('access-denied');
    const { appends } = server.control.counts();
    const refused = ledger.append([{ stream: 'a', expected: 'no-stream', events: [event(1)] }]);
    await expect(refused).rejects.toMatchObject({ code: 'store-access-denied' });
    expect(server.control.counts().appends).toBe(appends + 1);
  });

  it('refuses an event that is larger than the server takes', async () => {
    const large = event(1, { text: 'x'.repeat(1_100_000) });
    const refused = ledger.append([{ stream: 'a', expected: 'no-stream', events: [large] }]);
    await expect(refused).rejects.toMatchObject({ code: 'event-too-large' });
    expect(stored()).toEqual([]);
  });

  it('opens a deleted stream again and goes on counting its revisions', async () => {
    await ledger.append([{ stream: 'a', expected: 'no-stream', events: events(1, 3) }]);
    server.control.softDelete('a');
    expect(await ledger.lastEvent('a')).toBeUndefined();
    expect(await ledger.readStream('a', 0n, 10)).toEqual([]);
    expect(await ledger.append([{ stream: 'a', expected: 'no-stream', events: [event(4)] }])).toMatchObject([
      { revision: 3n, repeated: false },
    ]);
    expect((await ledger.readStream('a', 0n, 10)).map(({ id }) => id)).toEqual([idOf(4)]);
    server.control.softDelete('a');
    expect(await ledger.append([{ stream: 'a', expected: 'any', events: [event(5)] }])).toMatchObject([
      { revision: 4n, repeated: false },
    ]);
    expect((await ledger.readAll(0n, {}, 10)).events.map(({ id }) => id)).toEqual(idsFrom(1, 5));
  });

  it('refuses a stream that was deleted for ever, and reads it as unknown', async () => {
    await ledger.append([{ stream: 'a', expected: 'no-stream', events: [event(1)] }]);
    server.control.tombstone('a');
    expect(await ledger.lastEvent('a')).toBeUndefined();
    expect(await ledger.readStream('a', 0n, 10)).toEqual([]);
    for (const expected of ['no-stream', 'any', 0n] as const) {
      const refused = ledger.append([{ stream: 'a', expected, events: [event(2)] }]);
      await expect(refused).rejects.toMatchObject({ code: 'stream-deleted' });
    }
  });

  it('finds the place of a repeat that the server does not tell', async () => {
    const write = { stream: 'a', expected: 'no-stream' as const, events: events(1, 3) };
    const [first] = await ledger.append([write]);
    server.control.hideRepeatedPositions(true);
    expect(await ledger.append([write])).toEqual([{ ...first, repeated: true }]);
  });

  it('knows what another process stored before it came', async () => {
    const write = { stream: 'a', expected: 'no-stream' as const, events: events(1, 3) };
    const [first] = await ledger.append([write]);
    await ledger.close();
    ledger = open();
    expect(await ledger.append([write])).toEqual([{ ...first, repeated: true }]);
  });

  it('recognises a repeat after a restart of the server', async () => {
    const write = { stream: 'a', expected: 'no-stream' as const, events: events(1, 3) };
    const [first] = await ledger.append([write]);
    await server.control.restart();
    expect(await ledger.append([write])).toEqual([{ ...first, repeated: true }]);
    expect(stored()).toEqual(idsFrom(1, 3));
  });

  describe('writes that are longer than one append', () => {
    // appends are counted here: none may be made again because the machine is busy
    beforeEach(async () => {
      await ledger.close();
      ledger = eventStoreLedger({ url: server.url, timeoutMs: 20_000, backoffMs: 4 });
    });

    it('go in pieces of at most 500 events', async () => {
      const { appends } = server.control.counts();
      const [appended] = await ledger.append([
        { stream: 'a', expected: 'no-stream', events: events(1, 1201) },
      ]);
      expect(appended).toMatchObject({ revision: 1200n, position: await ledger.head(), repeated: false });
      expect(server.control.counts().appends).toBe(appends + 3);
      expect(stored()).toEqual(idsFrom(1, 1201));
    });

    it('go in pieces of at most 1 MB', async () => {
      const { appends } = server.control.counts();
      const heavy = Array.from({ length: 6 }, (_, n) => event(n, { text: 'ش'.repeat(200_000) }));
      await ledger.append([{ stream: 'a', expected: 'any', events: heavy }]);
      expect(server.control.counts().appends).toBe(appends + 3);
      expect(stored()).toEqual(idsFrom(0, 6));
    });

    it.each(['no-stream', 0n] as const)('are completed by repeating them (%s)', async (expected) => {
      if (expected === 0n) await ledger.append([{ stream: 'a', expected: 'no-stream', events: [event(0)] }]);
      const write = { stream: 'a', expected, events: events(1, 1100) };
      await ledger.append([{ ...write, events: events(1, 500) }]);
      server.control.failAppends('unavailable', 5);
      await expect(ledger.append([write])).rejects.toBeInstanceOf(Unavailable);
      const [completed] = await ledger.append([write]);
      expect(completed).toMatchObject({ revision: expected === 0n ? 1100n : 1099n, repeated: false });
      expect(await ledger.append([write])).toEqual([{ ...completed, repeated: true }]);
      expect(stored().slice(-1100)).toEqual(idsFrom(1, 1100));
    });

    it('name what their writer believed when a later piece conflicts', async () => {
      await ledger.append([{ stream: 'a', expected: 'no-stream', events: [...events(1, 500), event(9999)] }]);
      const conflict = await ledger
        .append([{ stream: 'a', expected: 'no-stream', events: events(1, 600) }])
        .catch((thrown: unknown) => thrown);
      expect(conflict).toBeInstanceOf(RevisionConflict);
      expect(conflict).toMatchObject({ stream: 'a', expected: 'no-stream', actual: 500n });
    });
  });
});

describe('one writing ledger in a process', () => {
  let server: EventStoreStandIn;
  const ledgers: EventStoreLedger[] = [];
  const open = () => {
    const ledger = eventStoreLedger({ url: server.url });
    ledgers.push(ledger);
    return ledger;
  };
  beforeAll(async () => {
    server = await startEventStoreStandIn();
  });
  afterEach(async () => {
    for (const ledger of ledgers.splice(0)) await ledger.close();
  });
  afterAll(() => server.stop());

  it('refuses the second one that writes, lets it read, and lets the next one write when the first is closed', async () => {
    const [first, second] = [open(), open()];
    await first.append([{ stream: 'a', expected: 'no-stream', events: [event(1)] }]);
    const write = [{ stream: 'b', expected: 'no-stream' as const, events: [event(2)] }];
    await expect(second.append(write)).rejects.toMatchObject({ code: 'second-writing-client' });
    expect(await second.lastEvent('a')).toMatchObject({ id: idOf(1) });
    await first.close();
    expect(await second.append(write)).toMatchObject([{ revision: 0n }]);
  });

  it.each([
    ['stream-name-reserved', '$ours', 'Noted'],
    ['stream-name-reserved', '', 'Noted'],
    ['event-type-reserved', 'a', '$noted'],
    ['event-type-reserved', 'a', ''],
  ])('refuses with %s what belongs to the server', async (code, stream, type) => {
    const refused = open().append([{ stream, expected: 'any', events: [{ ...event(3), type }] }]);
    await expect(refused).rejects.toMatchObject({ code });
  });

  it('finds the node by discovery', async () => {
    const ledger = eventStoreLedger({ url: server.url.replace('esdb://', 'esdb+discover://') });
    ledgers.push(ledger);
    await ledger.append([{ stream: 'd', expected: 'no-stream', events: [event(7)] }]);
    expect(await ledger.lastEvent('d')).toMatchObject({ id: idOf(7), revision: 0n });
  });
});

describe('the connection string', () => {
  it.each([
    'postgres://127.0.0.1/karnama',
    'esdb://127.0.0.1:2113?tls=false&throwOnAppendFailure=false',
    'esdb+discover://store:2113?nodePreference=follower',
  ])('may not be %s', (url) => {
    expect(() => eventStoreLedger({ url })).toThrow(KarnamaError);
    expect(() => eventStoreLedger({ url })).toThrow(
      expect.objectContaining({ code: 'connection-string-refused' }),
    );
  });
});

describe('errors that nobody caught', () => {
  it('are the client’s when they come out of it', () => {
    const inClient = new TypeError('undefined is not iterable');
    inClient.stack =
      'TypeError: …\n    at f (/app/node_modules/@eventstore/db-client/dist/streams/batchAppend.js:35:41)';
    expect(isFatalClientError(inClient)).toBe(true);
    expect(isFatalClientError(Object.assign(new Error('14 UNAVAILABLE'), { type: 'unavailable' }))).toBe(
      true,
    );
    expect(isFatalClientError(new Error('of our own'))).toBe(false);
    expect(isFatalClientError('text')).toBe(false);
  });
});
