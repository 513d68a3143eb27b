import { describe, expect, it } from '@jest/globals';
import type { Dataflow } from '@karnama/cells';
import { addMonths, fullMonthsBetween } from '@karnama/kernel';
import fc from 'fast-check';
import type { PersonState } from '../person/person-state.js';
import { searchDataflows } from './index.js';
import {
  add,
  booked,
  cellsAt,
  knownAt,
  searchHistories,
  withoutZeros,
  type Said,
  type Sums,
} from './person-histories.spec-kit.js';
import {
  activeOn,
  ageIn,
  dayIn,
  days,
  employmentSpells,
  inForce,
  jobStarts,
  lastMonth,
  spellsOf,
  stateIn,
  type Spell,
} from './recount.spec-kit.js';

/** What a person counts as on each of the days; undefined when not in U. */
type Standing = { readonly codes: readonly string[]; readonly leader: Spell } | undefined;

const standings = (said: readonly Said[], person: string): readonly Standing[] => {
  const facts = inForce(said, person);
  const work = employmentSpells(facts);
  const registrations = spellsOf(
    facts('JobseekerRegistered'),
    'day',
    facts('JobseekerDeregistered'),
    'registration',
  );
  const number = ({ fields }: Spell): string => fields['registration'] ?? '';
  return days.map(({ day, month }) => {
    if (activeOn(work, day).length > 0) return undefined;
    const [leader] = [...activeOn(registrations, day)].sort(
      (a, b) => a.start - b.start || (number(a) < number(b) ? -1 : number(a) > number(b) ? 1 : 0),
    );
    if (leader === undefined) return undefined;
    const { area, sex, birthMonth, education } = leader.fields;
    return { leader, codes: [stateIn(area), sex ?? '_U', ageIn(birthMonth, month), education ?? '_U'] };
  });
};

const same = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a?.join(' ') === b?.join(' ');

const wayOut = (said: readonly Said[], person: string, day: number, leader: Spell): string => {
  const work = employmentSpells(inForce(said, person));
  if (activeOn(work, day).length > 0) return 'job';
  if (leader.reason === 'job')
    return jobStarts(work).some((start) => start >= day && start <= day + 30) ? 'job' : 'other';
  return leader.reason === 'training' || leader.reason === 'lapsed' ? leader.reason : 'other';
};

const measures = [
  'jobseekers inflow outflow out_job out_training out_lapsed out_other',
  'reclass_in reclass_out placed_6 placed_12',
]
  .join(' ')
  .split(' ');
const one = (...codes: readonly string[]): number[] => measures.map((code) => (codes.includes(code) ? 1 : 0));

/** Changes of a stock from the end of one month to the end of the next. */
const stockChanges = (
  sums: Sums,
  ends: readonly (readonly [number, readonly string[] | undefined])[],
  width: number,
) => {
  let before: readonly string[] | undefined;
  const unit = Array.from({ length: width }, (_, i) => (i === 0 ? 1 : 0));
  for (const [month, codes] of ends) {
    if (before !== undefined)
      add(
        sums,
        month,
        before,
        unit.map((value) => -value),
      );
    if (codes !== undefined) add(sums, month, codes, unit);
    before = codes;
  }
};

type Recount = (sums: Sums, said: readonly Said[], person: string) => void;

const recountJobseekers: Recount = (sums, said, person) => {
  const on = standings(said, person);
  const starts = jobStarts(employmentSpells(inForce(said, person)));
  days.forEach(({ day, month }, i) => {
    const [before, now] = [on[i - 1], on[i]];
    if (now !== undefined && before === undefined) {
      const within = (n: number): boolean => starts.some((s) => day <= s && s < addMonths(day, n, 'jalali'));
      const placed = [6, 12].filter(within).map((n) => `placed_${n}`);
      add(sums, month, now.codes, one('inflow', ...placed));
    }
    if (now === undefined && before !== undefined)
      add(sums, month, before.codes, one('outflow', `out_${wayOut(said, person, day, before.leader)}`));
    if (now !== undefined && before !== undefined && !same(now.codes, before.codes)) {
      add(sums, month, now.codes, one('reclass_in'));
      add(sums, month, before.codes, one('reclass_out'));
    }
  });
  const ends = days.flatMap(({ month, last }, i) => (last ? [[month, on[i]?.codes] as const] : []));
  stockChanges(sums, ends, measures.length);
};

