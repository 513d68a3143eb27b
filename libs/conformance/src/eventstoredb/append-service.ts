import type { AppendFault } from './faults.js';
import type { AppendResult, Expectation, ProposedEvent } from './log.js';
import { refusalOf, type NodeState } from './node-state.js';
import {
  anyMessage,
  emptyMessage,
  grpc,
  identifierOf,
  nameOf,
  refusal,
  shared,
  status,
  streams,
  type Grpc,
  type Streams,
} from './protocol.js';

type Write = {
  readonly stream: string;
  readonly expected: Expectation;
  readonly events: ProposedEvent[];
  bytes: number;
};

type Written = Extract<AppendResult, { readonly position: bigint }>;

type Answer =
  | AppendResult
  | {
      readonly kind: 'too-large' | 'busy' | 'not-ready' | 'access-denied' | 'timeout' | 'unknown' | 'silence';
    }
  | { readonly kind: 'ended'; readonly by: 'not-leader' | 'unavailable' };

type Proposed = Streams.AppendReq.ProposedMessage | Streams.BatchAppendReq.ProposedMessage;

const proposedEvent = (message: Proposed): ProposedEvent => ({
  id: message.getId()?.getString().toLowerCase() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

const add = (write: Write, message: Proposed): void => {
  const event = proposedEvent(message);
  write.events.push(event);
  write.bytes += event.data.length + event.metadata.length + event.type.length * 2;
};

const COMMITS = new Set<AppendFault>(['lost-response', 'timeout-after-commit', 'unavailable-after-commit']);

const faulty = (fault: AppendFault): Answer => {
  switch (fault) {
    case 'not-leader':
    case 'unavailable':
      return { kind: 'ended', by: fault };
    case 'unavailable-after-commit':
      return { kind: 'ended', by: 'unavailable' };
    case 'lost-request':
    case 'lost-response':
      return { kind: 'silence' };
    case 'timeout-after-commit':
      return { kind: 'timeout' };
    case 'busy':
    case 'not-ready':
    case 'access-denied':
    case 'unknown':
      return { kind: fault };
  }
};

const answerTo = (node: NodeState, { stream, expected, events, bytes }: Write): Answer => {
  node.counts.appends += 1;
  const fault = node.appendFaults.next();
  if (fault !== undefined && !COMMITS.has(fault)) return faulty(fault);
  if (bytes > node.maxAppendBytes) return { kind: 'too-large' };
  const result = node.log.append(stream, expected, events);
  return fault === undefined ? result : faulty(fault);
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// --- Append: one call for each write -------------------------------------------------------------

const expectationOfAppend = (options: Streams.AppendReq.Options): Expectation =>
  options.hasRevision()
    ? BigInt(options.getRevision())
    : options.hasNoStream()
      ? 'no-stream'
      : options.hasStreamExists()
        ? 'stream-exists'
        : 'any';

const appendWrongVersion = (current: bigint | undefined, expected: Expectation) => {
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (current === undefined) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(current));
  if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected));
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedAny(new shared.Empty());
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
};

const appendSuccess = (node: NodeState, { kind, revision, position }: Written) => {
  const success = new streams.AppendResp.Success().setCurrentRevision(String(revision));
  if (kind === 'repeated' && node.hidesRepeatedPosition) success.setNoPosition(new shared.Empty());
  else
    success.setPosition(
      new streams.AppendResp.Position()
        .setCommitPosition(String(position))
        .setPreparePosition(String(position)),
    );
  return new streams.AppendResp().setSuccess(success);
};

/** Answers an Append call, or leaves it open for ever. */
const answerAppend = (
  node: NodeState,
  write: Write,
  callback: Grpc.sendUnaryData<Streams.AppendResp>,
): void => {
  const answer = answerTo(node, write);
  switch (answer.kind) {
    case 'committed':
    case 'repeated':
      return callback(null, appendSuccess(node, answer));
    case 'wrong-version':
      return callback(null, appendWrongVersion(answer.current, write.expected));
    case 'deleted':
      return callback(
        refusal(grpc.status.FAILED_PRECONDITION, `Event stream '${write.stream}' is deleted.`, {
          exception: 'stream-deleted',
          'stream-name': encodeURIComponent(write.stream),
        }),
      );
    case 'too-large':
      return callback(
        refusal(grpc.status.INVALID_ARGUMENT, `Maximum Append Size of ${node.maxAppendBytes} Exceeded.`, {
          exception: 'maximum-append-size-exceeded',
          'maximum-append-size': String(node.maxAppendBytes),
        }),
      );
    case 'timeout':
      return callback(refusal(grpc.status.ABORTED, 'Operation timed out: commit'));
    case 'unknown':
      return callback(refusal(grpc.status.INTERNAL, 'Unexpected OperationResult'));
    case 'busy':
    case 'not-ready':
    case 'access-denied':
      return callback(refusalOf(answer.kind, node));
    case 'ended':
      return callback(refusalOf(answer.by, node));
    case 'silence':
      return undefined;
  }
};

/** Turns of the event loop after which a call that was broken off is known to be. */
const TURNS = 20;

