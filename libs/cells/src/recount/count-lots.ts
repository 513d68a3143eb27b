import type { CellStore, Generation } from '../cell-store.js';
import type { DeltaSum } from '../delta-sum.js';
import { foldEntity, sumsOf } from '../fold.js';
import { entityTextIn, toldIn } from './line.js';
import { RepeatCounter, type Tally } from './repeats.js';

/** Cells and arrays of codes that the sums hold before they are stored: below 100 MB. */
export const heldSums = 120_000;

/** Folds lots of one generation. */
export type LotCounter = {
  /** A lot: every line of its entities, in the order of the ledger. */
  count(lines: AsyncIterable<readonly string[]>): Promise<void>;
  /** Stores what is left and waits until all is stored. */
  flush(): Promise<Tally>;
};

/** The lines of a lot by the entity that they tell of, in the order of the ledger. */
const byEntity = async (
  lines: AsyncIterable<readonly string[]>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const entities = new Map<string, string[]>();
  for await (const run of lines)
    for (const line of run) {
      const entity = entityTextIn(line);
      const own = entities.get(entity);
      if (own === undefined) entities.set(entity, [line]);
      else own.push(line);
    }
  return entities;
};

/**
 * Each state is built once, in memory, and what it contributes is worked out once for each epoch in which
 * it changed. A lot is stored while the next one is folded.
 */
export const countLots = (store: CellStore, generation: Generation): LotCounter => {
  const { projection } = generation;
  const repeats = new RepeatCounter();
  let sums = sumsOf(projection);
  let writing: Promise<unknown> = Promise.resolve();

  const write = async (
    created: readonly (readonly [entity: string, state: string])[],
    full: readonly DeltaSum[],
  ): Promise<void> => {
    const deltas = full.map((sum) => sum.deltas());
    await writing;
    writing = store.transact(generation, async (tx) => {
      await tx.save(created, []);
      for (const [i, { code }] of projection.dataflows.entries()) {
        const cells = deltas[i];
        if (cells !== undefined && cells.length > 0) await tx.add(code, cells);
      }
    });
    // its failure is told when it is awaited
    writing.catch(() => undefined);
  };

  return {
    async count(lines) {
      const created: [string, string][] = [];
      for (const [text, own] of await byEntity(lines)) {
        const entity = JSON.parse(text) as string;
        const told = own.map(toldIn);
        const changing = new Set<number>();
        const state = foldEntity(projection, entity, undefined, told, sums, (i) => changing.add(i));
        for (let i = 0; i < told.length; i++) repeats.note(told[i] as (typeof told)[number], changing.has(i));
        if (state !== undefined) created.push([entity, state]);
      }
      const isFull = sums.reduce((held, sum) => held + sum.held, 0) >= heldSums;
      const full = isFull ? sums : [];
      if (isFull) sums = sumsOf(projection);
      await write(created, full);
    },
    async flush() {
      const full = sums;
      sums = sumsOf(projection);
      await write([], full);
      await writing;
      return repeats.tally();
    },
  };
};
