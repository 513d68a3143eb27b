import { KarnamaError } from '@karnama/kernel';
import { createLog, type Log } from './log.js';
import type { ProcessConfig } from './settings.js';

/** How a process ends, as its exit status tells. 78 is EX_CONFIG of sysexits.h: starting again would not help. */
export const exitStatus = { stopped: 0, failed: 1, badConfiguration: 78 } as const;

/** Until the process must be gone after it was told to stop; orchestrators kill after ten seconds. */
const stopWithinMs = 9_000;
/** The same after a failure: what is at hand may still be finished, but nothing is waited for. */
const failWithinMs = 3_000;

/** What a process is given to live with. */
export type Life = {
  /** Aborts when the process is told to stop. */
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Work that the process is there for. It ends when the signal aborts; if it ends earlier, however, the process fails. */
  keep(work: Promise<unknown>): void;
  /** Ends the process with status 1. */
  fail(error: unknown): void;
  /** What is to be closed at the end: the last that was named first, each after all kept work has ended. */
  atEnd(close: () => Promise<void>): void;
  /** Tells log and parent process where this one answers. */
  answers(what: string, url: string): void;
};

export type ProcessOptions<C extends ProcessConfig> = {
  readonly app: string;
  /** @throws KarnamaError `bad-configuration` */
  readonly config: () => C;
  readonly start: (config: C, life: Life) => Promise<void>;
};

type Ending = { readonly signal: string } | { readonly error: unknown };

const refuse = (app: string, error: unknown): never => {
  const log = createLog({ app, worker: String(process.pid), level: 'info' });
  const isBad = error instanceof KarnamaError && error.code === 'bad-configuration';
  log.fatal(isBad ? 'the configuration is wrong' : 'the configuration cannot be read', { error });
  process.exit(isBad ? exitStatus.badConfiguration : exitStatus.failed);
};

const configured = <C extends ProcessConfig>({ app, config }: ProcessOptions<C>): C => {
  try {
    return config();
  } catch (error) {
    return refuse(app, error);
  }
};

type Watch = { readonly ending: Promise<Ending>; readonly end: (ending: Ending) => void };

/** The first thing that ends the process: a signal, the parent's end, an error nobody caught. */
const watchForEnd = (log: Log): Watch => {
  let end: (ending: Ending) => void = () => undefined;
  const ending = new Promise<Ending>((resolve) => (end = resolve));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => end({ signal }));
  // a parent that started this process with a channel, and is gone, cannot stop it any more
  if (process.connected) process.on('disconnect', () => end({ signal: 'disconnect' }));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.error('nobody caught an error', { code: event, error });
      end({ error });
    });
  return { ending, end };
};

const endedEarly = new KarnamaError('worker-ended', 'a worker ended although nobody had told it to');

const closeAll = async (log: Log, closers: readonly (() => Promise<void>)[]): Promise<boolean> => {
  let clean = true;
  for (const close of closers.toReversed())
    await close().catch((error: unknown) => {
      clean = false;
      log.error('something did not close', { error });
    });
  return clean;
};

const dieWithin = (ms: number, log: Log): void => {
  setTimeout(() => {
    log.fatal('stopping took too long', { code: 'stopped-late' });
    process.exit(exitStatus.failed);
  }, ms);
};

/**
 * Runs a process from its configuration to its exit. SIGTERM, SIGINT and the end of the parent stop it: kept
 * work finishes what is at hand, then everything is closed, all within ten seconds, status 0. An error nobody
 * caught, kept work that fails or ends by itself, and a stop that takes too long end it with status 1; bad
 * configuration with 78. The log tells the reason in its only `fatal` line.
 */
export const runProcess = async <C extends ProcessConfig>(options: ProcessOptions<C>): Promise<never> => {
  const config = configured(options);
  const log = createLog({ app: options.app, worker: config.workerId, level: config.logLevel });
  const { ending, end } = watchForEnd(log);
  const stopping = new AbortController();
  const works: Promise<unknown>[] = [];
  const closers: (() => Promise<void>)[] = [];
  const life: Life = {
    signal: stopping.signal,
    log,
    keep: (work) => {
      works.push(work);
      work.then(
        () => {
          if (!stopping.signal.aborted) end({ error: endedEarly });
        },
        (error: unknown) => end({ error }),
      );
    },
    fail: (error) => end({ error }),
    atEnd: (close) => closers.push(close),
    answers: (what, url) => {
      log.info(`${what} answers`, { url });
      if (process.connected) process.send?.({ answers: what, url });
    },
  };
  const started = options.start(config, life);
  started.catch((error: unknown) => end({ error }));
  const untilThen = setInterval(() => undefined, 2 ** 30); // a process without open handles would just end
  const why = await ending;
  clearInterval(untilThen);
  const failed = 'error' in why;
  dieWithin(failed ? failWithinMs : stopWithinMs, log);
  if (failed) log.fatal('the process fails', { error: why.error });
  else log.info('stopping', { signal: why.signal });
  stopping.abort();
  const failures = (await Promise.allSettled([started, ...works])).flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  const others = failures.filter((error) => !failed || error !== why.error);
  for (const error of others) log.error('a worker failed while stopping', { error });
  const clean = await closeAll(log, closers);
  log.info('stopped');
  process.exit(failed || failures.length > 0 || !clean ? exitStatus.failed : exitStatus.stopped);
};
