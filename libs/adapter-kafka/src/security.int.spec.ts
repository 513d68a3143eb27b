import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import {
  describeWithKafka,
  numbersOf,
  sampleRecords,
  startConsumer,
  startTokenEndpoint,
  unsignedToken,
} from '@karnama/conformance';
import { readAgencies } from './agencies.js';
import { topicsAdmin, type TopicsAdmin } from './apply-topics.js';
import { kafkaChannel, type KafkaChannel, type KafkaChannelOptions } from './channel.js';
import type { Login } from './client.js';
import { topicPlan } from './topic-plan.js';

const agencies = readAgencies(`
defaults: { partitions: 2, replication: 1, min-insync: 1 }
intake: { principal: intake }
gateway: { principal: gateway }
agencies:
  - { code: br, contracts: [movements] }
  - { code: br-mte, contracts: [movements, movement-totals] }
`);
const plan = topicPlan(new Set(['movements', 'movement-totals']), agencies);
const passwords = { br: 'b1', 'br-mte': 'b2', intake: 'i', gateway: 'g' };
type User = keyof typeof passwords;

const scram = (username: User, password: string = passwords[username]): Login => ({
  mechanism: 'scram-sha-512',
  username,
  password,
});

describeWithKafka(
  'Kafka with logins, TLS and access control',
  (kafka) => {
    const channels: KafkaChannel[] = [];
    let topics: TopicsAdmin;
    const open = (options: Partial<KafkaChannelOptions>): KafkaChannel => {
      const channel = kafkaChannel({
        brokers: kafka.secure.sasl,
        maxWaitMs: 50,
        heartbeatMs: 100,
        retryMs: 50,
        ...options,
      });
      channels.push(channel);
      return channel;
    };
    const pem = (name: string): string => readFileSync(join(kafka.secure.certificates, name), 'utf8');
    const refused = (code: string) => expect.objectContaining({ code }) as unknown;
    beforeAll(async () => {
      topics = topicsAdmin({ brokers: kafka.brokers });
      await topics.apply(plan);
    }, 60_000);
    afterEach(async () => {
      await Promise.all(channels.splice(0).map((channel) => channel.close()));
    });
    afterAll(() => topics.close());

    it('has what the plan says, and needs nothing more', async () => {
      expect(await topics.changes(plan)).toEqual({ changes: [], superfluous: [] });
    });

    it('shows what a changed plan would do, does it, and shows rights that no plan gives', async () => {
      const changed = {
        topics: plan.topics.map((topic) =>
          topic.name === 'karnama.br.movements'
            ? { ...topic, partitions: 3, settings: { ...topic.settings, 'retention.ms': '123456789' } }
            : topic,
        ),
        access: plan.access.filter(({ principal }) => principal !== 'User:gateway'),
      };
      const { changes, superfluous } = await topics.changes(changed);
      expect(changes.map(({ kind }) => kind)).toEqual(['grow', 'configure']);
      expect(new Set(superfluous.map(({ principal }) => principal))).toEqual(new Set(['User:gateway']));
      await topics.apply(changed);
      expect((await topics.changes(changed)).changes).toEqual([]);
      await expect(topics.changes(plan)).rejects.toEqual(refused('fewer-partitions'));
      expect((await open({ brokers: kafka.brokers }).topics('karnama.br.'))[0]?.partitions).toHaveLength(3);
    });

    it('lets an agency write to its own topics and to no other', async () => {
      const agency = open({ login: scram('br') });
      expect(await agency.publish('karnama.br.movements', sampleRecords(0, 2))).toBe(2);
      const topic = 'karnama.br-mte.movements';
      await expect(agency.publish(topic, sampleRecords(0, 2))).rejects.toMatchObject({
        code: expect.stringMatching(/not-authorized|unknown-topic/),
      });
      expect((await agency.topics('')).map((state) => state.topic)).toEqual(['karnama.br.movements']);
      expect(
        (await open({ brokers: kafka.brokers }).topics(topic))[0]?.partitions.map(({ end }) => end),
      ).toEqual([0n, 0n]);
    });

    it('lets an agency read nothing, not even its own', async () => {
      const agency = open({ login: scram('br'), group: 'karnama-intake' });
      const consumed = agency.consume(
        { topicPrefix: 'karnama.br.', limit: 10, start: async () => 0n, handle: async () => undefined },
        AbortSignal.timeout(20_000),
      );
      await expect(consumed).rejects.toEqual(refused('not-authorized'));
    });

    it('lets intake read everything in its group, and write nothing', async () => {
      await open({ brokers: kafka.brokers }).publish('karnama.br-mte.movements', sampleRecords(0, 3));
      const intake = open({ login: scram('intake'), group: 'karnama-intake' });
      const running = startConsumer(intake, { topicPrefix: 'karnama.br-mte.' });
      await running.handled(3);
      await running.stop();
      expect(numbersOf(running.records())).toEqual([0, 1, 2]);
      await expect(intake.publish('karnama.br-mte.movements', sampleRecords(0, 1))).rejects.toEqual(
        refused('not-authorized'),
      );
    });

    it('lets the gateway publish files in the name of every agency, and find out how far it is', async () => {
      const [first, second] = [open({ login: scram('gateway') }), open({ login: scram('gateway') })];
      const topic = 'karnama.br-mte.movement-totals';
      expect(await first.publish(topic, sampleRecords(0, 5), { id: 'file', sequence: 0 })).toBe(5);
      expect(await second.published(topic, 'file')).toBe(5);
      expect(await second.publish(topic, sampleRecords(3, 5), { id: 'file', sequence: 3 })).toBe(3);
    });

    it('refuses a wrong password, and says so', async () => {
      const wrong = open({ login: scram('br', 'guess') });
      await expect(wrong.publish('karnama.br.movements', sampleRecords(0, 1))).rejects.toEqual(
        refused('login-refused'),
      );
      const consumed = wrong.consume(
        { topicPrefix: 'karnama.', limit: 10, start: async () => 0n, handle: async () => undefined },
        AbortSignal.timeout(20_000),
      );
      await expect(consumed).rejects.toEqual(refused('login-refused'));
    });

    it('takes a login over TLS when the authority is known, and none when it is not', async () => {
      const known = open({ brokers: kafka.secure.saslSsl, login: scram('br'), tls: { ca: pem('ca.pem') } });
      expect(await known.publish('karnama.br.movements', sampleRecords(0, 1))).toBe(1);
      const unknown = open({ brokers: kafka.secure.saslSsl, login: scram('br'), tls: true });
      await expect(unknown.publish('karnama.br.movements', sampleRecords(0, 1))).rejects.toEqual(
        refused('tls-refused'),
      );
    });

    it('takes a certificate for a login (mutual TLS), and nobody without one', async () => {
      const tls = { ca: pem('ca.pem'), cert: pem('br-mte.pem'), key: pem('br-mte.key') };
      const agency = open({ brokers: kafka.secure.ssl, tls });
      expect(await agency.publish('karnama.br-mte.movement-totals', sampleRecords(0, 1))).toBe(1);
      await expect(agency.publish('karnama.br.movements', sampleRecords(0, 1))).rejects.toMatchObject({
        code: expect.stringMatching(/not-authorized|unknown-topic/),
      });
      const nobody = open({ brokers: kafka.secure.ssl, tls: { ca: pem('ca.pem') } });
      await expect(nobody.publish('karnama.br-mte.movements', sampleRecords(0, 1))).rejects.toEqual(
        refused('tls-refused'),
      );
    });

    it('takes a token (OAUTHBEARER), asks for it when it connects, and refuses a bad one', async () => {
      let asked = 0;
      const token = async (): Promise<string> => {
        asked += 1;
        return unsignedToken('br');
      };
      const agency = open({ login: { mechanism: 'oauthbearer', token } });
      expect(await agency.publish('karnama.br.movements', sampleRecords(0, 1))).toBe(1);
      expect(asked).toBeGreaterThan(0);
      const bad = open({ login: { mechanism: 'oauthbearer', token: async () => 'no-token' } });
      await expect(bad.publish('karnama.br.movements', sampleRecords(0, 1))).rejects.toEqual(
        refused('login-refused'),
      );
      const none = open({
        login: { mechanism: 'oauthbearer', token: () => Promise.reject(new Error('no answer')) },
      });
      await expect(none.publish('karnama.br.movements', sampleRecords(0, 1))).rejects.toEqual(
        refused('unavailable'),
      );
    });

    it('takes tokens of an authorization server, and tells its refusal from its silence', async () => {
      const clients = { br: 's:e+c r%t', 'br-mte': 'other' };
      const endpoint = await startTokenEndpoint({ clients });
      const openAs = (clientId: string, clientSecret: string) => {
        const credentials = { tokenUrl: endpoint.url, clientId, clientSecret, scope: 'kafka' };
        return open({ login: { mechanism: 'oauthbearer', credentials } });
      };
      try {
        expect(await openAs('br', clients.br).publish('karnama.br.movements', sampleRecords(0, 1))).toBe(1);
        const other = openAs('br-mte', clients['br-mte']);
        await expect(other.publish('karnama.br.movements', sampleRecords(0, 1))).rejects.toMatchObject({
          code: expect.stringMatching(/not-authorized|unknown-topic/),
        });
        await expect(
          openAs('br', 'guess').publish('karnama.br.movements', sampleRecords(0, 1)),
        ).rejects.toMatchObject({
          code: 'login-refused',
          message: 'Kafka: the token endpoint refuses with 401 (invalid_client)',
        });
        endpoint.answer(503);
        await expect(
          openAs('br', clients.br).publish('karnama.br.movements', sampleRecords(0, 1)),
        ).rejects.toEqual(refused('unavailable'));
      } finally {
        await endpoint.stop();
      }
    });
  },
  { secure: true, users: passwords },
);
