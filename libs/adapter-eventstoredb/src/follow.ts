import { KarnamaError, Unavailable, messageOf, type RecordedEvent } from '@karnama/kernel';
import type { LedgerFilter, LedgerPage, Subscription } from '@karnama/ledger';
import { translated, verdictOf } from './client-errors.js';
import {
  mustStand,
  pageOf,
  readPage,
  settled,
  sifted,
  standingOf,
  ledgerRestored,
  type Page,
  type Source,
  type Standing,
} from './pages.js';
import { passesNothing } from './recorded-event.js';
import { openTail, type Haul, type Tail } from './tail.js';
import { NoAnswer, backoff, pause } from './waiting.js';

/** Where a follower stands, kept over the subscriptions that it goes through. */
type Progress = {
  standing: Standing;
  /** Whether it has said once that it has caught up. */
  told: boolean;
};

type Following = {
  readonly source: Source;
  readonly filter: LedgerFilter;
  readonly limit: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
};

/** Moves on, and gives the page when there is something to tell. */
const told = (
  { progress }: Following,
  events: readonly RecordedEvent[],
  standing: Standing,
  caughtUp: boolean,
): Page | undefined => {
  const moved = standing.position > progress.standing.position;
  const news = moved || (caughtUp && !progress.told);
  if (!news) return undefined;
  progress.standing = standing;
  progress.told ||= caughtUp;
  return { events, standing, caughtUp };
};

const further = (one: Standing, other: Standing | undefined): Standing =>
  other !== undefined && other.position > one.position ? other : one;

/**
 * A filtered subscription that has caught up says nothing of events that it leaves out, and a dead
 * connection says nothing at all. So in silence the log itself is asked: what lies behind, and does
 * any of it match? @throws NoAnswer when matching events lie there and the subscription does not bring them
 */
const prober = ({ source, filter, progress }: Following) => {
  let stalledSince: number | undefined;
  return async (): Promise<Standing> => {
    const page = await readPage(source, progress.standing, filter, 1);
    if (page.events.length === 0) {
      stalledSince = undefined;
      return page.standing;
    }
    stalledSince ??= Date.now();
    if (Date.now() - stalledSince > source.settings.stallMs)
      throw new NoAnswer('a subscription did not bring events that are in the log');
    return progress.standing;
  };
};

/**
 * While it catches up, a page waits for more, because a transaction for each few events would be
 * slow: so long for the next event, and so long in all.
 */
const LINGER_MS = 20;
const FILL_MS = 250;

const gathered = async (tail: Tail, limit: number, signal: AbortSignal): Promise<Haul> => {
  const until = Date.now() + FILL_MS;
  const first = tail.take(limit);
  const events = [...first.events];
  let last = first;
  while (
    last.drained &&
    !last.caughtUp &&
    events.length > 0 &&
    events.length < limit &&
    tail.dropped() === undefined &&
    Date.now() < until &&
    (await tail.news(LINGER_MS, signal))
  ) {
    last = tail.take(limit - events.length);
    events.push(...last.events);
  }
  return { ...last, events };
};

/** Pages of one subscription, until it is dropped or the signal aborts. */
async function* fromTail(following: Following, tail: Tail, head: Standing): AsyncGenerator<Page> {
  const { source, filter, limit, signal, progress } = following;
  const { reader, settings } = source;
  const probed = prober(following);
  let live = false;
  let heardAt = Date.now();
  while (!signal.aborted) {
    const haul = live ? tail.take(limit) : await gathered(tail, limit, signal);
    const { events, standing } = sifted(haul, filter, progress.standing);
    let reached = standing;
    if (haul.caughtUp) {
      live = true;
      reached = further(reached, head);
    }
    if (haul.checkpoint !== undefined) {
      if (haul.checkpoint > head.position) head = await standingOf(reader.newest());
      reached = further(reached, await settled(reader, haul.checkpoint, head));
    }
    const page = told(following, events, reached, live && haul.drained);
    if (page !== undefined) {
      heardAt = Date.now();
      yield page;
      continue;
    }
    if (!haul.drained) continue;
    const dropped = tail.dropped();
    if (dropped !== undefined) throw dropped;
    if (await tail.news(settings.probeMs, signal)) continue;
    if (signal.aborted) return;
    if (live) {
      const found = told(following, [], await probed(), true);
      if (found !== undefined) yield found;
    } else if (Date.now() - heardAt > settings.timeoutMs)
      throw new NoAnswer(`nothing came on a subscription within ${settings.timeoutMs} ms`);
  }
}

/** Nothing can match, so there is nothing to subscribe to; the position moves all the same. */
async function* ofNothing(following: Following): AsyncGenerator<Page> {
  const { source, signal, progress } = following;
  while (!signal.aborted) {
    const head = await standingOf(source.reader.newest());
    const page = told(following, [], further(progress.standing, head), true);
    if (page !== undefined) yield page;
    await pause(source.settings.probeMs, signal);
  }
}

/** @throws KarnamaError `ledger-restored` when the log ends before the place, or another event stands there */
async function* fromStanding(following: Following): AsyncGenerator<Page> {
  const { connection, reader, settings } = following.source;
  const { standing } = following.progress;
  const head = await standingOf(reader.newest());
  if (standing.position > head.position)
    throw ledgerRestored(standing.position, `its newest event is at ${head.position}`);
  await mustStand(reader, standing);
  if (following.signal.aborted) return;
  if (passesNothing(following.filter)) {
    yield* ofNothing(following);
    return;
  }
  const client = await connection.client();
  const tail = openTail(client, standing.position, following.filter, settings.searchWindow);
  try {
    yield* fromTail(following, tail, head);
  } catch (thrown) {
    if (thrown instanceof NoAnswer) connection.renew(client);
    throw thrown;
  } finally {
    await tail.close();
  }
}

/** Opening the subscription again would end in the same error. */
const isFinal = (thrown: unknown): boolean =>
  thrown instanceof KarnamaError ? !(thrown instanceof Unavailable) : verdictOf(thrown) === 'refused';

/**
 * Follows the log until the signal aborts. A subscription that fails, ends or goes silent is dropped
 * and opened again from the last place that was given out, for as long as it takes.
 */
export async function* follow(
  source: Source,
  { after, filter, limit, signal }: Subscription,
): AsyncGenerator<LedgerPage> {
  const progress: Progress = { standing: { position: after, eventId: '' }, told: false };
  const following: Following = { source, filter, limit, signal, progress };
  const { backoffMs, onTrouble } = source.settings;
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    try {
      for await (const page of fromStanding(following)) {
        attempt = 0;
        yield pageOf(page);
      }
    } catch (thrown) {
      if (signal.aborted) return;
      if (isFinal(thrown)) throw translated(thrown);
      onTrouble({ kind: 'dropped', during: 'subscribe', message: messageOf(thrown), attempt });
    }
    await pause(backoff(backoffMs, Math.max(1, attempt)), signal);
  }
}
