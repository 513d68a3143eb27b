import { eventMessage, type ReadCall } from './event-message.js';
import type { LogEvent } from './log.js';
import { refusalOf, type NodeState } from './node-state.js';
import { grpc, nameOf, refusal, streams, type Grpc, type Streams } from './protocol.js';
import { subscribeToAll } from './subscription.js';

const send = (call: ReadCall, events: readonly LogEvent[]): void => {
  for (const event of events) call.write(eventMessage(event));
  call.end();
};

const readStream = ({ log }: NodeState, call: ReadCall, options: Streams.ReadReq.Options): void => {
  const asked = options.getStream() as Streams.ReadReq.Options.StreamOptions;
  const name = nameOf(asked.getStreamIdentifier());
  const there = log.visible(name);
  if (there === 'tombstoned') {
    call.emit(
      'error',
      refusal(grpc.status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, {
        exception: 'stream-deleted',
        'stream-name': encodeURIComponent(name),
      }),
    );
    return;
  }
  if (there === undefined) {
    const missing = new streams.ReadResp.StreamNotFound().setStreamIdentifier(asked.getStreamIdentifier());
    call.write(new streams.ReadResp().setStreamNotFound(missing));
    call.end();
    return;
  }
  const count = Number(options.getCount());
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const from = asked.hasRevision() ? BigInt(asked.getRevision()) : asked.hasEnd() ? 2n ** 63n : 0n;
  send(
    call,
    backwards
      ? there
          .filter((event) => event.revision <= from)
          .slice(-count)
          .reverse()
      : there.filter((event) => event.revision >= from).slice(0, count),
  );
};

/** Forwards the event at the position is the first; backwards it is not among them. */
const readAll = ({ log }: NodeState, call: ReadCall, options: Streams.ReadReq.Options): void => {
  const asked = options.getAll() as Streams.ReadReq.Options.AllOptions;
  const count = Number(options.getCount());
  const backwards = options.getReadDirection() === streams.ReadReq.Options.ReadDirection.BACKWARDS;
  const position = asked.getPosition()?.getCommitPosition();
  const at = position !== undefined ? log.indexOf(BigInt(position)) : asked.hasEnd() ? log.all.length : 0;
  send(
    call,
    backwards ? log.all.slice(Math.max(0, at - count), at).reverse() : log.all.slice(at, at + count),
  );
};

/** `Read`: streams and `$all` in both directions, and subscriptions to `$all`. */
export const read =
  (node: NodeState): Grpc.handleServerStreamingCall<Streams.ReadReq, Streams.ReadResp> =>
  (call) => {
    const options = call.request.getOptions();
    call.on('error', () => undefined);
    if (options === undefined) return call.end();
    const fault = node.readFaults.next();
    if (fault === 'lost-request') return undefined;
    if (fault !== undefined) {
      call.emit('error', refusalOf(fault, node));
      return undefined;
    }
    if (options.hasSubscription()) {
      if (options.hasAll()) return subscribeToAll(node, call, options);
      call.emit('error', refusal(grpc.status.UNIMPLEMENTED, 'only $all can be subscribed to'));
      return undefined;
    }
    node.counts.reads += 1;
    return options.hasStream() ? readStream(node, call, options) : readAll(node, call, options);
  };
