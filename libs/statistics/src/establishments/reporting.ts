import type { Dataflow } from '@karnama/cells';
import { monthIn, type Calendar, type Month } from '@karnama/kernel';
import { stockChanges } from '../dataflows/stock-changes.js';
import { area, industry } from './employer-dimensions.js';
import { workshopTotals, type EstablishmentState } from './establishment-state.js';
import { headcountOf } from './headcount.js';
import { valueAt } from './steps.js';
import { locationOf } from './workshop.js';

const workshops = { fa: 'کارگاه', en: 'workshops' };

/** Months for which a wage list is in force, each once. */
const monthsReported = ({ lists }: EstablishmentState, calendar: Calendar): Set<Month> => {
  const months = new Set<Month>();
  for (const { fact, withdrawn } of lists.values())
    if (fact !== null && !withdrawn) months.add(monthIn(fact.month, calendar));
  return months;
};

/** REPORTING: workshops from which a wage list was to come, and those of them from which one came. */
export const reporting = (calendar: Calendar): Dataflow<EstablishmentState> => ({
  code: 'REPORTING',
  version: 1,
  name: { fa: 'ارسال فهرست دستمزد', en: 'Wage lists of workshops' },
  description: {
    fa: 'کارگاه‌هایی که در پایان ماه پیش شغل داشتند و فهرست دستمزد ماه از آن‌ها انتظار می‌رود.',
    en: 'Workshops that had jobs at the end of the month before, from which a wage list is expected.',
  },
  dimensions: [area, industry],
  measures: [
    {
      code: 'expected',
      name: { fa: 'کارگاه‌های مورد انتظار', en: 'Expected workshops' },
      unit: workshops,
      definition: {
        fa: 'کارگاه‌های دارای دست‌کم یک شغل در پایان ماه پیش.',
        en: 'Workshops with at least one job at the end of the month before.',
      },
      kind: 'stock',
    },
    {
      code: 'reporting',
      name: { fa: 'کارگاه‌های گزارش‌دهنده', en: 'Reporting workshops' },
      unit: workshops,
      definition: {
        fa: 'آن دسته از کارگاه‌های مورد انتظار که فهرست دستمزد ماه از آن‌ها رسیده است؛ هر کارگاه یک بار.',
        en: 'Those of the expected from which a wage list of the month came in, each once.',
      },
    },
  ],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['industry'] },
  ],
  *contributions(state) {
    const headcount = headcountOf(workshopTotals(state), calendar);
    const location = locationOf(state, calendar);
    const isExpected = (month: Month): boolean => valueAt(headcount, month - 1) > 0;
    const turns = [...headcount.turns.map((turn) => turn + 1), ...location.turns];
    yield* stockChanges(turns, (month) =>
      isExpected(month) ? [{ codes: location.at(month), measures: [1, 0] }] : [],
    );
    for (const month of monthsReported(state, calendar))
      if (isExpected(month))
        yield { month, declared: month, codes: location.at(month), measures: [0, 1], units: 1 };
  },
});
