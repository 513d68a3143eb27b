import type { Contribution, Dataflow } from '@karnama/cells';
import { searchDurationOf, searchDurations } from '@karnama/classifications';
import { fullMonthsBetween, lastDayOf, monthOfDay, type Calendar } from '@karnama/kernel';
import type { SearchSpell } from '@karnama/registers';
import { stockChanges } from '../dataflows/stock-changes.js';
import type { PersonState } from '../person/person-state.js';
import { areaDimension, sexDimension } from './dimensions.js';
import { areaAndSex, leaderOn } from './search-cells.js';
import { searchHistoryOf } from './search-history.js';

const longer = searchDurations.slice(1).map(({ from }) => from);

const stock = (spell: SearchSpell, calendar: Calendar): Iterable<Contribution> => {
  const months = spell.turns.map(({ day }) => monthOfDay(day, calendar));
  const first = monthOfDay(spell.start, calendar);
  const last = spell.end === Infinity ? Infinity : monthOfDay(spell.end, calendar);
  // begun on the first of a month, a search is full months old on the last day of the month before
  for (const count of longer) if (first + count <= last) months.push(first + count - 1, first + count);
  if (last !== Infinity) months.push(last);
  return stockChanges(months, (month) => {
    const day = lastDayOf(month);
    if (day >= spell.end) return [];
    const duration = searchDurationOf(fullMonthsBetween(spell.start, day + 1, calendar));
    return [{ codes: [...areaAndSex(leaderOn(spell, day)), duration], measures: [1] }];
  });
};

/** Jobseekers at the end of the month by how long they have searched. */
export const searchDuration = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'SEARCH',
  version: 1,
  name: { fa: 'مدت جست‌وجوی کار', en: 'Duration of search' },
  description: {
    fa: 'جویندگان کار در پایان ماه به تفکیک ماه‌هایی که از آغاز جست‌وجویشان گذشته است.',
    en: 'Jobseekers at the end of the month by the full months since their search began.',
  },
  dimensions: [
    areaDimension,
    sexDimension,
    { code: 'duration', name: { fa: 'مدت جست‌وجو', en: 'Duration of search' } },
  ],
  measures: [
    {
      code: 'jobseekers',
      name: { fa: 'جویندگان کار', en: 'Jobseekers' },
      unit: { fa: 'نفر', en: 'persons' },
      kind: 'stock',
      definition: {
        fa: 'کسانی که در روز پایانی ماه ثبت‌نام فعال دارند و شغلی ندارند.',
        en: 'Persons registered and without a job on the last day of the month.',
      },
    },
  ],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['area', 'duration'] },
  ],
  basis: searchHistoryOf,
  *contributions(state) {
    for (const { spell } of searchHistoryOf(state).searches) yield* stock(spell, calendar);
  },
});
