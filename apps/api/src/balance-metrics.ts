import { standingOf, type GaugeReadings, type GaugeSpec, type StandingPorts } from '@karnama/nest';

const name = 'karnama_intake_unexplained_records';

export const balanceGauges: readonly GaugeSpec[] = [
  {
    name,
    help: 'received − accepted − quarantined: records on their way, or lost or doubled when it stays',
    labels: ['topic'],
  },
];

/** What the two ways of counting the intake differ by, topic by topic. */
export const balanceOf =
  (ports: StandingPorts, topicPrefix: string): (() => Promise<GaugeReadings>) =>
  async () => ({
    [name]: (await standingOf(ports, topicPrefix)).topics.map(({ topic, unexplained }) => ({
      labels: { topic },
      value: unexplained,
    })),
  });
