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

/** Whether an event is the end of an epoch. */
export const endsEpoch = (event: RecordedEvent): boolean =>
  event.type === epochClosed && event.stream === epochStream;

/** The epoch that the end of the one before opens. */
export const epochBehind = (event: RecordedEvent): number => (event.data as EpochClosed).epoch + 1;

/** Entities' states as events change them, with what the changes come to booked epoch by epoch. */
export type Folding = {
  /** An event of the open epoch that tells of an entity. @returns whether it changed the entity's state */
  tell(entity: string, event: RecordedEvent): boolean;
  /** Books the open epoch and opens a later one. */
  openEpoch(epoch: number): void;
  /** Books the open epoch. @returns the encoded states of the entities that were changed */
  end(): Pick<Folded, 'created' | 'changed'>;
};

export type FoldingOptions = {
  readonly projection: Projection;
  /** Encoded states of entities that have one. */
  readonly known: ReadonlyMap<string, string>;
  /** The epoch open at first. */
  readonly epoch: number;
  /** One for each dataflow, in their order: what is booked is added to them. */
  readonly sums: readonly DeltaSum[];
  /**
   * True: what an entity contributed last is remembered to the end, so that each epoch works out no more
   * than what it comes to. It costs memory for all entities told of.
   */
  readonly remember?: boolean;
};

/** Sums for each dataflow of a projection, empty. */
export const sumsOf = ({ dataflows }: Projection): DeltaSum[] =>
  dataflows.map((dataflow) => new DeltaSum(dataflow.measures.length));

/**
 * Folds events into the entities' states and takes the difference of what the states contribute at the
 * beginning and at the end of each epoch: what an epoch's events undo among themselves was never known
 * outside it. A difference is booked in the epoch in which its events were learned.
 */
export const folding = ({ projection, known, epoch, sums, remember = false }: FoldingOptions): Folding => {
  const { register, dataflows } = projection;
  /** Entities whose state the events have changed. */
  const states = new Map<string, unknown>();
  /** What the entities that the open epoch has changed were before it. */
  const unbooked = new Map<string, unknown>();
  /** States as they came from the store: an entity that only repeats are told of is read once, too. */
  const decoded = new Map<string, unknown>();
  const stateless = register.stateless === true;
  /** What entities contributed to each dataflow when they were last booked. */
  const booked = new Map<string, (readonly Contribution[] | undefined)[]>();
  let open = epoch;

  return {
    tell(entity, event) {
      const before = stateless ? register.initial : stateOf(entity);
      const after = register.evolve(before, event);
      if (after === before) return false;
      if (stateless) book(entity, before, after);
      else {
        if (!unbooked.has(entity)) unbooked.set(entity, before);
        states.set(entity, after);
      }
      return true;
    },
    openEpoch(next) {
      bookAll();
      open = next;
    },
    end() {
      bookAll();
      const created: [string, string][] = [];
      const changed: [string, string][] = [];
      for (const [entity, state] of states)
        (known.has(entity) ? changed : created).push([entity, register.encode(state)]);
      return { created, changed };
    },
  };

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
    const last = booked.get(entity) ?? [];
    for (let i = 0; i < dataflows.length; i++) {
      const dataflow = dataflows[i] as (typeof dataflows)[number];
      if (dataflow.basis !== undefined && dataflow.basis(before) === dataflow.basis(after)) continue;
      const gone = before === register.initial ? none : (last[i] ?? [...dataflow.contributions(before)]);
      const come = [...dataflow.contributions(after)];
      bookDifference(sums[i] as DeltaSum, dataflow.through ?? Infinity, gone, come, key);
      if (remember) last[i] = come;
    }
    if (remember) booked.set(entity, last);
  }

  function bookDifference(
    sum: DeltaSum,
    through: number,
    gone: readonly Contribution[],
    come: readonly Contribution[],
    key: number,
  ): void {
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
    const add = (contribution: Contribution, sign: 1 | -1): void => {
      if (contribution.month <= through) sum.add(contribution, open, key, sign);
    };
    for (let k = head; k < gone.length - tail; k++) add(gone[k] as Contribution, -1);
    for (let k = head; k < come.length - tail; k++) add(come[k] as Contribution, 1);
  }
};

/**
 * What a run of events comes to.
 * @param known encoded states of those entities of the events that have one
 * @param epoch the epoch open before the first event
 */
export const fold = (
  projection: Projection,
  told: readonly Told[],
  known: ReadonlyMap<string, string>,
  epoch: number,
): Folded => {
  const sums = sumsOf(projection);
  const { tell, openEpoch, end } = folding({ projection, known, epoch, sums });
  let open = epoch;
  let counted = 0;
  let repeats = 0;
  for (const { event, entities } of told) {
    if (endsEpoch(event)) openEpoch((open = epochBehind(event)));
    if (entities.length === 0) continue;
    counted++;
    let repeated = true;
    for (const entity of entities) if (tell(entity, event)) repeated = false;
    if (repeated) repeats++;
  }
  const states = end();
  const deltas = new Map(
    projection.dataflows.map((dataflow, i) => [dataflow.code, (sums[i] as DeltaSum).deltas()]),
  );
  return { ...states, deltas, epoch: open, events: counted, repeats };
};
