import { describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { fedEvent } from '@karnama/conformance';
import { epochClosed, epochStream, type Json, type NewEvent } from '@karnama/kernel';
import fc from 'fast-check';
import { bringUp, bringUpInTurn } from '../bring-up.js';
import { catchUp, runProjector } from '../engine.js';
import type { CellGroup, CellStore, Generation } from '../cell-store.js';
import { correctionsIn, type Dataflow, type Projection } from '../dataflow.js';
import { rebuild, rebuildAll, verify } from '../rebuild.js';
import { laneHere } from './lane.js';

/** Accounts that payments go between: a payment tells of two entities, a deposit of one, and each id counts once. */
type Account = { readonly seen: readonly string[]; readonly balance: number };

type Payment = {
  readonly id: string;
  readonly from: string | null;
  readonly to: string;
  readonly sum: number;
};

const label = { fa: 'آزمون', en: 'test' };

const balances: Dataflow<Account> = {
  code: 'BALANCES',
  version: 1,
  name: label,
  description: label,
  dimensions: [{ code: 'size', name: label }],
  measures: [
    { code: 'accounts', name: label, unit: label, definition: label },
    { code: 'balance', name: label, unit: label, definition: label },
  ],
  rollUps: [{ time: 'effective', dimensions: [] }],
  contributions: ({ seen, balance }) =>
    seen.length === 0
      ? []
      : [
          {
            month: seen.length,
            declared: 1,
            codes: [balance < 0 ? 'owing' : 'owning'],
            measures: [1, balance],
            units: 1,
          },
        ],
};

const accounts = (recurring: boolean): Projection => ({
  name: 'accounts',
  register: {
    code: 'accounts',
    version: 1,
    recurring,
    reads: ['Paid'],
    entitiesOf: ({ data }) => {
      const { from, to } = data as Payment;
      return from === null || from === to ? [to] : [from, to];
    },
    initial: { seen: [], balance: 0 },
    // an account notes only every payment that it has not seen, and none of nothing
    evolve(state: Account, { data }) {
      const { id, sum } = data as Payment;
      if (sum === 0 || state.seen.includes(id)) return state;
      return { seen: [...state.seen, id], balance: state.balance + sum };
    },
    // here it is what takes away that mends what was told before
    corrects: (_state, { data }) => (data as Payment).sum < 0,
    encode: (state: Account) => JSON.stringify(state),
    decode: (text: string) => JSON.parse(text) as Account,
  },
  dataflows: [balances, correctionsIn(balances)],
});

/** Each payment is an entity of its own, and no state is kept. */
const heard: Projection = {
  ...accounts(false),
  name: 'heard',
  register: {
    ...accounts(false).register,
    reads: [''],
    stateless: true,
    entitiesOf: ({ id, type }) => (type === 'Paid' ? [id] : []),
  },
};

const account = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const step = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      id: fc.constantFrom(...'12345678'),
      from: fc.option(account),
      to: account,
      sum: fc.integer({ min: -2, max: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant('close' as const) },
  { weight: 1, arbitrary: fc.constant('other' as const) },
);

const ledgerOf = async (steps: readonly (Payment | 'close' | 'other')[]) => {
  const ledger = memoryLedger();
  let epoch = 0;
  for (const [at, said] of steps.entries()) {
    const event = (type: string, data: Json): NewEvent => fedEvent(at + 1, type, data);
    const [stream, told] =
      said === 'close'
        ? [epochStream, event(epochClosed, { epoch: ++epoch })]
        : ['feed_a_b-0', said === 'other' ? event('Heard', {}) : event('Paid', said)];
    await ledger.append([{ stream, expected: 'any', events: [told] }]);
  }
  return ledger;
};

/** Cells by epoch, as `epoch/month/code`: accounts and balance, of all payments or of those that take away. */
const cellsByHand = (
  steps: readonly (Payment | 'close' | 'other')[],
  counts: (payment: Payment) => boolean,
): Readonly<Record<string, string>> => {
  const cells = new Map<string, [number, number]>();
  const seen = new Map<string, Payment[]>();
  let epoch = 1;
  const told = (payments: readonly Payment[], sign: number): void => {
    if (payments.length === 0) return;
    const balance = payments.reduce((sum, { sum: one }) => sum + one, 0);
    const cell = `${epoch}/${payments.length}/${balance < 0 ? 'owing' : 'owning'}`;
    const [accounts = 0, sum = 0] = cells.get(cell) ?? [];
    cells.set(cell, [accounts + sign, sum + sign * balance]);
  };
  for (const step of steps) {
    if (step === 'close') epoch++;
    if (step === 'close' || step === 'other' || step.sum === 0) continue;
    for (const name of new Set([step.from ?? step.to, step.to])) {
      const before = seen.get(name) ?? [];
      if (before.some(({ id }) => id === step.id)) continue;
      const after = [...before, step];
      seen.set(name, after);
      if (!counts(step)) continue;
      told(before, -1);
      told(after, 1);
    }
  }
  const kept = [...cells].filter(([, sums]) => sums.some((value) => value !== 0));
  return Object.fromEntries(kept.map(([cell, sums]) => [cell, sums.join(' ')]));
};

describe('what corrections did', () => {
  it('stands in cells of its own, a part of all, whatever the batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (steps, batch) => {
          const [ledger, store] = [await ledgerOf(steps), memoryCellStore()];
          const generation = await store.open(accounts(true));
          await catchUp(store, ledger, generation, batch);
          const kept = async (dataflow: string) => {
            const cells: [string, string][] = [];
            for await (const { group, measures } of store.query(generation, {
              dataflow,
              time: 'effective',
              by: ['epoch', 'month', 'size'],
              where: {},
              measures: ['accounts', 'balance'],
            }))
              if (measures.some((value) => value !== 0n)) cells.push([group.join('/'), measures.join(' ')]);
            return Object.fromEntries(cells);
          };
          expect(await kept('BALANCES')).toEqual(cellsByHand(steps, () => true));
          expect(await kept('BALANCES.corrected')).toEqual(cellsByHand(steps, ({ sum }) => sum < 0));
        },
      ),
    );
  });
});

