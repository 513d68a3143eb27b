import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areaOf, pathOf, ringOfPoints, ringsOfPath, simplified, type Point } from './outlines.js';

describe('an outline', () => {
  it('is read from absolute and relative lines, with what follows a move as lines', () => {
    const square = [
      [1, 1],
      [3, 1],
      [3, 4],
      [1, 4],
    ];
    expect(ringsOfPath('M1,1L3,1V4H1z')).toEqual([square]);
    expect(ringsOfPath('m1 1 2 0 0 3-2 0z')).toEqual([square]);
    expect(ringsOfPath('M1,1l2,0v3h-2zm10,0l1,0l0,1z')).toEqual([
      square,
      [
        [11, 1],
        [12, 1],
        [12, 2],
      ],
    ]);
    expect(ringOfPoints('1,1 3,1\t3,4 1,4 \t')).toEqual([square]);
  });

  it('follows a curve to its end', () => {
    const [ring = []] = ringsOfPath('M0,0c0,4,8,4,8,0z');
    expect(ring.at(-1)).toEqual([8, 0]);
    expect(Math.max(...ring.map(([, y]) => y))).toBeCloseTo(3, 1);
  });

  it('is refused where it has what is not read here, or numbers are left over', () => {
    expect(() => ringsOfPath('M0,0A1,1,0,0,0,2,2z')).toThrow('“A”');
    expect(() => ringsOfPath('M0,0l1,2,3z')).toThrow('do not come out even');
    expect(() => ringsOfPath('l1,2z')).toThrow('without a move');
  });

  it('loses only corners that lie nearer than the tolerance to what remains', () => {
    const line: Point[] = Array.from({ length: 41 }, (_, i) => [i, i % 2 === 0 ? 0 : 0.2]);
    const ring: Point[] = [...line, [40, 30], [0, 30]];
    const [thin = []] = simplified([ring], 0.5);
    expect(thin.length).toBe(4);
    expect(areaOf(thin)).toBeCloseTo(areaOf(ring), -1);
    expect(simplified([ring], 0.01)[0]?.length).toBe(ring.length);
  });

  it('is read back from its path within half a step of the grid', () => {
    const step = fc.integer({ min: -400, max: 400 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(step, step), { minLength: 3, maxLength: 20 }),
        fc.constantFrom(1, 10),
        (points, fineness) => {
          const ring = points.map(([x, y]): Point => [x / 7, y / 7]);
          const [again] = ringsOfPath(pathOf([ring], fineness));
          const kept = ring
            .map(([x, y]) => [Math.round(x * fineness), Math.round(y * fineness)] as const)
            .filter(([x, y], i, all) => x !== all.at(i - 1)?.[0] || y !== all.at(i - 1)?.[1]);
          if (again === undefined) return expect(kept.length < 3 || areaOf(kept) === 0).toBe(true);
          expect(again.length).toBe(kept.length);
          for (const [i, [x, y]] of again.entries()) {
            expect(x * fineness).toBeCloseTo(kept[i]?.[0] ?? NaN, 4);
            expect(y * fineness).toBeCloseTo(kept[i]?.[1] ?? NaN, 4);
          }
        },
      ),
    );
  });
});
