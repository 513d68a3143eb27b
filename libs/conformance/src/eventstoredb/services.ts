import { append, batchAppend } from './append-service.js';
import type { NodeState } from './node-state.js';
import {
  features,
  featuresGrpc,
  gossip,
  gossipGrpc,
  nameOf,
  refusal,
  grpc,
  shared,
  streams,
  streamsGrpc,
  type Grpc,
  type Shared,
  type Streams,
} from './protocol.js';
import { read } from './read-service.js';

type Empty = Shared.Empty;
type Unary<Request, Response> = Grpc.handleUnaryCall<Request, Response>;

const METHODS = ['read', 'append', 'delete', 'tombstone', 'batchappend'];

const supportedMethods =
  (node: NodeState): Unary<Empty, InstanceType<typeof features.SupportedMethods>> =>
  (_, callback) => {
    const answer = new features.SupportedMethods().setEventStoreServerVersion('24.10.0');
    for (const method of METHODS) {
      if (method === 'batchappend' && !node.batchAppend) continue;
      answer.addMethods(
        new features.SupportedMethod()
          .setServiceName('event_store.client.streams.streams')
          .setMethodName(method),
      );
    }
    callback(null, answer);
  };

/** A cluster of one: this node leads it. */
const members =
  (node: NodeState): Unary<Empty, InstanceType<typeof gossip.ClusterInfo>> =>
  (_, callback) => {
    const endPoint = new gossip.EndPoint().setAddress(node.host).setPort(node.port);
    const self = new gossip.MemberInfo()
      .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
      .setTimeStamp('0')
      .setState(gossip.MemberInfo.VNodeState.LEADER)
      .setIsAlive(true)
      .setHttpEndPoint(endPoint);
    callback(null, new gossip.ClusterInfo().setMembersList([self]));
  };

const softDelete =
  ({ log }: NodeState): Unary<Streams.DeleteReq, Streams.DeleteResp> =>
  (call, callback) => {
    const event = log.softDelete(nameOf(call.request.getOptions()?.getStreamIdentifier()));
    if (event === undefined)
      return callback(refusal(grpc.status.FAILED_PRECONDITION, 'there is no such stream'));
    const at = String(event.position);
    const position = new streams.DeleteResp.Position().setCommitPosition(at).setPreparePosition(at);
    return callback(null, new streams.DeleteResp().setPosition(position));
  };

const tombstone =
  ({ log }: NodeState): Unary<Streams.TombstoneReq, Streams.TombstoneResp> =>
  (call, callback) => {
    const at = String(log.tombstone(nameOf(call.request.getOptions()?.getStreamIdentifier())).position);
    const position = new streams.TombstoneResp.Position().setCommitPosition(at).setPreparePosition(at);
    callback(null, new streams.TombstoneResp().setPosition(position));
  };

export const addServices = (server: Grpc.Server, node: NodeState): void => {
  const methods = {
    read: read(node),
    append: append(node),
    batchAppend: batchAppend(node),
    delete: softDelete(node),
    tombstone: tombstone(node),
  };
  // the client ships these definitions for its own use, without the types of a server
  const add = (service: unknown, implementation: object) =>
    server.addService(service as Grpc.ServiceDefinition, implementation as Grpc.UntypedServiceImplementation);
  add(streamsGrpc.StreamsService, methods);
  add(featuresGrpc.ServerFeaturesService, { getSupportedMethods: supportedMethods(node) });
  add(gossipGrpc.GossipService, { read: members(node) });
};
