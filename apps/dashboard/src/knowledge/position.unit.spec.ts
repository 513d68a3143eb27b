import { describe, expect, it } from '@jest/globals';
import { dayIn, daysIn, dayText, kindOf, partsOf, yearsFor } from './position.js';

const releases = [
  { name: '1404-01', epoch: 1, cutAt: '2025-04-25T08:00:00.000Z' },
  { name: '2025-05-03', epoch: 2, cutAt: '2025-05-25T08:00:00.000Z' },
];

describe('a position in the address', () => {
  it.each([
    [undefined, 'latest'],
    ['latest', 'latest'],
    ['1404-01', 'release'],
    ['2025-05-03', 'release'],
    ['2025-05-04', 'day'],
    ['1404-02-11', 'day'],
    ['unheard-of', 'release'],
  ] as const)('%s is a %s', (position, kind) => {
    expect(kindOf(position, releases)).toBe(kind);
  });
});

describe('a day that is chosen by its parts', () => {
  it('is written as the API reads it', () => {
    expect(dayText({ year: 1404, month: 2, day: 1 })).toBe('1404-02-01');
    expect(partsOf('1404-02-01')).toEqual({ year: 1404, month: 2, day: 1 });
  });

  it('is the last of its month where the month has no such day', () => {
    expect(dayText({ year: 1404, month: 7, day: 31 })).toBe('1404-07-30');
    expect(dayText({ year: 2025, month: 2, day: 31 })).toBe('2025-02-28');
    expect(dayText({ year: 2024, month: 2, day: 31 })).toBe('2024-02-29');
  });

  it('has the days of either calendar', () => {
    expect([1, 6, 7, 11, 12].map((month) => daysIn(1404, month))).toEqual([31, 31, 30, 30, 30]);
    expect([1, 2, 4].map((month) => daysIn(2023, month))).toEqual([31, 28, 30]);
  });

  it('begins as today in the calendar of the language', () => {
    const noon = new Date('2025-05-01T12:00:00.000Z');
    expect(dayIn(noon, 'fa')).toEqual({ year: 1404, month: 2, day: 11 });
    expect(dayIn(noon, 'en')).toEqual({ year: 2025, month: 5, day: 1 });
  });

  it('is of a year from the first cut to this one, or of the one shown', () => {
    const today = new Date('2026-11-23T12:00:00.000Z');
    expect(yearsFor(partsOf('1404-02-11'), releases[0]?.cutAt, today)).toEqual([1405, 1404]);
    expect(yearsFor(partsOf('2025-05-01'), releases[0]?.cutAt, today)).toEqual([2026, 2025]);
    expect(yearsFor(partsOf('1402-02-11'), releases[0]?.cutAt, today)).toEqual([1405, 1404, 1403, 1402]);
    expect(yearsFor(partsOf('1405-02-11'), undefined, today)).toEqual([1405]);
  });
});
