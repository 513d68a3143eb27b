/** Wakes those who wait for news. */
export type Bell = {
  ring(): void;
  /** Until the next ring, the end of the time, or the abort, whichever is first. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};

export const bell = (): Bell => {
  const waiting = new Set<() => void>();
  return {
    ring: () => {
      for (const wake of [...waiting]) wake();
    },
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        signal?.addEventListener('abort', wake);
        waiting.add(wake);
      }),
  };
};

/** So long, or until the abort. */
export const rest = (ms: number, signal?: AbortSignal): Promise<void> => bell().wait(ms, signal);
