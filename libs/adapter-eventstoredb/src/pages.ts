import { KarnamaError, type RecordedEvent } from '@karnama/kernel';
import type { LedgerFilter, LedgerPage } from '@karnama/ledger';
import type { Connection } from './connection.js';
import type { Settings } from './options.js';
import type { Reader } from './reader.js';
import { isOurs, passes, passesNothing, positionOf, recordedEventOf } from './recorded-event.js';
import { openTail, type Haul, type Tail } from './tail.js';
import { NoAnswer } from './waiting.js';

/**
 * A place in the log that was reached: the position of an event, and its id. Only the position of an
 * event is a place to go on from, because the server steps over the first event at or behind it.
 */
export type Standing = { readonly position: bigint; readonly eventId: string };

export const beginning: Standing = { position: 0n, eventId: '' };

export type Page = {
  readonly events: readonly RecordedEvent[];
  readonly standing: Standing;
  readonly caughtUp: boolean;
};

export const pageOf = ({ events, standing, caughtUp }: Page): LedgerPage => ({
  events,
  position: standing.position,
  caughtUp,
});

/** The store does not hold what a reader has read: it would skip what was written since. */
export const ledgerRestored = (position: bigint, why: string): KarnamaError =>
  new KarnamaError(
    'ledger-restored',
    `the event store is not the one that was read up to position ${position}: ${why}`,
    'the store was restored from an older backup or replaced; rebuild every projection from the beginning',
  );

export const standingOf = async (newest: ReturnType<Reader['newest']>): Promise<Standing> => {
  const event = await newest;
  const position = event === undefined ? undefined : positionOf(event);
  return event?.event === undefined || position === undefined
    ? beginning
    : { position, eventId: event.event.id };
};

/** @throws KarnamaError `ledger-restored` when the event at the place is gone or another one; an empty id is not compared */
export const mustStand = async (reader: Reader, { position, eventId }: Standing): Promise<void> => {
  if (position === 0n) return;
  const there = await reader.at(position);
  if (there?.event === undefined) throw ledgerRestored(position, 'no event stands there');
  if (eventId !== '' && there.event.id !== eventId.toLowerCase())
    throw ledgerRestored(position, `event ${there.event.id} stands there, not ${eventId}`);
};

/** How far a checkpoint of the server lets us go: to the last event before it, but never past the newest of ours. */
export const settled = async (
  reader: Reader,
  checkpoint: bigint,
  head: Standing,
): Promise<Standing | undefined> => {
  if (checkpoint >= head.position) return head;
  const event = await reader.before(checkpoint);
  const position = event === undefined ? undefined : positionOf(event);
  return event?.event === undefined || position === undefined
    ? undefined
    : { position, eventId: event.event.id };
};

/** Ours out of a haul, and where it leads. Never backwards, whatever the server sends. */
export const sifted = (
  { events }: Haul,
  filter: LedgerFilter,
  from: Standing,
): { readonly events: readonly RecordedEvent[]; readonly standing: Standing } => {
  let standing = from;
  const ours: RecordedEvent[] = [];
  for (const read of events) {
    const position = positionOf(read);
    if (position === undefined || position <= standing.position || !isOurs(read)) continue;
    if (passes(filter, read)) ours.push(recordedEventOf(read));
    standing = { position, eventId: read.event?.id ?? '' };
  }
  return { events: ours, standing };
};

/** A page that found too little is given as it is when it has searched for so long. */
const PAGE_MS = 2000;

const filled = async (
  { reader, settings }: Source,
  tail: Tail,
  after: Standing,
  head: Standing,
  filter: LedgerFilter,
  limit: number,
): Promise<Page> => {
  const until = Date.now() + PAGE_MS;
  const events: RecordedEvent[] = [];
  let standing = after;
  for (;;) {
    const haul = tail.take(limit - events.length);
    const found = sifted(haul, filter, standing);
    events.push(...found.events);
    standing = found.standing;
    if (haul.drained && haul.caughtUp && head.position > standing.position) standing = head;
    if (haul.checkpoint !== undefined) {
      const reached = await settled(reader, haul.checkpoint, head);
      if (reached !== undefined && reached.position > standing.position) standing = reached;
    }
    const caughtUp = standing.position >= head.position;
    const late = standing.position > after.position && Date.now() > until;
    if (caughtUp || late || events.length >= limit) return { events, standing, caughtUp };
    const dropped = tail.dropped();
    if (dropped !== undefined && haul.drained) throw dropped;
    if (haul.drained && !(await tail.news(settings.timeoutMs)))
      throw new NoAnswer(`nothing came on a subscription within ${settings.timeoutMs} ms`);
  }
};

export type Source = {
  readonly connection: Connection;
  readonly reader: Reader;
  readonly settings: Settings;
};

/**
 * One page behind a place, read through a subscription that is closed again: the client can read
 * `$all` only unfiltered. The head is read first, so everything up to it is seen when the server
 * says that it has caught up.
 */
export const readPage = async (
  source: Source,
  after: Standing,
  filter: LedgerFilter,
  limit: number,
): Promise<Page> => {
  const { connection, reader, settings } = source;
  const head = await standingOf(reader.newest());
  if (after.position >= head.position) return { events: [], standing: after, caughtUp: true };
  await mustStand(reader, after);
  if (passesNothing(filter)) return { events: [], standing: head, caughtUp: true };
  const client = await connection.client();
  const tail = openTail(client, after.position, filter, settings.searchWindow);
  try {
    return await filled(source, tail, after, head, filter, limit);
  } catch (thrown) {
    if (thrown instanceof NoAnswer) connection.renew(client);
    throw thrown;
  } finally {
    await tail.close();
  }
};
