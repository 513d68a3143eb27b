import type { EventMetadata, Json, RecordedEvent } from '@karnama/kernel';
import { recordKey } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import type { CellStore, Checkpoint, Generation, Spool } from './cell-store.js';
import type { Projection } from './dataflow.js';
import type { DeltaSum } from './delta-sum.js';
import { filterOf, pagesBehind } from './engine.js';
import { endsEpoch, epochBehind, folding, sumsOf, toldIn } from './fold.js';

/** Events a page that is sorted. */
const page = 10_000;

/** Events a lot, about: all entities of a lot are in memory together. */
const lotEvents = 40_000;
const mostLots = 1024;

/** Cells and arrays of codes that the sums hold before they are stored: below 100 MB. */
const heldSums = 250_000;

/** Told as a recount goes on: percent of the ledger, and events counted. */
export type RecountProgress = (percent: bigint, events: bigint) => void;

/** Of the time that a recount takes sorting is about so much. */
const sortingPercent = 40n;

/** An event as one entity is told of it. */
type Told = {
  readonly entity: string;
  readonly epoch: number;
  /** How many entities it tells of. */
  readonly entities: number;
  readonly event: RecordedEvent;
};

type Line = [
  epoch: number,
  entities: number,
  entity: string,
  position: string,
  stream: string,
  revision: string,
  id: string,
  type: string,
  data: Json,
  metadata: EventMetadata,
];

const lineOf = ({ epoch, entities, entity, event }: Told): string => {
  const { position, stream, revision, id, type, data, metadata } = event;
  const line: Line = [
    epoch,
    entities,
    entity,
    `${position}`,
    stream,
    `${revision}`,
    id,
    type,
    data,
    metadata,
  ];
  return JSON.stringify(line);
};

const toldOf = (text: string): Told => {
  const [epoch, entities, entity, position, stream, revision, id, type, data, metadata] = JSON.parse(
    text,
  ) as Line;
  const event = { position: BigInt(position), stream, revision: BigInt(revision), id, type, data, metadata };
  return { epoch, entities, entity, event };
};

type Sorted = { readonly lots: number; readonly to: Checkpoint };

/** Puts every event of the ledger into the lots of the entities it tells of. */
const sortByEntity = async (
  ledger: Ledger,
  projection: Projection,
  spool: Spool,
  from: Checkpoint,
  onPage: (position: bigint) => void,
): Promise<Sorted> => {
  const head = await ledger.head();
  const lots = Math.min(mostLots, Math.ceil(Number(head) / lotEvents) || 1);
  let { epoch, last, position } = from;
  let events = 0;
  for await (const read of pagesBehind(ledger, position, filterOf(projection), page)) {
    for (const { event, entities } of toldIn(projection, read.events)) {
      if (endsEpoch(event)) epoch = epochBehind(event);
      if (entities.length > 0) events++;
      for (const entity of entities) {
        const line = lineOf({ entity, epoch, entities: entities.length, event });
        const written = spool.put(recordKey(entity) % lots, line);
        if (written !== undefined) await written;
      }
    }
    const end = read.events.at(-1);
    if (end !== undefined) last = { position: end.position, id: end.id };
    position = read.position;
    onPage(position);
  }
  return { lots, to: { position, epoch, events: from.events + BigInt(events), repeats: from.repeats, last } };
};

/** Counts events that changed none of the entities they told of. */
const repeatCounter = () => {
  /** Of events that tell of several entities: how many have not been told yet, unless one was changed. */
  const waiting = new Map<bigint, { left: number; changed: boolean }>();
  let repeats = 0n;
  return {
    note({ entities, event: { position } }: Told, changed: boolean): void {
      if (entities === 1) {
        if (!changed) repeats++;
        return;
      }
      const one = waiting.get(position) ?? { left: entities, changed: false };
      waiting.set(position, one);
      one.left--;
      one.changed ||= changed;
      if (one.left > 0) return;
      waiting.delete(position);
      if (!one.changed) repeats++;
    },
    repeats: () => repeats,
  };
};

const foldLot = async (
  projection: Projection,
  lines: AsyncIterable<readonly string[]>,
  epoch: number,
  sums: readonly DeltaSum[],
  note: (told: Told, changed: boolean) => void,
): Promise<readonly (readonly [entity: string, state: string])[]> => {
  const { tell, openEpoch, end } = folding({ projection, known: new Map(), epoch, sums, remember: true });
  let open = epoch;
  for await (const run of lines)
    for (const line of run) {
      const told = toldOf(line);
      if (told.epoch !== open) openEpoch((open = told.epoch));
      note(told, tell(told.entity, told.event));
    }
  return end().created;
};

/**
 * Counts the whole ledger into an empty generation, entity by entity: the events are sorted by entity
 * first, so that each state is built once, in memory, and what it contributes is worked out once for each
 * epoch in which it changed. Nobody else writes to the generation, and nobody sees it before it is
 * finished, so lots are stored as they come and the checkpoint moves once, at the end.
 */
export const recountByEntity = async (
  store: CellStore,
  ledger: Ledger,
  generation: Generation,
  onProgress?: RecountProgress,
): Promise<void> => {
  const { projection } = generation;
  const from = await store.checkpoint(generation);
  const head = (await ledger.head()) || 1n;
  const spool = await store.spool();
  let writing: Promise<unknown> = Promise.resolve();
  try {
    const { lots, to } = await sortByEntity(ledger, projection, spool, from, (position) =>
      onProgress?.((position * sortingPercent) / head, 0n),
    );
    const sums = sumsOf(projection);
    const { note, repeats } = repeatCounter();
    for (let lot = 0; lot < lots; lot++) {
      const created = await foldLot(projection, spool.lines(lot), from.epoch, sums, note);
      const isLast = lot + 1 === lots;
      const full = isLast || sums.reduce((held, sum) => held + sum.held, 0) >= heldSums;
      const deltas = full ? sums.map((sum) => sum.deltas()) : [];
      if (full) for (const sum of sums) sum.clear();
      await writing;
      writing = store.transact(generation, async (tx) => {
        if (isLast) await tx.advance(from, { ...to, repeats: from.repeats + repeats() });
        await tx.save(created, []);
        for (const [i, cells] of deltas.entries())
          if (cells.length > 0) await tx.add((projection.dataflows[i] as { code: string }).code, cells);
      });
      // its failure is told when it is awaited
      writing.catch(() => undefined);
      const done = BigInt(lot + 1);
      onProgress?.(
        sortingPercent + ((100n - sortingPercent) * done) / BigInt(lots),
        (to.events * done) / BigInt(lots),
      );
    }
  } finally {
    try {
      await writing;
    } finally {
      await spool.close();
    }
  }
};
