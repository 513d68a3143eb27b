import { unknown } from '@karnama/classifications';
import type { Dataflow } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import { stockChanges, type Standing } from '../dataflows/stock-changes.js';
import type { Use } from './capacity-use.js';
import { area, industry } from './dimensions.js';
import {
  latestIn,
  licenceIn,
  unitIn,
  type PlaceFrom,
  type UnitMonths,
  type UnitState,
} from './unit-state.js';

/** Months back from a month in which its production is looked for; the month itself counts as one. */
const monthsLookedAt = 3;

const declaredStates = { active: 'ACTIVE', 'semi-active': 'SEMI', idle: 'IDLE' } as const;

/** The class of physical progress in percent: 0–19 … 80–99, and 100. */
export const progressClassOf = (percent: number): string => {
  if (percent >= 100) return 'P100';
  if (percent >= 80) return 'P80T99';
  if (percent >= 60) return 'P60T79';
  if (percent >= 40) return 'P40T59';
  return percent >= 20 ? 'P20T39' : 'P0T19';
};

/** Active from half of the capacity on; what cannot be told from the report (0 of 0) is idle. */
const stateOfUse = ({ reporting, used }: Use): string => {
  if (reporting > 0 && 2 * used >= reporting) return 'ACTIVE';
  return used > 0 ? 'SEMI' : 'IDLE';
};

const stateUnderLicence = ({ use, states }: UnitMonths, month: number): string => {
  if (use.inForce(month).size === 0) {
    const declared = latestIn(states, month);
    return declared === undefined ? unknown : declaredStates[declared];
  }
  for (let back = 0; back < monthsLookedAt; back++) {
    const found = use.uses.get(month - back);
    if (found !== undefined) return stateOfUse(found);
  }
  return 'IDLE';
};

const none: readonly Standing[] = [];

const standing = ({ codes, side }: PlaceFrom, state: string): readonly Standing[] => [
  { codes: [...codes, side, state], measures: [1] },
];

/** What the unit is counted as at the end of the month. */
const standingAt = (unit: UnitMonths, month: number): readonly Standing[] => {
  const { permit, annulledFrom, goneFrom } = unit;
  const licence = licenceIn(unit, month);
  if (licence !== null) return standing(licence, stateUnderLicence(unit, month));
  if (permit === null || month < permit.month || month >= annulledFrom || month >= goneFrom) return none;
  return standing(permit, progressClassOf(latestIn(unit.progress, month) ?? 0));
};

/** Months at whose end the unit may be counted otherwise than at the end of the month before. */
const changeMonths = ({ permit, licence, annulledFrom, goneFrom, ...unit }: UnitMonths): Set<number> => {
  const months = new Set(unit.use.declaredFrom);
  for (const dated of [permit, licence, ...unit.progress, ...unit.states])
    if (dated !== null) months.add(dated.month);
  for (const month of [annulledFrom, goneFrom]) if (month !== Infinity) months.add(month);
  for (const month of unit.use.uses.keys())
    for (let on = 0; on <= monthsLookedAt; on++) months.add(month + on);
  return months;
};

/** Industrial units at the end of each month by what they are: being built, active, semi-active, idle. */
export const units = (calendar: Calendar): Dataflow<UnitState> => ({
  code: 'UNITS',
  version: 1,
  name: { fa: 'واحدهای صنعتی', en: 'Industrial units' },
  description: {
    fa: 'واحدهای صنعتی در پایان ماه: دارای پروانه بر حسب وضعیت فعالیت، و در دست احداث بر حسب پیشرفت فیزیکی.',
    en: 'Industrial units at the end of the month: licensed ones by state of activity, others by physical progress.',
  },
  dimensions: [
    area,
    industry,
    { code: 'estate', name: { fa: 'درون یا بیرون شهرک صنعتی', en: 'Inside or outside estates' } },
    { code: 'state', name: { fa: 'وضعیت واحد', en: 'State of the unit' } },
  ],
  measures: [
    {
      code: 'units',
      name: { fa: 'واحدها', en: 'Units' },
      unit: { fa: 'واحد', en: 'units' },
      definition: {
        fa: 'واحدهای دارای پروانه یا جواز معتبر در آخرین روز ماه.',
        en: 'Units with a licence or a permit in force on the last day of the month.',
      },
      kind: 'stock',
    },
  ],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['state'] },
    { time: 'effective', dimensions: ['area', 'state'] },
    { time: 'effective', dimensions: ['industry', 'state'] },
    { time: 'effective', dimensions: ['area', 'industry', 'state'] },
    { time: 'effective', dimensions: ['area', 'estate', 'state'] },
  ],
  contributions(state) {
    const unit = unitIn(state, calendar);
    return stockChanges(changeMonths(unit), (month) => standingAt(unit, month));
  },
});
