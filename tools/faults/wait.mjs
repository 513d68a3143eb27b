import { setTimeout as pause } from 'node:timers/promises';

export { pause };

/** Looks until there is something, every 100 ms; what fails is looked at again. Throws `what` after the time. */
export const eventually = async (what, look, withinMs = 60_000) => {
  const deadline = performance.now() + withinMs;
  let last = '';
  for (;;) {
    const found = await look().catch((error) => void (last = `: ${error.message}`));
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what} not within ${withinMs / 1000} s${last}`);
    await pause(100);
  }
};
