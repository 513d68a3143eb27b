import { describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { fedEvent, recorded } from '@karnama/conformance';
import { epochClosed, epochStream, type RecordedEvent } from '@karnama/kernel';
import type { LedgerPage } from '@karnama/ledger';
import fc from 'fast-check';
import { CheckpointMoved, beginning, type CellStore, type Generation } from './cell-store.js';
import type { Dataflow, Projection } from './dataflow.js';
import { countPages, levelOver, runProjector } from './engine.js';
import { fold, toldIn } from './fold.js';
import { isIn, partsOf, type Part } from './part.js';
import { rebuild, split, verify } from './rebuild.js';

type Tank = { readonly level: number };

const text = { fa: '', en: '' };

/** Tanks by their level: one drop more, and a tank is in another cell. */
const levels: Dataflow<Tank> = {
  code: 'LEVELS',
  version: 1,
  name: text,
  description: text,
  dimensions: [{ code: 'level', name: text }],
  measures: [{ code: 'tanks', name: text, unit: text, definition: text }],
  rollUps: [{ time: 'effective', dimensions: [] }],
  contributions: ({ level }) =>
    level === 0 ? [] : [{ month: 1, declared: 1, codes: [String(level)], measures: [1], units: 1 }],
};

/** Litres go from one tank into another, which may be in another part. */
const tanks: Projection<Tank> = {
  name: 'tanks',
  dataflows: [levels],
  register: {
    code: 'tanks',
    version: 1,
    reads: ['Tank'],
    entitiesOf: (event) => (event.data as { tanks: string[] }).tanks,
    initial: { level: 0 },
    evolve: (state, event) => {
      const { litres } = event.data as { litres: number };
      return litres === 0 ? state : { level: state.level + litres };
    },
    encode: ({ level }) => String(level),
    decode: (encoded) => ({ level: Number(encoded) }),
  },
};

const filled = (at: number, names: readonly string[], litres: number): RecordedEvent =>
  recorded(fedEvent(at, 'TankFilled', { tanks: [...names], litres }), BigInt(at));
const closed = (at: number, epoch: number): RecordedEvent => ({
  ...recorded(fedEvent(at, epochClosed, { epoch }), BigInt(at)),
  stream: epochStream,
});

type Drawn = readonly { readonly tanks: readonly string[]; readonly litres: number; readonly ends: number }[];

const some: fc.Arbitrary<Drawn> = fc.array(
  fc.record({
    tanks: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1, maxLength: 3 }),
    litres: fc.integer({ min: -2, max: 2 }),
    ends: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 1, maxLength: 40 },
);

const eventsOf = (drawn: Drawn): RecordedEvent[] => {
  let epoch = 0;
  return drawn.map(({ tanks: names, litres, ends }, i) =>
    ends === 0 ? closed(i + 1, (epoch += 1)) : filled(i + 1, names, litres),
  );
};

/** The events behind a position as pages; without an end, the reader stops in the middle. */
const pagesBehind = async function* (
  events: readonly RecordedEvent[],
  after: bigint,
  size: number,
  most = Infinity,
): AsyncIterable<LedgerPage> {
  const left = events.filter(({ position }) => position > after);
  for (let i = 0, page = 0; i < left.length && page < most; i += size, page++) {
    const cut = left.slice(i, i + size);
    yield { events: cut, position: cut.at(-1)?.position ?? after, caughtUp: i + size >= left.length };
  }
};

const statesOf = async (store: CellStore, generation: Generation): Promise<unknown[]> => {
  const states = [];
  for await (const page of store.allStates(generation)) states.push(...page);
  return states;
};

/** Everything counted at once, beside the generation in use. */
const counted = async (store: CellStore, events: readonly RecordedEvent[]): Promise<Generation> => {
  const fresh = await store.begin(tanks);
  await countPages({ store, generation: fresh, from: beginning, pages: pagesBehind(events, 0n, 100) });
  await store.finish(fresh);
  return fresh;
};

const step = fc.record({
  part: fc.nat(),
  size: fc.integer({ min: 1, max: 5 }),
  pages: fc.integer({ min: 1, max: 3 }),
  rivals: fc.integer({ min: 1, max: 2 }),
});

