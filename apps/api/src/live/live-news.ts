import { lagIn, leastPosition, type LiveStanding } from './live-standing.js';

/** How far behind the ledger the figures are. */
export type Lag = {
  /** Events not counted yet. */
  readonly events: number;
  /** Age of the oldest of them; null when it is not known. */
  readonly seconds: number | null;
};

/** What an open page is told: how far the figures are, and which of them may be others than before. */
export type News = {
  /** Names the state of the figures; a reader that was away gives the last one that it has seen. */
  readonly id: string;
  readonly epoch: number;
  /** Everything in the ledger up to here is in the figures. */
  readonly position: string;
  readonly head: string;
  readonly lag: Lag;
  /** Dataflows whose figures may be others; null: any of them. */
  readonly changed: readonly string[] | null;
  /** The months that anything is known of; when they are others than before, every figure may be. */
  readonly span: string | null;
};

export const idOf = ({ epoch, projections }: LiveStanding): string =>
  `${epoch}-${leastPosition(projections) ?? 0n}`;

export const lagOf = (standing: LiveStanding, now: number): Lag => {
  const events = lagIn(standing);
  const since = standing.oldest === null ? null : Math.max(0, now - Date.parse(standing.oldest)) / 1000;
  return { events, seconds: events === 0 ? 0 : since === null ? null : Math.round(since * 10) / 10 };
};

export const newsOf = (standing: LiveStanding, changed: readonly string[] | null, now: number): News => ({
  id: idOf(standing),
  epoch: standing.epoch,
  position: String(leastPosition(standing.projections) ?? 0n),
  head: standing.head,
  lag: lagOf(standing, now),
  changed,
  span: standing.span ?? null,
});

/** Dataflows that may tell otherwise than before; null when it cannot be said which. */
export const changedBetween = (before: LiveStanding, after: LiveStanding): readonly string[] | null => {
  const states = new Map(before.projections.map(({ name, state }) => [name, state]));
  const moved = after.projections.filter(({ name, state }) => states.get(name) !== state);
  if (moved.some(({ dataflows }) => dataflows === undefined)) return null;
  return [...new Set(moved.flatMap(({ dataflows = [] }) => dataflows))].sort();
};

/** Both; null stands for all. */
export const together = (
  a: readonly string[] | null,
  b: readonly string[] | null,
): readonly string[] | null => (a === null || b === null ? null : [...new Set([...a, ...b])].sort());

/** News that were told, so that a reader who was away for a while is told what he has missed. */
export type Told = readonly Pick<News, 'id' | 'changed'>[];

const mostTold = 500;

export const afterTelling = (told: Told, { id, changed }: News): Told =>
  [...told, { id, changed }].slice(-mostTold);

/** What changed since the news with that id; null (anything may have) when they are not remembered any more. */
export const missedSince = (told: Told, id: string): readonly string[] | null => {
  const at = told.findLastIndex((news) => news.id === id);
  if (at < 0) return null;
  return told
    .slice(at + 1)
    .reduce<readonly string[] | null>((all, { changed }) => together(all, changed), []);
};

/** What has moved and was not told yet. */
export type Pending = { readonly since: number; readonly changed: readonly string[] | null };

/** Least time between two news, and longest time that a step which does not settle is kept back. */
export const pace = { leastMs: 250, mostMs: 1000 } as const;

/**
 * Whether it is time to tell what has moved: when everything is counted, but not sooner than the least
 * time after the last news; under a stream of records that never settles, once in the longest time.
 */
export const isDue = (pending: Pending, settled: boolean, lastToldAt: number, now: number): boolean =>
  now - lastToldAt >= pace.leastMs && (settled || now - pending.since >= pace.mostMs);
