import { bringUpInTurn, runProjector } from '@karnama/cells';
import { runIntake } from '@karnama/intake';
import { persistently } from '@karnama/nest';
import type { Footing } from './footing.js';

/** Topics of all agencies. */
export const topicPrefix = 'karnama.';

/** The intake worker and a projector for each projection, running beside the command or the server. */
export type Workers = {
  /** Rejects when a worker has failed for good; never resolves. */
  readonly failed: Promise<never>;
  /** Lets each finish the batch at hand. */
  stop(): Promise<void>;
};

/** For a command that waits while processes of their own do the work. */
const bystander: Workers = { failed: new Promise<never>(() => undefined), stop: async () => undefined };

/** What a command runs beside itself: workers over PostgreSQL, nothing over Kafka, where intake has processes of its own. */
export const lendAHand = (footing: Footing, projections = footing.projections): Workers =>
  footing.channelKind === 'kafka' ? bystander : startWorkers(footing, projections);

/**
 * Starts the workers. Where another process does the work already, they stand by and take over when it ends.
 * @param projections those that are kept up
 */
export const startWorkers = (footing: Footing, projections = footing.projections): Workers => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { channel, ledger, contracts, pseudonymOf, quarantine, cells: store } = footing;
  const bringUp = bringUpInTurn(store, ledger);
  const runs = [
    persistently(signal, () =>
      runIntake({ channel, ledger, contracts, pseudonymOf, quarantine, topicPrefix, signal }),
    ),
    ...projections.map((projection) =>
      persistently(signal, () => runProjector({ store, ledger, projection, signal, bringUp })),
    ),
  ];
  const failed = Promise.race(runs.map((run) => run.then(() => new Promise<never>(() => undefined))));
  // a failure after `stop` was asked for is told by `stop`
  failed.catch(() => undefined);
  return {
    failed,
    stop: async () => {
      stopping.abort();
      await Promise.all(runs);
    },
  };
};
