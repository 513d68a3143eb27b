import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { watchdog } from './watchdog.js';

describe('the watchdog', () => {
  let now = 0;
  const silences: number[] = [];
  const pass = (ms: number): void => {
    for (let passed = 0; passed < ms; passed += 5) {
      now += 5;
      jest.advanceTimersByTime(5);
    }
  };
  beforeEach(() => {
    jest.useFakeTimers();
    now = 0;
    silences.length = 0;
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is quiet as long as there are signs of life', () => {
    const dog = watchdog(
      100,
      (silent) => silences.push(silent),
      () => now,
    );
    for (let n = 0; n < 20; n += 1) {
      pass(90);
      dog.alive();
    }
    expect(silences).toEqual([]);
    dog.stop();
  });

  it('tells of a silence once, not long after its time', () => {
    watchdog(
      100,
      (silent) => silences.push(silent),
      () => now,
    );
    pass(1_000);
    expect(silences).toHaveLength(1);
    expect(silences[0]).toBeGreaterThanOrEqual(100);
    expect(silences[0]).toBeLessThanOrEqual(130);
  });

  it('is quiet when it was stopped', () => {
    watchdog(
      100,
      (silent) => silences.push(silent),
      () => now,
    ).stop();
    pass(1_000);
    expect(silences).toEqual([]);
  });
});
