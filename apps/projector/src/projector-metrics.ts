import type { CellStore, CellTransaction, Projection } from '@karnama/cells';
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
  add: (dataflow, deltas) => {
    later(() => counters.cells({ dataflow }, deltas.length));
    return tx.add(dataflow, deltas);
  },
  advance: (from, to) => {
    later(() => counters.events({ projection }, Number(to.events - from.events)));
    later(() => counters.repeats({ projection }, Number(to.repeats - from.repeats)));
    return tx.advance(from, to);
  },
});

const transactOf =
  (store: CellStore, counters: Counters): CellStore['transact'] =>
  async (generation, work) => {
    const { projection } = generation;
    const began = performance.now();
    const took = (outcome: string): void =>
      counters.batches({ projection: projection.name, outcome }, (performance.now() - began) / 1000);
    const counts: (() => void)[] = [];
    try {
      const result = await store.transact(generation, (tx) =>
        work(counted(tx, projection, counters, (count) => counts.push(count))),
      );
      took('stored');
      for (const count of counts) count();
      return result;
    } catch (error) {
      took('failed');
      throw error;
    }
  };

/** The same store: what is written through it is counted, and it tells which projections this process holds. */
export const watchedStore = (
  store: CellStore,
  metrics: Metrics,
  onHeld: (projection: string) => void,
): CellStore => {
  const held = new Map<string, 0 | 1>();
  const name = 'karnama_projection_held';
  const help = '1: this process keeps the projection up; 0: it stands by while another one does';
  metrics.look([{ name, help, labels: ['projection'] }], async () => ({
    [name]: [...held].map(([projection, value]) => ({ labels: { projection }, value })),
  }));
  return {
    ...store,
    transact: transactOf(store, countersOf(metrics)),
    hold: async (projection, signal) => {
      held.set(projection.name, 0);
      const hold = await store.hold(projection, signal);
      if (hold === undefined) return undefined;
      held.set(projection.name, 1);
      onHeld(projection.name);
      return {
        release: () => {
          held.set(projection.name, 0);
          return hold.release();
        },
      };
    },
  };
};
