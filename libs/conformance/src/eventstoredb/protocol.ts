import { createRequire } from 'node:module';
import type * as Grpc from '@grpc/grpc-js';
import type * as GossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type * as Gossip from '@eventstore/db-client/generated/gossip_pb.js';
import type * as FeaturesGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type * as Features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type * as Shared from '@eventstore/db-client/generated/shared_pb.js';
import type * as Status from '@eventstore/db-client/generated/status_pb.js';
import type * as StreamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type * as AnyMessage from 'google-protobuf/google/protobuf/any_pb.js';
import type * as EmptyMessage from 'google-protobuf/google/protobuf/empty_pb.js';

// google-protobuf keeps its messages in one global namespace, so there may be only one of it in a
// process: everything is resolved from where the client itself resolves it
const fromHere = createRequire(import.meta.url);
const fromClient = createRequire(fromHere.resolve('@eventstore/db-client'));
const generated = (name: string): unknown => fromClient(`@eventstore/db-client/generated/${name}`);

export const grpc = fromClient('@grpc/grpc-js') as typeof Grpc;
export const streamsGrpc = generated('streams_grpc_pb') as typeof StreamsGrpc;
export const streams = generated('streams_pb') as typeof Streams;
export const shared = generated('shared_pb') as typeof Shared;
export const status = generated('status_pb') as typeof Status;
export const gossipGrpc = generated('gossip_grpc_pb') as typeof GossipGrpc;
export const gossip = generated('gossip_pb') as typeof Gossip;
export const featuresGrpc = generated('serverfeatures_grpc_pb') as typeof FeaturesGrpc;
export const features = generated('serverfeatures_pb') as typeof Features;
export const anyMessage = fromClient('google-protobuf/google/protobuf/any_pb') as typeof AnyMessage;
export const emptyMessage = fromClient('google-protobuf/google/protobuf/empty_pb') as typeof EmptyMessage;

export type { Grpc, Shared, Status, Streams };

export const nameOf = (identifier: Shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const identifierOf = (stream: string): Shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream, 'utf8')));

/** Ends a call as the server does: a gRPC status and, when it has a name, the `exception` trailer. */
export const refusal = (
  code: Grpc.status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): Grpc.StatusObject & Error => {
  const metadata = new grpc.Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
};
