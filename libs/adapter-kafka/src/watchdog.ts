/** Watches over something that must show a sign of life from time to time. */
export type Watchdog = {
  alive(): void;
  stop(): void;
};

/** `onSilence` is called once, when nothing has been heard for so long. `now` counts milliseconds. */
export const watchdog = (
  silenceMs: number,
  onSilence: (silentMs: number) => void,
  now: () => number = () => performance.now(),
): Watchdog => {
  let heard = now();
  const timer = setInterval(
    () => {
      const silentMs = now() - heard;
      if (silentMs < silenceMs) return;
      clearInterval(timer);
      onSilence(Math.round(silentMs));
    },
    Math.max(10, silenceMs / 4),
  );
  return {
    alive: () => {
      heard = now();
    },
    stop: () => clearInterval(timer),
  };
};
