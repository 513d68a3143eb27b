import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  beginning,
  CheckpointMoved,
  partsOf,
  whole,
  type CellDelta,
  type CellGroup,
  type CellQuery,
  type CellSeries,
  type CellStore,
  type Checkpoint,
  type Generation,
  type Level,
  type Part,
  type Projection,
  type SeriesQuery,
  type Spool,
} from '@karnama/cells';

export type CellStoreHarness = { readonly store: CellStore; readonly close: () => Promise<void> };

const label = { fa: 'آزمون', en: 'test' };
let made = 0;

/** A projection of its own for each test, so that tests share one store without meeting. */
const someProjection = (version = 1, name = `p${++made}`, measures = ['jobs']): Projection => ({
  name,
  register: {
    code: 'things',
    version,
    reads: [''],
    entitiesOf: (event) => [event.id],
    initial: undefined,
    evolve: (state) => state,
    encode: () => '',
    decode: () => undefined,
  },
  dataflows: [
    {
      code: `FLOW_${name}`,
      version: 1,
      name: label,
      description: label,
      dimensions: [
        { code: 'area', name: label },
        { code: 'sex', name: label },
      ],
      measures: measures.map((code) => ({ code, name: label, unit: label, definition: label })),
      rollUps: [
        { time: 'effective', dimensions: ['area'] },
        { time: 'declared', dimensions: ['area'] },
        { time: 'effective', dimensions: [] },
      ],
      contributions: () => [],
    },
  ],
});

const delta = (
  month: number,
  declared: number,
  epoch: number,
  area: string,
  sex: string,
  jobs: bigint,
): CellDelta => ({
  month,
  declared,
  epoch,
  codes: [area, sex],
  measures: [jobs, jobs > 0n ? 1n : -1n, 7n],
});

/** In each epoch some cells of four areas and four years, most of them told of again and again; the same each time. */
const someHistory = (epochs: number): readonly (readonly CellDelta[])[] => {
  let last = 7;
  const below = (limit: number): number => {
    last = (last * 48_271) % 2_147_483_647;
    return last % limit;
  };
  return [...Array(epochs).keys()].map((before) => {
    const cells = new Map<string, CellDelta>();
    while (cells.size < 30) {
      const month = 94 + below(40);
      const area = ['A-1', 'A-2', 'B-1', 'B-2'][below(4)] as string;
      const jobs = BigInt(below(9) - 4) * (below(20) === 0 ? 2_251_799_813_685_249n : 1n);
      const one = delta(month, month + below(3), before + 1, area, 'F', jobs);
      cells.set([month, one.declared, area].join(), one);
    }
    return [...cells.values()];
  });
};

/** What cells come to by area and month, as series: the plain recount. */
const seriesByArea = (deltas: readonly CellDelta[], time: CellQuery['time']): readonly CellSeries[] => {
  const sums = new Map<string, Map<number, bigint>>();
  for (const { codes, month, declared, measures } of deltas) {
    const own = sums.get(codes[0] as string) ?? new Map<number, bigint>();
    sums.set(codes[0] as string, own);
    const on = time === 'effective' ? month : declared;
    own.set(on, (own.get(on) ?? 0n) + BigInt(measures[0] as bigint));
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([area, own]) => {
      const told = [...own].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => a - b);
      const exact = (sum: bigint): number | bigint => (Number.isSafeInteger(Number(sum)) ? Number(sum) : sum);
      return {
        group: [area],
        months: told.map(([month]) => month),
        sums: [told.map(([, sum]) => exact(sum))],
      };
    })
    .filter(({ months }) => months.length > 0);
};

const at = (position: bigint, from: Checkpoint = beginning): Checkpoint => ({ ...from, position });