describe('a recount by entity', () => {
  it('comes to the same cells, states and checkpoint as counting in the order of the ledger', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (steps, batch) => {
          const [ledger, store] = [await ledgerOf(steps), memoryCellStore()];
          const kept = await store.open(accounts(true));
          const before = await catchUp(store, ledger, kept, batch);
          const states = async () => {
            const all = [];
            for await (const page of store.allStates(await store.open(accounts(true)))) all.push(...page);
            return all;
          };
          const counted = await states();
          expect(await verify(store, ledger, accounts(true), 5)).toMatchObject({
            differing: 0n,
            differences: [],
          });
          const fresh = await rebuild(store, ledger, accounts(true));
          expect(await store.checkpoint(fresh)).toEqual(before);
          expect(await states()).toEqual(counted);
        },
      ),
    );
  });

  it('comes to the same whoever shares the work, and beside a projection without states', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 4 }),
        async (steps, many) => {
          const ledger = await ledgerOf(steps);
          const projections = [heard, accounts(true), { ...accounts(true), name: 'others' }];
          const [followed, recounted] = [memoryCellStore(), memoryCellStore()];
          const lanes = Array.from({ length: many }, () => laneHere(recounted, ledger, projections));
          const built = await rebuildAll(recounted, ledger, projections, { lanes });
          await Promise.all(lanes.map((lane) => lane.close()));
          for (const [i, projection] of projections.entries()) {
            const kept = await followed.open(projection);
            const checkpoint = await catchUp(followed, ledger, kept, 7);
            const fresh = built[i] as Generation;
            expect(await recounted.checkpoint(fresh)).toEqual(checkpoint);
            const query = { dataflow: 'BALANCES', time: 'effective', where: {} } as const;
            const by = ['month', 'epoch', 'size'];
            const cells = async (store: CellStore, generation: Generation) => {
              const all: CellGroup[] = [];
              for await (const cell of store.query(generation, { ...query, by }))
                if (cell.measures.some((sum) => sum !== 0n)) all.push(cell);
              return all;
            };
            expect(await cells(recounted, fresh)).toEqual(await cells(followed, kept));
          }
        },
      ),
    );
  });

  it('is given up when the signal aborts, and leaves what is in use', async () => {
    const [ledger, store] = [await ledgerOf([{ id: '1', from: null, to: 'a', sum: 2 }]), memoryCellStore()];
    const kept = await store.open(accounts(true));
    await catchUp(store, ledger, kept, 10);
    await expect(
      rebuild(store, ledger, accounts(true), { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'recount-stopped' });
    expect((await store.open(accounts(true))).number).toBe(kept.number);
  });

  it('finds a cell that was counted wrongly', async () => {
    const [ledger, store] = [await ledgerOf([{ id: '1', from: null, to: 'a', sum: 2 }]), memoryCellStore()];
    const kept = await store.open(accounts(true));
    const from = await catchUp(store, ledger, kept, 10);
    await store.transact(kept, async (tx) => {
      await tx.add('BALANCES', [
        { month: 1, declared: 1, epoch: 1, codes: ['owning'], measures: [0, 1, 0, 0] },
      ]);
      await tx.advance(from, from);
    });
    expect((await verify(store, ledger, accounts(true), 5)).differing).toBe(2n);
  });

  it('tells how far it has come, to the end', async () => {
    const [ledger, store] = [
      await ledgerOf([{ id: '1', from: 'a', to: 'b', sum: 2 }, 'close']),
      memoryCellStore(),
    ];
    const told: bigint[] = [];
    await rebuild(store, ledger, accounts(true), { onProgress: (percent) => told.push(percent) });
    expect(told).toEqual([...told].sort((a, b) => Number(a - b)));
    expect(told.at(-1)).toBe(100n);
  });

  it('drops what it has begun when an event of a projection that is counted in order cannot be', async () => {
    const [ledger, store] = [await ledgerOf([{ id: '1', from: null, to: 'a', sum: 2 }]), memoryCellStore()];
    const broken = { ...accounts(false), name: 'inOrder' };
    const fails: Projection = {
      ...broken,
      register: {
        ...broken.register,
        evolve: () => {
          throw new Error('cannot be read');
        },
      },
    };
    await expect(rebuildAll(store, ledger, [accounts(true), fails])).rejects.toThrow('cannot be read');
    for (const projection of [accounts(true), broken]) expect((await store.open(projection)).number).toBe(1);
  });

  it('drops what it has begun when an event cannot be counted', async () => {
    const [ledger, store] = [await ledgerOf([{ id: '1', from: null, to: 'a', sum: 2 }]), memoryCellStore()];
    const broken = accounts(true);
    const fails: Projection = {
      ...broken,
      register: {
        ...broken.register,
        evolve: () => {
          throw new Error('cannot be read');
        },
      },
    };
    await expect(rebuild(store, ledger, fails)).rejects.toThrow('cannot be read');
    // the number is free again
    expect((await store.open(broken)).number).toBe(1);
  });
});

