/** What the environment says about Kafka for tests. */
export const kafkaEnvironment = {
  /** Brokers to use instead of throw-away ones. */
  brokers: process.env['KARNAMA_TEST_KAFKA'],
  javaHome: process.env['JAVA_HOME'],
  /** In CI a suite is never left out. */
  everyTestMustRun: process.env['CI'] === 'true',
} as const;
