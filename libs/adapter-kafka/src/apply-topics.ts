import kafkajs, { type AclEntry, type Admin } from 'kafkajs';
import { KarnamaError } from '@karnama/kernel';
import { administration, type Administration } from './admin.js';
import { rest } from './bell.js';
import { clientOf, type ConnectionOptions } from './client.js';
import { topicChanges, type BrokerState, type TopicChange, type TopicChanges } from './topic-changes.js';
import type { Access, PlannedTopic, TopicPlan } from './topic-plan.js';

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ConfigResourceTypes, ResourcePatternTypes } =
  kafkajs;

const operations = {
  read: AclOperationTypes.READ,
  write: AclOperationTypes.WRITE,
  describe: AclOperationTypes.DESCRIBE,
  delete: AclOperationTypes.DELETE,
} as const;
const resources = { topic: AclResourceTypes.TOPIC, group: AclResourceTypes.GROUP } as const;
const patterns = { literal: ResourcePatternTypes.LITERAL, prefixed: ResourcePatternTypes.PREFIXED } as const;

const nameIn = <K extends string>(names: Readonly<Record<K, number>>, value: number): K | undefined =>
  (Object.keys(names) as K[]).find((name) => names[name] === value);

const entryOf = ({ principal, operation, resource, name, pattern }: Access): AclEntry => ({
  principal,
  host: '*',
  permissionType: AclPermissionTypes.ALLOW,
  operation: operations[operation],
  resourceType: resources[resource],
  resourceName: name,
  resourcePatternType: patterns[pattern],
});

/** Rights of the kinds that plans give; others are somebody else's business. */
const accessOf = async (admin: Admin): Promise<readonly Access[]> => {
  const { resources: found } = await admin.describeAcls({
    resourceType: AclResourceTypes.ANY,
    resourcePatternType: ResourcePatternTypes.ANY,
    operation: AclOperationTypes.ANY,
    permissionType: AclPermissionTypes.ALLOW,
  });
  return found.flatMap(({ resourceType, resourceName, resourcePatternType, acls }) =>
    acls.flatMap(({ principal, operation: code }): readonly Access[] => {
      const operation = nameIn(operations, code);
      const resource = nameIn(resources, resourceType);
      const pattern = nameIn(patterns, resourcePatternType);
      if (operation === undefined || resource === undefined || pattern === undefined) return [];
      return [{ principal, operation, resource, name: resourceName, pattern }];
    }),
  );
};

const settingsOf = async (
  admin: Admin,
  names: readonly string[],
): Promise<ReadonlyMap<string, Record<string, string>>> => {
  if (names.length === 0) return new Map();
  const { resources: found } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  return new Map(
    found.map(({ resourceName, configEntries }) => [
      resourceName,
      Object.fromEntries(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  );
};

const isWithoutAuthorizer = (error: unknown): boolean =>
  (error as { readonly type?: string }).type === 'SECURITY_DISABLED';

const stateOf = async (admin: Administration, plan: TopicPlan): Promise<BrokerState> => {
  const counts = await admin.partitionCounts();
  const names = plan.topics.map(({ name }) => name).filter((name) => counts.has(name));
  const settings = await admin.use((connected) => settingsOf(connected, names));
  const access = await admin.use(async (connected) => {
    try {
      return await accessOf(connected);
    } catch (error) {
      if (isWithoutAuthorizer(error)) return plan.access; // rights mean nothing to such a broker
      throw error;
    }
  });
  return {
    topics: new Map(
      names.map((name) => [name, { partitions: counts.get(name) ?? 0, settings: settings.get(name) ?? {} }]),
    ),
    access,
  };
};

const configOf = (topic: PlannedTopic) =>
  Object.entries(topic.settings).map(([name, value]) => ({ name, value }));

const applyOne = async (admin: Admin, change: Exclude<TopicChange, { kind: 'allow' }>): Promise<void> => {
  const { topic } = change;
  switch (change.kind) {
    case 'create':
      await admin.createTopics({
        waitForLeaders: false,
        topics: [
          {
            topic: topic.name,
            numPartitions: topic.partitions,
            replicationFactor: topic.replication,
            configEntries: configOf(topic),
          },
        ],
      });
      return;
    case 'grow':
      await admin.createPartitions({ topicPartitions: [{ topic: topic.name, count: topic.partitions }] });
      return;
    case 'configure':
      await admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: topic.name, configEntries: configOf(topic) }],
      });
      return;
  }
};

/** Looks at and changes the topics of a broker. */
export type TopicsAdmin = {
  /** What `apply` would do. @throws KarnamaError `fewer-partitions`, `not-authorized`, `Unavailable` */
  changes(plan: TopicPlan): Promise<TopicChanges>;
  /** Makes the broker what the plan says, and answers what was done. Repeating it does nothing. */
  apply(plan: TopicPlan): Promise<TopicChanges>;
  close(): Promise<void>;
};

/** Rights first: a topic is never there for somebody who may not use it. */
const apply = async (admin: Administration, plan: TopicPlan): Promise<TopicChanges> => {
  const found = topicChanges(plan, await stateOf(admin, plan));
  const access = found.changes.flatMap((change) => (change.kind === 'allow' ? [entryOf(change.access)] : []));
  if (access.length > 0) await admin.use((connected) => connected.createAcls({ acl: access }));
  for (const change of found.changes)
    if (change.kind !== 'allow') await admin.use((connected) => applyOne(connected, change));
  const left = topicChanges(plan, await settled(admin, plan));
  if (left.changes.length > 0)
    throw new KarnamaError(
      'plan-not-kept',
      `the broker took ${found.changes.length} changes and still differs in ${left.changes.length}`,
      'look at its log, and apply again',
    );
  return found;
};

/** Brokers learn of changes one after the other. */
const settled = async (admin: Administration, plan: TopicPlan): Promise<BrokerState> => {
  for (let tries = 1; ; tries += 1) {
    const state = await stateOf(admin, plan);
    if (tries === 50 || topicChanges(plan, state).changes.length === 0) return state;
    await rest(100);
  }
};

/** Connects when it is first asked. */
export const topicsAdmin = (options: ConnectionOptions): TopicsAdmin => {
  const admin = administration(clientOf(options));
  return {
    changes: async (plan) => topicChanges(plan, await stateOf(admin, plan)),
    apply: (plan) => apply(admin, plan),
    close: () => admin.close(),
  };
};
