export { kafkaChannel, type KafkaChannel, type KafkaChannelOptions, type PartitionLag } from './channel.js';
export type { ConnectionOptions, Log, LogLevel, Login, Tls } from './client.js';
export type { Compression } from './sender.js';
export type { TopicCreation } from './topics.js';
