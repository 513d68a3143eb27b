import { describe, expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import { fedEvent, recorded } from '@karnama/conformance';
import { epochClosed, epochStream, type RecordedEvent } from '@karnama/kernel';
import type { LedgerPage } from '@karnama/ledger';
import fc from 'fast-check';
import type { CellStore } from './cell-store.js';
import { CheckpointMoved, beginning } from './cell-store.js';
import type { Dataflow, Projection } from './dataflow.js';
import { countPages } from './engine.js';
import { fold, toldIn } from './fold.js';

type Tank = { readonly level: number; readonly colour: { readonly name: string } };

const colour = { name: '_U' };
const dimension = (code: string) => ({ code, name: { fa: code, en: code } });
const measure = {
  code: 'litres',
  name: { fa: '', en: '' },
  unit: { fa: '', en: '' },
  definition: { fa: '', en: '' },
};

/** What a tank holds, in a cell of its own colour; a tank is filled, or painted. */
const levels: Dataflow<Tank> = {
  code: 'LEVELS',
  version: 1,
  name: { fa: '', en: '' },
  description: { fa: '', en: '' },
  dimensions: [dimension('colour')],
  measures: [measure],
  rollUps: [],
  contributions: ({ level, colour: { name } }) =>
    level === 0 ? [] : [{ month: 1, declared: 1, codes: [name], measures: [level], units: 1 }],
};

/** Counts colours only: nothing is counted anew when a tank is filled. */
const paintings = (counted: string[]): Dataflow<Tank> => ({
  ...levels,
  code: 'PAINTINGS',
  basis: ({ colour: painted }) => painted,
  contributions: ({ colour: { name } }) => {
    counted.push(name);
    return [{ month: 1, declared: 1, codes: [name], measures: [1], units: 1 }];
  },
});

const tanks = (name: string, dataflows: readonly Dataflow<Tank>[] = [levels]): Projection<Tank> => ({
  name,
  dataflows,
  register: {
    code: 'tanks',
    version: 1,
    reads: ['Tank'],
    entitiesOf: (event) => [(event.data as { tank: string }).tank],
    initial: { level: 0, colour },
    evolve: (state, event) => {
      const { litres, paint } = event.data as { litres?: number; paint?: string };
      if (paint !== undefined)
        return paint === state.colour.name ? state : { ...state, colour: { name: paint } };
      return litres === 0 ? state : { ...state, level: state.level + (litres ?? 0) };
    },
    encode: ({ level, colour: { name: painted } }) => JSON.stringify([level, painted]),
    decode: (text) => {
      const [level, painted] = JSON.parse(text) as [number, string];
      return { level, colour: { name: painted } };
    },
  },
});

const filled = (at: number, tank: string, litres: number): RecordedEvent =>
  recorded(fedEvent(at, 'TankFilled', { tank, litres }), BigInt(at));
const painted = (at: number, tank: string, paint: string): RecordedEvent =>
  recorded(fedEvent(at, 'TankPainted', { tank, paint }), BigInt(at));
const closed = (at: number, epoch: number): RecordedEvent => ({
  ...recorded(fedEvent(at, epochClosed, { epoch }), BigInt(at)),
  stream: epochStream,
});

const folded = (events: readonly RecordedEvent[], projection = tanks('tanks')) =>
  fold(projection, toldIn(projection, events), new Map(), 1);

describe('a fold', () => {
  it('books what an epoch comes to, in the epoch in which it was learned', () => {
    const { deltas, epoch, events, repeats } = folded([
      filled(1, 'a', 5),
      filled(2, 'a', 2),
      closed(3, 1),
      filled(4, 'a', -7),
      filled(5, 'b', 0),
    ]);
    expect(
      deltas.get('LEVELS')?.map(({ epoch: of, codes, measures }) => [of, ...codes, ...measures.slice(0, 2)]),
    ).toEqual([
      [1, '_U', 7, 1],
      [2, '_U', -7, -1],
    ]);
    expect({ epoch, events, repeats }).toEqual({ epoch: 2, events: 4, repeats: 1 });
  });

  it('tells nothing of what was undone within one epoch', () => {
    expect(folded([filled(1, 'a', 5), filled(2, 'a', -5)]).deltas.get('LEVELS')).toEqual([]);
  });

  it('counts a dataflow anew only when the part of the state that it depends on has changed', () => {
    const counted: string[] = [];
    const projection = tanks('tanks', [levels, paintings(counted)]);
    folded(
      [filled(1, 'a', 5), filled(2, 'a', 2), painted(3, 'b', 'red'), painted(4, 'b', 'blue')],
      projection,
    );
    expect(counted).toEqual(['blue']);
  });

  it('ends epochs only by the stream that epochs are decided in', () => {
    const stranger = recorded(fedEvent(1, epochClosed, { epoch: 1 }), 1n);
    expect(folded([stranger]).epoch).toBe(1);
  });
});

const pagesOf = async function* (events: readonly RecordedEvent[], size: number): AsyncIterable<LedgerPage> {
  for (let i = 0; i < events.length; i += size) {
    const page = events.slice(i, i + size);
    yield {
      events: page,
      position: page.at(-1)?.position ?? 0n,
      caughtUp: i + size >= events.length,
    };
  }
};

const cellsOf = async (store: CellStore, projection: Projection): Promise<unknown> => {
  const found = [];
  const query = { dataflow: 'LEVELS', time: 'effective', by: ['epoch', 'colour'], where: {} } as const;
  for await (const { group, measures } of store.query(await store.open(projection), query))
    if (measures.some((value) => value !== 0n)) found.push([...group, ...measures.slice(0, 2)]);
  return found;
};

describe('pages counted while the one before is being stored', () => {
  const event = fc.record({
    tank: fc.constantFrom('a', 'b', 'c'),
    litres: fc.integer({ min: -3, max: 3 }),
    ends: fc.integer({ min: 0, max: 9 }),
  });

  it('come to what all of them in one page come to, however they are cut', async () => {
    let name = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (drawn, size) => {
          let epoch = 0;
          const events = drawn.map(({ tank, litres, ends }, i) =>
            ends === 0 ? closed(i + 1, (epoch += 1)) : filled(i + 1, tank, litres),
          );
          const counted = [];
          for (const cut of [size, events.length]) {
            const store = memoryCellStore();
            const projection = tanks(`tanks-${(name += 1)}`);
            const generation = await store.open(projection);
            const at = await countPages({ store, generation, from: beginning, pages: pagesOf(events, cut) });
            expect(await store.checkpoint(generation)).toEqual(at);
            counted.push([await cellsOf(store, projection), at]);
          }
          expect(counted[0]).toEqual(counted[1]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are stored up to the one that a rival was faster with', async () => {
    const store = memoryCellStore();
    const projection = tanks('rivals');
    const generation = await store.open(projection);
    const events = [filled(1, 'a', 1), filled(2, 'a', 2), filled(3, 'a', 4), filled(4, 'a', 8)];
    /** Counts the rest as soon as our first page is stored. */
    const rival = async (): Promise<void> => {
      let from = await store.checkpoint(generation);
      while (from.position < 1n) {
        await new Promise((resolve) => setImmediate(resolve));
        from = await store.checkpoint(generation);
      }
      await countPages({ store, generation, from, pages: pagesOf(events, 1) });
    };
    const pages = async function* (): AsyncIterable<LedgerPage> {
      for await (const page of pagesOf(events, 1)) {
        if (page.position === 2n) await rival();
        yield page;
      }
    };
    const counting = countPages({ store, generation, from: beginning, pages: pages() });
    await expect(counting).rejects.toBeInstanceOf(CheckpointMoved);
    expect(await cellsOf(store, projection)).toEqual([[1, '_U', 15n, 1n]]);
  });

  it('end with the page that reaches the position asked for', async () => {
    const store = memoryCellStore();
    const generation = await store.open(tanks('until'));
    const events = [1, 2, 3, 4, 5].map((at) => filled(at, 'a', 1));
    const at = await countPages({ store, generation, from: beginning, pages: pagesOf(events, 2), until: 3n });
    expect(at.position).toBe(4n);
    expect((await store.checkpoint(generation)).position).toBe(4n);
  });
});
