import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { kafkaOptions } from './kafka-options.js';
import { channelSettings } from './settings.js';

const optionsFor = (environment: Record<string, string>) => {
  const config = readConfig(channelSettings, { KARNAMA_KAFKA_BROKERS: 'a:9092, b:9092', ...environment });
  return kafkaOptions(config, config.kafkaBrokers ?? []);
};

describe('the connection to Kafka', () => {
  it('is plain unless told otherwise', () => {
    expect(optionsFor({})).toEqual({
      brokers: ['a:9092', 'b:9092'],
      group: 'karnama-intake',
      sessionTimeoutMs: 10_000,
    });
  });

  it('logs in with SASL over TLS', () => {
    const environment = {
      KARNAMA_KAFKA_GROUP: 'g',
      KARNAMA_KAFKA_TLS: 'true',
      KARNAMA_KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KARNAMA_KAFKA_SASL_USERNAME: 'intake',
      KARNAMA_KAFKA_SASL_PASSWORD: 's',
    };
    const login = { mechanism: 'scram-sha-512', username: 'intake', password: 's' };
    expect(optionsFor(environment)).toMatchObject({ group: 'g', tls: true, login });
  });

  it('logs in with tokens of an authorization server', () => {
    const environment = {
      KARNAMA_KAFKA_SASL_MECHANISM: 'oauthbearer',
      KARNAMA_KAFKA_OAUTH_TOKEN_URL: 'https://login.example/token',
      KARNAMA_KAFKA_OAUTH_CLIENT_ID: 'intake',
      KARNAMA_KAFKA_OAUTH_CLIENT_SECRET: 's',
    };
    const credentials = { tokenUrl: 'https://login.example/token', clientId: 'intake', clientSecret: 's' };
    expect(optionsFor(environment).login).toEqual({ mechanism: 'oauthbearer', credentials });
    expect(optionsFor({ ...environment, KARNAMA_KAFKA_OAUTH_SCOPE: 'kafka' }).login).toEqual({
      mechanism: 'oauthbearer',
      credentials: { ...credentials, scope: 'kafka' },
    });
  });

  it('shows a client certificate, and trusts an authority of its own', () => {
    const environment = {
      KARNAMA_KAFKA_TLS_CA: 'ca',
      KARNAMA_KAFKA_TLS_CERT: 'cert',
      KARNAMA_KAFKA_TLS_KEY: 'key',
    };
    expect(optionsFor(environment).tls).toEqual({ ca: 'ca', cert: 'cert', key: 'key' });
    expect(optionsFor({ KARNAMA_KAFKA_TLS_CA: 'ca' }).tls).toEqual({ ca: 'ca' });
  });

  it.each([
    [
      { KARNAMA_KAFKA_SASL_MECHANISM: 'scram-sha-512' },
      'KARNAMA_KAFKA_SASL_USERNAME is not set, but KARNAMA_KAFKA_SASL_MECHANISM is plain or scram-sha-256 or ' +
        'scram-sha-512; KARNAMA_KAFKA_SASL_PASSWORD is not set, but KARNAMA_KAFKA_SASL_MECHANISM is plain',
    ],
    [
      { KARNAMA_KAFKA_SASL_MECHANISM: 'oauthbearer', KARNAMA_KAFKA_OAUTH_TOKEN_URL: 'login.example' },
      'KARNAMA_KAFKA_OAUTH_TOKEN_URL must be an address that starts with https:// or http://; ' +
        'KARNAMA_KAFKA_OAUTH_CLIENT_ID is not set, but KARNAMA_KAFKA_SASL_MECHANISM is oauthbearer; ' +
        'KARNAMA_KAFKA_OAUTH_CLIENT_SECRET is not set, but KARNAMA_KAFKA_SASL_MECHANISM is oauthbearer',
    ],
    [
      { KARNAMA_KAFKA_SASL_PASSWORD: 's', KARNAMA_KAFKA_OAUTH_SCOPE: 'kafka' },
      'KARNAMA_KAFKA_SASL_PASSWORD is set, but KARNAMA_KAFKA_SASL_MECHANISM is not plain or scram-sha-256 or ' +
        'scram-sha-512; KARNAMA_KAFKA_OAUTH_SCOPE is set, but KARNAMA_KAFKA_SASL_MECHANISM is not oauthbearer',
    ],
    [{ KARNAMA_KAFKA_SASL_MECHANISM: 'gssapi' }, 'KARNAMA_KAFKA_SASL_MECHANISM must be one of'],
    [{ KARNAMA_KAFKA_TLS_CERT: 'cert' }, 'KARNAMA_KAFKA_TLS_KEY is not set, but KARNAMA_KAFKA_TLS_CERT is'],
    [{ KARNAMA_KAFKA_TLS_KEY: 'key' }, 'KARNAMA_KAFKA_TLS_CERT is not set, but KARNAMA_KAFKA_TLS_KEY is'],
  ])('is refused when settings do not go together (%#)', (environment, message) => {
    expect(() => optionsFor(environment)).toThrow(message);
  });
});
