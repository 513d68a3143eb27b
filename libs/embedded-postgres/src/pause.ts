import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again every `everyMs` until the answer is yes; false when `limitMs` pass before. */
export const waitUntil = async (
  answer: () => boolean | Promise<boolean>,
  limitMs: number,
  everyMs = 25,
): Promise<boolean> => {
  const deadline = performance.now() + limitMs;
  while (!(await answer())) {
    if (performance.now() >= deadline) return false;
    await sleep(everyMs);
  }
  return true;
};
