import { eventMessage, type ReadCall } from './event-message.js';
import type { SubscriptionFault } from './faults.js';
import type { LogEvent } from './log.js';
import type { NodeState } from './node-state.js';
import { grpc, refusal, streams, type Streams } from './protocol.js';

/** Events that the server looks at in one go when the client names no window. */
const DEFAULT_WINDOW = 32;
const UINT64_MAX = String(2n ** 64n - 1n);

type Plan = {
  readonly passes: (event: LogEvent) => boolean;
  /** A checkpoint after so many events that were looked at; undefined without a filter. */
  readonly checkpointEvery: number | undefined;
};

const planOf = (options: Streams.ReadReq.Options): Plan => {
  const filter = options.getFilter();
  if (filter === undefined) return { passes: () => true, checkpointEvery: undefined };
  const expression = filter.getEventType() ?? filter.getStreamIdentifier();
  const field = filter.hasEventType() ? 'type' : 'stream';
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = prefixes.length > 0 ? undefined : new RegExp(expression?.getRegex() ?? '');
  const window = filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW;
  return {
    passes: (event) =>
      regex === undefined
        ? prefixes.some((prefix) => event[field].startsWith(prefix))
        : regex.test(event[field]),
    checkpointEvery: filter.getCheckpointintervalmultiplier() * window,
  };
};

const checkpointAt = (position: string) =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(position).setPreparePosition(position),
  );

/** Index of the first event to look at: the one *at* the position was seen before. */
const startOf = ({ log }: NodeState, options: Streams.ReadReq.Options): number | 'nowhere' => {
  const asked = options.getAll() as Streams.ReadReq.Options.AllOptions;
  const position = asked.getPosition();
  if (position === undefined) return asked.hasEnd() ? log.all.length : 0;
  const commit = BigInt(position.getCommitPosition());
  // the server takes this one for the end of the log
  if (commit >= 2n ** 63n) return log.all.length;
  // behind the end it goes live and leaves out everything up to there
  if (commit > (log.all.at(-1)?.position ?? 0n)) return 'nowhere';
  return log.indexOf(commit) + 1;
};

/** A catch-up subscription to `$all`: from a position (exclusive) to the end, then what is appended. */
export const subscribeToAll = (node: NodeState, call: ReadCall, options: Streams.ReadReq.Options): void => {
  node.counts.subscriptions += 1;
  const { log } = node;
  const { passes, checkpointEvery } = planOf(options);
  const start = startOf(node, options);
  const skipTo = start === 'nowhere' ? BigInt(options.getAll()?.getPosition()?.getCommitPosition() ?? 0) : 0n;
  let at = start === 'nowhere' ? log.all.length : start;
  let fault: SubscriptionFault | undefined;
  let wake: () => void = () => undefined;
  const subscription = {
    fail: (kind: SubscriptionFault) => {
      fault = kind;
      wake();
    },
  };
  node.subscriptions.add(subscription);

  const writable = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
      call.once('drain', resolve);
    });

  const sent = async (message: Streams.ReadResp): Promise<void> => {
    if (!call.write(message) && !call.cancelled) await writable();
  };

  const grown = () =>
    new Promise<void>((resolve) => {
      const forget = log.whenGrown(resolve);
      wake = () => {
        forget();
        resolve();
      };
    });

  const pump = async (): Promise<void> => {
    const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(
      crypto.randomUUID(),
    );
    await sent(new streams.ReadResp().setConfirmation(confirmation));
    if (node.endlessCheckpoint && start === 0) {
      node.endlessCheckpoint = false;
      await sent(checkpointAt(UINT64_MAX));
    }
    let considered = 0;
    let behind = true;
    while (!call.cancelled && fault === undefined) {
      const event = log.all[at];
      if (event === undefined) {
        if (behind) await sent(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
        behind = false;
        // it may have grown, or the call may have ended, while the message was written
        if (log.all[at] === undefined && !call.cancelled && fault === undefined) await grown();
        continue;
      }
      at += 1;
      // a consumer that cannot follow is read for again, and told when it has caught up
      if (log.all.length - at > DEFAULT_WINDOW) behind = true;
      if (event.position > skipTo && passes(event)) await sent(eventMessage(event));
      considered += 1;
      // while it searches the past it tells a place in the log where no event need stand
      const reached = behind ? (log.all[at - 2]?.position ?? 0n) + 1n : event.position;
      if (checkpointEvery !== undefined && considered % checkpointEvery === 0)
        await sent(checkpointAt(String(reached)));
    }
  };

  const ended = (): void => {
    node.subscriptions.delete(subscription);
    wake();
  };
  call.on('cancelled', ended);
  call.on('close', ended);
  void pump()
    .catch(() => undefined)
    .finally(() => {
      node.subscriptions.delete(subscription);
      if (fault === 'error')
        call.emit('error', refusal(grpc.status.UNKNOWN, 'Unexpected SubscriptionDropReason: Dropped'));
      else if (fault === 'clean-end') call.end();
    });
};
