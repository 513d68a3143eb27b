import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { configOf } from './config.js';
import { kafkaConnection } from './kafka.config.js';

const directory = mkdtempSync(join(tmpdir(), 'karnama-config-'));
const file = (name: string, content: string): string => {
  writeFileSync(join(directory, name), `${content}\n`);
  return join(directory, name);
};

describe('what the environment says to the program', () => {
  afterAll(() => rmSync(directory, { recursive: true }));

  it('may stand in files, as for every process: addresses with passwords, keys, tokens', () => {
    const key = Buffer.alloc(32, 7).toString('base64');
    const config = configOf({
      KARNAMA_DATABASE_URL_FILE: file('database', 'postgresql://operator:secret@db/karnama'),
      KARNAMA_EVENTSTOREDB_URL_FILE: file('ledger', 'esdb://admin:secret@store:2113'),
      KARNAMA_QUARANTINE_KEY_FILE: file('quarantine', key),
      KARNAMA_PSEUDONYM_KEY_FILE: file('pseudonyms', `1:${key}`),
      KARNAMA_AUDIT_TOKEN_FILE: file('audit', 'a'.repeat(64)),
    });
    expect(config).toMatchObject({
      databaseUrl: 'postgresql://operator:secret@db/karnama',
      eventStoreUrl: 'esdb://admin:secret@store:2113',
      quarantineKey: Buffer.alloc(32, 7),
      auditToken: 'a'.repeat(64),
    });
    expect(config.pseudonymKeys).toBeDefined();
  });

  it('means the embedded database when no other is named', () => {
    expect(configOf({}).databaseUrl).toBeUndefined();
  });

  it('names every bad variable at once, and shows none', () => {
    const environment = {
      KARNAMA_DATABASE_URL: 'mysql://root:hunter2@db',
      KARNAMA_EVENTSTOREDB_URL_FILE: join(directory, 'nothing'),
      KARNAMA_LOG: 'perhaps',
      KARNAMA_KAFKA_SASL_MECHANISM: 'oauthbearer',
      KARNAMA_KAFKA_OAUTH_CLIENT_SECRET_FILE: file('client', 'hunter2'),
    };
    const message =
      'KARNAMA_DATABASE_URL must be an address that starts with postgres:// or postgresql://; ' +
      'KARNAMA_LOG must be true or false; ' +
      'KARNAMA_EVENTSTOREDB_URL is not set: KARNAMA_EVENTSTOREDB_URL_FILE names a file that cannot be read; ' +
      'KARNAMA_KAFKA_OAUTH_TOKEN_URL is not set, but KARNAMA_KAFKA_SASL_MECHANISM is oauthbearer; ' +
      'KARNAMA_KAFKA_OAUTH_CLIENT_ID is not set, but KARNAMA_KAFKA_SASL_MECHANISM is oauthbearer';
    expect(() => configOf(environment)).toThrow(
      expect.objectContaining({ code: 'bad-configuration', message }),
    );
  });

  it('says how to log in at Kafka, whoever names the brokers', () => {
    const environment = {
      KARNAMA_KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KARNAMA_KAFKA_SASL_USERNAME: 'operator',
      KARNAMA_KAFKA_SASL_PASSWORD_FILE: file('password', 'secret'),
    };
    expect(kafkaConnection('broker:9093', environment)).toMatchObject({
      brokers: ['broker:9093'],
      login: { mechanism: 'scram-sha-512', username: 'operator', password: 'secret' },
    });
    expect(kafkaConnection(undefined, environment)).toBeUndefined();
  });
});
