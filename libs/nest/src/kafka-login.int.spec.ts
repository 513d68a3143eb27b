import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { kafkaChannel, topicsAdmin, type Access, type KafkaChannel } from '@karnama/adapter-kafka';
import {
  describeWithKafka,
  numbersOf,
  sampleRecords,
  startConsumer,
  startTokenEndpoint,
  type TokenEndpoint,
} from '@karnama/conformance';
import { readConfig, type Environment } from './config.js';
import { kafkaOptions } from './kafka-options.js';
import { channelSettings } from './settings.js';

const TOPIC = 'karnama.agency.contract';
const directory = mkdtempSync(join(tmpdir(), 'karnama-login-'));
const fileWith = (content: string): string => {
  const file = join(directory, 'secret');
  writeFileSync(file, `${content}\n`);
  return file;
};

describeWithKafka(
  'the channel that the environment describes, at a broker with logins',
  (kafka) => {
    const open: KafkaChannel[] = [];
    let endpoint: TokenEndpoint;
    const channelFor = (environment: Environment): KafkaChannel => {
      const config = readConfig(channelSettings, environment);
      const quick = { maxWaitMs: 50, heartbeatMs: 100, retryMs: 50 };
      const channel = kafkaChannel({ ...kafkaOptions(config, config.kafkaBrokers ?? []), ...quick });
      open.push(channel);
      return channel;
    };
    const withToken = (secretFile: string, brokers: readonly string[]): Environment => ({
      KARNAMA_KAFKA_BROKERS: brokers.join(','),
      KARNAMA_KAFKA_SASL_MECHANISM: 'oauthbearer',
      KARNAMA_KAFKA_OAUTH_TOKEN_URL: endpoint.url,
      KARNAMA_KAFKA_OAUTH_CLIENT_ID: 'worker',
      KARNAMA_KAFKA_OAUTH_CLIENT_SECRET_FILE: secretFile,
      KARNAMA_KAFKA_OAUTH_SCOPE: 'kafka',
    });
    beforeAll(async () => {
      const topics = topicsAdmin({ brokers: kafka.brokers });
      const may = (resource: Access['resource'], name: string, operations: readonly Access['operation'][]) =>
        operations.map((operation): Access => ({
          principal: 'User:worker',
          pattern: 'literal',
          resource,
          name,
          operation,
        }));
      await topics.apply({
        topics: [{ name: TOPIC, partitions: 1, replication: 1, settings: {} }],
        access: [
          ...may('topic', TOPIC, ['write', 'read', 'describe']),
          ...may('group', 'karnama-intake', ['read', 'describe']),
        ],
      });
      await topics.close();
    }, 60_000);
    beforeEach(async () => {
      endpoint = await startTokenEndpoint({ clients: { worker: 'secret of the worker' } });
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((channel) => channel.close()));
      await endpoint.stop();
    });
    afterAll(() => rmSync(directory, { recursive: true }));

    it('publishes and consumes with tokens, one for all its connections, whose secret is in a file', async () => {
      const channel = channelFor(withToken(fileWith('secret of the worker'), kafka.secure.sasl));
      expect(await channel.publish(TOPIC, sampleRecords(0, 3))).toBe(3);
      const running = startConsumer(channel, { topicPrefix: TOPIC });
      await running.handled(3);
      await running.stop();
      expect(numbersOf(running.records())).toEqual([0, 1, 2]);
      expect(endpoint.requests).toEqual([
        { grantType: 'client_credentials', scope: 'kafka', clientId: 'worker' },
      ]);
    });

    it('does so over TLS too', async () => {
      const ca = join(kafka.secure.certificates, 'ca.pem');
      expect(readFileSync(ca, 'utf8')).toContain('CERTIFICATE');
      const channel = channelFor({
        ...withToken(fileWith('secret of the worker'), kafka.secure.saslSsl),
        KARNAMA_KAFKA_TLS_CA_FILE: ca,
      });
      expect(await channel.publish(TOPIC, sampleRecords(3, 1))).toBe(1);
    });

    it('is refused with the secret of somebody else', async () => {
      const channel = channelFor(withToken(fileWith('guess'), kafka.secure.sasl));
      await expect(channel.publish(TOPIC, sampleRecords(0, 1))).rejects.toMatchObject({
        code: 'login-refused',
      });
    });
  },
  { secure: true },
);
