import { runProjector } from '@karnama/cells';
import { runIntake } from '@karnama/intake';
import { Unavailable } from '@karnama/kernel';
import { projections } from '@karnama/statistics';
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

const retryMs = 500;

/** Starts the workers. Where another process does the work already, they stand by and take over when it ends. */
export const startWorkers = (footing: Footing): Workers => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { channel, ledger, contracts, quarantine, cells: store } = footing;
  const runs = [
    persistently(signal, () => runIntake({ channel, ledger, contracts, quarantine, topicPrefix, signal })),
    ...projections.map((projection) =>
      persistently(signal, () => runProjector({ store, ledger, projection, signal })),
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

/** Work that a store's absence interrupts goes on when the store answers again. */
const persistently = async (signal: AbortSignal, work: () => Promise<void>): Promise<void> => {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await pause(retryMs, signal);
    }
  }
};

/** Waits, or until the signal aborts. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done);
    if (signal?.aborted === true) done();
  });
