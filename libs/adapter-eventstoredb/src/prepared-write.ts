import { KarnamaError, type NewEvent } from '@karnama/kernel';
import { checkWrites, type ExpectedRevision, type StreamWrite } from '@karnama/ledger';

/** An event that has been through JSON once: a copy that the client can serialise without a surprise. */
export type PreparedEvent = {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: Uint8Array;
  readonly bytes: number;
};

export type PreparedWrite = {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  /** One append each: the second is only made when the first is there. */
  readonly pieces: readonly (readonly PreparedEvent[])[];
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One append holds at most so much; the server's own limit was 1 MiB up to version 25.0. */
export const PIECE_EVENTS = 500;
export const PIECE_BYTES = 1_000_000;

/** The client never settles, and leaves an unhandled rejection, when JSON cannot carry the value. */
const jsonOf = (value: unknown, id: string): string => {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new KarnamaError('event-not-json', `event ${id} holds a value that JSON cannot carry`, undefined, {
      cause,
    });
  }
  if (text === undefined) throw new KarnamaError('event-not-json', `event ${id} has no data`);
  return text;
};

const encoder = new TextEncoder();

const prepared = ({ id, type, data, metadata }: NewEvent): PreparedEvent => {
  if (!UUID.test(id)) throw new KarnamaError('event-id-not-uuid', `event id ${id} is not a UUID`);
  if (type === '' || type.startsWith('$'))
    throw new KarnamaError(
      'event-type-reserved',
      `an event cannot be of type '${type}': $ belongs to the server`,
    );
  const text = jsonOf(data, id);
  const bytes = encoder.encode(jsonOf(metadata, id));
  return {
    id: id.toLowerCase(),
    type,
    data: JSON.parse(text),
    metadata: bytes,
    bytes: Buffer.byteLength(text) + bytes.length + type.length * 2,
  };
};

const piecesOf = (events: readonly PreparedEvent[]): readonly (readonly PreparedEvent[])[] => {
  const pieces: PreparedEvent[][] = [];
  let bytes = Infinity;
  for (const event of events) {
    const last = pieces.at(-1);
    if (last === undefined || last.length === PIECE_EVENTS || bytes + event.bytes > PIECE_BYTES) {
      pieces.push([event]);
      bytes = event.bytes;
    } else {
      last.push(event);
      bytes += event.bytes;
    }
  }
  return pieces;
};

const checkName = (stream: string): void => {
  if (stream === '' || stream.startsWith('$'))
    throw new KarnamaError(
      'stream-name-reserved',
      `a stream cannot be named '${stream}': $ belongs to the server`,
    );
};

/**
 * Refuses what cannot be stored before anything is sent.
 * @throws KarnamaError `event-id-not-uuid`, `event-not-json`, `event-type-reserved`,
 * `stream-name-reserved`, `write-without-events`, `stream-written-twice`, `revision-out-of-range`
 */
export const preparedWrites = (writes: readonly StreamWrite[]): readonly PreparedWrite[] => {
  checkWrites(writes);
  return writes.map(({ stream, expected, events }) => {
    checkName(stream);
    return { stream, expected, pieces: piecesOf(events.map(prepared)) };
  });
};
