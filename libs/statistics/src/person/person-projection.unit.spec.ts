import { describe, expect, it } from '@jest/globals';
import { employmentDataflows } from '../employment/index.js';
import { personProjection } from './person-projection.js';
import { personRegister } from './person-state.js';

describe('the projection of persons', () => {
  it.each(['jalali', 'gregorian'] as const)(
    'counts jobs, search and training over one register (%s)',
    (calendar) => {
      const { name, register, dataflows } = personProjection(calendar);
      expect([name, register]).toEqual(['person', personRegister]);
      expect(dataflows.map(({ code }) => code).sort()).toEqual(
        'GRADUATES GRADUATE_ENTRY JOBS JOBSEEKERS PERSONS PLACEMENTS SEARCH SEARCH_COHORT STABLE_JOBS TENURE TRAINING WAGES'.split(
          ' ',
        ),
      );
    },
  );

  it('counts jobs by the first version of their definitions', () => {
    const versions = employmentDataflows('jalali').map(({ code, version }) => `${code} ${version}`);
    expect(versions).toEqual(['JOBS 1', 'STABLE_JOBS 1', 'TENURE 1', 'PERSONS 1', 'WAGES 1']);
  });

  it('sums every dataflow up by area at least, over dimensions that it has', () => {
    for (const { code, dimensions, rollUps } of personProjection().dataflows) {
      const own = new Set(dimensions.map((dimension) => dimension.code));
      for (const rollUp of rollUps) {
        expect([code, rollUp.time]).toEqual([code, 'effective']);
        expect([code, rollUp.dimensions.every((dimension) => own.has(dimension))]).toEqual([code, true]);
      }
      expect([
        code,
        rollUps.some(({ dimensions: [first, ...more] }) => first === 'area' && more.length === 0),
      ]).toEqual([code, true]);
    }
  });
});
