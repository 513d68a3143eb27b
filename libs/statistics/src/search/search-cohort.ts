import type { Contribution, Dataflow } from '@karnama/cells';
import { elapsedCode, lastSearchMonth } from '@karnama/classifications';
import { fullMonthsBetween, monthOfDay, type Calendar } from '@karnama/kernel';
import type { PersonState } from '../person/person-state.js';
import { areaDimension, elapsedDimension, sexDimension } from './dimensions.js';
import { areaAndSex, leaderOn } from './search-cells.js';
import { searchHistoryOf, type Search } from './search-history.js';

const persons = { fa: 'نفر', en: 'persons' };

function* contributionsOf({ spell, outcome }: Search, calendar: Calendar): Generator<Contribution> {
  const month = monthOfDay(spell.start, calendar);
  const place = areaAndSex(leaderOn(spell, spell.start));
  const counted = (elapsed: number, measures: readonly number[]): Contribution => ({
    month,
    declared: month,
    codes: [...place, elapsedCode(elapsed, lastSearchMonth)],
    measures,
    units: 1,
  });
  yield counted(0, [1, 0, 0]);
  if (outcome !== null)
    yield counted(
      fullMonthsBetween(spell.start, spell.end, calendar),
      outcome === 'job' ? [0, 1, 0] : [0, 0, 1],
    );
}

/** Those who began to search in a month, and after how many months they found a job or were lost from sight. */
export const searchCohort = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'SEARCH_COHORT',
  version: 1,
  name: { fa: 'گروه‌های هم‌آغاز جویندگان کار', en: 'Cohorts of jobseekers' },
  description: {
    fa: 'کسانی که جست‌وجویشان در یک ماه آغاز شده است، به تفکیک ماه‌های گذشته تا پایان آن.',
    en: 'Persons whose search began in the month, by the full months until it ended.',
  },
  dimensions: [areaDimension, sexDimension, elapsedDimension],
  measures: [
    {
      code: 'entered',
      name: { fa: 'آغازکرده', en: 'Entered' },
      unit: persons,
      definition: { fa: 'همهٔ آغازکنندگان، زیر ماه صفر.', en: 'All who began, under month zero.' },
    },
    {
      code: 'found',
      name: { fa: 'به‌شغل‌رسیده', en: 'Found a job' },
      unit: persons,
      definition: { fa: 'جست‌وجوهایی که به شغل رسیده‌اند.', en: 'Searches that led into a job.' },
    },
    {
      code: 'censored',
      name: { fa: 'پایان بدون شغل', en: 'Ended otherwise' },
      unit: persons,
      definition: { fa: 'جست‌وجوهایی که جز با شغل پایان یافته‌اند.', en: 'Searches that ended otherwise.' },
    },
  ],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['area', 'elapsed'] },
  ],
  basis: searchHistoryOf,
  *contributions(state) {
    for (const search of searchHistoryOf(state).searches) yield* contributionsOf(search, calendar);
  },
});