/** What a `CellStore` promises; see the port for the words. */
export const cellStoreContract = (adapter: string, open: () => Promise<CellStoreHarness>): void => {
  describe(`CellStore contract: ${adapter}`, () => {
    let harness: CellStoreHarness;
    let store: CellStore;
    let projection: Projection;
    let generation: Generation;

    beforeAll(async () => {
      harness = await open();
      store = harness.store;
    });
    afterAll(() => harness.close());
    beforeEach(async () => {
      projection = someProjection();
      generation = await store.open(projection);
    });

    const flow = (): string => projection.dataflows[0]?.code as string;
    const add = (
      deltas: readonly CellDelta[],
      from: Checkpoint,
      to: Checkpoint,
      into = generation,
    ): Promise<void> =>
      store.transact(into, async (tx) => {
        await tx.add(flow(), deltas);
        await tx.advance(from, to);
      });
    const ask = async (query: Partial<CellQuery>, of = generation): Promise<CellGroup[]> => {
      const groups: CellGroup[] = [];
      for await (const group of store.query(of, {
        dataflow: flow(),
        time: 'effective',
        by: [],
        where: {},
        ...query,
      }))
        groups.push(group);
      return groups;
    };
    const follow = (query: Partial<SeriesQuery>, of = generation): Promise<readonly CellSeries[]> =>
      store.series(of, {
        dataflow: flow(),
        time: 'effective',
        by: [],
        where: {},
        measures: ['jobs'],
        ...query,
      });
    const jobs = async (
      query: Partial<CellQuery>,
      of = generation,
    ): Promise<(string | number | bigint)[][]> =>
      (await ask(query, of)).map(({ group, measures }) => [...group, measures[0] as bigint]);

    const some = [
      delta(100, 100, 1, 'A-1', 'F', 5n),
      delta(100, 102, 2, 'A-1', 'M', -2n),
      delta(101, 101, 1, 'A-2', 'F', 3n),
      delta(102, 102, 2, 'B-1', '_U', 9_007_199_254_740_993n),
    ];

    it('begins empty, at the beginning', async () => {
      expect(await store.checkpoint(generation)).toEqual(beginning);
      expect(await jobs({ by: ['month'] })).toEqual([]);
      expect(await jobs({})).toEqual([[0n]]);
    });

    it('opens the same generation again', async () => {
      await add(some, beginning, at(4n));
      expect((await store.open(projection)).number).toBe(generation.number);
      expect((await store.checkpoint(await store.open(projection))).position).toBe(4n);
    });

    it('adds up by any columns, on either time axis, from roll-ups and from the base alike', async () => {
      await add(some, beginning, at(4n));
      expect(await jobs({ by: ['month'] })).toEqual([
        [100, 3n],
        [101, 3n],
        [102, 9_007_199_254_740_993n],
      ]);
      expect(await jobs({ by: ['month'], time: 'declared' })).toEqual([
        [100, 5n],
        [101, 3n],
        [102, 9_007_199_254_740_991n],
      ]);
      expect(await jobs({ by: ['area'] })).toEqual([
        ['A-1', 3n],
        ['A-2', 3n],
        ['B-1', 9_007_199_254_740_993n],
      ]);
      expect(await jobs({ by: ['sex', 'area'] })).toEqual([
        ['F', 'A-1', 5n],
        ['F', 'A-2', 3n],
        ['M', 'A-1', -2n],
        ['_U', 'B-1', 9_007_199_254_740_993n],
      ]);
      expect(await jobs({ by: ['month', 'declared'] })).toEqual([
        [100, 100, 5n],
        [100, 102, -2n],
        [101, 101, 3n],
        [102, 102, 9_007_199_254_740_993n],
      ]);
      expect(await jobs({ by: ['epoch'] })).toEqual([
        [1, 8n],
        [2, 9_007_199_254_740_991n],
      ]);
    });

    it('filters by codes, prefixes, months and epochs', async () => {
      await add(some, beginning, at(4n));
      expect(
        await jobs({ by: ['area'], where: { area: { codes: ['B-1'], prefixes: ['A-'] } }, to: 101 }),
      ).toEqual([
        ['A-1', 3n],
        ['A-2', 3n],
      ]);
      expect(await jobs({ by: ['area'], where: { area: { codes: [], prefixes: [] } } })).toEqual([]);
      expect(await jobs({ where: { sex: { codes: ['F', 'M'], prefixes: [] } }, from: 100, to: 100 })).toEqual(
        [[3n]],
      );
      expect(await jobs({ by: ['month'], maxEpoch: 1 })).toEqual([
        [100, 5n],
        [101, 3n],
      ]);
      expect(await jobs({ where: { area: { codes: [], prefixes: ['A%'] } } })).toEqual([[0n]]);
    });

    it('sums units and keys with the measures', async () => {
      await add(some, beginning, at(4n));
      expect(await ask({})).toEqual([{ group: [], measures: [9_007_199_254_740_999n, 2n, 28n] }]);
    });

    it('gives the measures asked for, in the order asked', async () => {
      projection = someProjection(1, `p${++made}`, ['jobs', 'hires', 'ends']);
      generation = await store.open(projection);
      const measures = [5n, 3n, 9_007_199_254_740_993n, 1n, 7n];
      await add([{ ...delta(100, 100, 1, 'A-1', 'F', 5n), measures }], beginning, at(1n));
      expect(await ask({ by: ['area'], measures: ['ends', 'jobs'] })).toEqual([
        { group: ['A-1'], measures: [9_007_199_254_740_993n, 5n] },
      ]);
      expect(await ask({ measures: ['hires'], to: 99 })).toEqual([{ group: [], measures: [0n] }]);
      expect(await ask({})).toEqual([{ group: [], measures }]);
      expect(await follow({ by: ['sex'], measures: ['ends', 'hires'] })).toEqual([
        { group: ['F'], months: [100], sums: [[9_007_199_254_740_993n], [3]] },
      ]);
      await expect(ask({ measures: ['jobs', 'wages'] })).rejects.toMatchObject({ code: 'unknown-measure' });
      const asked = async (): Promise<unknown> => follow({ measures: ['units'] });
      await expect(asked()).rejects.toMatchObject({ code: 'unknown-measure' });
    });

    it('follows groups over the months, from roll-ups, the base and what is not in them yet', async () => {
      await add(some, beginning, at(4n));
      await add(
        [
          delta(104, 104, 3, 'A-1', 'M', -1n),
          delta(90, 90, 3, 'A-1', 'F', 2n),
          delta(99, 104, 3, 'A-1', 'M', 4n),
        ],
        at(4n),
        at(7n),
      );
      expect(await follow({ by: ['area'] })).toEqual([
        { group: ['A-1'], months: [90, 99, 100, 104], sums: [[2, 4, 3, -1]] },
        { group: ['A-2'], months: [101], sums: [[3]] },
        { group: ['B-1'], months: [102], sums: [[9_007_199_254_740_993n]] },
      ]);
      expect(await follow({ by: ['area'], time: 'declared', to: 103 })).toEqual([
        { group: ['A-1'], months: [90, 100, 102], sums: [[2, 5, -2]] },
        { group: ['A-2'], months: [101], sums: [[3]] },
        { group: ['B-1'], months: [102], sums: [[9_007_199_254_740_993n]] },
      ]);
      expect(await follow({ by: ['sex', 'area'], maxEpoch: 1 })).toEqual([
        { group: ['F', 'A-1'], months: [100], sums: [[5]] },
        { group: ['F', 'A-2'], months: [101], sums: [[3]] },
      ]);
      const ofA1 = { area: { codes: ['A-1'], prefixes: [] } };
      expect(await follow({ where: ofA1, from: 99, to: 103 })).toEqual([
        { group: [], months: [99, 100], sums: [[4, 3]] },
      ]);
      expect(await follow({ from: 105 })).toEqual([]);
    });

    it('leaves months and groups out of series that come to nothing', async () => {
      await add(some, beginning, at(4n));
      const undone = [
        delta(100, 100, 3, 'A-1', '_U', -3n),
        delta(103, 103, 3, 'A-1', 'F', 8n),
        delta(101, 101, 3, 'A-2', '_U', -3n),
      ];
      await add(undone, at(4n), at(7n));
      expect(await follow({ by: ['area'] })).toEqual([
        { group: ['A-1'], months: [103], sums: [[8]] },
        { group: ['B-1'], months: [102], sums: [[9_007_199_254_740_993n]] },
      ]);
      expect(await follow({ by: ['area'], maxEpoch: 2, to: 101 })).toEqual([
        { group: ['A-1'], months: [100], sums: [[3]] },
        { group: ['A-2'], months: [101], sums: [[3]] },
      ]);
    });

    it('knows what was known at every epoch, over any months, whether rolled up since or not', async () => {
      const history = someHistory(12);
      let from = beginning;
      for (const deltas of history) {
        await add(deltas, from, at(from.position + 1n));
        from = at(from.position + 1n);
      }
      const recounted = await store.begin(projection);
      for (const deltas of history.slice(0, 8))
        await store.transact(recounted, (tx) => tx.add(flow(), deltas));
      await store.finish(recounted);
      for (const deltas of history.slice(8)) await store.transact(recounted, (tx) => tx.add(flow(), deltas));
      const ranges = [{}, { from: 95 }, { to: 119 }, { from: 107, to: 108 }, { from: 97, to: 130 }];
      for (const maxEpoch of [undefined, 0, ...history.map((_, i) => i + 1), 20])
        for (const range of ranges)
          for (const time of ['effective', 'declared'] as const) {
            const counted = history.flat().filter((one) => {
              const month = time === 'effective' ? one.month : one.declared;
              const isIn = month >= (range.from ?? month) && month <= (range.to ?? month);
              return isIn && one.epoch <= (maxEpoch ?? one.epoch);
            });
            const query = { time, ...range, ...(maxEpoch === undefined ? {} : { maxEpoch }) };
            const where = { area: { codes: ['A-2'], prefixes: ['B-'] } };
            const some = counted.filter(({ codes: [area] }) => area === 'A-2' || area?.startsWith('B-'));
            for (const counting of [generation, recounted]) {
              expect(await follow({ ...query, by: ['area'] }, counting)).toEqual(seriesByArea(counted, time));
              expect(await follow({ ...query, by: ['area'], where }, counting)).toEqual(
                seriesByArea(some, time),
              );
            }
          }
      const nowKnown = await jobs({ by: ['area', 'month'], from: 100, to: 109 });
      expect(await jobs({ by: ['area', 'month'], from: 100, to: 109 }, recounted)).toEqual(nowKnown);
      expect(nowKnown.length).toBeGreaterThan(20);
    }, 60_000);

    it('adds to cells that are there already', async () => {
      await add(some, beginning, at(4n));
      await add([delta(100, 100, 1, 'A-1', 'F', 5n)], at(4n), at(5n));
      expect(await jobs({ by: ['month'], to: 100 })).toEqual([[100, 8n]]);
      expect(await jobs({ by: ['sex'], to: 100 })).toEqual([
        ['F', 10n],
        ['M', -2n],
      ]);
    });

    it('keeps states, also with tabs, backslashes and any script', async () => {
      const strange = 'الف\t\\N\n"ب"\u0001';
      await store.transact(generation, async (tx) => {
        await tx.save(
          [
            ['e1', 'one'],
            [strange, strange],
          ],
          [],
        );
        await tx.advance(beginning, at(1n));
      });
      expect(await store.states(generation, ['e1', strange, 'e3'])).toEqual(
        new Map([
          ['e1', 'one'],
          [strange, strange],
        ]),
      );
      await store.transact(generation, async (tx) => {
        await tx.save([['e3', 'three']], [['e1', 'uno']]);
        await tx.advance(at(1n), at(2n));
      });
      expect(await store.states(generation, ['e1', 'e3'])).toEqual(
        new Map([
          ['e1', 'uno'],
          ['e3', 'three'],
        ]),
      );
      expect(await store.states(generation, [])).toEqual(new Map());
    });

    it('gives states as they were last committed, while a transaction is under way', async () => {
      await store.transact(generation, (tx) => tx.save([['e1', 'one']], []));
      await store.transact(generation, async (tx) => {
        await tx.save([['e2', 'two']], [['e1', 'uno']]);
        expect(await store.states(generation, ['e1', 'e2'])).toEqual(new Map([['e1', 'one']]));
      });
      expect(await store.states(generation, ['e1', 'e2'])).toEqual(
        new Map([
          ['e1', 'uno'],
          ['e2', 'two'],
        ]),
      );
    });

    it('gives all states, ascending by entity, however many', async () => {
      const name = (n: number): string => `e${String(n).padStart(6, '0')}`;
      const states = Array.from({ length: 12_345 }, (_, n) => [name(n * 7), String(n)] as const);
      await store.transact(generation, (tx) => tx.save([...states].reverse(), []));
      const all: (readonly [string, string])[] = [];
      for await (const page of store.allStates(generation)) all.push(...page);
      expect(all).toEqual(states);
    });

    it('tells of a generation that is gone instead of giving its states', async () => {
      const gone = await store.begin(projection);
      await store.drop(gone);
      const asked = async (): Promise<unknown> => store.states(gone, ['e1']);
      await expect(asked()).rejects.toBeInstanceOf(CheckpointMoved);
    });

    it('stores nothing of a transaction that fails', async () => {
      const failing = store.transact(generation, async (tx) => {
        await tx.save([['e1', 'one']], []);
        await tx.add(flow(), some);
        await tx.advance(beginning, at(4n));
        throw new Error('after everything');
      });
      await expect(failing).rejects.toThrow('after everything');
      expect(await store.checkpoint(generation)).toEqual(beginning);
      expect(await jobs({ by: ['area'] })).toEqual([]);
      expect(await store.states(generation, ['e1'])).toEqual(new Map());
    });

    it('counts a batch that comes again once', async () => {
      await add(some, beginning, at(4n));
      await expect(add(some, beginning, at(4n))).rejects.toBeInstanceOf(CheckpointMoved);
      expect(await jobs({ by: ['month'], to: 101 })).toEqual([
        [100, 3n],
        [101, 3n],
      ]);
    });

    it('lets exactly one of two rivals advance', async () => {
      const results = await Promise.allSettled([add(some, beginning, at(4n)), add(some, beginning, at(4n))]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await jobs({ by: ['month'], to: 101 })).toEqual([
        [100, 3n],
        [101, 3n],
      ]);
    });

    it('keeps every part of the checkpoint, positions beyond 2^53 too', async () => {
      const far = {
        position: 9_007_199_254_740_995n,
        epoch: 17,
        events: 9_007_199_254_740_993n,
        repeats: 3n,
        last: { position: 9_007_199_254_740_994n, id: '0197a3c0-0000-5000-8000-00000000abcd' },
      };
      await add([], beginning, far);
      expect(await store.checkpoint(generation)).toEqual(far);
    });

    it('refuses to go on with another definition', async () => {
      await expect(store.open(someProjection(2, projection.name))).rejects.toMatchObject({
        code: 'definition-changed',
      });
    });

    it('lets one process at a time keep a projection up', async () => {
      const first = await store.hold(projection, new AbortController().signal);
      const patience = new AbortController();
      const second = store.hold(projection, patience.signal);
      patience.abort();
      expect(await second).toBeUndefined();
      const third = store.hold(projection, new AbortController().signal);
      await first?.release();
      const got = await third;
      expect(got).toMatchObject({ part: { part: 0, parts: 1 } });
      await got?.release();
    });

    describe('a generation in parts', () => {
      const [first, second] = partsOf(2) as [Part, Part];
      const count = async (
        part: Part,
        deltas: readonly CellDelta[],
        to: bigint,
        events: bigint,
        into = generation,
      ): Promise<void> => {
        const from = await store.checkpoint(into, part);
        const counted = { events: from.events + events, repeats: from.repeats + 1n };
        const last = { position: to, id: `0197a3c0-0000-5000-8000-${String(to).padStart(12, '0')}` };
        await store.transact(
          into,
          async (tx) => {
            await tx.add(flow(), deltas);
            await tx.advance(from, { position: to, epoch: Number(to), ...counted, last });
          },
          part,
        );
      };
      const splitUp = async (parts: number): Promise<void> => {
        generation = await store.resplit(generation, parts);
        expect(await store.open(projection)).toEqual(generation);
      };

      it('advances part by part; what all have counted is where the last of them stands', async () => {
        await add(some.slice(0, 1), beginning, { ...at(1n), events: 1n });
        await splitUp(2);
        expect(generation.parts).toBe(2);
        await count(second, some.slice(1, 3), 5n, 3n);
        await count(first, some.slice(3), 4n, 2n);
        const ofAll = store.transact(generation, (tx) => tx.add(flow(), some));
        await expect(ofAll).rejects.toBeInstanceOf(CheckpointMoved);
        expect(await store.checkpoint(generation, second)).toMatchObject({ position: 5n, epoch: 5 });
        expect(await store.checkpoint(generation)).toEqual({
          position: 4n,
          epoch: 4,
          events: 6n,
          repeats: 2n,
          last: { position: 4n, id: '0197a3c0-0000-5000-8000-000000000004' },
          parts: [4n, 5n],
        });
        expect(await jobs({ by: ['area'] })).toEqual([
          ['A-1', 3n],
          ['A-2', 3n],
          ['B-1', 9_007_199_254_740_993n],
        ]);
      });

      it('lets exactly one of two rivals for a part advance, and the other part whatever they do', async () => {
        await splitUp(2);
        const from = await store.checkpoint(generation, first);
        const rival = (part: Part): Promise<void> =>
          store.transact(
            generation,
            async (tx) => {
              await tx.advance(from, at(3n));
              await tx.add(flow(), some.slice(0, 1));
            },
            part,
          );
        const results = await Promise.allSettled([rival(first), rival(second), rival(first)]);
        expect(results[1]?.status).toBe('fulfilled');
        expect([results[0]?.status, results[2]?.status].sort()).toEqual(['fulfilled', 'rejected']);
        expect(await jobs({})).toEqual([[10n]]);
      });

      it('is split otherwise only where its parts stand together, and keeps its cells and counts', async () => {
        await count(whole, some, 4n, 4n);
        const { parts: _, ...before } = await store.checkpoint(generation);
        for (const parts of [3, 2]) {
          await splitUp(parts);
          expect(await store.checkpoint(generation)).toEqual({
            ...before,
            parts: partsOf(parts).map(() => 4n),
          });
        }
        await count(second, [], 6n, 1n);
        await expect(store.resplit(generation, 1)).rejects.toBeInstanceOf(CheckpointMoved);
        await count(first, [], 6n, 1n);
        await splitUp(1);
        expect(await store.checkpoint(generation)).toMatchObject({ position: 6n, epoch: 6, events: 6n });
        expect(await store.checkpoint(generation)).not.toHaveProperty('parts');
        expect(await jobs({ by: ['month'], to: 101 })).toEqual([
          [100, 3n],
          [101, 3n],
        ]);
        await add([], at(6n), at(7n));
      });

      it('refuses whoever opened it before it was split otherwise', async () => {
        const unsplit = generation;
        await splitUp(2);
        const two = generation;
        await splitUp(3);
        const attempts = [
          () => add(some, beginning, at(4n), unsplit),
          () => store.transact(unsplit, (tx) => tx.save([['e1', 'one']], [])),
          () => count(first, some, 4n, 4n, two),
          () => store.transact(two, (tx) => tx.save([['e1', 'one']], []), second),
          () => store.transact(generation, (tx) => tx.save([['e1', 'one']], []), second),
          () => store.checkpoint(unsplit),
          () => store.transact(generation, (tx) => tx.save([['e1', 'one']], [])),
          () => store.checkpoint(two, first),
          () => store.resplit(two, 2),
        ];
        for (const attempt of attempts)
          await expect((async () => attempt())()).rejects.toBeInstanceOf(CheckpointMoved);
        expect(await store.states(generation, ['e1'])).toEqual(new Map());
        expect(await jobs({})).toEqual([[0n]]);
      });

      it('is compared and replaced only by one that is behind none of its parts, which is split as it was', async () => {
        await splitUp(2);
        await count(first, some, 4n, 4n);
        const fresh = await store.begin(projection);
        expect(fresh.parts).toBe(1);
        await count(whole, some, 3n, 3n, fresh);
        await store.finish(fresh);
        const refused = async (): Promise<void> => {
          await expect(store.compare(generation, fresh, 1)).rejects.toBeInstanceOf(CheckpointMoved);
          await expect(store.switchTo(fresh)).rejects.toBeInstanceOf(CheckpointMoved);
        };
        await refused();
        await count(second, [], 4n, 0n);
        await refused();
        await count(whole, [], 4n, 1n, fresh);
        expect(await store.compare(generation, fresh, 1)).toMatchObject({ differing: 0n });
        const inUse = await store.switchTo(fresh);
        await expect(count(first, [], 5n, 1n)).rejects.toBeInstanceOf(CheckpointMoved);
        await expect(count(whole, [], 5n, 1n, fresh)).rejects.toBeInstanceOf(CheckpointMoved);
        expect(inUse).toEqual({ projection, number: fresh.number, parts: 2 });
        expect(await store.open(projection)).toEqual(inUse);
        expect(await store.checkpoint(inUse)).toMatchObject({ events: 4n, repeats: 2n, parts: [4n, 4n] });
        await count(second, [], 5n, 1n, inUse);
      });

      it('is levelled where that is asked for, all of it or nothing, and then split or compared', async () => {
        await splitUp(3);
        for (const [i, part] of partsOf(3).entries()) await count(part, [], BigInt(i + 2), 1n);
        const asked: unknown[] = [];
        const levelling =
          (fails: boolean): Level =>
          async ({ part, from, to }, tx) => {
            asked.push([part.part, from.position, to]);
            await tx.advance(from, { ...from, position: to, events: from.events + 1n });
            await tx.save([[`e${part.part}`, 'state']], []);
            await tx.add(flow(), [delta(100, 100, 1, 'A-1', 'F', 1n)]);
            if (fails && part.part === 1) throw new Error('the second one');
          };
        await expect(store.resplit(generation, 2, levelling(true))).rejects.toThrow('the second one');
        expect(await store.checkpoint(generation)).toMatchObject({ events: 3n, parts: [2n, 3n, 4n] });
        expect(await store.states(generation, ['e0', 'e1'])).toEqual(new Map());
        const fresh = await store.begin(projection);
        await store.finish(fresh);
        await count(whole, [delta(100, 100, 1, 'A-1', 'F', 2n)], 3n, 5n, fresh);
        asked.length = 0;
        const { differences } = await store.compare(generation, fresh, 1, levelling(false));
        expect(asked).toEqual([
          [0, 2n, 4n],
          [1, 3n, 4n],
          [0, 3n, 4n],
        ]);
        // kept 1 + 1, the other one 2 + 1
        expect(differences[0]).toMatchObject({ left: [2n, 2n, 14n], right: [3n, 2n, 14n] });
        generation = await store.resplit(generation, 2, levelling(false));
        expect(asked).toHaveLength(3);
        expect(await store.checkpoint(generation)).toMatchObject({ events: 5n, parts: [4n, 4n] });
        expect(await jobs({})).toEqual([[2n]]);
        await store.drop(fresh);
      });

      it('is kept up by several processes, each with parts of its own', async () => {
        await splitUp(2);
        const { signal } = new AbortController();
        const one = await store.hold(projection, signal);
        const other = await store.hold(projection, signal);
        expect([one?.part, other?.part]).toEqual([first, second]);
        const third = store.hold(projection, signal);
        await other?.release();
        expect((await third)?.part).toEqual(second);
        const fourth = store.hold(projection, signal, [first]);
        await one?.release();
        await (await third)?.release();
        expect((await fourth)?.part).toEqual(second);
        const fifth = store.hold(projection, signal, [first]);
        await splitUp(3);
        expect((await fifth)?.part.parts).toBe(3);
        for (const hold of [await fourth, await fifth]) await hold?.release();
      });

      it('loses nothing when its parts write side by side, and what waits is moved in between', async () => {
        await splitUp(3);
        const each = 25;
        const write = async (part: Part): Promise<void> => {
          for (let n = 1; n <= each; n++) {
            await count(part, [delta(100 + (n % 3), 100, 1 + (n % 4), `A-${n % 5}`, 'F', 1n)], BigInt(n), 1n);
            if (n % 7 === part.part) await store.settle(generation);
          }
        };
        await Promise.all(partsOf(3).map(write));
        expect(await jobs({})).toEqual([[BigInt(3 * each)]]);
        expect(await jobs({ by: ['sex'] })).toEqual([['F', BigInt(3 * each)]]);
        const all = partsOf(each).flatMap(({ part: n }) =>
          partsOf(3).map(() =>
            delta(100 + ((n + 1) % 3), 100, 1 + ((n + 1) % 4), `A-${(n + 1) % 5}`, 'F', 1n),
          ),
        );
        const sums = new Map<string, CellDelta>();
        for (const one of all) {
          const key = [one.month, one.epoch, ...one.codes].join();
          const found = sums.get(key);
          const measures = one.measures.map((value, i) => BigInt(value) + BigInt(found?.measures[i] ?? 0));
          sums.set(key, { ...one, measures });
        }
        const fresh = await store.begin(projection);
        await add([...sums.values()], beginning, at(BigInt(each)), fresh);
        await store.finish(fresh);
        expect(await store.compare(generation, fresh, 5)).toMatchObject({ differing: 0n, differences: [] });
      });
    });

    describe('a new generation beside the one in use', () => {
      const build = async (deltas: readonly CellDelta[], to: Checkpoint): Promise<Generation> => {
        const fresh = await store.begin(projection);
        await add(deltas, beginning, to, fresh);
        await store.finish(fresh);
        return fresh;
      };

      it('leaves the one in use alone until the switch, and is in use after it', async () => {
        await add(some, beginning, at(4n));
        const fresh = await build(some.slice(0, 1), at(5n));
        expect(await jobs({ by: ['area'] })).toHaveLength(3);
        await store.switchTo(fresh);
        const inUse = await store.open(projection);
        expect(inUse.number).toBe(fresh.number);
        expect(await jobs({ by: ['area'] }, inUse)).toEqual([['A-1', 5n]]);
        await expect(add(some, at(4n), at(6n))).rejects.toBeInstanceOf(CheckpointMoved);
      });

      it('finds states again that it has seen', async () => {
        const fresh = await store.begin(projection);
        expect(await store.states(fresh, ['e1'])).toEqual(new Map());
        await store.transact(fresh, async (tx) => {
          await tx.save([['e1', 'one']], []);
          await tx.advance(beginning, at(1n));
        });
        expect(await store.states(fresh, ['e1', 'e2'])).toEqual(new Map([['e1', 'one']]));
        await store.transact(fresh, async (tx) => {
          await tx.save([['e2', 'two']], [['e1', 'uno']]);
          await tx.advance(at(1n), at(2n));
        });
        await store.finish(fresh);
        expect(await store.states(fresh, ['e1', 'e2'])).toEqual(
          new Map([
            ['e1', 'uno'],
            ['e2', 'two'],
          ]),
        );
      });

      it('can be followed by more after it is finished', async () => {
        const fresh = await build(some.slice(0, 2), at(4n));
        await add(some.slice(2), at(4n), at(6n), fresh);
        expect(await jobs({ by: ['area'] }, fresh)).toEqual([
          ['A-1', 3n],
          ['A-2', 3n],
          ['B-1', 9_007_199_254_740_993n],
        ]);
      });

      it('is not switched to while it is behind or unfinished', async () => {
        await add(some, beginning, at(4n));
        const behind = await build(some, at(3n));
        await expect(store.switchTo(behind)).rejects.toBeInstanceOf(CheckpointMoved);
        const unfinished = await store.begin(projection);
        await expect(store.switchTo(unfinished)).rejects.toMatchObject({ code: 'not-finished' });
      });

      it('compares equal when the sums are equal, however they were added', async () => {
        await add(some, beginning, at(4n));
        await add([delta(103, 103, 2, 'A-1', 'F', 1n)], at(4n), at(5n));
        await add([{ ...delta(103, 103, 2, 'A-1', 'F', -1n), measures: [-1n, -1n, -7n] }], at(5n), at(6n));
        const fresh = await build(some, at(6n));
        expect(await store.compare(generation, fresh, 10)).toMatchObject({ differing: 0n, differences: [] });
        expect((await store.compare(generation, fresh, 10)).compared).toBeGreaterThanOrEqual(10n);
      });

      it('reports every cell that differs, in the base and in the roll-ups', async () => {
        await add(some, beginning, at(4n));
        const fresh = await build([...some.slice(1), delta(100, 100, 1, 'A-1', 'F', 6n)], at(4n));
        const { differing, differences } = await store.compare(generation, fresh, 2);
        expect(differing).toBe(4n);
        expect(differences).toHaveLength(2);
        expect(differences[0]).toMatchObject({
          dataflow: flow(),
          table: 'base',
          left: [5n, 1n, 7n],
          right: [6n, 1n, 7n],
        });
      });

      it('is not compared with one that stands elsewhere', async () => {
        await add(some, beginning, at(4n));
        const fresh = await build(some, at(5n));
        await expect(store.compare(generation, fresh, 1)).rejects.toBeInstanceOf(CheckpointMoved);
      });

      it('is gone when dropped', async () => {
        const fresh = await build(some, at(4n));
        await store.drop(fresh);
        await expect(store.checkpoint(fresh)).rejects.toBeInstanceOf(CheckpointMoved);
        expect((await store.open(projection)).number).toBe(generation.number);
      });
    });

    describe('an addition to the generation in use', () => {
      const addition = async (deltas: readonly CellDelta[], states: readonly [string, string][] = []) => {
        const begun = await store.begin(projection);
        await store.transact(begun, async (tx) => {
          await tx.save(states, []);
          await tx.add(flow(), deltas);
        });
        return begun;
      };
      const begin = (): Promise<void> =>
        store.transact(generation, async (tx) => {
          await tx.save(
            [
              ['e1', 'one'],
              ['e2', 'two'],
            ],
            [],
          );
          await tx.add(flow(), some.slice(0, 2));
          await tx.advance(beginning, at(4n));
        });

      it('is seen by nobody before, and all of it at one moment', async () => {
        await begin();
        const begun = await addition(some.slice(1), [
          ['e2', 'two more'],
          ['e3', 'three'],
        ]);
        expect(await jobs({ by: ['area'] })).toEqual([['A-1', 3n]]);
        expect(await store.states(generation, ['e1', 'e2', 'e3'])).toEqual(
          new Map([
            ['e1', 'one'],
            ['e2', 'two'],
          ]),
        );
        await store.absorb(generation, begun, at(4n), { ...at(9n), epoch: 3, events: 8n, repeats: 1n });
        for (const time of ['effective', 'declared'] as const)
          expect(await jobs({ time, by: ['area'] })).toEqual([
            ['A-1', 1n],
            ['A-2', 3n],
            ['B-1', 9_007_199_254_740_993n],
          ]);
        expect(await store.states(generation, ['e1', 'e2', 'e3'])).toEqual(
          new Map([
            ['e1', 'one'],
            ['e2', 'two more'],
            ['e3', 'three'],
          ]),
        );
        expect(await store.checkpoint(generation)).toEqual({
          ...at(9n),
          epoch: 3,
          events: 8n,
          repeats: 1n,
        });
      });

      it('comes to what the same deltas come to one by one, in the base and in the roll-ups', async () => {
        await begin();
        await store.absorb(generation, await addition(some), at(4n), at(9n));
        await add([delta(103, 103, 3, 'A-1', 'F', 2n)], at(9n), at(10n));
        const fresh = await store.begin(projection);
        await add(
          [...some.slice(0, 2), ...some, delta(103, 103, 3, 'A-1', 'F', 2n)],
          beginning,
          at(10n),
          fresh,
        );
        await store.finish(fresh);
        expect(await store.compare(generation, fresh, 5)).toMatchObject({ differing: 0n, differences: [] });
      });

      it('is gone afterwards', async () => {
        await begin();
        const begun = await addition(some);
        await store.absorb(generation, begun, at(4n), at(9n));
        await expect(store.checkpoint(begun)).rejects.toBeInstanceOf(CheckpointMoved);
        expect((await store.open(projection)).number).toBe(generation.number);
      });

      it('changes nothing where somebody else was faster', async () => {
        await begin();
        const begun = await addition(some, [['e1', 'another']]);
        await add([], at(4n), at(5n));
        await expect(store.absorb(generation, begun, at(4n), at(9n))).rejects.toBeInstanceOf(CheckpointMoved);
        expect(await jobs({ by: ['area'] })).toEqual([['A-1', 3n]]);
        expect(await store.states(generation, ['e1'])).toEqual(new Map([['e1', 'one']]));
        expect((await store.checkpoint(generation)).position).toBe(5n);
        await store.drop(begun);
      });

      it('is refused by a generation that was split meanwhile', async () => {
        await begin();
        const begun = await addition(some);
        await store.resplit(generation, 2);
        await expect(store.absorb(generation, begun, at(4n), at(9n))).rejects.toBeInstanceOf(CheckpointMoved);
        await store.drop(begun);
      });

      it('may be made by several at the same time', async () => {
        await begin();
        const begun = await store.begin(projection);
        await Promise.all(
          some.map((one, i) =>
            store.transact(begun, async (tx) => {
              await tx.save([[`n${i}`, String(i)]], []);
              await tx.add(flow(), [one]);
            }),
          ),
        );
        await store.absorb(generation, begun, at(4n), at(9n));
        expect(await jobs({})).toEqual([[3n + 3n + 3n + 9_007_199_254_740_993n]]);
        expect((await store.states(generation, ['n0', 'n1', 'n2', 'n3'])).size).toBe(4);
      });
    });

    describe('a spool', () => {
      const linesOf = async (spool: Spool): Promise<Map<number, string[]>> => {
        const lots = new Map<number, string[]>();
        for (const [lot, runs] of await spool.sorted()) {
          const lines: string[] = [];
          for await (const some of store.spooled(runs)) lines.push(...some);
          lots.set(lot, lines);
        }
        return lots;
      };

      it('gives the lines of each lot in the order in which they were put', async () => {
        const spool = await store.spool();
        const put = Array.from({ length: 60_000 }, (_, n) => ({
          lot: (n * 7919) % 101,
          line: `${n} کارگاه ${'x'.repeat(n % 200)}`,
        }));
        for (const { lot, line } of put) await spool.put(lot, line);
        const lots = await linesOf(spool);
        expect(lots.size).toBe(101);
        for (const [lot, lines] of lots)
          expect(lines).toEqual(put.filter((one) => one.lot === lot).map(({ line }) => line));
        await spool.close();
      });

      it('takes a line longer than what is written at once, and an empty one', async () => {
        const spool = await store.spool();
        const long = 'ژ'.repeat(300_000);
        for (const line of ['a', long, '', 'b']) await spool.put(3, line);
        expect((await linesOf(spool)).get(3)).toEqual(['a', long, '', 'b']);
        await spool.close();
      });

      it('tells of what was put since it was asked last, and keeps what was put before', async () => {
        const spool = await store.spool();
        await spool.put(1, 'one');
        const before = await spool.sorted();
        await spool.put(1, 'two');
        await spool.put(2, 'three');
        const behind = await spool.sorted();
        const runs = [...(before.get(1) ?? []), ...(behind.get(1) ?? [])];
        const lines: string[] = [];
        for await (const some of store.spooled(runs)) lines.push(...some);
        expect(lines).toEqual(['one', 'two']);
        expect([...behind.keys()].sort()).toEqual([1, 2]);
        expect((await spool.sorted()).size).toBe(0);
        await spool.close();
      });

      it('is not shared', async () => {
        const [one, other] = [await store.spool(), await store.spool()];
        await one.put(0, 'one');
        await other.put(0, 'other');
        expect([...(await linesOf(one)).values()]).toEqual([['one']]);
        await Promise.all([one.close(), other.close()]);
      });
    });
  });
};
