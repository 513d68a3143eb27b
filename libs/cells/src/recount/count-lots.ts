import type { CellStore, Generation } from '../cell-store.js';
import { foldEntity } from '../fold.js';
import { addFull, HeldSums, type FullSums } from './held-sums.js';
import { entityTextIn, toldIn } from './line.js';
import { RepeatCounter, type Tally } from './repeats.js';

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
 * @param onto whose states they are built on; default: there are none before
 */
export const countLots = (store: CellStore, generation: Generation, onto?: Generation): LotCounter => {
  const { projection } = generation;
  const repeats = new RepeatCounter();
  const held = new HeldSums(projection);
  let writing: Promise<unknown> = Promise.resolve();

  const write = async (
    created: readonly (readonly [entity: string, state: string])[],
    full: FullSums,
  ): Promise<void> => {
    await writing;
    writing = store.transact(generation, async (tx) => {
      await tx.save(created, []);
      await addFull(tx, full);
    });
    // its failure is told when it is awaited
    writing.catch(() => undefined);
  };

  return {
    async count(lines) {
      const created: [string, string][] = [];
      const lot = [...(await byEntity(lines))].map(
        ([text, own]) => [JSON.parse(text) as string, own] as const,
      );
      const known =
        onto &&
        (await store.states(
          onto,
          lot.map(([entity]) => entity),
        ));
      for (const [entity, own] of lot) {
        const told = own.map(toldIn);
        const changing = new Set<number>();
        const state = foldEntity(projection, entity, known?.get(entity), told, held.sums, (i) =>
          changing.add(i),
        );
        for (let i = 0; i < told.length; i++) repeats.note(told[i] as (typeof told)[number], changing.has(i));
        if (state !== undefined) created.push([entity, state]);
      }
      await write(created, held.takeFull());
    },
    async flush() {
      await write([], held.takeAll());
      await writing;
      return repeats.tally();
    },
  };
};
