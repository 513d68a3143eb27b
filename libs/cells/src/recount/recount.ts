import { epochStream, KarnamaError } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import { beginning, type CellStore, type Checkpoint, type Generation, type SpoolRun } from '../cell-store.js';
import { endsEpoch, epochBehind } from '../fold.js';
import type { CountTask, GenerationName, Lane } from './lane.js';
import { RepeatCounter } from './repeats.js';
import type { SortedStretch, Stretch } from './sort-stretch.js';

/** Told as a recount goes on: percent of the work, and events of the ledger that this share stands for. */
export type RecountProgress = (percent: bigint, events: bigint) => void;

/** Of the time that a recount takes sorting is about so much. */
const sortingPercent = 35;

/** Positions of the ledger a lot, about; a lot is in memory as a whole. */
const lotPositions = 8_000n;
const mostLots = 4096n;

/** Lines of small lots that are folded as one: about so many characters. */
const taskLength = 8 << 20;

/** Stretches a lane: several, so that none waits long for another. */
const stretchesPerLane = 3;

/** The ledger up to `head` in stretches of one epoch each. */
const epochsOf = async (ledger: Ledger, head: bigint): Promise<readonly Stretch[]> => {
  const starts: { readonly after: bigint; readonly epoch: number }[] = [{ after: 0n, epoch: 1 }];
  const limit = 1000;
  for (let from = 0n; ;) {
    const events = await ledger.readStream(epochStream, from, limit);
    for (const event of events)
      if (endsEpoch(event) && event.position <= head)
        starts.push({ after: event.position, epoch: epochBehind(event) });
    const end = events.at(-1);
    if (end === undefined || events.length < limit) break;
    from = end.revision + 1n;
  }
  return starts.map((start, i) => ({ ...start, to: starts[i + 1]?.after ?? head }));
};

/**
 * The ledger in about so many stretches of about the same length. They begin behind ends of epochs: only
 * there is it known which epoch is open, and positions between events are not every ledger's to read from.
 */
const stretchesOf = (epochs: readonly Stretch[], head: bigint, count: number): readonly Stretch[] => {
  const stretches: Stretch[] = [];
  const length = head / BigInt(count) + 1n;
  for (const epoch of epochs) {
    const before = stretches.at(-1);
    if (before !== undefined && epoch.to - before.after <= length)
      stretches[stretches.length - 1] = { ...before, to: epoch.to };
    else stretches.push(epoch);
  }
  return stretches;
};

/** Each lane takes the next of the tasks when it is done with one. */
const share = async <T>(
  lanes: readonly Lane[],
  tasks: Iterable<T>,
  signal: AbortSignal | undefined,
  work: (lane: Lane, task: T) => Promise<void>,
): Promise<void> => {
  const waiting = tasks[Symbol.iterator]();
  let failed = false;
  const take = async (lane: Lane): Promise<void> => {
    for (let next = waiting.next(); next.done !== true && !failed; next = waiting.next())
      try {
        if (signal?.aborted === true)
          throw new KarnamaError('recount-stopped', 'the recount was stopped; what is in use is as it was');
        await work(lane, next.value);
      } catch (error) {
        failed = true;
        throw error;
      }
  };
  const ended = await Promise.allSettled(lanes.map(take));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
};

const nameOf = ({ projection, number }: Generation): GenerationName => ({
  projection: projection.name,
  number,
});

type Sorted = {
  readonly checkpoint: Checkpoint;
  /** For each lot that holds anything the places of its lines. */
  readonly lots: readonly (readonly SpoolRun[])[];
};

/** What the stretches came to for one projection. */
const joined = (
  stretches: readonly SortedStretch[],
  place: number,
  position: bigint,
  epoch: number,
): Sorted => {
  const lots = new Map<number, SpoolRun[]>();
  let [events, repeats, last] = [0, 0, beginning.last];
  for (const stretch of stretches) {
    const own = stretch[place] as SortedStretch[number];
    events += own.events;
    repeats += own.repeats;
    last = own.last ?? last;
    for (const [lot, runs] of own.runs) {
      const before = lots.get(lot);
      if (before === undefined) lots.set(lot, [...runs]);
      else before.push(...runs);
    }
  }
  const checkpoint = { position, epoch, events: BigInt(events), repeats: BigInt(repeats), last };
  return { checkpoint, lots: [...lots.values()] };
};

