import { CheckpointMoved, type CellStore, type Generation, type Projection } from '@karnama/cells';
import type { Ledger } from '@karnama/ledger';
import { projections as jalaliProjections } from '@karnama/statistics';

/** How far the figures have come: what an open page has to know. */
export type LiveStandingReport = {
  readonly head: string;
  readonly epoch: number;
  readonly projections: readonly {
    readonly name: string;
    readonly position: string;
    /** Another text as soon as its figures may be others. */
    readonly state: string;
    readonly dataflows: readonly string[];
  }[];
  /** When the oldest event that is not counted yet was received; null when all are. */
  readonly oldest: string | null;
};

export type LiveStandingPorts = {
  readonly ledger: Ledger;
  readonly cells: CellStore;
  /** All projections of the installation; those of the Jalali calendar unless told otherwise. */
  readonly projections?: readonly Projection[];
};

/**
 * Tells again and again how far the figures have come, as cheaply as it can be told: while the ledger has
 * not grown and everything is counted, one question for its head (a rebuild that was switched to meanwhile
 * is found at every tenth telling).
 */
export const liveStandingOf = (ports: LiveStandingPorts): (() => Promise<LiveStandingReport>) => {
  const { ledger, cells, projections = jalaliProjections } = ports;
  const generations = new Map<string, Generation>();
  let last: LiveStandingReport | undefined;
  let quiet = 0;

  const generationOf = async (projection: Projection): Promise<Generation> => {
    const known = generations.get(projection.name) ?? (await cells.open(projection));
    generations.set(projection.name, known);
    return known;
  };
  const standingOf = async (projection: Projection) => {
    const look = async () => {
      const generation = await generationOf(projection);
      return { generation, checkpoint: await cells.checkpoint(generation) };
    };
    const { generation, checkpoint } = await look().catch((error: unknown) => {
      if (!(error instanceof CheckpointMoved)) throw error;
      generations.delete(projection.name);
      return look();
    });
    const { position, epoch, events, repeats, parts } = checkpoint;
    return {
      name: projection.name,
      at: position,
      epoch,
      position: String(position),
      // an event that a projection does not read, and one that it has counted before, change no figure
      state: `${generation.number}/${epoch}/${parts?.join() ?? events - repeats}`,
      dataflows: projection.dataflows.flatMap(({ code, correctionsOf }) =>
        correctionsOf === undefined ? [code] : [],
      ),
    };
  };

  return async () => {
    const head = await ledger.head();
    const still = last !== undefined && last.head === String(head) && last.oldest === null;
    if (last !== undefined && still && ++quiet % 10 !== 0) return last;
    const all = await Promise.all(projections.map(standingOf));
    const least = all.reduce((low, { at }) => (at < low ? at : low), head);
    last = {
      head: String(head),
      epoch: Math.min(...all.map(({ epoch }) => epoch)),
      projections: all.map(({ name, position, state, dataflows }) => ({ name, position, state, dataflows })),
      oldest: least < head ? await receivedBehind(ledger, least) : null,
    };
    return last;
  };
};

/** When the first event behind a position was received; now, where it was gone before it could be read. */
const receivedBehind = async (ledger: Ledger, position: bigint): Promise<string> => {
  const { events } = await ledger.readAll(position, {}, 1);
  return events[0]?.metadata.receivedAt ?? new Date().toISOString();
};
