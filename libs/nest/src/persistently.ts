import { Unavailable } from '@karnama/kernel';

const firstPauseMs = 250;
const longestPauseMs = 5_000;
/** Work that went on for so long before it was interrupted begins anew with the short pause. */
const steadyMs = 30_000;

/** Waits, or until the signal aborts. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });

/**
 * Does the work, again and again while a store is away (`Unavailable`), with growing pauses up to five
 * seconds. Undefined when the signal aborted before it was done; any other error is thrown on.
 */
export const persistently = async <T>(
  signal: AbortSignal,
  work: () => Promise<T>,
  onUnavailable: (error: Unavailable, attempt: number) => void = () => undefined,
): Promise<T | undefined> => {
  for (let attempt = 1; !signal.aborted; attempt++) {
    const began = performance.now();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      if (signal.aborted) return undefined;
      if (performance.now() - began > steadyMs) attempt = 1;
      onUnavailable(error, attempt);
      await pause(Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)), signal);
    }
  }
  return undefined;
};
