import { describe, expect, it } from '@jest/globals';
import { addStep, stepsOf, valueAt } from './steps.js';

describe('a number that changes in steps', () => {
  const changes = new Map<number, number>();
  for (const [at, change] of [
    [5, 2],
    [1, 1],
    [7, -3],
    [3, 1],
    [3, -1],
  ] as const)
    addStep(changes, at, change);
  const steps = stepsOf(changes);

  it('is the running sum, with turns only where it changes', () => {
    expect(steps).toEqual({ turns: [1, 5, 7], values: [1, 3, 0] });
    expect(stepsOf(new Map())).toEqual({ turns: [], values: [] });
  });

  it('holds from a turn up to the next, and is 0 before the first', () => {
    expect([0, 1, 2, 4, 5, 6, 7, 100].map((at) => valueAt(steps, at))).toEqual([0, 1, 1, 1, 3, 3, 0, 0]);
    expect(valueAt(stepsOf(new Map()), 1)).toBe(0);
  });
});
