import { entitiesIn, fold, toldIn, type Projection } from '@karnama/cells';
import { fedEvent, recorded } from '@karnama/conformance';
import { epochClosed, epochStream, type RecordedEvent } from '@karnama/kernel';

/*
 * What oracles share: how records are sent, in batches, and folded as from a store. No rule of what is
 * counted stands here.
 */

export type Data = Readonly<Record<string, string | number | null>>;

/** A version of an agency's record, as it was sent. */
export type Sent = {
  readonly type: string;
  readonly agency: string;
  readonly id: string;
  readonly version: number;
  readonly data: Data;
};

/** Measures by cell. */
export type Sums = Map<string, number[]>;

export const add = (sums: Sums, key: string, measures: readonly number[]): void => {
  const sum = sums.get(key) ?? measures.map(() => 0);
  sums.set(
    key,
    sum.map((value, i) => value + (measures[i] ?? 0)),
  );
};

/** Cells that hold anything, by their names. */
export const withoutZeros = (sums: Sums): [string, number[]][] =>
  [...sums].filter(([, sum]) => sum.some((value) => value !== 0)).sort(([a], [b]) => (a < b ? -1 : 1));

const eventOf = ({ type, agency, id, version, data }: Sent, i: number): RecordedEvent =>
  recorded(fedEvent(i + 1, type, data, { agency, recordId: id, recordVersion: version }), BigInt(i + 1));

/** The end of an epoch. */
const closing = (epoch: number): RecordedEvent =>
  recorded(
    {
      id: `00000000-0000-4000-8000-00000000000${epoch}`,
      type: epochClosed,
      data: { epoch },
      metadata: { schemaVersion: 1, receivedAt: '2026-02-01T00:00:00.000Z' },
    },
    1_000_000n,
    epochStream,
  );

/** Folds batches one after the other, as from a store, and hands out the sums as known after each. */
const folding = (projection: Projection) => {
  const states = new Map<string, string>();
  const sums: Record<string, Sums> = {};
  let epoch = 1;
  return (events: readonly RecordedEvent[]): Record<string, Sums> => {
    const batch = toldIn(projection, events);
    const known = new Map(
      entitiesIn(projection, batch).flatMap((entity) => {
        const state = states.get(entity);
        return state === undefined ? [] : [[entity, state] as const];
      }),
    );
    const folded = fold(projection, batch, known, epoch);
    epoch = folded.epoch;
    for (const [entity, state] of [...folded.created, ...folded.changed]) states.set(entity, state);
    for (const { code, measures } of projection.dataflows)
      for (const { month, codes, measures: sum } of folded.deltas.get(code) ?? [])
        add(
          (sums[code] ??= new Map<string, number[]>()),
          `${month} ${codes.join(' ')}`,
          sum.slice(0, measures.length).map(Number),
        );
    return sums;
  };
};

/**
 * Folds what was sent in batches of the given sizes, an epoch ending behind those that close one.
 * @returns after each batch the sums of every dataflow, and all that was sent up to then
 */
export function* toldInBatches(
  projection: Projection,
  sent: readonly Sent[],
  cuts: readonly (readonly [size: number, closes: boolean])[],
): Generator<{ readonly sums: Record<string, Sums>; readonly known: readonly Sent[] }> {
  const foldNext = folding(projection);
  let from = 0;
  let epoch = 1;
  for (const [size, closes] of [...cuts, [sent.length, false] as const]) {
    const events = sent.slice(from, from + size).map(eventOf);
    from += size;
    yield {
      sums: foldNext(closes ? [...events, closing(epoch++)] : events),
      known: sent.slice(0, from),
    };
  }
}

/** The sums of every dataflow when everything was sent in one batch. */
export const toldAtOnce = (projection: Projection, sent: readonly Sent[]): Record<string, Sums> =>
  folding(projection)(sent.map(eventOf));
