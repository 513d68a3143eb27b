import type { Dataflow } from '@karnama/cells';
import { sizeClassOf } from '@karnama/classifications';
import type { Calendar } from '@karnama/kernel';
import { stockChanges } from '../dataflows/stock-changes.js';
import { area, industry, size } from '../establishments/employer-dimensions.js';
import { headcountOf } from '../establishments/headcount.js';
import { valueAt } from '../establishments/steps.js';
import { traitsOf } from './demography.js';
import { enterpriseTotals, type EnterpriseState } from './enterprise-state.js';

/** EMPLOYERS: enterprises with a job on the last day of each month. */
export const employers = (calendar: Calendar): Dataflow<EnterpriseState> => ({
  code: 'EMPLOYERS',
  version: 1,
  name: { fa: 'بنگاه‌های کارفرما', en: 'Employers' },
  description: {
    fa: 'بنگاه‌هایی که در پایان ماه دست‌کم یک شغل دارند.',
    en: 'Enterprises with at least one job at the end of the month.',
  },
  dimensions: [area, industry, size],
  measures: [
    {
      code: 'employers',
      name: { fa: 'بنگاه‌های کارفرما', en: 'Employers' },
      unit: { fa: 'بنگاه', en: 'enterprises' },
      definition: {
        fa: 'بنگاه‌های دارای شغل در روز پایانی ماه.',
        en: 'Enterprises with a job on the last day of the month.',
      },
      kind: 'stock',
    },
  ],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['industry'] },
    { time: 'effective', dimensions: ['size'] },
    { time: 'effective', dimensions: ['area', 'industry'] },
  ],
  *contributions(state) {
    const headcount = headcountOf(enterpriseTotals(state), calendar);
    const { area, industry } = traitsOf(state.own);
    yield* stockChanges(headcount.turns, (month) => {
      const jobs = valueAt(headcount, month);
      return jobs > 0 ? [{ codes: [area, industry, sizeClassOf(jobs)], measures: [1] }] : [];
    });
  },
});
