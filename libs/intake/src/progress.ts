/** How far the reading of a file is. `digest` is the first pass over it, `publish` the second. */
export type Progress = {
  readonly phase: 'digest' | 'publish';
  /** Bytes on disk, compressed ones for a compressed file. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly rows: number;
  /** Rows a second in this phase; 0 while the digest is taken. */
  readonly rate: number;
  /** Seconds that this phase will still take; null while it cannot be told. */
  readonly secondsLeft: number | null;
};

export type Report = (phase: Progress['phase'], bytesDone: number, rows: number, last?: boolean) => void;

/** Not more often than this is progress told. */
const PAUSE_MS = 200;

const monotonic = (): number => performance.now();

/** Tells progress from time to time, and at the end of each phase. */
export const progressReporter = (
  bytesTotal: number,
  now: () => number = monotonic,
  tell: (progress: Progress) => void = () => undefined,
): Report => {
  let phase: Progress['phase'] = 'digest';
  let began = now();
  let told = Number.NEGATIVE_INFINITY;
  return (current, bytesDone, rows, last = false) => {
    const time = now();
    if (current !== phase) [phase, began, told] = [current, time, Number.NEGATIVE_INFINITY];
    if (!last && bytesDone < bytesTotal && time - told < PAUSE_MS) return;
    told = time;
    const seconds = (time - began) / 1000;
    const secondsLeft =
      seconds > 0 && bytesDone > 0 ? (seconds * (bytesTotal - bytesDone)) / bytesDone : null;
    tell({ phase, bytesDone, bytesTotal, rows, rate: seconds > 0 ? rows / seconds : 0, secondsLeft });
  };
};
