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
      'KARNAMA_KAFKA_SASL_USERNAME is not set, but KARNAMA_KAFKA_SASL_MECHANISM is',
    ],
    [{ KARNAMA_KAFKA_SASL_MECHANISM: 'gssapi' }, 'KARNAMA_KAFKA_SASL_MECHANISM must be one of'],
    [{ KARNAMA_KAFKA_TLS_CERT: 'cert' }, 'KARNAMA_KAFKA_TLS_KEY is not set, but KARNAMA_KAFKA_TLS_CERT is'],
    [{ KARNAMA_KAFKA_TLS_KEY: 'key' }, 'KARNAMA_KAFKA_TLS_CERT is not set, but KARNAMA_KAFKA_TLS_KEY is'],
  ])('is refused when settings do not go together (%#)', (environment, message) => {
    expect(() => optionsFor(environment)).toThrow(message);
  });
});
