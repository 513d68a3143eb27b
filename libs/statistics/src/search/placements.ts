import type { Dataflow } from '@karnama/cells';
import { stateOf, unknown } from '@karnama/classifications';
import { monthOfDay, type Calendar } from '@karnama/kernel';
import { beginsWithin } from '@karnama/registers';
import type { PersonState } from '../person/person-state.js';
import { areaDimension, sexDimension } from './dimensions.js';
import { searchHistoryOf } from './search-history.js';

const unit = { fa: 'کاریابی', en: 'placements' };

/** Days before and after a placement on which a job that confirms it may begin. */
const confirmingDays = 30;

/** Placements made by employment services, and those that the employment register confirms. */
export const placements = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'PLACEMENTS',
  version: 1,
  name: { fa: 'کاریابی‌ها', en: 'Placements' },
  description: {
    fa: 'کاریابی‌های خدمات اشتغال و آن‌هایی که ثبت‌های اشتغال تأیید می‌کند.',
    en: 'Placements by the employment services, and those that the employment register confirms.',
  },
  dimensions: [areaDimension, sexDimension],
  measures: [
    {
      code: 'placements',
      name: { fa: 'کاریابی‌ها', en: 'Placements' },
      unit,
      definition: { fa: 'کاریابی‌های ثبت‌شده در ماه.', en: 'Placements recorded in the month.' },
    },
    {
      code: 'confirmed',
      name: { fa: 'کاریابی‌های تأییدشده', en: 'Confirmed placements' },
      unit,
      definition: {
        fa: 'آن‌هایی که شغلی از همان شخص از سی روز پیش تا سی روز پس از آن آغاز شده است.',
        en: 'Those with a job of the person that began from thirty days before to thirty days after.',
      },
    },
  ],
  rollUps: [{ time: 'effective', dimensions: ['area'] }],
  basis: searchHistoryOf,
  *contributions(state) {
    const { placements, jobs } = searchHistoryOf(state);
    for (const { day, area, sex } of placements) {
      const month = monthOfDay(day, calendar);
      const confirmed = beginsWithin(jobs, day - confirmingDays, day + confirmingDays + 1) ? 1 : 0;
      yield {
        month,
        declared: month,
        codes: [stateOf(area), sex ?? unknown],
        measures: [1, confirmed],
        units: 1,
      };
    }
  },
});
