import { describe, expect, it } from '@jest/globals';
import {
  elapsedCode,
  elapsedMonths,
  elapsedWeeks,
  lastEntryMonth,
  lastSearchMonth,
  searchDurationOf,
  searchDurations,
} from './index.js';

describe('duration of search', () => {
  it('has five bands, each beginning where the one before ends, the last one open', () => {
    expect(searchDurations).toEqual([
      { code: 'M0T2', name: { fa: '۰ تا ۲ ماه', en: '0 to 2 months' }, from: 0, to: 3 },
      { code: 'M3T5', name: { fa: '۳ تا ۵ ماه', en: '3 to 5 months' }, from: 3, to: 6 },
      { code: 'M6T11', name: { fa: '۶ تا ۱۱ ماه', en: '6 to 11 months' }, from: 6, to: 12 },
      { code: 'M12T23', name: { fa: '۱۲ تا ۲۳ ماه', en: '12 to 23 months' }, from: 12, to: 24 },
      { code: 'M_GE24', name: { fa: '۲۴ ماه و بیشتر', en: '24 months and over' }, from: 24, to: null },
    ]);
  });

  it('is the band that the full months lie in', () => {
    for (const { code, from, to } of searchDurations) {
      expect(searchDurationOf(from)).toBe(code);
      expect(searchDurationOf(to === null ? 1000 : to - 1)).toBe(code);
    }
  });
});

describe('elapsed time', () => {
  it('is told in two digits, the last code standing for all that is longer', () => {
    expect([0, 9, 10, 36, 37, 999].map((steps) => elapsedCode(steps, lastSearchMonth))).toEqual([
      '00',
      '09',
      '10',
      '36',
      '36',
      '36',
    ]);
    expect(lastEntryMonth).toBe(23);
  });

  it('has a list of codes with edges, in months and in weeks', () => {
    const months = elapsedMonths(36);
    expect(months).toHaveLength(37);
    expect(months[0]).toEqual({ code: '00', name: { fa: '۰ ماه', en: '0 months' }, from: 0, to: 1 });
    expect(months[35]).toEqual({ code: '35', name: { fa: '۳۵ ماه', en: '35 months' }, from: 35, to: 36 });
    expect(months[36]).toEqual({
      code: '36',
      name: { fa: '۳۶ ماه و بیشتر', en: '36 months and over' },
      from: 36,
      to: null,
    });
    const weeks = elapsedWeeks(26);
    expect(weeks).toHaveLength(27);
    expect(weeks[7]).toEqual({ code: '07', name: { fa: '۷ هفته', en: '7 weeks' }, from: 7, to: 8 });
    expect(weeks[26]?.name).toEqual({ fa: '۲۶ هفته و بیشتر', en: '26 weeks and over' });
  });
});
