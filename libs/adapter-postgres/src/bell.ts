import { setMaxListeners } from 'node:events';

/** One waiter, many ringers. A ring while nobody waits is kept for the next wait. */
export type Bell = {
  ring(): void;
  /** Until it rings, the time has passed or the signal aborts, whichever is first. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};

export const bell = (): Bell => {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (rung || signal.aborted) {
          rung = false;
          resolve();
          return;
        }
        const timer = setTimeout(() => done(), ms);
        const done = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          wake = undefined;
          rung = false;
          resolve();
        };
        setMaxListeners(0, signal); // one signal may end many waits
        signal.addEventListener('abort', done, { once: true });
        wake = done;
      }),
  };
};
