import type { Dataflow } from '@karnama/cells';
import { skillFamilyOf, stateOf } from '@karnama/classifications';
import { monthOfDay, type Calendar } from '@karnama/kernel';
import { postsOf } from '@karnama/registers';
import type { VacancyState } from './vacancy-state.js';

/** SKILL_DEMAND: posts opened by the skill family they ask for. */
export const skillDemand = (calendar: Calendar): Dataflow<VacancyState> => ({
  code: 'SKILL_DEMAND',
  version: 1,
  name: { fa: 'تقاضای مهارت', en: 'Demand for skills' },
  description: {
    fa: 'فرصت‌های شغلی اعلام‌شده به تفکیک خانوادهٔ مهارتی که می‌خواهند.',
    en: 'Posts opened, by the skill family they ask for.',
  },
  dimensions: [
    { code: 'area', name: { fa: 'منطقه', en: 'Area', pt: 'Área' } },
    { code: 'skill', name: { fa: 'خانوادهٔ مهارت', en: 'Skill family', pt: 'Família de competências' } },
  ],
  measures: [
    {
      code: 'posts',
      name: { fa: 'فرصت‌های اعلام‌شده', en: 'Posts opened' },
      unit: { fa: 'فرصت شغلی', en: 'posts' },
      definition: { fa: 'فرصت‌هایی که در ماه اعلام شده‌اند.', en: 'Posts opened in the month.' },
    },
  ],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['skill'] },
  ],
  *contributions(state) {
    const told = postsOf(state);
    if (told === null) return;
    const { area, skill, day, positions } = told.published;
    const month = monthOfDay(day, calendar);
    yield {
      month,
      declared: month,
      codes: [stateOf(area), skillFamilyOf(skill)],
      measures: [positions],
      units: 1,
    };
  },
});
