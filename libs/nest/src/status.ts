import type { CellStore, Projection } from '@karnama/cells';
import type { Channel } from '@karnama/intake';
import type { Ledger } from '@karnama/ledger';
import { intakeBalance, projections as jalaliProjections } from '@karnama/statistics';
import { readEpochs } from '@karnama/vintages';

/** received = accepted + quarantined + unexplained: records still on their way, or lost. */
export type IntakeBalance = {
  readonly received: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly unexplained: number;
};

export type Standing = {
  readonly intake: IntakeBalance;
  /** The same by topic (`karnama.<agency>.<contract>`). */
  readonly topics: readonly ({ readonly topic: string } & IntakeBalance)[];
  /** Position of the newest event. */
  readonly ledger: { readonly head: string };
  readonly projections: readonly {
    readonly name: string;
    readonly position: string;
    /** Positions between here and the ledger's head. */
    readonly lag: number;
    readonly events: number;
    /** Events that changed nothing. */
    readonly repeats: number;
  }[];
  readonly epoch: number;
  readonly releases: number;
};

export type StandingPorts = {
  readonly channel: Channel;
  readonly ledger: Ledger;
  readonly cells: CellStore;
  /** All projections of the installation; those of the Jalali calendar unless told otherwise. */
  readonly projections?: readonly Projection[];
};

/** Records in the cells of the ledger's events, by topic and outcome. */
const outcomesIn = async (
  { cells, projections = jalaliProjections }: StandingPorts,
  topicPrefix: string,
): Promise<Map<string, { accepted: number; quarantined: number }>> => {
  const query = {
    dataflow: intakeBalance.code,
    time: 'effective',
    by: ['agency', 'contract', 'outcome'],
    where: {},
  } as const;
  const found = new Map<string, { accepted: number; quarantined: number }>();
  const projection = projections.find(({ dataflows }) =>
    dataflows.some(({ code }) => code === query.dataflow),
  );
  if (projection === undefined) return found;
  for await (const { group, measures } of cells.query(await cells.open(projection), query)) {
    const [agency, contract, outcome] = group;
    const topic = `${topicPrefix}${agency}.${contract}`;
    const counts = found.get(topic) ?? { accepted: 0, quarantined: 0 };
    counts[outcome === 'ACCEPTED' ? 'accepted' : 'quarantined'] += Number(measures[0]);
    found.set(topic, counts);
  }
  return found;
};

const balancesOf = async (ports: StandingPorts, topicPrefix: string): Promise<Standing['topics']> => {
  const counted = await outcomesIn(ports, topicPrefix);
  return (await ports.channel.topics(topicPrefix)).map(({ topic, partitions }) => {
    const received = Number(partitions.reduce((sum, { end }) => sum + end, 0n));
    const { accepted = 0, quarantined = 0 } = counted.get(topic) ?? {};
    return { topic, received, accepted, quarantined, unexplained: received - accepted - quarantined };
  });
};

const totalOf = (topics: Standing['topics']): IntakeBalance => {
  const sum = (field: keyof IntakeBalance): number =>
    topics.reduce((total, topic) => total + topic[field], 0);
  return {
    received: sum('received'),
    accepted: sum('accepted'),
    quarantined: sum('quarantined'),
    unexplained: sum('unexplained'),
  };
};

/**
 * How far everything is. What came in is counted twice over: received from the channel's offsets,
 * accepted and quarantined from the cells of the ledger's events.
 */
export const standingOf = async (ports: StandingPorts, topicPrefix = 'karnama.'): Promise<Standing> => {
  const topics = await balancesOf(ports, topicPrefix);
  const head = await ports.ledger.head();
  const progress = [];
  for (const projection of ports.projections ?? jalaliProjections) {
    const { position, events, repeats } = await ports.cells.checkpoint(await ports.cells.open(projection));
    progress.push({
      name: projection.name,
      position: String(position),
      lag: Number(head > position ? head - position : 0n),
      events: Number(events),
      repeats: Number(repeats),
    });
  }
  const { open, releases } = await readEpochs(ports.ledger);
  return {
    intake: totalOf(topics),
    topics,
    ledger: { head: String(head) },
    projections: progress,
    epoch: open,
    releases: releases.length,
  };
};
