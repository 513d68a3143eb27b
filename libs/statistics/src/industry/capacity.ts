import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import { stockChanges, type Standing } from '../dataflows/stock-changes.js';
import { bounded } from './capacity-use.js';
import { area, industry } from './dimensions.js';
import { licenceIn, unitIn, type UnitMonths, type UnitState } from './unit-state.js';

const money = { fa: 'یک‌صدم واحد پول کشور در ماه', en: 'hundredths of the national currency a month' };

const measures: readonly MeasureSpec[] = [
  {
    code: 'all_value',
    name: { fa: 'ارزش ظرفیت', en: 'Value of capacity' },
    unit: money,
    definition: {
      fa: 'ارزش ماهانهٔ ظرفیت همهٔ محصولات واحدهای دارای پروانه در پایان ماه.',
      en: 'Monthly value of the capacity for all products of licensed units at the end of the month.',
    },
    kind: 'stock',
  },
  {
    code: 'reporting_value',
    name: { fa: 'ارزش ظرفیت گزارش‌شده', en: 'Value of capacity reported on' },
    unit: money,
    definition: {
      fa: 'ارزش ظرفیت محصولاتی که تولید آن‌ها در ماه گزارش شده است.',
      en: 'Value of the capacity for products whose production of the month was reported.',
    },
  },
  {
    code: 'used_value',
    name: { fa: 'ارزش ظرفیت استفاده‌شده', en: 'Value of capacity used' },
    unit: money,
    definition: {
      fa: 'ارزش ظرفیت ضربدر نسبت تولید به ظرفیت، گردشده برای هر محصول.',
      en: 'Value of the capacity times production over capacity, rounded for each product.',
    },
  },
];

const standingAt = (unit: UnitMonths, month: number): readonly Standing[] => {
  const licence = licenceIn(unit, month);
  const capacities = unit.use.inForce(month);
  if (licence === null || capacities.size === 0) return [];
  let value = 0;
  for (const capacity of capacities.values()) value = bounded(value + capacity.value);
  return [{ codes: licence.codes, measures: [value, 0, 0] }];
};

const changeMonths = ({ licence, goneFrom, use }: UnitMonths): number[] => {
  const months = [...use.declaredFrom];
  for (const month of [licence?.month ?? Infinity, goneFrom]) if (month !== Infinity) months.push(month);
  return months;
};

function* flows(unit: UnitMonths): Generator<Contribution> {
  for (const [month, { reporting, used }] of unit.use.uses) {
    const licence = licenceIn(unit, month);
    if (licence === null || reporting === 0) continue;
    yield { month, declared: month, codes: licence.codes, measures: [0, reporting, used], units: 1 };
  }
}

/** Capacity of licensed industrial units and its use, weighted by value. */
export const capacity = (calendar: Calendar): Dataflow<UnitState> => ({
  code: 'CAPACITY',
  version: 1,
  name: { fa: 'ظرفیت تولید و استفاده از آن', en: 'Capacity and its use' },
  description: {
    fa: 'ظرفیت تولید واحدهای دارای پروانه و استفاده از آن، به وزن ارزش.',
    en: 'Capacity of licensed industrial units and its use, weighted by value.',
  },
  dimensions: [area, industry],
  measures,
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['industry'] },
  ],
  *contributions(state) {
    const unit = unitIn(state, calendar);
    yield* stockChanges(changeMonths(unit), (month) => standingAt(unit, month));
    yield* flows(unit);
  },
});
