import { setMaxListeners } from 'node:events';

/** Wakes whoever waits; a waiter that comes later waits for the next ring. */
export type Bell = {
  ring(): void;
  /** Until the next ring, the abort of the signal, or (when given) the time has passed. */
  next(signal: AbortSignal, ms?: number): Promise<void>;
};

export const bell = (): Bell => {
  const waiting = new Set<() => void>();
  return {
    ring: () => {
      for (const wake of [...waiting]) wake();
    },
    next: (signal, ms) =>
      new Promise((resolve) => {
        if (signal.aborted) {
          resolve();
          return;
        }
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          signal.removeEventListener('abort', done);
          resolve();
        };
        const timer = ms === undefined ? undefined : setTimeout(done, ms);
        waiting.add(done);
        setMaxListeners(0, signal); // one signal may end many waits
        signal.addEventListener('abort', done, { once: true });
      }),
  };
};
