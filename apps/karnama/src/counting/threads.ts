import { availableParallelism, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Lane } from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';
import type { Footing } from '../footing.js';
import type { Answer, Order, ThreadData } from './message.js';

/** Memory that a thread takes, and that the program takes beside them; in bytes, as measured, with room to spare. */
const threadMemory = 600 * 2 ** 20;
const programMemory = 400 * 2 ** 20;

/** What this process may take, where the machine or its container says so. */
const memoryLimit = (): number => Math.min(totalmem(), process.constrainedMemory() || Infinity);

/** Threads unless it is said otherwise: the database needs cores, too, and each thread its memory. */
export const usualThreads = Math.max(
  1,
  Math.min(4, availableParallelism(), Math.floor((memoryLimit() - programMemory) / threadMemory)),
);

/** What is new is young for long here: a page of events, a lot. In MB. */
const youngGeneration = 96;

type Pending = {
  readonly onPosition: (position: bigint) => void;
  readonly resolve: (outcome: unknown) => void;
  readonly reject: (error: Error) => void;
};

/** A lane in a thread of its own; it runs one task at a time. */
const laneInThread = (data: ThreadData): Lane => {
  const thread = new Worker(new URL('./thread.js', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
  });
  let pending: Pending | undefined;
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended ??= error;
    pending?.reject(ended);
    pending = undefined;
  };
  thread.on('error', end);
  thread.on('exit', (code) =>
    end(new KarnamaError('counting-stopped', `a counting thread ended by itself (${code})`, 'try again')),
  );
  thread.on('message', (answer: Answer) => {
    if ('position' in answer) {
      pending?.onPosition(answer.position);
      return;
    }
    const asked = pending;
    pending = undefined;
    if ('outcome' in answer) asked?.resolve(answer.outcome);
    else asked?.reject(new KarnamaError(answer.code, answer.message, answer.mend));
  });
  const ask = <T>(order: Order, onPosition: Pending['onPosition'] = () => undefined): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (ended !== undefined) {
        reject(ended);
        return;
      }
      pending = { onPosition, resolve: (outcome) => resolve(outcome as T), reject };
      thread.postMessage(order);
    });
  return {
    sort: (task, onPosition) => ask({ order: 'sort', task }, onPosition),
    count: (task) => ask({ order: 'count', task }),
    flush: () => ask({ order: 'flush' }),
    close: async () => {
      if (ended !== undefined) return;
      await ask({ order: 'close' });
      await thread.terminate();
    },
  };
};

/** Lends so many counting threads to the work, and ends them when it has ended. */
export const withCountingThreads = async <T>(
  { database, calendar }: Pick<Footing, 'database' | 'calendar'>,
  threads: number,
  work: (lanes: readonly Lane[]) => Promise<T>,
): Promise<T> => {
  const data = { databaseUrl: database.url, calendar };
  const lanes = Array.from({ length: threads }, () => laneInThread(data));
  try {
    return await work(lanes);
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
  }
};