/** Lots that are counted one after the other, so many that a task is worth its telling. */
const tasksOf = (generation: Generation, { lots }: Sorted): CountTask[] => {
  const tasks: { generation: GenerationName; lots: (readonly SpoolRun[])[] }[] = [];
  let length = Infinity;
  for (const lot of lots) {
    const own = lot.reduce((sum, run) => sum + run.length, 0);
    if (length + own > taskLength) {
      tasks.push({ generation: nameOf(generation), lots: [] });
      length = 0;
    }
    tasks.at(-1)?.lots.push(lot);
    length += own;
  }
  return tasks;
};

/** What is recounted, and by whom. */
export type Recounting = {
  readonly ledger: Ledger;
  readonly store: CellStore;
  /** Empty ones, each of a register whose entities recur or that keeps no states. */
  readonly generations: readonly Generation[];
  readonly lanes: readonly Lane[];
  /** Called for each generation when it is counted, while others are still counted; awaited in the end. */
  readonly onCounted: (generation: Generation) => Promise<void>;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: RecountProgress | undefined;
};

/**
 * Counts the whole ledger into empty generations, entity by entity: the ledger is read once, its events
 * are sorted by entity, so that each state is built once, in memory, and what it contributes is worked out
 * once for each epoch in which it changed. The lanes share the work: first stretches of the ledger, then
 * lots of entities. Nobody else writes to the generations, and nobody sees them before they are finished,
 * so lots are stored as they come and the checkpoint moves once, at the end.
 * @throws KarnamaError `recount-stopped` when the signal aborts
 */
export const recount = async ({
  ledger,
  store,
  generations,
  lanes,
  onCounted,
  signal,
  onProgress,
}: Recounting): Promise<void> => {
  if (generations.length === 0) {
    onProgress?.(100n, 0n);
    return;
  }
  const head = await ledger.head();
  const tell = (share: number): void =>
    onProgress?.(BigInt(Math.floor(100 * share)), BigInt(Math.floor(Number(head) * share)));

  const lots = Number(head / lotPositions < mostLots ? head / lotPositions + 1n : mostLots);
  const epochs = await epochsOf(ledger, head);
  const stretches = stretchesOf(epochs, head, stretchesPerLane * lanes.length);
  const sorted = new Array<SortedStretch>(stretches.length);
  const come = stretches.map(() => 0n);
  const names = generations.map(nameOf);
  await share(lanes, stretches.entries(), signal, async (lane, [i, stretch]) => {
    sorted[i] = await lane.sort({ generations: names, stretch, lots }, (position) => {
      come[i] = position - stretch.after;
      const sum = come.reduce((all, one) => all + one, 0n);
      tell((sortingPercent / 100) * (head === 0n ? 1 : Number(sum) / Number(head)));
    });
  });

  const epoch = epochs.at(-1)?.epoch ?? beginning.epoch;
  const counts = generations
    .map((generation, place) => ({ generation, ...joined(sorted, place, head, epoch) }))
    .map((count) => ({ ...count, tasks: tasksOf(count.generation, count), repeats: new RepeatCounter() }))
    // the longest first: what is left to do at its end is done while others are counted
    .sort((a, b) => b.tasks.length - a.tasks.length);
  const all = counts.reduce((sum, { tasks }) => sum + tasks.length, 0) || 1;
  let done = 0;
  const ending: Promise<void>[] = [];
  try {
    for (const { generation, checkpoint, tasks, repeats } of counts) {
      await share(lanes, tasks, signal, async (lane, task) => {
        await lane.count(task);
        tell((sortingPercent + ((95 - sortingPercent) * ++done) / all) / 100);
      });
      for (const tally of await Promise.all(lanes.map((lane) => lane.flush()))) repeats.add(tally);
      const to = { ...checkpoint, repeats: checkpoint.repeats + BigInt(repeats.tally().repeats) };
      await store.transact(generation, (tx) => tx.advance(beginning, to));
      ending.push(onCounted(generation));
    }
  } finally {
    // nobody works on a generation any more when this returns, whatever the reason
    await Promise.allSettled(ending);
  }
  await Promise.all(ending);
  tell(1);
};
