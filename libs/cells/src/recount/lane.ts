import type { Ledger } from '@karnama/ledger';
import type { CellStore, Generation, Spool, SpoolRun } from '../cell-store.js';
import type { Projection } from '../dataflow.js';
import { whole } from '../part.js';
import { countLots, type LotCounter } from './count-lots.js';
import type { Tally } from './repeats.js';
import { sortStretch, type SortedStretch, type Stretch } from './sort-stretch.js';

/** A generation by name: what can be handed to another thread. */
export type GenerationName = { readonly projection: string; readonly number: number };

/** Where counting goes to. */
export type TargetName = {
  /** What is counted is put in here; nobody else knows of it. */
  readonly into: GenerationName;
  /** Whose states the events are folded into; left out where there are none before. */
  readonly onto?: GenerationName;
  /** Only what stands behind this position is counted. */
  readonly after: bigint;
};

/** A stretch of the ledger to sort, for all projections that are recounted. */
export type SortTask = {
  readonly targets: readonly TargetName[];
  readonly stretch: Stretch;
  /** Into how many lots the entities of each projection are sorted. */
  readonly lots: number;
};

/** Lots of one projection to fold. */
export type CountTask = {
  readonly target: TargetName;
  /** For each lot the places of its lines, in the order of the ledger. */
  readonly lots: readonly (readonly SpoolRun[])[];
};

/**
 * One of those that share the work of a recount: in this thread or in one of its own. Tasks and outcomes
 * can be cloned. What a lane has sorted can be read by every lane of the process until it is closed.
 */
export type Lane = {
  /** Sorts a stretch of the ledger by entity. @param onPosition told how far it has come */
  sort(task: SortTask, onPosition: (position: bigint) => void): Promise<SortedStretch>;
  /** Folds lots. What they come to may be held back until `flush`. */
  count(task: CountTask): Promise<void>;
  /** Stores what is held back. @returns what was tallied since the last flush */
  flush(): Promise<Tally>;
  /** Forgets everything and lets its spool go; whatever it has not stored is lost. */
  close(): Promise<void>;
};

/** A lane in this thread. @param projections those whose generations it will be given */
export const laneHere = (store: CellStore, ledger: Ledger, projections: readonly Projection[]): Lane => {
  let spool: Spool | undefined;
  let counter: LotCounter | undefined;
  const generationOf = ({ projection: name, number }: GenerationName): Generation => {
    const projection = projections.find((one) => one.name === name);
    if (projection === undefined) throw new Error(`there is no projection ${name}`);
    // only what is in one part is counted this way
    return { projection, number, parts: whole.parts };
  };
  return {
    async sort({ targets, stretch, lots }, onPosition) {
      spool ??= await store.spool();
      return sortStretch({
        store,
        ledger,
        targets: targets.map(({ into, after }) => ({ generation: generationOf(into), after })),
        stretch,
        lots,
        spool,
        onPosition,
      });
    },
    async count({ target: { into, onto }, lots }) {
      counter ??= countLots(store, generationOf(into), onto && generationOf(onto));
      for (const lot of lots) await counter.count(store.spooled(lot));
    },
    async flush() {
      const tally = await counter?.flush();
      counter = undefined;
      return tally ?? { repeats: 0, open: new Map() };
    },
    async close() {
      await spool?.close();
      spool = undefined;
      counter = undefined;
    },
  };
};
