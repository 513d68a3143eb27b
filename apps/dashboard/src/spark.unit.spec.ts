import { describe, expect, it } from '@jest/globals';
import { sparkRuns } from './spark.js';

const box = { width: 100, height: 20, margin: 0 };

describe('a sparkline', () => {
  it('goes from the lowest at the bottom to the highest at the top, oldest left', () => {
    expect(sparkRuns(['1', '3', '2'], box)).toEqual([
      [
        { x: 0, y: 20 },
        { x: 50, y: 0 },
        { x: 100, y: 10 },
      ],
    ]);
  });

  it('breaks where a period has no figure', () => {
    expect(sparkRuns(['1', null, '2', '3'], box).map((run) => run.length)).toEqual([1, 2]);
    expect(sparkRuns([null, null], box)).toEqual([]);
  });

  it('lies in the middle when all figures are equal', () => {
    expect(sparkRuns(['5', '5'], box)[0]?.map(({ y }) => y)).toEqual([10, 10]);
  });
});
