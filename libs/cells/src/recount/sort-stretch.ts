import { recordKey, type RecordedEvent } from '@karnama/kernel';
import type { Ledger, LedgerFilter } from '@karnama/ledger';
import type { CellStore, Checkpoint, Generation, Spool, SpoolRun } from '../cell-store.js';
import { filterOf, pagesBehind } from '../engine.js';
import { endsEpoch, epochBehind, foldEntity } from '../fold.js';
import { addFull, HeldSums, type FullSums } from './held-sums.js';
import { linesOf } from './line.js';

/** Events a page: few, so that what is parsed is young when it is forgotten. */
const page = 4_000;

/** The part of the ledger behind `after`, up to and including `to`. */
export type Stretch = {
  readonly after: bigint;
  readonly to: bigint;
  /** The epoch that is open at its beginning. */
  readonly epoch: number;
};

/** What sorting a stretch came to, for each projection in the order they were given. */
export type SortedStretch = readonly {
  readonly events: number;
  readonly repeats: number;
  /** The last event that the projection has to look at. */
  readonly last: Checkpoint['last'];
  /** Places of the lines by lot; empty for a projection without states, which is counted already. */
  readonly runs: ReadonlyMap<number, readonly SpoolRun[]>;
}[];

/** A generation that events are counted into, those behind a position. */
export type SortTarget = { readonly generation: Generation; readonly after: bigint };

/** What all of them have to read. */
const filterOfAll = (targets: readonly SortTarget[]): LedgerFilter => {
  const types = new Set<string>();
  for (const {
    generation: { projection },
  } of targets) {
    const filter = filterOf(projection);
    if (filter.types === undefined) return {};
    for (const type of filter.types) types.add(type);
  }
  return { types: [...types] };
};

/** What becomes of the events of one projection. */
type Worker = {
  /** Await what it returns, so that memory stays bounded. */
  tell(event: RecordedEvent, entities: readonly string[], epoch: number): Promise<unknown> | undefined;
  /** Stores what is left. @returns events that changed nothing, as far as they were counted here */
  end(): Promise<number>;
};

/** A projection whose entities are told of again and again: its events become lines. */
const sorter = (spool: Spool, first: number, lots: number): Worker => ({
  tell(event, entities, epoch) {
    const lines = linesOf(event, entities, epoch);
    const writing: Promise<void>[] = [];
    for (const [i, line] of lines.entries()) {
      const written = spool.put(first + (recordKey(entities[i] as string) % lots), line);
      if (written !== undefined) writing.push(written);
    }
    return writing.length > 1 ? Promise.all(writing) : writing[0];
  },
  end: async () => 0,
});

/** A projection without states: each event is an entity of its own, and is counted where it is met. */
const counter = (store: CellStore, generation: Generation): Worker => {
  const { projection } = generation;
  const held = new HeldSums(projection);
  let repeats = 0;
  const write = (full: FullSums): Promise<void> => store.transact(generation, (tx) => addFull(tx, full));
  return {
    tell(event, entities, epoch) {
      let changed = false;
      for (const entity of entities)
        foldEntity(projection, entity, undefined, [{ epoch, event }], held.sums, () => (changed = true));
      if (!changed) repeats++;
      const full = held.takeFull();
      return full.length > 0 ? write(full) : undefined;
    },
    end: async () => {
      await write(held.takeAll());
      return repeats;
    },
  };
};

/** By event type, the places of the projections that read it: there are few types and many events. */
const readersOf = (targets: readonly SortTarget[]): ((event: RecordedEvent) => readonly number[]) => {
  const known = new Map<string, readonly number[]>();
  return ({ type }) => {
    let places = known.get(type);
    if (places === undefined) {
      places = targets.flatMap(({ generation: { projection } }, place) =>
        projection.register.reads.some((prefix) => type.startsWith(prefix)) ? [place] : [],
      );
      known.set(type, places);
    }
    return places;
  };
};

/**
 * Reads a stretch of the ledger once for all projections: puts each event into the lots of the entities
 * that it tells of, and counts it at once for projections that keep no states.
 */
export const sortStretch = async ({
  store,
  ledger,
  targets,
  stretch,
  lots,
  spool,
  onPosition,
}: {
  readonly store: CellStore;
  readonly ledger: Ledger;
  readonly targets: readonly SortTarget[];
  readonly stretch: Stretch;
  readonly lots: number;
  readonly spool: Spool;
  readonly onPosition: (position: bigint) => void;
}): Promise<SortedStretch> => {
  const workers = targets.map(({ generation }, place) =>
    generation.projection.register.stateless === true
      ? counter(store, generation)
      : sorter(spool, place * lots, lots),
  );
  const readers = readersOf(targets);
  const events = targets.map(() => 0);
  const last: Checkpoint['last'][] = targets.map(() => null);
  let { epoch } = stretch;
  for await (const read of pagesBehind(ledger, stretch.after, filterOfAll(targets), page)) {
    for (const event of read.events) {
      const { position, id } = event;
      if (position > stretch.to) break;
      const ends = endsEpoch(event);
      if (ends) epoch = epochBehind(event);
      for (const place of readers(event)) {
        const { generation, after } = targets[place] as SortTarget;
        if (position <= after) continue;
        last[place] = { position, id };
        const entities = generation.projection.register.entitiesOf(event);
        if (entities.length === 0) continue;
        events[place] = (events[place] as number) + 1;
        const written = workers[place]?.tell(event, entities, epoch);
        if (written !== undefined) await written;
      }
      if (ends)
        for (const [place, { after }] of targets.entries())
          if (position > after) last[place] = { position, id };
    }
    onPosition(read.position > stretch.to ? stretch.to : read.position);
    if (read.position >= stretch.to) break;
  }
  const runs = await spool.sorted();
  const repeats = await Promise.all(workers.map((worker) => worker.end()));
  return targets.map((_, place) => ({
    events: events[place] as number,
    repeats: repeats[place] as number,
    last: last[place] ?? null,
    runs: new Map(
      [...runs]
        .filter(([lot]) => lot >= place * lots && lot < (place + 1) * lots)
        .map(([lot, own]) => [lot - place * lots, own]),
    ),
  }));
};
