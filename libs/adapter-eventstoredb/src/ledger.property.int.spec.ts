import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  startEventStoreStandIn,
  type AppendFault,
  type EventStoreStandIn,
  type ReadFault,
  type SubscriptionFault,
} from '@karnama/conformance';
import { Unavailable, type NewEvent, type RecordedEvent } from '@karnama/kernel';
import { RevisionConflict, type Appended, type StreamWrite } from '@karnama/ledger';
import fc from 'fast-check';
import { eventStoreLedger, type EventStoreLedger } from './ledger.js';

type Operation = {
  readonly kind: 'next' | 'any' | 'stale' | 'ahead' | 'new' | 'repeat';
  readonly count: number;
  readonly pick: number;
};

/** Operations that run at the same time, each on a stream of its own, and what goes wrong meanwhile. */
type Round = {
  readonly operations: readonly Operation[];
  readonly appends: readonly AppendFault[];
  readonly reads: readonly ReadFault[];
  readonly subscriptions: SubscriptionFault | undefined;
  readonly restart: boolean;
};

const operation: fc.Arbitrary<Operation> = fc.record({
  kind: fc.constantFrom('next', 'next', 'next', 'any', 'stale', 'ahead', 'new', 'repeat'),
  count: fc.constantFrom(1, 2, 3, 600),
  pick: fc.nat(1000),
});

const appendFault = fc.constantFrom<AppendFault>(
  'not-leader',
  'busy',
  'not-ready',
  'unavailable',
  'lost-request',
  'lost-response',
  'timeout-after-commit',
  'unavailable-after-commit',
  'unknown',
);

const round: fc.Arbitrary<Round> = fc.record({
  operations: fc.array(operation, { minLength: 1, maxLength: 4 }),
  appends: fc.array(appendFault, { maxLength: 4 }),
  reads: fc.array(fc.constantFrom<ReadFault>('not-leader', 'busy', 'unavailable'), { maxLength: 1 }),
  subscriptions: fc.option(fc.constantFrom<SubscriptionFault>('error', 'clean-end', 'silence'), {
    nil: undefined,
  }),
  restart: fc.boolean(),
});

/** The pure model: every stream is a list of ids, and the writes that were acknowledged. */
type Stream = {
  readonly name: string;
  readonly ids: string[];
  readonly done: { readonly write: StreamWrite; readonly answer: Appended }[];
  /** A write that expected nothing and got no answer; nobody writes the stream after it. */
  unanswered?: StreamWrite;
};

const tipOf = ({ ids }: Stream): bigint | 'no-stream' =>
  ids.length === 0 ? 'no-stream' : BigInt(ids.length - 1);

const writeOf = ({ kind, count, pick }: Operation, stream: Stream, fresh: () => NewEvent): StreamWrite => {
  const events = () => Array.from({ length: count }, fresh);
  const length = BigInt(stream.ids.length);
  switch (kind) {
    case 'any':
      return { stream: stream.name, expected: 'any', events: events() };
    case 'new':
      return { stream: stream.name, expected: 'no-stream', events: events() };
    case 'stale':
      return { stream: stream.name, expected: length < 2n ? 'no-stream' : length - 2n, events: events() };
    case 'ahead':
      return { stream: stream.name, expected: length, events: events() };
    case 'repeat': {
      const before = stream.done[pick % Math.max(1, stream.done.length)];
      return before?.write ?? { stream: stream.name, expected: tipOf(stream), events: events() };
    }
    case 'next':
      return { stream: stream.name, expected: tipOf(stream), events: events() };
  }
};

/**
 * As the intake does: the same write again, until the store says yes or no. One that expects nothing
 * may be there or not when no answer comes, so it is not made again.
 */
const insisted = async (
  ledger: EventStoreLedger,
  write: StreamWrite,
): Promise<Appended | RevisionConflict | undefined> => {
  for (;;) {
    try {
      return (await ledger.append([write]))[0];
    } catch (thrown) {
      if (thrown instanceof RevisionConflict) return thrown;
      if (!(thrown instanceof Unavailable)) throw thrown;
      if (write.expected === 'any') return undefined;
    }
  }
};

