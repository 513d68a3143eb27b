import { KarnamaError } from '@karnama/kernel';
import type { Agencies, Agency, TopicSettings } from './agencies.js';
import { NOTES_SETTINGS } from './producer-notes.js';
import { LOOKING_GROUP } from './read-range.js';

export type PlannedTopic = {
  readonly name: string;
  readonly partitions: number;
  readonly replication: number;
  readonly settings: Readonly<Record<string, string>>;
};

/** One thing that a principal may do, from anywhere. Whatever nobody may do is denied. */
export type Access = {
  /** With its type: `User:br-mte`. */
  readonly principal: string;
  readonly operation: 'read' | 'write' | 'describe' | 'delete';
  readonly resource: 'topic' | 'group';
  readonly name: string;
  readonly pattern: 'literal' | 'prefixed';
};

export type TopicPlan = { readonly topics: readonly PlannedTopic[]; readonly access: readonly Access[] };

const DAY_MS = 24 * 60 * 60 * 1_000;

const kept = ({ minInsync, compression, maxMessageBytes }: TopicSettings) => ({
  'min.insync.replicas': String(minInsync),
  'compression.type': compression,
  'max.message.bytes': String(maxMessageBytes),
  // nobody but the broker says when a record came in
  'message.timestamp.type': 'LogAppendTime',
  'unclean.leader.election.enable': 'false',
});

const feedTopic = (prefix: string, agency: Agency, contract: string): PlannedTopic => ({
  name: `${prefix}${agency.code}.${contract}`,
  partitions: agency.partitions,
  replication: agency.replication,
  settings: {
    ...kept(agency),
    // compaction would remove records that were never taken in
    'cleanup.policy': 'delete',
    'retention.ms': String(agency.retentionDays * DAY_MS),
    'retention.bytes': '-1',
  },
});

const notesTopic = ({ producersTopic, defaults }: Agencies): PlannedTopic => ({
  name: producersTopic,
  partitions: 1,
  replication: defaults.replication,
  settings: { ...kept(defaults), ...NOTES_SETTINGS, 'message.timestamp.type': 'CreateTime' },
});

const may =
  (name: string) =>
  (
    resource: Access['resource'],
    pattern: Access['pattern'],
    of: string,
    ...operations: readonly Access['operation'][]
  ) =>
    operations.map((operation): Access => ({
      principal: `User:${name}`,
      operation,
      resource,
      name: of,
      pattern,
    }));

const intakeAccess = ({ topicPrefix, intake }: Agencies): readonly Access[] => {
  const intakeMay = may(intake.principal);
  return [
    ...intakeMay('topic', 'prefixed', topicPrefix, 'read', 'describe'),
    ...intakeMay('group', 'literal', intake.group, 'read', 'describe'),
  ];
};

const gatewayAccess = ({ topicPrefix, producersTopic, gateway }: Agencies): readonly Access[] => {
  if (gateway === null) return [];
  const gatewayMay = may(gateway.principal);
  return [
    ...gatewayMay('topic', 'prefixed', topicPrefix, 'write', 'read', 'describe'),
    ...gatewayMay('topic', 'literal', producersTopic, 'write', 'read', 'describe'),
    ...gatewayMay('group', 'prefixed', LOOKING_GROUP, 'read', 'describe', 'delete'),
  ];
};

/**
 * What the broker must have: one topic for each contract of each agency, the topic of the gateway's notes, and
 * who may do what. An agency's principal may write to the topics of its own code and to nothing else; the prefix
 * ends in a dot, so that `br` is no prefix of `br-mte`. Pure: the same agencies always give the same plan.
 * @param contracts names of the contracts that exist
 * @throws KarnamaError `unknown-contract`
 */
export const topicPlan = (contracts: ReadonlySet<string>, agencies: Agencies): TopicPlan => {
  for (const { code, contracts: names } of agencies.agencies)
    for (const name of names)
      if (!contracts.has(name))
        throw new KarnamaError(
          'unknown-contract',
          `agency ${code} delivers ${name}, and there is no such contract`,
          `the contracts are ${[...contracts].sort().join(', ')}`,
        );
  const { topicPrefix } = agencies;
  const topics = agencies.agencies.flatMap((agency) =>
    agency.contracts.map((contract) => feedTopic(topicPrefix, agency, contract)),
  );
  const access = agencies.agencies.flatMap(({ code, principal }) =>
    may(principal)('topic', 'prefixed', `${topicPrefix}${code}.`, 'write', 'describe'),
  );
  return {
    topics: [...topics, notesTopic(agencies)].sort((a, b) => (a.name < b.name ? -1 : 1)),
    access: [...access, ...intakeAccess(agencies), ...gatewayAccess(agencies)],
  };
};
