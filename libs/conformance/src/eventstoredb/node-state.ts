import type { AppendFault, FaultQueue, ReadFault, SubscriptionFault } from './faults.js';
import type { EventLog } from './log.js';
import { grpc, refusal } from './protocol.js';

export type OpenSubscription = { fail(fault: SubscriptionFault): void };

/** What the services of one stand-in node share. */
export type NodeState = {
  readonly log: EventLog;
  readonly appendFaults: FaultQueue<AppendFault>;
  readonly readFaults: FaultQueue<ReadFault>;
  readonly subscriptions: Set<OpenSubscription>;
  readonly maxAppendBytes: number;
  readonly counts: { appends: number; batchStreams: number; reads: number; subscriptions: number };
  readonly host: string;
  port: number;
  /** Whether the node says that it has BatchAppend. */
  batchAppend: boolean;
  /** Every append is answered so much later. */
  delayMs: number;
  /** Repeats are answered without a position, as when the index does not have the event yet. */
  hidesRepeatedPosition: boolean;
  /** The next subscription from the beginning gets the checkpoint (2^64-1, 2^64-1) of servers before 24.10.5. */
  endlessCheckpoint: boolean;
};

/** The error with which a call ends, as the server words it. */
export const refusalOf = (
  fault: 'not-leader' | 'busy' | 'not-ready' | 'unavailable' | 'access-denied',
  { host, port }: NodeState,
) => {
  switch (fault) {
    case 'not-leader':
      return refusal(grpc.status.NOT_FOUND, 'Leader info available', {
        exception: 'not-leader',
        'leader-endpoint-host': host,
        'leader-endpoint-port': String(port),
      });
    case 'busy':
      return refusal(grpc.status.UNAVAILABLE, 'Server Is Too Busy');
    case 'not-ready':
      return refusal(grpc.status.UNAVAILABLE, 'Server Is Not Ready');
    case 'unavailable':
      return refusal(grpc.status.UNAVAILABLE, 'the node is going down');
    case 'access-denied':
      return refusal(grpc.status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
  }
};