describe('a projection in parts', () => {
  it('comes to what it comes to as a whole, however its parts are cut, mixed, doubled and split again', async () => {
    await fc.assert(
      fc.asyncProperty(
        some,
        fc.array(step, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 3 }),
        async (drawn, steps, splits) => {
          const events = eventsOf(drawn);
          const store = memoryCellStore();
          const count = async (generation: Generation, part: Part, size: number, pages: number) => {
            const from = await store.checkpoint(generation, part);
            const read = pagesBehind(events, from.position, size, pages);
            return countPages({ store, generation, part, from, pages: read });
          };
          const level = async (until: number): Promise<void> => {
            const generation = await store.open(tanks);
            for (const part of partsOf(generation.parts)) {
              const from = await store.checkpoint(generation, part);
              const pages = pagesBehind(events.slice(0, until), from.position, 100);
              await countPages({ store, generation, part, from, pages });
            }
          };
          for (const [i, parts] of splits.entries()) {
            await store.resplit(await store.open(tanks), parts);
            const generation = await store.open(tanks);
            const share = Math.ceil(steps.length / splits.length);
            for (const { part, size, pages, rivals } of steps.slice(i * share, (i + 1) * share)) {
              const of = partsOf(parts)[part % parts] as Part;
              const all = await Promise.allSettled(
                Array.from({ length: rivals }, () => count(generation, of, size, pages)),
              );
              for (const one of all)
                if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(CheckpointMoved);
              expect(all.some(({ status }) => status === 'fulfilled')).toBe(true);
            }
            const { parts: at } = await store.checkpoint(generation);
            const furthest = (at ?? [(await store.checkpoint(generation)).position]).reduce((a, b) =>
              a > b ? a : b,
            );
            await level(Number(furthest));
          }
          await level(events.length);
          const [kept, fresh] = [await store.open(tanks), await counted(store, events)];
          expect(await store.compare(kept, fresh, 5)).toMatchObject({ differing: 0n, differences: [] });
          expect(await statesOf(store, kept)).toEqual(await statesOf(store, fresh));
          const { parts: _, repeats, ...at } = await store.checkpoint(kept);
          const { repeats: exactly, ...whole } = await store.checkpoint(fresh);
          expect(at).toEqual(whole);
          expect(repeats).toBeGreaterThanOrEqual(exactly);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('counts each event in one part, and tells each entity in its own', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 5 }), (drawn, parts) => {
        const events = eventsOf(drawn);
        const whole = fold(tanks, toldIn(tanks, events), new Map(), 1);
        const folded = partsOf(parts).map((part) => fold(tanks, toldIn(tanks, events, part), new Map(), 1));
        expect(folded.reduce((sum, one) => sum + one.events, 0)).toBe(whole.events);
        expect(folded.flatMap(({ created }) => created).sort()).toEqual([...whole.created].sort());
        folded.forEach(({ created, epoch }, part) => {
          expect(created.every(([entity]) => isIn({ part, parts }, entity))).toBe(true);
          expect(epoch).toBe(whole.epoch);
        });
      }),
    );
  });
});

/** One end of an epoch stands among the events. */
const ledgerOf = async (events: number) => {
  const ledger = memoryLedger();
  const close = () =>
    ledger.append([
      { stream: epochStream, expected: 'any', events: [fedEvent(15, epochClosed, { epoch: 1 })] },
    ]);
  const fill = (at: number) =>
    ledger.append([
      {
        stream: 'feed_a_b-0',
        expected: 'any',
        events: [fedEvent(at, 'TankFilled', { tanks: [`t${at % 7}`, `t${at % 11}`], litres: (at % 5) - 2 })],
      },
    ]);
  for (let at = 1; at <= events; at++) await (at === 15 ? close() : fill(at));
  return { ledger, fill };
};

