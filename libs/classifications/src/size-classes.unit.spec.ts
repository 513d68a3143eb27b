import { describe, expect, it } from '@jest/globals';
import { legalFormOf, legalForms, sizeClasses, sizeClassOf } from './index.js';

describe('the size class', () => {
  it.each([
    [0, 'S0'],
    [1, 'S1T9'],
    [9, 'S1T9'],
    [10, 'S10T49'],
    [49, 'S10T49'],
    [50, 'S50T249'],
    [249, 'S50T249'],
    [250, 'S_GE250'],
    [100_000, 'S_GE250'],
  ])('of %j jobs is %s', (jobs, code) => expect(sizeClassOf(jobs)).toBe(code));

  it('is in the list, which runs from the smallest to the largest', () => {
    expect(sizeClasses.map(({ code }) => code)).toEqual(['S0', 'S1T9', 'S10T49', 'S50T249', 'S_GE250']);
  });
});

describe('the legal form', () => {
  it.each(['company', 'cooperative', 'natural-person', 'public', 'other'])('%s is its own code', (form) =>
    expect(legalFormOf(form)).toBe(form),
  );

  it.each([null, '', 'Company', 'guild'])('is unknown for %j', (form) =>
    expect(legalFormOf(form)).toBe('_U'),
  );

  it('has distinct names in Persian and English', () => {
    expect(legalForms).toHaveLength(6);
    expect(new Set(legalForms.map(({ name }) => name.fa)).size).toBe(6);
    expect(new Set(legalForms.map(({ name }) => name.en)).size).toBe(6);
  });
});