/** The first day of the spell of search that a day lies in. */
const beginnings = (on: readonly Standing[]): readonly (number | undefined)[] => {
  let begun: number | undefined;
  return on.map((now, i) => (begun = now === undefined ? undefined : (begun ?? days[i]?.day)));
};

const recountSearch: Recount = (sums, said, person) => {
  const on = standings(said, person);
  const begun = beginnings(on);
  const band = (months: number): string =>
    months >= 24 ? 'M_GE24' : months >= 12 ? 'M12T23' : months >= 6 ? 'M6T11' : months >= 3 ? 'M3T5' : 'M0T2';
  const ends: [number, readonly string[] | undefined][] = [];
  days.forEach(({ day, month, last }, i) => {
    const [now, from] = [on[i], begun[i]];
    if (!last) return;
    if (now === undefined || from === undefined) ends.push([month, undefined]);
    else ends.push([month, [...now.codes.slice(0, 2), band(fullMonthsBetween(from, day + 1, 'jalali'))]]);
  });
  stockChanges(sums, ends, 1);
};

const recountCohort: Recount = (sums, said, person) => {
  const on = standings(said, person);
  const begun = beginnings(on);
  let cohort: { month: number; codes: readonly string[] } | undefined;
  days.forEach(({ day, month }, i) => {
    const [before, now] = [on[i - 1], on[i]];
    if (now !== undefined && before === undefined) {
      cohort = { month, codes: now.codes.slice(0, 2) };
      add(sums, month, [...cohort.codes, '00'], [1, 0, 0]);
    }
    if (now === undefined && before !== undefined && cohort !== undefined) {
      const elapsed = Math.min(36, fullMonthsBetween(begun[i - 1] ?? 0, day, 'jalali'));
      const found = wayOut(said, person, day, before.leader) === 'job';
      add(
        sums,
        cohort.month,
        [...cohort.codes, String(elapsed).padStart(2, '0')],
        found ? [0, 1, 0] : [0, 0, 1],
      );
    }
  });
};

const recountPlacements: Recount = (sums, said, person) => {
  const facts = inForce(said, person);
  const starts = jobStarts(employmentSpells(facts));
  for (const placement of facts('PlacementRecorded')) {
    const day = dayIn(placement, 'day');
    const month = days.find((one) => one.day === day)?.month ?? 0;
    const confirmed = starts.some((start) => Math.abs(start - day) <= 30);
    add(sums, month, [stateIn(placement['area']), placement['sex'] ?? '_U'], [1, confirmed ? 1 : 0]);
  }
};

const holds = (dataflow: Dataflow<PersonState> | undefined, recount: Recount) => () => {
  if (dataflow === undefined) throw new Error('no such dataflow');
  fc.assert(
    fc.property(searchHistories, (steps) => {
      const deltas = booked(dataflow, steps);
      knownAt(steps).forEach((said, i) => {
        const sums: Sums = new Map();
        for (const person of ['p', 'q']) recount(sums, said, person);
        expect(cellsAt(deltas, i + 1, lastMonth)).toEqual(withoutZeros(sums));
      });
    }),
    { numRuns: 60 },
  );
};

describe('maintained = recounted day by day, as known at every epoch', () => {
  const [jobseekers, search, cohort, placements] = searchDataflows('jalali');
  it('JOBSEEKERS', holds(jobseekers, recountJobseekers));
  it('SEARCH', holds(search, recountSearch));
  it('SEARCH_COHORT', holds(cohort, recountCohort));
  it('PLACEMENTS', holds(placements, recountPlacements));
});

describe('the change of jobseekers', () => {
  it.each(['jalali', 'gregorian'] as const)('is what came less what went, in every cell, %s', (calendar) => {
    const [jobseekers] = searchDataflows(calendar);
    if (jobseekers === undefined) throw new Error('no such dataflow');
    fc.assert(
      fc.property(searchHistories, (steps) => {
        const deltas = booked(jobseekers, steps);
        knownAt(steps).forEach((_, i) => {
          for (const [cell, values] of cellsAt(deltas, i + 1, Infinity)) {
            const of = (code: string): number => values[measures.indexOf(code)] ?? NaN;
            const change = of('inflow') - of('outflow') + of('reclass_in') - of('reclass_out');
            expect([cell, of('jobseekers')]).toEqual([cell, change]);
            const ways = of('out_job') + of('out_training') + of('out_lapsed') + of('out_other');
            expect([cell, of('outflow')]).toEqual([cell, ways]);
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});