describe('a backlog that is counted entity by entity', () => {
  const everything = async (store: CellStore, projection: Projection) => {
    const generation = await store.open(projection);
    const states: (readonly [string, string])[] = [];
    for await (const page of store.allStates(generation)) states.push(...page);
    const cells: CellGroup[] = [];
    for (const { code: dataflow } of projection.dataflows)
      for await (const cell of store.query(generation, {
        dataflow,
        time: 'effective',
        where: {},
        by: ['month', 'epoch', 'size'],
      }))
        if (cell.measures.some((sum) => sum !== 0n)) cells.push(cell);
    return { checkpoint: await store.checkpoint(generation), states, cells };
  };

  it('comes to the same cells, states and checkpoint as following, from wherever it goes on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.array(fc.nat(60), { minLength: 3, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        async (steps, cuts, many) => {
          const ledger = await ledgerOf(steps);
          const projections = [heard, accounts(true), { ...accounts(true), name: 'others' }];
          const [followed, broughtUp] = [memoryCellStore(), memoryCellStore()];
          for (const [i, projection] of projections.entries()) {
            const early = await ledgerOf(steps.slice(0, cuts[i]));
            await catchUp(broughtUp, early, await broughtUp.open(projection), 4);
          }
          const lanes = Array.from({ length: many }, () => laneHere(broughtUp, ledger, projections));
          await bringUp(broughtUp, ledger, projections, { lanes, sortedFrom: 1n });
          for (const projection of projections) {
            await catchUp(followed, ledger, await followed.open(projection), 7);
            expect(await everything(broughtUp, projection)).toEqual(await everything(followed, projection));
          }
        },
      ),
    );
  });

  const many = Array.from({ length: 40 }, (_, i) => ({ id: String(i), from: 'a', to: 'b', sum: 1 }));

  it('is left to whoever was faster, and counted once', async () => {
    const [ledger, store, alone] = [await ledgerOf(many), memoryCellStore(), memoryCellStore()];
    const projection = accounts(true);
    await catchUp(store, await ledgerOf(many.slice(0, 10)), await store.open(projection), 4);
    let rivals = 0;
    const contested: CellStore = {
      ...store,
      async absorb(generation, addition, from, to) {
        rivals++;
        await catchUp(store, ledger, generation, 3);
        return store.absorb(generation, addition, from, to);
      },
    };
    await bringUp(contested, ledger, [projection], { sortedFrom: 1n });
    await catchUp(alone, ledger, await alone.open(projection), 3);
    expect(rivals).toBe(1);
    expect(await everything(store, projection)).toEqual(await everything(alone, projection));
  });

  it('leaves everything as it was when it is stopped or fails', async () => {
    const [ledger, store] = [await ledgerOf(many), memoryCellStore()];
    const projection = accounts(true);
    await catchUp(store, await ledgerOf(many.slice(0, 10)), await store.open(projection), 4);
    const before = await everything(store, projection);
    const signal = AbortSignal.abort();
    await expect(bringUp(store, ledger, [projection], { sortedFrom: 1n, signal })).rejects.toMatchObject({
      code: 'recount-stopped',
    });
    const failing: CellStore = { ...store, spool: () => Promise.reject(new Error('no room')) };
    await expect(bringUp(failing, ledger, [projection], { sortedFrom: 1n })).rejects.toThrow('no room');
    expect(await everything(store, projection)).toEqual(before);
  });

  it('is brought up by a projector that keeps up the whole of it, before it follows', async () => {
    const [ledger, store] = [await ledgerOf(many), memoryCellStore()];
    const projection = accounts(true);
    await catchUp(store, await ledgerOf(many.slice(0, 10)), await store.open(projection), 4);
    const stopping = new AbortController();
    const absorbed: bigint[] = [];
    const watched: CellStore = {
      ...store,
      absorb: (generation, addition, from, to) => {
        absorbed.push(to.position - from.position);
        return store.absorb(generation, addition, from, to);
      },
    };
    const inTurn = bringUpInTurn(watched, ledger, { sortedFrom: 20n });
    await runProjector({
      store: watched,
      ledger,
      projection,
      signal: stopping.signal,
      bringUp: async (one, signal) => {
        await inTurn(one, signal);
        // what comes then is followed
        const events = [fedEvent(1000, 'Paid', { id: 'last', from: 'c', to: 'a', sum: 2 })];
        await ledger.append([{ stream: 'feed_a_b-0', expected: 'any', events }]);
      },
      onProgress: (_checkpoint, caughtUp) => {
        if (caughtUp) stopping.abort();
      },
    });
    expect(absorbed).toEqual([30n]);
    const [alone] = [memoryCellStore()];
    await catchUp(alone, ledger, await alone.open(projection), 3);
    expect(await everything(store, projection)).toEqual(await everything(alone, projection));
  });
});
