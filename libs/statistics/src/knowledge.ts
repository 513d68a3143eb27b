import type { CellStore, Generation } from '@karnama/cells';
import { dayOf, formatDay, KarnamaError, type Calendar, type Day } from '@karnama/kernel';
import type { Knowledge, Release } from './request.js';

/** All releases, oldest first. */
export type Releases = () => Promise<readonly Release[]>;

/** The end of a knowledge epoch, named by a release or not. */
export type EpochClosing = {
  readonly epoch: number;
  /** ISO 8601 instant. */
  readonly at: string;
};

/** What there is to look back to. */
export type History = {
  readonly releases: Releases;
  /** Every epoch that was closed, oldest first; those of the releases when it is left away. */
  readonly closings?: (() => Promise<readonly EpochClosing[]>) | undefined;
  /** The statistical calendar of the installation: a day ends where that calendar is in use. */
  readonly calendar?: Calendar | undefined;
};

/** A time of knowledge, found. */
export type Position = {
  /** As it was asked: `latest`, the name of a release, or a day. */
  readonly name: string;
  readonly kind: 'latest' | 'release' | 'day';
  /** The last epoch that was known; null: also what is not closed yet. */
  readonly epoch: number | null;
  /** When that epoch was closed; null for `latest`. */
  readonly closedAt: string | null;
  /** The day in Gregorian form, for a day. */
  readonly day?: string;
  /** The newest release that was cut by then; null when there was none. */
  readonly release: string | null;
};

const msADay = 86_400_000;

/** Iran is three and a half hours ahead of universal time, since 2022 all through the year. */
const aheadMs: Readonly<Record<Calendar, number>> = { jalali: 3.5 * 3_600_000, gregorian: 0 };

/** The instant at which a day ends: midnight in Tehran where statistics are made in Jalali months, else midnight UTC. */
export const endOfDay = (day: Day, calendar: Calendar = 'jalali'): number =>
  (day + 1) * msADay - aheadMs[calendar];

/** The day that an instant lies in, at the place of the calendar. */
export const dayAt = (instant: string, calendar: Calendar = 'jalali'): Day =>
  Math.floor((Date.parse(instant) + aheadMs[calendar]) / msADay);

const closingsIn = async ({ releases, closings }: History): Promise<readonly EpochClosing[]> =>
  closings === undefined
    ? (await releases()).map(({ epoch, cutAt }) => ({ epoch, at: cutAt }))
    : await closings();

/** Both calendars, since either may be the reader's. */
const told = (day: Day): string => `${formatDay(day)} (${formatDay(day, 'jalali')})`;

const positionOnDay = async (history: History, name: string, day: Day): Promise<Position> => {
  const { calendar } = history;
  const end = endOfDay(day, calendar);
  const closings = await closingsIn(history);
  const last = closings.findLast(({ at }) => Date.parse(at) < end);
  const [first] = closings;
  if (last === undefined)
    throw new KarnamaError(
      'unknown-position',
      `nothing was known yet at the end of ${told(day)}`,
      first === undefined
        ? 'no epoch was closed yet: ask for "latest"'
        : `the first epoch was closed on ${told(dayAt(first.at, calendar))}: ask for that day or a later one`,
    );
  const release = (await history.releases()).findLast(({ epoch }) => epoch <= last.epoch);
  return {
    name,
    kind: 'day',
    epoch: last.epoch,
    closedAt: last.at,
    day: formatDay(day),
    release: release?.name ?? null,
  };
};

/**
 * Finds a time of knowledge: `latest`, the name of a release, or a day (`2025-05-01` or `1404-02-11`),
 * which stands for what was known at its end: the last epoch that was closed by then.
 * @throws KarnamaError `unknown-release`; `unknown-position` for a day at whose end nothing was known
 */
export const positionOf = async (history: History, asked: string): Promise<Position> => {
  const all = await history.releases();
  if (asked === 'latest')
    return { name: asked, kind: 'latest', epoch: null, closedAt: null, release: all.at(-1)?.name ?? null };
  const release = all.find(({ name }) => name === asked);
  if (release !== undefined) {
    const { epoch, cutAt } = release;
    return { name: asked, kind: 'release', epoch, closedAt: cutAt, release: asked };
  }
  const day = dayOf(asked);
  if (day !== undefined) return positionOnDay(history, asked, day);
  throw new KarnamaError(
    'unknown-release',
    `there is no release "${asked}"`,
    `"latest", a day such as 2025-05-01 or 1404-02-11, or one of: ${all.map(({ name }) => name).join(', ') || '(none was cut yet)'}`,
  );
};

/**
 * What was known at a position: up to which epoch cells count.
 * @param generations all that figures are taken of; each has to have counted the position's epoch to its end
 * @throws KarnamaError as `positionOf`; `unavailable` while one of the generations is behind
 */
export const knowledgeAt = async (
  store: Pick<CellStore, 'checkpoint'>,
  generations: readonly Generation[],
  past: Releases | History,
  asKnownAt: string,
): Promise<Knowledge> => {
  const checkpoints = await Promise.all(generations.map((generation) => store.checkpoint(generation)));
  const epoch = Math.min(...checkpoints.map((checkpoint) => checkpoint.epoch));
  if (asKnownAt === 'latest') return { release: 'latest', epoch };
  const position = await positionOf(typeof past === 'function' ? { releases: past } : past, asKnownAt);
  if (position.epoch === null || position.epoch >= epoch)
    throw new KarnamaError(
      'unavailable',
      `the figures as known at ${asKnownAt} are still being counted`,
      'ask again in a moment',
    );
  return { release: asKnownAt, epoch: position.epoch };
};
