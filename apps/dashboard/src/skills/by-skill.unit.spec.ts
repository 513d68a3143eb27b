import { describe, expect, it } from '@jest/globals';
import type { IndicatorSummary } from '../indicator-api.js';
import type { Told } from '../panel/told.js';
import { bySkill, skillsInOrder } from './by-skill.js';

const told = (
  ...rows: readonly (readonly [period: string, skill: string, value: string | null])[]
): Told => ({
  summary: {} as IndicatorSummary,
  freq: 'M',
  rows: rows.map(([period, skill, value]) => ({ period, skill, value })),
  before: undefined,
});

describe('the skills of an area', () => {
  const gap = bySkill(
    told(
      ['1404-01', 'WELD', '0.1'],
      ['1404-02', 'WELD', '-0.400'],
      ['1404-02', 'ICT', '0.900'],
      ['1404-02', 'WOOD', null],
      ['1404-02', '_U', '5.0'],
      ['1404-03', 'WELD', null],
    ),
  );

  it('are told of the newest period of which one of them has a figure', () => {
    expect([gap.period, gap.rows.get('WELD')?.value, gap.rows.size]).toEqual(['1404-02', '-0.400', 4]);
    expect(bySkill(told()).period).toBeUndefined();
  });

  it('come by their gap, the shortest first, those without one last, and the unknown not at all', () => {
    const others = [bySkill(told(['1404', 'AGRI', '3'], ['1404', 'ICT', '9']))];
    expect(skillsInOrder(gap, others)).toEqual(['ICT', 'WELD', 'AGRI', 'WOOD']);
  });
});