/** A call that the client breaks off ends like a complete one, and says only a moment later that it was none. */
const ended = async (call: { readonly cancelled: boolean }): Promise<void> => {
  for (let turn = 0; turn < TURNS && !call.cancelled; turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
};

/** `Append`: options first, then the events, one answer at the end. */
export const append =
  (node: NodeState): Grpc.handleClientStreamingCall<Streams.AppendReq, Streams.AppendResp> =>
  (call, callback) => {
    let write: Write | undefined;
    call.on('data', (request: Streams.AppendReq) => {
      const options = request.getOptions();
      if (options !== undefined)
        write = {
          stream: nameOf(options.getStreamIdentifier()),
          expected: expectationOfAppend(options),
          events: [],
          bytes: 0,
        };
      const message = request.getProposedMessage();
      if (message !== undefined && write !== undefined) add(write, message);
    });
    call.on('end', () => {
      const complete = write;
      if (complete === undefined) return;
      void ended(call)
        .then(() => pause(node.delayMs))
        .then(() => {
          if (!call.cancelled) answerAppend(node, complete, callback);
        });
    });
    call.on('error', () => undefined);
  };

// --- BatchAppend: many writes in one call, answered by correlation id -----------------------------

type BatchWrite = Write & { readonly late: boolean };

const expectationOfBatch = (options: Streams.BatchAppendReq.Options): Expectation =>
  options.hasStreamPosition()
    ? BigInt(options.getStreamPosition())
    : options.hasNoStream()
      ? 'no-stream'
      : options.hasStreamExists()
        ? 'stream-exists'
        : 'any';

const batchWriteOf = (options: Streams.BatchAppendReq.Options): BatchWrite => ({
  stream: nameOf(options.getStreamIdentifier()),
  expected: expectationOfBatch(options),
  events: [],
  bytes: 0,
  // the deadline is an absolute time, judged by the clock of the server
  late: (options.getDeadline()?.toDate().getTime() ?? Infinity) <= Date.now(),
});

const problem = (name: string, details: Uint8Array, message = '') => {
  const any = new anyMessage.Any();
  any.pack(details, name);
  return new streams.BatchAppendResp().setError(
    new status.Status()
      .setCode(grpc.status.UNKNOWN as number)
      .setMessage(message)
      .setDetails(any),
  );
};

const known = (name: string, details: { serializeBinary(): Uint8Array }) =>
  problem(`event_store.client.${name}`, details.serializeBinary());

/** As the server does when the node cannot handle the write now: a text and nothing else. */
const unrecognised = (message: string) =>
  problem('google.protobuf.Empty', new emptyMessage.Empty().serializeBinary(), message);

const batchWrongVersion = (current: bigint | undefined, expected: Expectation) => {
  const wrong = new shared.WrongExpectedVersion();
  if (current === undefined) wrong.setCurrentNoStream(new emptyMessage.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (typeof expected === 'bigint') wrong.setExpectedStreamPosition(String(expected));
  else if (expected === 'no-stream') wrong.setExpectedNoStream(new emptyMessage.Empty());
  else wrong.setExpectedAny(new emptyMessage.Empty());
  return known('WrongExpectedVersion', wrong);
};

const batchSuccess = (node: NodeState, { kind, revision, position }: Written) => {
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(revision));
  if (kind === 'repeated' && node.hidesRepeatedPosition) success.setNoPosition(new emptyMessage.Empty());
  else
    success.setPosition(
      new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position)),
    );
  return new streams.BatchAppendResp().setSuccess(success);
};

type BatchCall = Grpc.ServerDuplexStream<Streams.BatchAppendReq, Streams.BatchAppendResp>;

const batchAnswer = (
  node: NodeState,
  write: BatchWrite,
  call: BatchCall,
): Streams.BatchAppendResp | undefined => {
  if (write.late) return known('Timeout', new shared.Timeout());
  const answer = answerTo(node, write);
  switch (answer.kind) {
    case 'committed':
    case 'repeated':
      return batchSuccess(node, answer);
    case 'wrong-version':
      return batchWrongVersion(answer.current, write.expected);
    case 'deleted':
      return known(
        'StreamDeleted',
        new shared.StreamDeleted().setStreamIdentifier(identifierOf(write.stream)),
      );
    case 'too-large':
      return known(
        'MaximumAppendSizeExceeded',
        new shared.MaximumAppendSizeExceeded().setMaxappendsize(node.maxAppendBytes),
      );
    case 'timeout':
      return known('Timeout', new shared.Timeout());
    case 'access-denied':
      return known('AccessDenied', new shared.AccessDenied());
    case 'unknown':
      return known('Unknown', new shared.Unknown());
    case 'busy':
      return unrecognised('Server Is Busy');
    case 'not-ready':
      return unrecognised('Server Is Not Ready');
    case 'ended':
      // not the write but the whole call fails, with every write that is under way on it
      call.emit('error', refusalOf(answer.by, node));
      return undefined;
    case 'silence':
      return undefined;
  }
};

/** `BatchAppend`: writes are taken in the order in which they are complete, and answered in it. */
export const batchAppend =
  (node: NodeState): Grpc.handleBidiStreamingCall<Streams.BatchAppendReq, Streams.BatchAppendResp> =>
  (call) => {
    node.counts.batchStreams += 1;
    const open = new Map<string, BatchWrite>();
    let order = Promise.resolve();
    call.on('data', (request: Streams.BatchAppendReq) => {
      const correlation = request.getCorrelationId();
      const id = correlation?.getString() ?? '';
      const options = request.getOptions();
      if (options !== undefined) open.set(id, batchWriteOf(options));
      const write = open.get(id);
      if (write === undefined) return;
      for (const message of request.getProposedMessagesList()) add(write, message);
      if (!request.getIsFinal()) return;
      open.delete(id);
      const answered = () => {
        const answer = call.cancelled ? undefined : batchAnswer(node, write, call);
        if (answer === undefined) return;
        call.write(answer.setCorrelationId(correlation).setStreamIdentifier(identifierOf(write.stream)));
      };
      if (node.delayMs > 0) order = order.then(() => pause(node.delayMs)).then(answered);
      else answered();
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
