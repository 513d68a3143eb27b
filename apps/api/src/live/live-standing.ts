import type { StatusReport } from '../status-report.js';

/** How far one projection has counted. */
export type ProjectionStanding = {
  readonly name: string;
  /** Everything in the ledger up to here is counted. */
  readonly position: string;
  /** Another text as soon as its figures may be others. */
  readonly state: string;
  /** Dataflows that it keeps; undefined: unknown, any may be of it. */
  readonly dataflows?: readonly string[];
};

/** How far the figures have come, read often: cheap to tell. */
export type LiveStanding = {
  /** Position of the ledger's last event. */
  readonly head: string;
  /** Knowledge epoch that is open. */
  readonly epoch: number;
  readonly projections: readonly ProjectionStanding[];
  /** When the oldest event that is not counted yet was received; null when all are counted, or nobody knows. */
  readonly oldest: string | null;
  /** The months that anything is known of, `1403-01/1404-12`: when they move, every figure may be another. */
  readonly span?: string | null;
};

/** The same, told by the full report: for a program that has no cheaper way. */
export const standingIn = ({ ledger, epoch, projections }: StatusReport): LiveStanding => ({
  head: ledger.head,
  epoch,
  projections: projections.map(({ name, position }) => ({ name, position, state: position })),
  oldest: null,
});

/** Events of the ledger that the slowest projection has not counted; with PostgreSQL positions are events. */
export const lagIn = ({ head, projections }: LiveStanding): number => {
  const least = leastPosition(projections);
  return least === undefined || BigInt(head) <= least ? 0 : Number(BigInt(head) - least);
};

/** The position up to which every projection has counted; undefined without projections. */
export const leastPosition = (projections: readonly ProjectionStanding[]): bigint | undefined =>
  projections
    .map(({ position }) => BigInt(position))
    .reduce<bigint | undefined>((least, at) => (least === undefined || at < least ? at : least), undefined);
