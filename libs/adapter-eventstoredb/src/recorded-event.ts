import type { EventType, ResolvedEvent } from '@eventstore/db-client';
import { KarnamaError, type EventMetadata, type Json, type RecordedEvent } from '@karnama/kernel';
import type { LedgerFilter } from '@karnama/ledger';

export type ReadEvent = ResolvedEvent<EventType>;

/** Positions of our own stay under this; what lies above is not a place in the log. */
export const POSITION_LIMIT = 2n ** 63n;

/** Where in the log the event stands, unless that is no place. Commit and prepare are equal outside of old transactions. */
export const positionOf = ({ event, commitPosition }: ReadEvent): bigint | undefined => {
  const position = event?.position?.commit ?? commitPosition;
  return position === undefined || position >= POSITION_LIMIT ? undefined : position;
};

/** Not of the server itself: its streams and its types begin with a dollar sign. */
export const isOurs = ({ event }: ReadEvent): boolean =>
  event !== undefined && !event.streamId.startsWith('$') && !event.type.startsWith('$');

/** @throws KarnamaError `foreign-event` for an event that another program wrote */
export const recordedEventOf = (read: ReadEvent): RecordedEvent => {
  const { event } = read;
  const position = positionOf(read);
  if (event === undefined || position === undefined || !event.isJson)
    throw new KarnamaError(
      'foreign-event',
      `the event ${event?.id ?? '?'} of stream ${event?.streamId ?? '?'} is not JSON, so Karnama did not write it`,
      'give Karnama an event store of its own',
    );
  return {
    id: event.id,
    type: event.type,
    data: event.data as Json,
    metadata: event.metadata as unknown as EventMetadata,
    stream: event.streamId,
    revision: event.revision,
    position,
  };
};

const begins = (text: string, prefixes: readonly string[] | undefined): boolean =>
  prefixes === undefined || prefixes.some((prefix) => text.startsWith(prefix));

export const passes = ({ streams, types }: LedgerFilter, { event }: ReadEvent): boolean =>
  event !== undefined && begins(event.streamId, streams) && begins(event.type, types);

export const passesNothing = ({ streams, types }: LedgerFilter): boolean =>
  streams?.length === 0 || types?.length === 0;
