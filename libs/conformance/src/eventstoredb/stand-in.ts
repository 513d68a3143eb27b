import { FaultQueue, type AppendFault, type ReadFault, type SubscriptionFault } from './faults.js';
import { EventLog, type LogEvent } from './log.js';
import type { NodeState } from './node-state.js';
import { grpc } from './protocol.js';
import { addServices } from './services.js';

export type EventStoreStandInOptions = {
  /** 0 or left out: a free one. */
  readonly port?: number;
  /** Whether the node offers BatchAppend; without it the client makes one Append call for each write. */
  readonly batchAppend?: boolean;
  /** Bytes of one append; 1 MiB as servers up to 25.0. */
  readonly maxAppendBytes?: number;
  /** Position of the first record of the log. */
  readonly firstPosition?: bigint;
};

/** How a test makes the node misbehave, and looks into it. */
export type EventStoreControl = {
  /** The next `times` appends meet the fault, in the order in which faults are planted. */
  failAppends(fault: AppendFault, times?: number): void;
  /** The next `times` reads or new subscriptions meet the fault. */
  failReads(fault: ReadFault, times?: number): void;
  /** What happens to the subscriptions that are open now. */
  failSubscriptions(fault: SubscriptionFault): void;
  /** Appends are answered so much later. */
  slowDown(ms: number): void;
  offerBatchAppend(offered: boolean): void;
  hideRepeatedPositions(hidden: boolean): void;
  /** The next subscription from the beginning gets the checkpoint (2^64-1, 2^64-1). */
  sendEndlessCheckpoint(): void;
  softDelete(stream: string): void;
  tombstone(stream: string): void;
  writeSystemEvent(): void;
  /** Ends every connection and listens again on the same port; the log stays. */
  restart(): Promise<void>;
  /** The node comes back with an older backup: everything behind `position` is gone. */
  restoreBackup(position: bigint): Promise<void>;
  /** An empty store without planted faults. */
  forget(): void;
  log(): readonly LogEvent[];
  counts(): Readonly<NodeState['counts']>;
  faultsLeft(): number;
  openSubscriptions(): number;
};

export type EventStoreStandIn = {
  /** Connection string for the client. */
  readonly url: string;
  readonly port: number;
  readonly control: EventStoreControl;
  stop(): Promise<void>;
};

const HOST = '127.0.0.1';
const MEBIBYTE = 1024 * 1024;

const stateOf = (options: EventStoreStandInOptions): NodeState => ({
  log: new EventLog(options.firstPosition ?? 316n),
  appendFaults: new FaultQueue(),
  readFaults: new FaultQueue(),
  subscriptions: new Set(),
  maxAppendBytes: options.maxAppendBytes ?? MEBIBYTE,
  counts: { appends: 0, batchStreams: 0, reads: 0, subscriptions: 0 },
  host: HOST,
  port: options.port ?? 0,
  batchAppend: options.batchAppend ?? true,
  delayMs: 0,
  hidesRepeatedPosition: false,
  endlessCheckpoint: false,
});

const listen = async (node: NodeState): Promise<InstanceType<typeof grpc.Server>> => {
  const server = new grpc.Server({ 'grpc.max_receive_message_length': 17 * MEBIBYTE });
  addServices(server, node);
  node.port = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`${HOST}:${node.port}`, grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    ),
  );
  return server;
};

const controlOf = (node: NodeState, restart: () => Promise<void>): EventStoreControl => ({
  failAppends: (fault, times = 1) => node.appendFaults.plant(fault, times),
  failReads: (fault, times = 1) => node.readFaults.plant(fault, times),
  failSubscriptions: (fault) => {
    for (const subscription of [...node.subscriptions]) subscription.fail(fault);
  },
  slowDown: (ms) => void (node.delayMs = ms),
  offerBatchAppend: (offered) => void (node.batchAppend = offered),
  hideRepeatedPositions: (hidden) => void (node.hidesRepeatedPosition = hidden),
  sendEndlessCheckpoint: () => void (node.endlessCheckpoint = true),
  softDelete: (stream) => void node.log.softDelete(stream),
  tombstone: (stream) => void node.log.tombstone(stream),
  writeSystemEvent: () => void node.log.writeSystemEvent(),
  restart: async () => {
    node.log.restarted();
    await restart();
  },
  restoreBackup: async (position) => {
    node.log.restore(position);
    await restart();
  },
  forget: () => {
    node.log.forget();
    node.appendFaults.clear();
    node.readFaults.clear();
    Object.assign(node, { delayMs: 0, hidesRepeatedPosition: false, endlessCheckpoint: false });
  },
  log: () => node.log.all,
  counts: () => ({ ...node.counts }),
  faultsLeft: () => node.appendFaults.waiting + node.readFaults.waiting,
  openSubscriptions: () => node.subscriptions.size,
});

/**
 * A node of EventStoreDB in this process, on a loopback port of its own: the parts of its gRPC
 * interface that a ledger uses, with the semantics of the server for expected revisions,
 * idempotence, `$all`, checkpoints and deleted streams. It keeps everything in memory, knows no
 * users and no cluster, and misbehaves on demand. It is for tests; it is not a store.
 */
export const startEventStoreStandIn = async (
  options: EventStoreStandInOptions = {},
): Promise<EventStoreStandIn> => {
  const node = stateOf(options);
  let server = await listen(node);
  const restart = async () => {
    server.forceShutdown();
    server = await listen(node);
  };
  return {
    url: `esdb://${HOST}:${node.port}?tls=false`,
    port: node.port,
    control: controlOf(node, restart),
    stop: async () => server.forceShutdown(),
  };
};
