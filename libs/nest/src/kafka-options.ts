import type { ConnectionOptions, KafkaChannelOptions, Log as DriverLog, Login } from '@karnama/adapter-kafka';
import type { Log } from './log.js';
import type { ChannelConfig } from './settings.js';

const passwordLogin = ({ saslMechanism, saslUsername, saslPassword }: ChannelConfig): Login | undefined =>
  saslMechanism === undefined ||
  saslMechanism === 'oauthbearer' ||
  saslUsername === undefined ||
  saslPassword === undefined
    ? undefined
    : { mechanism: saslMechanism, username: saslUsername, password: saslPassword };

const tokenLogin = ({
  oauthTokenUrl,
  oauthClientId,
  oauthClientSecret,
  oauthScope,
}: ChannelConfig): Login | undefined =>
  oauthTokenUrl === undefined || oauthClientId === undefined || oauthClientSecret === undefined
    ? undefined
    : {
        mechanism: 'oauthbearer',
        credentials: {
          tokenUrl: oauthTokenUrl,
          clientId: oauthClientId,
          clientSecret: oauthClientSecret,
          ...(oauthScope === undefined ? {} : { scope: oauthScope }),
        },
      };

const loginOf = (config: ChannelConfig): Pick<ConnectionOptions, 'login'> => {
  const login = config.saslMechanism === 'oauthbearer' ? tokenLogin(config) : passwordLogin(config);
  return login === undefined ? {} : { login };
};

const tlsOf = ({ kafkaTls, tlsCa, tlsCert, tlsKey }: ChannelConfig): Pick<ConnectionOptions, 'tls'> => {
  const tls = {
    ...(tlsCa === undefined ? {} : { ca: tlsCa }),
    ...(tlsCert === undefined ? {} : { cert: tlsCert }),
    ...(tlsKey === undefined ? {} : { key: tlsKey }),
  };
  if (Object.keys(tls).length > 0) return { tls };
  return kafkaTls ? { tls: true } : {};
};

/** How the adapter is to connect. */
export const kafkaOptions = (config: ChannelConfig, brokers: readonly string[]): KafkaChannelOptions => ({
  brokers,
  group: config.kafkaGroup,
  sessionTimeoutMs: config.kafkaSessionMs,
  ...loginOf(config),
  ...tlsOf(config),
});

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** Answers of a broker that the driver deals with itself; who asked hears of what it cannot deal with. */
const isAnswer = (message: string): boolean => message.startsWith('Response ');

const spoken = (message: string): string =>
  (message.replace(/\(key: \d+, version: \d+\)/, '').split(': ', 1)[0] ?? '').slice(0, 200);

/** What the driver says, as lines of the process's log; behind a colon may stand what an error quotes. */
export const driverLog =
  (log: Log): DriverLog =>
  (level, message, { topic, partition, component }) =>
    log[isAnswer(message) ? 'debug' : level](`Kafka: ${spoken(message)}`, {
      topic: textOf(topic),
      partition: textOf(partition),
      context: textOf(component),
    });
