import type { Dataflow, MeasureSpec } from '@karnama/cells';
import { elapsedCode, stateOf } from '@karnama/classifications';
import { monthOfDay, type Calendar } from '@karnama/kernel';
import { postsOf, type Posts } from '@karnama/registers';
import type { VacancyState } from './vacancy-state.js';

const posts = { fa: 'فرصت شغلی', en: 'posts' };

/** Last elapsed code of the cohorts: 26 full weeks and more. */
export const lastVacancyWeek = 26;

const measures: readonly MeasureSpec[] = [
  {
    code: 'opened',
    name: { fa: 'فرصت‌های گروه', en: 'Posts of the cohort' },
    unit: posts,
    definition: {
      fa: 'فرصت‌هایی که در ماه اعلام شده‌اند، زیر کد ۰۰.',
      en: 'Posts opened in the month, under code 00.',
    },
  },
  {
    code: 'filled',
    name: { fa: 'پرشده', en: 'Filled' },
    unit: posts,
    definition: {
      fa: 'آن دسته که پس از این شمار هفته پر شده‌اند.',
      en: 'Those of them filled after so many full weeks.',
    },
  },
  {
    code: 'censored',
    name: { fa: 'بسته‌شده', en: 'Closed' },
    unit: posts,
    definition: {
      fa: 'آن دسته که پس از این شمار هفته بدون پر شدن بسته شده‌اند.',
      en: 'Those of them closed unfilled after so many full weeks.',
    },
  },
];

const sumsByCode = ({ published, fills, end, left }: Posts): Map<string, readonly number[]> => {
  const sums = new Map<string, readonly number[]>();
  const add = (day: number, [opened, filled, censored]: readonly [number, number, number]): void => {
    const code = elapsedCode(Math.floor((day - published.day) / 7), lastVacancyWeek);
    const [a = 0, b = 0, c = 0] = sums.get(code) ?? [];
    sums.set(code, [a + opened, b + filled, c + censored]);
  };
  add(published.day, [published.positions, 0, 0]);
  for (const { day, posts: taken } of fills) add(day, [0, taken, 0]);
  if (end !== Infinity) add(end, [0, 0, left]);
  return sums;
};

/** VACANCY_COHORT: what became of the posts opened in a month, by full weeks: survival counts that add up. */
export const vacancyCohort = (calendar: Calendar): Dataflow<VacancyState> => ({
  code: 'VACANCY_COHORT',
  version: 1,
  name: { fa: 'مدت باز بودن فرصت‌های شغلی', en: 'Durations of vacancies' },
  description: {
    fa: 'فرصت‌های اعلام‌شده در هر ماه به تفکیک هفته‌هایی که تا پر یا بسته شدن گذشته است.',
    en: 'Posts opened in each month, by the weeks that passed until they were filled or closed.',
  },
  dimensions: [
    { code: 'area', name: { fa: 'منطقه', en: 'Area', pt: 'Área' } },
    { code: 'elapsed', name: { fa: 'هفته‌های سپری‌شده', en: 'Weeks elapsed', pt: 'Semanas decorridas' } },
  ],
  measures,
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['elapsed'] },
    { time: 'effective', dimensions: ['area', 'elapsed'] },
  ],
  *contributions(state) {
    const told = postsOf(state);
    if (told === null) return;
    const area = stateOf(told.published.area);
    const month = monthOfDay(told.published.day, calendar);
    for (const [elapsed, sums] of sumsByCode(told))
      if (sums.some((count) => count !== 0))
        yield { month, declared: month, codes: [area, elapsed], measures: sums, units: 1 };
  },
});
