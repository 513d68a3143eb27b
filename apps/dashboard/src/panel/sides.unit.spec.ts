import { describe, expect, it } from '@jest/globals';
import { sidesOf } from './sides.js';

describe('a bar on one side of zero', () => {
  const all = ['2.0', '-1.000', '0.0'];

  it('is as long as its figure is large, the largest filling its side', () => {
    expect(sidesOf('2.0', all)).toEqual({ start: 50, width: 50, negative: false });
    expect(sidesOf('-1.000', all)).toEqual({ start: 25, width: 25, negative: true });
  });

  it('has no length at zero, also when all are zero', () => {
    expect(sidesOf('0.0', all)).toEqual({ start: 50, width: 0, negative: false });
    expect(sidesOf('0', ['0', '0']).width).toBe(0);
  });
});
