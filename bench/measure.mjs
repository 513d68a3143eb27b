import { performance } from 'node:perf_hooks';

/** Seconds that `work` takes, and what it gave. */
export const timed = async (work) => {
  const began = performance.now();
  const result = await work();
  return { seconds: (performance.now() - began) / 1000, result };
};

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The p-th percentile, nearest rank. */
export const percentile = (values, p) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil((p / 100) * values.length) - 1)];

export const whole = (value) => Math.round(value).toLocaleString('en-US');

/** Highest resident memory of this process since the start, sampled; in MB. */
export const memoryWatch = () => {
  let highest = 0;
  const look = () => {
    highest = Math.max(highest, process.memoryUsage.rss() / 1e6);
  };
  const timer = setInterval(look, 50);
  timer.unref();
  look();
  return () => {
    look();
    clearInterval(timer);
    return Math.round(highest);
  };
};

export const printTable = (title, rows) => {
  console.log(`\n${title}`);
  console.table(rows);
};
