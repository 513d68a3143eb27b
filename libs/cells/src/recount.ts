import type { EventMetadata, Json, RecordedEvent } from '@karnama/kernel';
import { recordKey } from '@karnama/kernel';
import { textsOf, type Ledger } from '@karnama/ledger';
import type { CellStore, Checkpoint, Generation, Spool } from './cell-store.js';
import type { Projection } from './dataflow.js';
import type { DeltaSum } from './delta-sum.js';
import { filterOf, pagesBehind } from './engine.js';
import { endsEpoch, epochBehind, foldEntity, sumsOf, toldIn } from './fold.js';

/** Events a page that is sorted. */
const page = 10_000;

/** Events a lot, about: a lot is in memory as a whole. */
const lotEvents = 10_000;
const mostLots = 4096;

/** Cells and arrays of codes that the sums hold before they are stored: below 100 MB. */
const heldSums = 250_000;

/** Told as a recount goes on: percent of the ledger, and events counted. */
export type RecountProgress = (percent: bigint, events: bigint) => void;

/** Of the time that a recount takes sorting is about so much. */
const sortingPercent = 40n;

/** An event as one entity is told of it. */
type Told = {
  readonly epoch: number;
  /** How many entities it tells of. */
  readonly entities: number;
  readonly event: RecordedEvent;
};

/** The JSON of the entity stands before the JSON of these, and a tab, which no JSON text holds, between. */
type Line = [
  epoch: number,
  entities: number,
  position: string,
  stream: string,
  revision: string,
  id: string,
  type: string,
  data: Json,
  metadata: EventMetadata,
];

const lineOf = (entity: string, { epoch, entities, event }: Told): string => {
  const { position, stream, revision, id, type } = event;
  const { data, metadata } = textsOf(event);
  const names = JSON.stringify([epoch, entities, `${position}`, stream, `${revision}`, id, type]);
  return `${JSON.stringify(entity)}\t${names.slice(0, -1)},${data},${metadata}]`;
};

const entityIn = (line: string): string => line.slice(0, line.indexOf('\t'));

const toldOf = (text: string): Told => {
  const [epoch, entities, position, stream, revision, id, type, data, metadata] = JSON.parse(
    text.slice(text.indexOf('\t') + 1),
  ) as Line;
  const event = { position: BigInt(position), stream, revision: BigInt(revision), id, type, data, metadata };
  return { epoch, entities, event };
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
        const line = lineOf(entity, { epoch, entities: entities.length, event });
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

/** Lines of a lot by the entity that they tell of, in the order of the ledger. */
const byEntity = async (
  lines: AsyncIterable<readonly string[]>,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const entities = new Map<string, string[]>();
  for await (const run of lines)
    for (const line of run) {
      const entity = entityIn(line);
      const own = entities.get(entity);
      if (own === undefined) entities.set(entity, [line]);
      else own.push(line);
    }
  return entities;
};

const foldLot = async (
  projection: Projection,
  lines: AsyncIterable<readonly string[]>,
  sums: readonly DeltaSum[],
  note: (told: Told, changed: boolean) => void,
): Promise<readonly (readonly [entity: string, state: string])[]> => {
  const created: [string, string][] = [];
  for (const [name, own] of await byEntity(lines)) {
    const entity = JSON.parse(name) as string;
    const told = own.map(toldOf);
    const changing = new Set<number>();
    const state = foldEntity(projection, entity, undefined, told, sums, (i) => changing.add(i));
    told.forEach((one, i) => note(one, changing.has(i)));
    if (state !== undefined) created.push([entity, state]);
  }
  return created;
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
    let sums = sumsOf(projection);
    const { note, repeats } = repeatCounter();
    for (let lot = 0; lot < lots; lot++) {
      const created = await foldLot(projection, spool.lines(lot), sums, note);
      const isLast = lot + 1 === lots;
      const full = isLast || sums.reduce((held, sum) => held + sum.held, 0) >= heldSums;
      const deltas = full ? sums.map((sum) => sum.deltas()) : [];
      if (full) sums = sumsOf(projection);
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
