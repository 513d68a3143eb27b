import { epochStream, KarnamaError } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import { beginning, type CellStore, type Checkpoint, type Generation, type SpoolRun } from '../cell-store.js';
import { endsEpoch, epochBehind } from '../fold.js';
import type { CountTask, GenerationName, Lane, TargetName } from './lane.js';
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

/** The longest one, about: between two of them a recount can be stopped. */
const longestStretch = 500_000n;

/** The ledger behind `start` up to `head` in stretches of one epoch each. */
const epochsOf = async (ledger: Ledger, start: bigint, head: bigint): Promise<readonly Stretch[]> => {
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
  const epochs = starts.map((begun, i) => ({ ...begun, to: starts[i + 1]?.after ?? head }));
  const open = epochs.findLastIndex(({ after }) => after <= start);
  return epochs.slice(open).map((epoch, i) => (i === 0 ? { ...epoch, after: start } : epoch));
};

/**
 * The ledger in about so many stretches of about the same length. They begin behind ends of epochs (or where
 * counting goes on): only there is it known which epoch is open, and positions between events are not every
 * ledger's to read from.
 */
const stretchesOf = (epochs: readonly Stretch[], length: bigint): readonly Stretch[] => {
  const stretches: Stretch[] = [];
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

/** What is counted: into what, and from where on. */
export type Target = {
  /** An empty generation, begun here. */
  readonly into: Generation;
  /** One in use, in one part, that is counted on: what comes to be known is added to it in the end. Default: `into` stands for itself. */
  readonly onto?: Generation;
  /** Where `onto` stands. */
  readonly from: Checkpoint;
};

const nameOf = ({ projection, number }: Generation): GenerationName => ({
  projection: projection.name,
  number,
});

const targetNameOf = ({ into, onto, from }: Target): TargetName => ({
  into: nameOf(into),
  ...(onto === undefined ? {} : { onto: nameOf(onto) }),
  after: from.position,
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
  from: Checkpoint,
  position: bigint,
  epoch: number,
): Sorted => {
  const lots = new Map<number, SpoolRun[]>();
  let [events, repeats, last] = [0, 0, from.last];
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
  const checkpoint = {
    position,
    epoch,
    events: from.events + BigInt(events),
    repeats: from.repeats + BigInt(repeats),
    last,
  };
  return { checkpoint, lots: [...lots.values()] };
};

/** Lots that are counted one after the other, so many that a task is worth its telling. */
const tasksOf = (target: Target, { lots }: Sorted): CountTask[] => {
  const tasks: { target: TargetName; lots: (readonly SpoolRun[])[] }[] = [];
  let length = Infinity;
  for (const lot of lots) {
    const own = lot.reduce((sum, run) => sum + run.length, 0);
    if (length + own > taskLength) {
      tasks.push({ target: targetNameOf(target), lots: [] });
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
  /** Each of a register whose entities recur or that keeps no states. */
  readonly targets: readonly Target[];
  readonly lanes: readonly Lane[];
  /** Called for each target when it is counted, while others are still counted; awaited in the end. */
  readonly onCounted: (target: Target) => Promise<void>;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: RecountProgress | undefined;
};

/**
 * Counts the ledger into empty generations, entity by entity: from its beginning, or what stands behind the
 * checkpoints of generations in use. It is read once, its events are sorted by entity, so that each state is
 * built once, in memory, and what it contributes is worked out once for each epoch in which it changed. The
 * lanes share the work: first stretches of the ledger, then lots of entities. Nobody else writes to the empty
 * generations, and nobody sees them before they are finished, so lots are stored as they come and the
 * checkpoint moves once, at the end.
 * @throws KarnamaError `recount-stopped` when the signal aborts
 * @throws CheckpointMoved when a generation in use does not stand any more where counting went on
 */
export const recount = async ({
  ledger,
  store,
  targets,
  lanes,
  onCounted,
  signal,
  onProgress,
}: Recounting): Promise<void> => {
  const head = await ledger.head();
  const start = targets.reduce((least, { from }) => (from.position < least ? from.position : least), head);
  const span = head - start;
  if (targets.length === 0 || (span === 0n && head !== 0n)) {
    onProgress?.(100n, 0n);
    return;
  }
  const tell = (share: number): void =>
    onProgress?.(BigInt(Math.floor(100 * share)), BigInt(Math.floor(Number(span) * share)));

  const lots = Number(span / lotPositions < mostLots ? span / lotPositions + 1n : mostLots);
  const epochs = await epochsOf(ledger, start, head);
  const length = span / BigInt(stretchesPerLane * lanes.length) + 1n;
  const stretches = stretchesOf(epochs, length < longestStretch ? length : longestStretch);
  const sorted = new Array<SortedStretch>(stretches.length);
  const come = stretches.map(() => 0n);
  const names = targets.map(targetNameOf);
  await share(lanes, stretches.entries(), signal, async (lane, [i, stretch]) => {
    sorted[i] = await lane.sort({ targets: names, stretch, lots }, (position) => {
      come[i] = position - stretch.after;
      const sum = come.reduce((all, one) => all + one, 0n);
      tell((sortingPercent / 100) * (span === 0n ? 1 : Number(sum) / Number(span)));
    });
  });

  const epoch = epochs.at(-1)?.epoch ?? beginning.epoch;
  const counts = targets
    .map((target, place) => ({ target, ...joined(sorted, place, target.from, head, epoch) }))
    .map((count) => ({ ...count, tasks: tasksOf(count.target, count), repeats: new RepeatCounter() }))
    // the longest first: what is left to do at its end is done while others are counted
    .sort((a, b) => b.tasks.length - a.tasks.length);
  const all = counts.reduce((sum, { tasks }) => sum + tasks.length, 0) || 1;
  let done = 0;
  const ending: Promise<void>[] = [];
  try {
    for (const { target, checkpoint, tasks, repeats } of counts) {
      await share(lanes, tasks, signal, async (lane, task) => {
        await lane.count(task);
        tell((sortingPercent + ((95 - sortingPercent) * ++done) / all) / 100);
      });
      for (const tally of await Promise.all(lanes.map((lane) => lane.flush()))) repeats.add(tally);
      const to = { ...checkpoint, repeats: checkpoint.repeats + BigInt(repeats.tally().repeats) };
      const { into, onto, from } = target;
      const advanced =
        onto === undefined
          ? store.transact(into, (tx) => tx.advance(beginning, to))
          : store.absorb(onto, into, from, to);
      const ended = advanced.then(() => onCounted(target));
      // its failure is told when all are awaited
      ended.catch(() => undefined);
      ending.push(ended);
    }
  } finally {
    // nobody works on a generation any more when this returns, whatever the reason
    await Promise.allSettled(ending);
  }
  await Promise.all(ending);
  tell(1);
};
