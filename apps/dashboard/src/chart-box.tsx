import { Suspense, useEffect, useRef, useState, type ReactNode } from 'react';

/** On a narrow screen most drawings are out of sight, and the machine is slow: they leave it time for its reader. */
const patienceMs = 3_000;

/** Calls when the browser has nothing else to do. @returns takes the call back */
const whenIdle = (call: () => void): (() => void) => {
  // not every browser can tell
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(call, 200);
    return () => clearTimeout(timer);
  }
  const asked = window.requestIdleCallback(call, { timeout: 2_000 });
  return () => window.cancelIdleCallback(asked);
};

const whenIdleFor = (ms: number, call: () => void): (() => void) => {
  let stop = (): void => undefined;
  const timer = setTimeout(() => {
    stop = whenIdle(call);
  }, ms);
  return () => {
    clearTimeout(timer);
    stop();
  };
};

/**
 * The box of a drawing, of the same height before and after. What is in sight is drawn at once, the rest when it
 * comes near or the browser is idle: in the end everything stands, whether anybody scrolls there or not.
 */
export const ChartBox = (props: {
  /** A further class. */
  name?: string;
  /** Where it is not that of all drawings. */
  height?: number | undefined;
  children: ReactNode;
}) => {
  const { name, height, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (wanted || box.current === null) return undefined;
    const want = (): void => setWanted(true);
    const watcher = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) want();
      },
      { rootMargin: '200px' },
    );
    watcher.observe(box.current);
    const narrow = window.matchMedia('(max-width: 560px)').matches;
    const stop = whenIdleFor(narrow ? patienceMs : 0, want);
    return () => {
      watcher.disconnect();
      stop();
    };
  }, [wanted]);
  const classes = name === undefined ? 'chart-box' : `chart-box ${name}`;
  const waiting = <div className={`skeleton ${classes}`} />;
  return (
    <div
      ref={box}
      className={classes}
      dir="ltr"
      {...(height === undefined ? {} : { style: { blockSize: height } })}
    >
      {wanted ? <Suspense fallback={waiting}>{children}</Suspense> : waiting}
    </div>
  );
};
