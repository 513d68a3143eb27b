import { intakeBalance, intakeProjection, projections } from '@karnama/statistics';
import { readEpochs } from '@karnama/vintages';
import type { Footing } from './footing.js';
import { topicPrefix } from './workers.js';

export type Balance = {
  readonly received: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** received − accepted − quarantined: records still on their way, or lost. */
  readonly unexplained: number;
};

export type Status = {
  readonly intake: Balance;
  /** The same by topic (`karnama.<agency>.<contract>`). */
  readonly topics: readonly ({ readonly topic: string } & Balance)[];
  readonly ledger: { readonly head: string };
  readonly projections: readonly {
    readonly name: string;
    readonly position: string;
    readonly lag: number;
    readonly events: number;
    readonly repeats: number;
  }[];
  readonly epoch: number;
  readonly releases: number;
};

/**
 * What came in, counted twice over: received from the channels' offsets, accepted and quarantined
 * from the cells of the ledger's events.
 */
export const statusOf = async (footing: Footing): Promise<Status> => {
  const { channel, ledger, cells } = footing;
  const counted = await outcomes(footing);
  const topics = (await channel.topics(topicPrefix)).map(({ topic, partitions }) => {
    const received = Number(partitions.reduce((sum, { end }) => sum + end, 0n));
    const { accepted = 0, quarantined = 0 } = counted.get(topic) ?? {};
    return { topic, received, accepted, quarantined, unexplained: received - accepted - quarantined };
  });
  const sum = (field: keyof Balance): number => topics.reduce((total, topic) => total + topic[field], 0);
  const head = await ledger.head();
  const progress = [];
  for (const projection of projections) {
    const { position, events, repeats } = await cells.checkpoint(await cells.open(projection));
    progress.push({
      name: projection.name,
      position: String(position),
      lag: Number(head - position),
      events: Number(events),
      repeats: Number(repeats),
    });
  }
  const { open, releases } = await readEpochs(ledger);
  return {
    intake: {
      received: sum('received'),
      accepted: sum('accepted'),
      quarantined: sum('quarantined'),
      unexplained: sum('unexplained'),
    },
    topics,
    ledger: { head: String(head) },
    projections: progress,
    epoch: open,
    releases: releases.length,
  };
};

const outcomes = async ({
  cells,
}: Footing): Promise<Map<string, { accepted: number; quarantined: number }>> => {
  const generation = await cells.open(intakeProjection);
  const query = {
    dataflow: intakeBalance.code,
    time: 'effective',
    by: ['agency', 'contract', 'outcome'],
    where: {},
  } as const;
  const found = new Map<string, { accepted: number; quarantined: number }>();
  for await (const { group, measures } of cells.query(generation, query)) {
    const [agency, contract, outcome] = group;
    const topic = `${topicPrefix}${agency}.${contract}`;
    const counts = found.get(topic) ?? { accepted: 0, quarantined: 0 };
    counts[outcome === 'ACCEPTED' ? 'accepted' : 'quarantined'] += Number(measures[0]);
    found.set(topic, counts);
  }
  return found;
};
