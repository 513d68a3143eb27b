import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import { fullMonthsBetween, type Calendar } from '@karnama/kernel';
import { area, industry } from './dimensions.js';
import { unitIn, type UnitState } from './unit-state.js';

const lastElapsed = 60;
const unit = { fa: 'جواز', en: 'permits' };

const measures: readonly MeasureSpec[] = [
  {
    code: 'permits',
    name: { fa: 'جوازهای تأسیس', en: 'Permits' },
    unit,
    definition: {
      fa: 'جوازهای تأسیس صادرشده در ماه، زیر کد ۰۰.',
      en: 'Permits issued in the month, under elapsed 00.',
    },
  },
  {
    code: 'licensed',
    name: { fa: 'به پروانه رسیده', en: 'Licensed' },
    unit,
    definition: {
      fa: 'جوازهای ماه که پروانهٔ بهره‌برداری گرفته‌اند، بر حسب ماه‌های کامل از جواز تا پروانه.',
      en: 'Permits of the month that led to an operating licence, by full months from permit to licence.',
    },
  },
  {
    code: 'annulled',
    name: { fa: 'باطل‌شده', en: 'Annulled' },
    unit,
    definition: {
      fa: 'جوازهای ماه که پیش از گرفتن پروانه باطل شده‌اند، بر حسب ماه‌های کامل از جواز تا ابطال.',
      en: 'Permits of the month annulled before any licence, by full months from permit to annulment.',
    },
  },
];

/** Permits by the month in which they were issued, and what became of them after how many full months. */
export const permits = (calendar: Calendar): Dataflow<UnitState> => {
  const elapsed = (from: number, to: number): string =>
    String(Math.min(lastElapsed, Math.max(0, fullMonthsBetween(from, to, calendar)))).padStart(2, '0');

  return {
    code: 'PERMITS',
    version: 1,
    name: { fa: 'جوازهای تأسیس و سرانجام آن‌ها', en: 'Permits and what became of them' },
    description: {
      fa: 'جوازهای تأسیس واحدهای صنعتی به تفکیک ماه صدور، با ماه‌های سپری‌شده تا پروانه یا ابطال.',
      en: 'Permits to build industrial units by month of issue, with the months up to licence or annulment.',
    },
    dimensions: [area, industry, { code: 'elapsed', name: { fa: 'ماه‌های سپری‌شده', en: 'Months elapsed' } }],
    measures,
    rollUps: [
      { time: 'effective', dimensions: ['area'] },
      { time: 'effective', dimensions: ['area', 'elapsed'] },
      { time: 'effective', dimensions: ['industry', 'elapsed'] },
      { time: 'effective', dimensions: ['elapsed'] },
    ],
    *contributions(state): Iterable<Contribution> {
      const { permit, licence, annulledDay } = unitIn(state, calendar);
      if (permit === null) return;
      const { month } = permit;
      const counted = (after: string, sums: readonly number[]): Contribution => ({
        month,
        declared: month,
        codes: [...permit.codes, after],
        measures: sums,
        units: 1,
      });
      yield counted('00', [1, 0, 0]);
      if (licence !== null) yield counted(elapsed(permit.day, licence.day), [0, 1, 0]);
      if (annulledDay < (licence?.day ?? Infinity))
        yield counted(elapsed(permit.day, annulledDay), [0, 0, 1]);
    },
  };
};
