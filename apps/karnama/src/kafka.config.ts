import { channelSettings, kafkaOptions, readConfig, type Environment } from '@karnama/nest';
import type { ConnectionOptions } from '@karnama/adapter-kafka';
import { KarnamaError } from '@karnama/kernel';

/**
 * How to reach Kafka, as the environment says, for the brokers on the command line or else those of the
 * environment. Undefined when neither names any.
 * @throws KarnamaError `bad-configuration` naming every bad variable
 */
export const kafkaConnection = (
  named: string | undefined,
  environment: Environment = process.env,
): ConnectionOptions | undefined => {
  const config = readConfig(channelSettings, {
    ...environment,
    ...(named === undefined ? {} : { KARNAMA_KAFKA_BROKERS: named }),
  });
  return config.kafkaBrokers === undefined ? undefined : kafkaOptions(config, config.kafkaBrokers);
};

/** As `kafkaConnection`, for what cannot be done without a broker. @throws KarnamaError `no-kafka` */
export const neededKafka = (named: string | undefined): ConnectionOptions => {
  const connection = kafkaConnection(named);
  if (connection === undefined)
    throw new KarnamaError(
      'no-kafka',
      'no Kafka broker is named',
      'set KARNAMA_KAFKA_BROKERS or give --brokers host:port',
    );
  return connection;
};
