import { epochClosed, epochStream, recordKey, type EpochClosed, type RecordedEvent } from '@karnama/kernel';
import type { CellDelta } from './cell-store.js';
import type { Contribution, Projection } from './dataflow.js';
import { DeltaSum } from './delta-sum.js';

/** What a run of events does to a projection: nothing here has touched a store yet. */
export type Folded = {
  /** Encoded states of entities that had none before. */
  readonly created: readonly (readonly [entity: string, state: string])[];
  readonly changed: readonly (readonly [entity: string, state: string])[];
  readonly deltas: ReadonlyMap<string, readonly CellDelta[]>;
  readonly epoch: number;
  readonly events: number;
  readonly repeats: number;
};

const reads = (projection: Projection, event: RecordedEvent): boolean =>
  projection.register.reads.some((prefix) => event.type.startsWith(prefix));

/** An event that a projection counts, with the entities it tells of. */
export type Told = { readonly event: RecordedEvent; readonly entities: readonly string[] };

/** The events that a projection has to look at: those that tell of entities, and the ends of epochs. */
export const toldIn = (projection: Projection, events: readonly RecordedEvent[]): Told[] => {
  const told: Told[] = [];
  for (const event of events) {
    const entities = reads(projection, event) ? projection.register.entitiesOf(event) : [];
    if (entities.length > 0 || endsEpoch(event)) told.push({ event, entities });
  }
  return told;
};

/** The entities whose states are needed, each once. */
export const entitiesIn = (projection: Projection, told: readonly Told[]): string[] => {
  if (projection.register.stateless === true) return [];
  const entities = new Set<string>();
  for (const one of told) for (const entity of one.entities) entities.add(entity);
  return [...entities];
};

const none: readonly Contribution[] = [];

/** Whether two contributions add the same to the same cell: told by the arrays themselves, so "no" may be wrong. */
const isSame = (a: Contribution, b: Contribution): boolean =>
  a === b ||
  (a.month === b.month &&
    a.declared === b.declared &&
    a.codes === b.codes &&
    a.measures === b.measures &&
    a.units === b.units);

const endsEpoch = (event: RecordedEvent): boolean =>
  event.type === epochClosed && event.stream === epochStream;

/**
 * Folds events into the entities' states and takes the difference of what the states contribute at the
 * beginning and at the end of each epoch: what an epoch's events undo among themselves was never known
 * outside it. A difference is booked in the epoch in which its events were learned.
 * @param known encoded states of those entities of the events that have one
 * @param epoch the epoch open before the first event
 */
export const fold = (
  projection: Projection,
  told: readonly Told[],
  known: ReadonlyMap<string, string>,
  epoch: number,
): Folded => {
  const { register, dataflows } = projection;
  const sums = dataflows.map((dataflow) => new DeltaSum(dataflow.measures.length));
  /** Entities whose state these events have changed. */
  const states = new Map<string, unknown>();
  /** What the entities that the open epoch has changed were before it. */
  const unbooked = new Map<string, unknown>();
  /** States as they came from the store: an entity that only repeats are told of is read once, too. */
  const decoded = new Map<string, unknown>();
  const stateless = register.stateless === true;
  let open = epoch;
  let counted = 0;
  let repeats = 0;
  for (const { event, entities } of told) {
    if (endsEpoch(event)) {
      bookAll();
      open = (event.data as EpochClosed).epoch + 1;
    }
    if (entities.length === 0) continue;
    counted++;
    let repeated = true;
    for (const entity of entities) {
      const before = stateless ? register.initial : stateOf(entity);
      const after = register.evolve(before, event);
      if (after === before) continue;
      repeated = false;
      if (stateless) {
        book(entity, before, after);
        continue;
      }
      if (!unbooked.has(entity)) unbooked.set(entity, before);
      states.set(entity, after);
    }
    if (repeated) repeats++;
  }
  bookAll();
  const created: [string, string][] = [];
  const changed: [string, string][] = [];
  for (const [entity, state] of states)
    (known.has(entity) ? changed : created).push([entity, register.encode(state)]);
  const deltas = new Map(dataflows.map((dataflow, i) => [dataflow.code, (sums[i] as DeltaSum).deltas()]));
  return { created, changed, deltas, epoch: open, events: counted, repeats };

  function stateOf(entity: string): unknown {
    const state = states.get(entity);
    if (state !== undefined) return state;
    const decodedBefore = decoded.get(entity);
    if (decodedBefore !== undefined) return decodedBefore;
    const text = known.get(entity);
    const fromStore = text === undefined ? register.initial : register.decode(text);
    decoded.set(entity, fromStore);
    return fromStore;
  }

  function bookAll(): void {
    for (const [entity, before] of unbooked) book(entity, before, states.get(entity));
    unbooked.clear();
  }

  function book(entity: string, before: unknown, after: unknown): void {
    const key = recordKey(entity);
    for (let i = 0; i < dataflows.length; i++) {
      const dataflow = dataflows[i] as (typeof dataflows)[number];
      const sum = sums[i] as DeltaSum;
      if (dataflow.basis !== undefined && dataflow.basis(before) === dataflow.basis(after)) continue;
      const gone = before === register.initial ? none : [...dataflow.contributions(before)];
      const come = [...dataflow.contributions(after)];
      // most of what an entity contributes stays as it was: the same at the head and at the tail is left out
      const most = Math.min(gone.length, come.length);
      let head = 0;
      while (head < most && isSame(gone[head] as Contribution, come[head] as Contribution)) head++;
      let tail = 0;
      while (
        head + tail < most &&
        isSame(gone[gone.length - 1 - tail] as Contribution, come[come.length - 1 - tail] as Contribution)
      )
        tail++;
      const { through = Infinity } = dataflow;
      const add = (contribution: Contribution, sign: 1 | -1): void => {
        if (contribution.month <= through) sum.add(contribution, open, key, sign);
      };
      for (let k = head; k < gone.length - tail; k++) add(gone[k] as Contribution, -1);
      for (let k = head; k < come.length - tail; k++) add(come[k] as Contribution, 1);
    }
  }
};
