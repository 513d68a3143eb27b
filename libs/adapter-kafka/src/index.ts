export { kafkaChannel, type KafkaChannel, type KafkaChannelOptions, type PartitionLag } from './channel.js';
export type { ClientCredentials } from './client-credentials.js';
export type { ConnectionOptions, Log, LogLevel, Login, Tls } from './client.js';
export type { Compression } from './sender.js';
export type { TopicCreation } from './topics.js';
export { readAgencies, type Agencies, type Agency, type TopicSettings } from './agencies.js';
export { topicPlan, type Access, type PlannedTopic, type TopicPlan } from './topic-plan.js';
export { topicChanges, type BrokerState, type TopicChange, type TopicChanges } from './topic-changes.js';
export { topicsAdmin, type TopicsAdmin } from './apply-topics.js';
