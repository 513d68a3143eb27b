import { stateOf } from '@karnama/classifications';
import type { Dataflow, MeasureSpec } from '@karnama/cells';
import { factsInForce, lastDayOf, monthOfDay, type Calendar, type Records } from '@karnama/kernel';
import { latestOn, type EstateFact } from '@karnama/registers';
import { stockChanges } from '../dataflows/stock-changes.js';
import { area } from './dimensions.js';

/** State of the projection `estate`: the records about one industrial estate. */
export type EstateState = Records<EstateFact>;

const plots = { fa: 'قطعه', en: 'plots' };

const measures: readonly MeasureSpec[] = [
  {
    code: 'estates',
    name: { fa: 'شهرک‌ها و نواحی صنعتی', en: 'Industrial estates' },
    unit: { fa: 'شهرک', en: 'estates' },
    definition: {
      fa: 'شهرک‌های اعلام‌شده تا پایان ماه.',
      en: 'Estates declared up to the end of the month.',
    },
    kind: 'stock',
  },
  {
    code: 'plots',
    name: { fa: 'قطعه‌ها', en: 'Plots' },
    unit: plots,
    definition: { fa: 'قطعه‌های شهرک‌ها در پایان ماه.', en: 'Plots of the estates at the end of the month.' },
    kind: 'stock',
  },
  {
    code: 'plots_assigned',
    name: { fa: 'قطعه‌های واگذارشده', en: 'Plots assigned' },
    unit: plots,
    definition: {
      fa: 'قطعه‌های واگذارشده به واحدها در پایان ماه.',
      en: 'Plots assigned to units at the end of the month.',
    },
    kind: 'stock',
  },
];

/** Industrial estates and their plots at the end of each month. */
export const estates = (calendar: Calendar): Dataflow<EstateState> => ({
  code: 'ESTATES',
  version: 1,
  name: { fa: 'شهرک‌های صنعتی', en: 'Industrial estates' },
  description: {
    fa: 'شهرک‌های صنعتی و قطعه‌های آن‌ها در پایان ماه.',
    en: 'Industrial estates and their plots at the end of the month.',
  },
  dimensions: [area],
  measures,
  rollUps: [{ time: 'effective', dimensions: ['area'] }],
  contributions(state) {
    const declared = factsInForce(state);
    const months = declared.map(({ day }) => monthOfDay(day, calendar));
    return stockChanges(months, (month) => {
      const latest = latestOn(declared, lastDayOf(month));
      if (latest === undefined) return [];
      const { area: place, plots: all, plotsAssigned } = latest;
      return [{ codes: [stateOf(place)], measures: [1, all, plotsAssigned] }];
    });
  },
});
