import type { LogEvent } from './log.js';
import { identifierOf, shared, streams, type Grpc, type Streams } from './protocol.js';

export type ReadCall = Grpc.ServerWritableStream<Streams.ReadReq, Streams.ReadResp>;

/** When every event was written, in the server's unit of 100 ns: the log keeps no time. */
const CREATED = '638712864000000000';

export const eventMessage = (event: LogEvent): Streams.ReadResp => {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(String(event.position))
    .setPreparePosition(String(event.position))
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('content-type', event.contentType)
    .set('created', CREATED);
  return new streams.ReadResp().setEvent(
    new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.position)),
  );
};
