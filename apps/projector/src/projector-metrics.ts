import type { CellStore, CellTransaction, Checkpoint, Part, Projection } from '@karnama/cells';
import { secondsBuckets, type Metrics } from '@karnama/nest';

type Later = (count: () => void) => void;

const countersOf = (metrics: Metrics) => ({
  cells: metrics.counter(
    'karnama_cells_written_total',
    'Cell deltas written, before they are added up in roll-ups',
    ['dataflow'],
  ),
  states: metrics.counter('karnama_states_written_total', 'States of entities written', ['projection']),
  events: metrics.counter('karnama_projection_events_total', 'Events counted', ['projection']),
  repeats: metrics.counter('karnama_projection_repeats_total', 'Events counted that changed nothing', [
    'projection',
  ]),
  batches: metrics.histogram(
    'karnama_projection_batch_seconds',
    'Time of one transaction of a projection',
    ['projection', 'outcome'],
    secondsBuckets,
  ),
});

type Counters = ReturnType<typeof countersOf>;

/** The same transaction; what it writes is counted by `later`, which is to happen when it has been stored. */
const counted = (
  tx: CellTransaction,
  { name: projection }: Projection,
  counters: Counters,
  later: Later,
): CellTransaction => ({
  ...tx,
  save: (created, changed) => {
    later(() => counters.states({ projection }, created.length + changed.length));
    return tx.save(created, changed);
  },
  add: async (dataflow, deltas) => {
    const cells = await tx.add(dataflow, deltas);
    later(() => counters.cells({ dataflow }, cells));
    return cells;
  },
  advance: (from, to) => {
    later(() => countSteps(counters, projection, from, to));
    return tx.advance(from, to);
  },
});

const countSteps = (counters: Counters, projection: string, from: Checkpoint, to: Checkpoint): void => {
  counters.events({ projection }, Number(to.events - from.events));
  counters.repeats({ projection }, Number(to.repeats - from.repeats));
};

const transactOf =
  (store: CellStore, counters: Counters): CellStore['transact'] =>
  async (generation, work, part) => {
    const { projection } = generation;
    const began = performance.now();
    const took = (outcome: string): void =>
      counters.batches({ projection: projection.name, outcome }, (performance.now() - began) / 1000);
    const counts: (() => void)[] = [];
    try {
      const result = await store.transact(
        generation,
        (tx) => work(counted(tx, projection, counters, (count) => counts.push(count))),
        part,
      );
      took('stored');
      for (const count of counts) count();
      return result;
    } catch (error) {
      took('failed');
      throw error;
    }
  };

/** The same store: what is written through it is counted, and it tells how much of which projections this process holds. */
export const watchedStore = (
  store: CellStore,
  metrics: Metrics,
  onHeld: (projection: string, part: Part) => void,
): CellStore => {
  const held = new Map<string, number>();
  const add = ({ name: projection }: Projection, more: number): void =>
    void held.set(projection, (held.get(projection) ?? 0) + more);
  const name = 'karnama_projection_held';
  const help =
    '0: this process stands by while others keep the projection up; else its parts that this one keeps up, 1 for the whole of it';
  metrics.look([{ name, help, labels: ['projection'] }], async () => ({
    [name]: [...held].map(([projection, value]) => ({ labels: { projection }, value })),
  }));
  const counters = countersOf(metrics);
  return {
    ...store,
    transact: transactOf(store, counters),
    absorb: async (generation, addition, from, to) => {
      await store.absorb(generation, addition, from, to);
      countSteps(counters, generation.projection.name, from, to);
    },
    hold: async (projection, signal, own) => {
      add(projection, 0);
      const hold = await store.hold(projection, signal, own);
      if (hold === undefined) return undefined;
      add(projection, 1);
      onHeld(projection.name, hold.part);
      return {
        part: hold.part,
        release: () => {
          add(projection, -1);
          return hold.release();
        },
      };
    },
  };
};