describe('projectors of a projection in parts', () => {
  it('share the parts, and one has all of them when the other has ended', async () => {
    const [{ ledger, fill }, store] = [await ledgerOf(30), memoryCellStore()];
    await split(store, ledger, tanks, 2);
    const seen: string[] = [];
    let onSeen: () => void = () => undefined;
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise<void>((resolve) => (onSeen = resolve));
    };
    const start = (name: string) => {
      const ending = new AbortController();
      const seeks = new AbortController();
      const ended = runProjector({
        store,
        ledger,
        projection: tanks,
        signal: ending.signal,
        batch: 4,
        // nothing more is sought until the test says so
        headStart: (signal) =>
          new Promise<void>((resolve) => {
            for (const one of [signal, seeks.signal]) one.addEventListener('abort', () => resolve());
            if (signal.aborted || seeks.signal.aborted) resolve();
          }),
        onProgress: ({ position }, _caughtUp, { part, parts }) => {
          seen.push(`${name} ${part}/${parts} ${position}`);
          onSeen();
        },
      });
      return { ended, end: () => ending.abort(), seek: () => seeks.abort() };
    };
    const [one, two] = [start('one'), start('two')];
    await fill(31);
    await until(() => seen.includes('one 0/2 31') && seen.includes('two 1/2 31'));
    one.end();
    await one.ended;
    two.seek();
    await fill(32);
    await until(() => seen.includes('two 0/2 32') && seen.includes('two 1/2 32'));
    await split(store, ledger, tanks, 3);
    await fill(33);
    await until(() => [0, 1, 2].every((part) => seen.includes(`two ${part}/3 33`)));
    two.end();
    await two.ended;
    expect(await verify(store, ledger, tanks, 5)).toMatchObject({ differing: 0n });
    expect(seen.filter((line) => line.startsWith('one 1/') || line === 'two 0/2 31')).toEqual([]);
  });

  it('seek anew after their term, so that one that came later has its share', async () => {
    const [{ ledger }, store] = [await ledgerOf(3), memoryCellStore()];
    await split(store, ledger, tanks, 3);
    const ending = new AbortController();
    const { signal } = ending;
    const first = await store.hold(tanks, signal);
    let endTerm: () => void = () => undefined;
    let others: Promise<unknown> = Promise.resolve();
    const early = runProjector({
      store,
      ledger,
      projection: tanks,
      signal,
      headStart: () => others,
      term: () => new Promise<void>((resolve) => (endTerm = resolve)),
    });
    const atTerm = async (): Promise<void> => {
      const before = endTerm;
      while (endTerm === before) await new Promise((resolve) => setImmediate(resolve));
    };
    await atTerm();
    let onHold: (part: Part | undefined) => void = () => undefined;
    const share = new Promise<Part | undefined>((resolve) => (onHold = resolve));
    const hold: CellStore['hold'] = async (...sought) => {
      const got = await store.hold(...sought);
      onHold(got?.part);
      return got;
    };
    const late = runProjector({
      store: { ...store, hold },
      ledger,
      projection: tanks,
      signal,
      headStart: () => others,
    });
    // each waits for the other to have had the time to take one
    others = Promise.all([share, new Promise((resolve) => signal.addEventListener('abort', resolve))]);
    endTerm();
    expect(await share).toMatchObject({ parts: 3 });
    await first?.release();
    ending.abort();
    await Promise.all([early, late]);
  });

  it('are levelled where they stand apart, whatever each of them has counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        async (places, batch, after) => {
          const [{ ledger }, store] = [await ledgerOf(30), memoryCellStore()];
          const apart = await store.resplit(await store.open(tanks), places.length);
          for (const part of partsOf(places.length)) {
            const until = BigInt(places[part.part] ?? 0);
            const page = await ledger.readAll(0n, {}, Number(until));
            const pages = (async function* () {
              yield page;
            })();
            await countPages({ store, generation: apart, part, from: beginning, pages });
          }
          const level = levelOver(store, ledger, batch);
          const { parts } = await store.checkpoint(await store.resplit(apart, after, level));
          const furthest = BigInt(Math.max(...places));
          expect(parts ?? [(await store.checkpoint(await store.open(tanks))).position]).toEqual(
            partsOf(after).map(() => furthest),
          );
          expect(await verify(store, ledger, tanks, 5)).toMatchObject({ differing: 0n });
          expect(await store.checkpoint(await store.open(tanks))).toMatchObject({ events: 29n });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('stay as many when the projection is counted anew, whichever way', async () => {
    const [{ ledger }, store] = [await ledgerOf(40), memoryCellStore()];
    for (const recurring of [true, false]) {
      const projection = { ...tanks, register: { ...tanks.register, recurring } };
      await split(store, ledger, projection, 3);
      const before = await store.checkpoint(await store.open(projection));
      const fresh = await rebuild(store, ledger, projection);
      const { repeats: _, ...at } = await store.checkpoint(fresh);
      expect({ ...at, repeats: before.repeats }).toEqual(before);
      expect(at.parts).toEqual([40n, 40n, 40n]);
      expect(await verify(store, ledger, projection, 5)).toMatchObject({ differing: 0n });
    }
  });
});