const performed = async (
  ledger: EventStoreLedger,
  operation: Operation,
  stream: Stream,
  fresh: () => NewEvent,
): Promise<void> => {
  if (stream.unanswered !== undefined) return;
  const write = writeOf(operation, stream, fresh);
  const known = stream.done.find((one) => one.write === write);
  const tip = tipOf(stream);
  const answer = await insisted(ledger, write);
  if (answer === undefined) {
    stream.unanswered = write;
    return;
  }
  if (known !== undefined) {
    expect(answer).toEqual({ ...known.answer, repeated: true });
  } else if (write.expected === 'any' || write.expected === tip) {
    expect(answer).not.toBeInstanceOf(RevisionConflict);
    stream.ids.push(...write.events.map(({ id }) => id));
    expect(answer).toMatchObject({ stream: stream.name, revision: tipOf(stream) });
    if (write.expected !== 'any') stream.done.push({ write, answer: answer as Appended });
  } else expect(answer).toMatchObject({ code: 'revision-conflict', expected: write.expected, actual: tip });
};

const STREAMS = 4;

describe('random writes with random faults', () => {
  let server: EventStoreStandIn;
  let reported: { run: number };
  beforeAll(async () => {
    server = await startEventStoreStandIn({ firstPosition: 2n ** 53n + 1n });
    reported = { run: 0 };
  });
  afterAll(() => server.stop());

  const proved = async (rounds: readonly Round[], batchAppend: boolean): Promise<void> => {
    const { control } = server;
    control.forget();
    control.offerBatchAppend(batchAppend);
    reported.run += 1;
    const options = { url: server.url, timeoutMs: 250, backoffMs: 2, attempts: 8, probeMs: 20, stallMs: 60 };
    const [ledger, watcher] = [eventStoreLedger(options), eventStoreLedger(options)];
    const streams = Array.from({ length: STREAMS }, (_, n): Stream => ({
      name: `s-${n}`,
      ids: [],
      done: [],
    }));
    let made = 0;
    const fresh = (): NewEvent => ({
      id: `00000000-0000-4000-8000-${(made += 1).toString(16).padStart(12, '0')}`,
      type: 'Noted',
      data: { made },
      metadata: { schemaVersion: 1, receivedAt: '2026-01-01T00:00:00.000Z' },
    });
    const stop = new AbortController();
    const seen: RecordedEvent[] = [];
    const log = () => control.log().filter(({ type }) => type === 'Noted');
    let finished = false;
    const watching = (async () => {
      for await (const page of watcher.subscribe({ after: 0n, filter: {}, limit: 50, signal: stop.signal })) {
        seen.push(...page.events);
        if (finished && seen.length >= log().length) stop.abort();
      }
    })();
    try {
      for (const { operations, appends, reads, subscriptions, restart } of rounds) {
        for (const fault of appends) control.failAppends(fault);
        for (const fault of reads) control.failReads(fault);
        if (subscriptions !== undefined) control.failSubscriptions(subscriptions);
        const results = await Promise.allSettled([
          ...operations.map((one, n) => performed(ledger, one, streams[n] as Stream, fresh)),
          ...(restart ? [control.restart()] : []),
        ]);
        for (const result of results) if (result.status === 'rejected') throw result.reason;
      }
      finished = true;
      if (seen.length >= log().length) stop.abort();
      await watching;
      expect(seen.map(({ position, id }) => [position, id])).toEqual(
        log()
          .slice(0, seen.length)
          .map(({ position, id }) => [position, id]),
      );
      for (const { name, ids, unanswered } of streams) {
        const there = seen.filter(({ stream }) => stream === name);
        const more = (unanswered?.events ?? []).slice(0, there.length - ids.length).map(({ id }) => id);
        expect(there.map(({ id }) => id)).toEqual([...ids, ...more]);
        expect(there.map(({ revision }) => revision)).toEqual(there.map((_, revision) => BigInt(revision)));
      }
    } finally {
      stop.abort();
      await Promise.all([ledger.close(), watcher.close(), watching.catch(() => undefined)]);
    }
  };

  it('store every acknowledged event exactly once, in the order of its stream, and show it once to a reader', async () => {
    const until = Date.now() + 40_000;
    await fc.assert(
      fc.asyncProperty(
        fc.array(round, { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        async (rounds, batch) => {
          // a slow machine may cut the runs short, but not to nothing
          if (Date.now() < until || reported.run < 5) await proved(rounds, batch);
        },
      ),
      { numRuns: 20 },
    );
    expect(reported.run).toBeGreaterThanOrEqual(5);
  }, 120_000);
});
