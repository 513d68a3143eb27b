import { feedOf, type Channel, type IntakeReport } from '@karnama/intake';
import type { Ledger } from '@karnama/ledger';
import { secondsBuckets, type GaugeReading, type Metrics } from '@karnama/nest';

const batchBuckets = [1, 5, 10, 25, 50, 100, 200, 300, 400, 500];

/** The numbers of an intake worker. */
export type IntakeMetrics = {
  readonly onBatch: (report: IntakeReport) => void;
  readonly onGivenUp: (topic: string, partition: number, code: string) => void;
  /** The same ledger, its appends timed. */
  timed(ledger: Ledger): Ledger;
  /** Adds the lag of every partition of the channel, whoever takes it in. */
  watchLag(channel: Channel, ledger: Ledger, topicPrefix: string): void;
};

/** Records of the channel that the ledger has not yet, by topic and partition. */
export const channelLag = async (
  channel: Channel,
  ledger: Ledger,
  topicPrefix: string,
): Promise<GaugeReading[]> => {
  const readings: GaugeReading[] = [];
  for (const { topic, partitions } of await channel.topics(topicPrefix))
    for (const { partition, end } of partitions) {
      const last = await ledger.lastEvent(feedOf(topic, partition, topicPrefix).stream);
      const next = BigInt(last?.metadata.source?.offset ?? -1) + 1n;
      readings.push({ labels: { topic, partition }, value: Number(end - next) });
    }
  return readings;
};

export const intakeMetrics = (metrics: Metrics): IntakeMetrics => {
  const records = metrics.counter('karnama_intake_records_total', 'Records taken into the ledger', [
    'topic',
    'partition',
  ]);
  const accepted = metrics.counter('karnama_intake_accepted_total', 'Records taken in as facts', ['topic']);
  const quarantined = metrics.counter(
    'karnama_intake_quarantined_total',
    'Records refused and kept in quarantine',
    ['topic'],
  );
  const batch = metrics.histogram(
    'karnama_intake_batch_records',
    'Records in one batch from the channel',
    ['topic'],
    batchBuckets,
  );
  const append = metrics.histogram(
    'karnama_ledger_append_seconds',
    'Time of one append to the ledger',
    ['outcome'],
    secondsBuckets,
  );
  const givenUp = metrics.counter(
    'karnama_intake_given_up_total',
    'Times that a partition was given up after an error',
    ['topic', 'partition', 'code'],
  );
  return {
    onBatch: ({ topic, partition, ...report }) => {
      const size = report.accepted + report.quarantined;
      records({ topic, partition }, size);
      accepted({ topic }, report.accepted);
      quarantined({ topic }, report.quarantined);
      if (size > 0) batch({ topic }, size);
    },
    onGivenUp: (topic, partition, code) => givenUp({ topic, partition, code }),
    timed: (ledger) => ({
      ...ledger,
      append: async (writes) => {
        const began = performance.now();
        const took = (outcome: string): void => append({ outcome }, (performance.now() - began) / 1000);
        try {
          const appended = await ledger.append(writes);
          took('stored');
          return appended;
        } catch (error) {
          took('failed');
          throw error;
        }
      },
    }),
    watchLag: (channel, ledger, topicPrefix) => {
      const name = 'karnama_channel_lag_records';
      const help = 'Records of the channel that the ledger has not yet, whoever takes them in';
      metrics.look([{ name, help, labels: ['topic', 'partition'] }], async () => ({
        [name]: await channelLag(channel, ledger, topicPrefix),
      }));
    },
  };
};
