import { epochClosed, epochStream, recordKey, type EpochClosed, type RecordedEvent } from '@karnama/kernel';
import type { CellDelta } from './cell-store.js';
import type { Contribution, Dataflow, Projection } from './dataflow.js';
import { DeltaSum } from './delta-sum.js';
import { isIn, whole, type Part } from './part.js';

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
export type Told = {
  readonly event: RecordedEvent;
  readonly entities: readonly string[];
  /** Whether it is among the events counted: those of its entities that are in other parts count it nowhere else. */
  readonly counts: boolean;
};

/**
 * The events that a part of a projection has to look at: those that tell of entities in it, with these
 * entities alone, and the ends of epochs. An event counts in the part of its first entity.
 */
export const toldIn = (
  projection: Projection,
  events: readonly RecordedEvent[],
  part: Part = whole,
): Told[] => {
  const told: Told[] = [];
  for (const event of events) {
    const all = reads(projection, event) ? projection.register.entitiesOf(event) : [];
    const entities = part.parts === 1 ? all : all.filter((entity) => isIn(part, entity));
    if (entities.length > 0 || endsEpoch(event))
      told.push({ event, entities, counts: entities.length > 0 && entities[0] === all[0] });
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

/** Whether an event is the end of an epoch. */
export const endsEpoch = (event: RecordedEvent): boolean =>
  event.type === epochClosed && event.stream === epochStream;

/** The epoch that the end of the one before opens. */
export const epochBehind = (event: RecordedEvent): number => (event.data as EpochClosed).epoch + 1;

/** Sums for each dataflow of a projection, empty. */
export const sumsOf = ({ dataflows }: Projection): DeltaSum[] =>
  dataflows.map((dataflow) => new DeltaSum(dataflow.measures.length));

/** A dataflow that books every difference, with its place, and the place of the one that books those of corrections. */
type Booking = {
  readonly dataflow: Dataflow<never>;
  readonly place: number;
  readonly corrections: number | undefined;
};

const knownBookings = new WeakMap<object, readonly Booking[]>();

const bookingsIn = ({ dataflows }: Projection): readonly Booking[] => {
  const known = knownBookings.get(dataflows);
  if (known !== undefined) return known;
  const bookings = dataflows.flatMap((dataflow, place): Booking[] => {
    if (dataflow.correctionsOf !== undefined) return [];
    const corrections = dataflows.findIndex(({ correctionsOf }) => correctionsOf === dataflow.code);
    return [{ dataflow, place, corrections: corrections < 0 ? undefined : corrections }];
  });
  knownBookings.set(dataflows, bookings);
  return bookings;
};

const none: readonly Contribution[] = [];

const areEqual = <T>(a: readonly T[], b: readonly T[]): boolean => {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

/** Whether two contributions add the same to the same cell. */
const isSame = (a: Contribution, b: Contribution): boolean =>
  a === b ||
  (a.month === b.month &&
    a.declared === b.declared &&
    a.units === b.units &&
    areEqual(a.codes, b.codes) &&
    areEqual(a.measures, b.measures));

const listed = (contributions: Iterable<Contribution>): readonly Contribution[] =>
  Array.isArray(contributions) ? (contributions as readonly Contribution[]) : [...contributions];

/** How far ahead the same contribution is looked for where two lists part. */
const lookAhead = 6;

/** How many places further on in a list a contribution stands; undefined when it is not near. */
const ahead = (list: readonly Contribution[], from: number, one: Contribution): number | undefined => {
  const end = Math.min(list.length, from + lookAhead + 1);
  for (let at = from + 1; at < end; at++) if (isSame(list[at] as Contribution, one)) return at - from;
  return undefined;
};

/**
 * Adds what has come and takes away what has gone. Most of what an entity contributes stays as it was, in
 * the same order: it is recognised and left out, in the sum it would cancel out.
 * @param corrections booked in, too, when it was a correction that made the difference
 */
const bookDifference = (
  sum: DeltaSum,
  corrections: DeltaSum | undefined,
  dataflow: Dataflow<never>,
  gone: readonly Contribution[],
  come: readonly Contribution[],
  epoch: number,
  key: number,
): void => {
  const { through = Infinity } = dataflow;
  const add = (contribution: Contribution, sign: 1 | -1): void => {
    if (contribution.month > through) return;
    sum.add(contribution, epoch, key, sign);
    corrections?.add(contribution, epoch, key, sign);
  };
  let [i, j] = [0, 0];
  while (i < gone.length && j < come.length) {
    const [old, fresh] = [gone[i] as Contribution, come[j] as Contribution];
    if (!isSame(old, fresh)) {
      const inserted = ahead(come, j, old);
      const removed = inserted === undefined ? ahead(gone, i, fresh) : undefined;
      if (inserted !== undefined) for (let n = 0; n < inserted; n++) add(come[j++] as Contribution, 1);
      else if (removed !== undefined) for (let n = 0; n < removed; n++) add(gone[i++] as Contribution, -1);
      else {
        add(old, -1);
        add(fresh, 1);
      }
    }
    i++;
    j++;
  }
  while (i < gone.length) add(gone[i++] as Contribution, -1);
  while (j < come.length) add(come[j++] as Contribution, 1);
};

/** An event that one entity is told of, in the epoch that was open then. */
export type EntityTold = { readonly epoch: number; readonly event: RecordedEvent };

/**
 * Folds the events that one entity is told of into its state, and adds to the sums the difference of what
 * the state contributes at the beginning and at the end of each run of events that were learned in one
 * epoch and are alike: all of them corrections, or none. What the events of a run undo among themselves was
 * never known outside it. A difference is booked in the epoch in which its events were learned, that of
 * corrections also in the dataflow that books what they did; so whatever the batches, and whether entity by
 * entity or in the order of the ledger, the cells are the same. One entity at a time, so that what is worked
 * out on the way is young when it is forgotten.
 * @param stored its encoded state, if it has one
 * @param told in the order of the ledger
 * @param sums one for each dataflow, in their order
 * @param onChange told the index of each event that changed the state
 * @returns the encoded state behind the events; undefined when none of them changed it
 */
export const foldEntity = (
  projection: Projection,
  entity: string,
  stored: string | undefined,
  told: Iterable<EntityTold>,
  sums: readonly DeltaSum[],
  onChange: (index: number) => void,
): string | undefined => {
  const { register } = projection;
  const bookings = bookingsIn(projection);
  const key = recordKey(entity);
  const first = stored === undefined ? register.initial : register.decode(stored);
  /** What it contributed to each dataflow when it was last booked. */
  const last: (readonly Contribution[] | undefined)[] = [];
  let [state, booked, open, index] = [first, first, 0, 0];
  let correcting = false;

  const book = (): void => {
    if (state === booked) return;
    for (const { dataflow, place, corrections } of bookings) {
      if (dataflow.basis !== undefined && dataflow.basis(booked as never) === dataflow.basis(state as never))
        continue;
      const gone =
        booked === register.initial ? none : (last[place] ?? listed(dataflow.contributions(booked as never)));
      const come = listed(dataflow.contributions(state as never));
      const amended = correcting && corrections !== undefined ? sums[corrections] : undefined;
      bookDifference(sums[place] as DeltaSum, amended, dataflow, gone, come, open, key);
      last[place] = come;
    }
    booked = state;
  };

  for (const { epoch, event } of told) {
    const after = register.evolve(state, event);
    if (after !== state) {
      const corrects = register.corrects?.(state, event) ?? false;
      if (epoch !== open || corrects !== correcting) {
        book();
        [open, correcting] = [epoch, corrects];
      }
      onChange(index);
      state = after;
    }
    index++;
  }
  book();
  return state === first ? undefined : register.encode(state);
};

/** Events of each entity, with their place among all. */
type Grouped = Map<string, { readonly told: EntityTold[]; readonly places: number[] }>;

const groupedByEntity = (told: readonly Told[], epoch: number): { grouped: Grouped; open: number } => {
  const grouped: Grouped = new Map();
  let open = epoch;
  told.forEach(({ event, entities }, place) => {
    if (endsEpoch(event)) open = epochBehind(event);
    for (const entity of entities) {
      let group = grouped.get(entity);
      if (group === undefined) grouped.set(entity, (group = { told: [], places: [] }));
      group.told.push({ epoch: open, event });
      group.places.push(place);
    }
  });
  return { grouped, open };
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
  const changing = new Uint8Array(told.length);
  const { grouped, open } = groupedByEntity(told, epoch);
  const created: [string, string][] = [];
  const changed: [string, string][] = [];
  for (const [entity, { told: own, places }] of grouped) {
    const stored = known.get(entity);
    const state = foldEntity(
      projection,
      entity,
      stored,
      own,
      sums,
      (i) => (changing[places[i] as number] = 1),
    );
    if (state === undefined || projection.register.stateless === true) continue;
    (stored === undefined ? created : changed).push([entity, state]);
  }
  let [events, repeats] = [0, 0];
  told.forEach(({ counts }, place) => {
    if (!counts) return;
    events++;
    if (changing[place] === 0) repeats++;
  });
  const deltas = new Map(
    projection.dataflows.map((dataflow, i) => [dataflow.code, [...(sums[i] as DeltaSum).deltas()]]),
  );
  return { created, changed, deltas, epoch: open, events, repeats };
};
