import { describe, expect, it } from '@jest/globals';
import type { Dataflow } from '@karnama/cells';
import { addMonths, fullMonthsBetween, monthOfDay, type Day } from '@karnama/kernel';
import fc from 'fast-check';
import type { PersonState } from '../person/person-state.js';
import {
  add,
  booked,
  cellsAt,
  knownAt,
  trainingHistories,
  withoutZeros,
  type Said,
  type Sums,
} from '../search/person-histories.spec-kit.js';
import {
  activeOn,
  ageIn,
  dayIn,
  employmentSpells,
  inForce,
  jobStarts,
  stateIn,
  type Spell,
} from '../search/recount.spec-kit.js';
import { trainingDataflows } from './index.js';

type Fields = Readonly<Record<string, string | null>>;
type Facts = (type: string) => readonly Fields[];

const skillIn = (skill: string | null | undefined): string =>
  skill === 'ELEC' || skill === 'WELD' ? skill : '_U';
const monthOf = (day: Day): number => monthOfDay(day, 'jalali');

const standing = (facts: Facts): readonly Fields[] => {
  const annulled = facts('CertificateAnnulled').map((fields) => fields['certificate']);
  return facts('CertificateIssued').filter((fields) => !annulled.includes(fields['certificate']));
};

/** Of each month, the certificate of its earliest day with one; of that day, the smallest number. */
const cohorts = (facts: Facts): readonly Fields[] => {
  const certificates = standing(facts);
  const months = new Set<number>();
  const issuedOn = new Set(certificates.map((fields) => dayIn(fields, 'day')));
  return [...issuedOn]
    .sort((a, b) => a - b)
    .flatMap((day) => {
      if (months.has(monthOf(day))) return [];
      months.add(monthOf(day));
      const today = certificates.filter((fields) => dayIn(fields, 'day') === day);
      const numbers = today.map((fields) => fields['certificate'] ?? '').sort();
      return today.filter((fields) => fields['certificate'] === numbers[0]).slice(0, 1);
    });
};

type Recount = (sums: Sums, facts: Facts) => void;

const recountTraining: Recount = (sums, facts) => {
  const book = (fields: Fields, day: Day, measures: readonly number[]): void => {
    const { area, sex, birthMonth, skill } = fields;
    const month = monthOf(day);
    add(sums, month, [stateIn(area), sex ?? '_U', ageIn(birthMonth, month), skillIn(skill)], measures);
  };
  for (const fields of facts('TrainingEnrolled')) {
    const completed = facts('TrainingCompleted').some((other) => other['enrolment'] === fields['enrolment']);
    book(fields, dayIn(fields, 'day'), [1, 0, 0, 0, 0]);
    book(fields, dayIn(fields, 'dueDay'), [0, 1, 0, 0, 0]);
    if (completed) book(fields, dayIn(fields, 'dueDay'), [0, 0, 1, 0, 0]);
  }
  for (const fields of standing(facts)) book(fields, dayIn(fields, 'day'), [0, 0, 0, 1, 0]);
  for (const fields of cohorts(facts)) book(fields, dayIn(fields, 'day'), [0, 0, 0, 0, 1]);
};

/** Occupations held on a day: in each establishment that of the spell begun last, then of the greatest number. */
const occupationsOn = (facts: Facts, day: Day): readonly string[] =>
  ['w', 'v'].flatMap((establishment) => {
    const spells = employmentSpells(facts).filter(({ fields }) => fields['establishment'] === establishment);
    const active = activeOn(spells, day);
    if (active.length === 0) return [];
    // the job goes on while spells touch: the latest start up to the day rules, even if its spell is over
    const number = ({ fields }: Spell): string => fields['spell'] ?? '';
    const [rules] = spells
      .filter(({ start }) => start <= day)
      .reverse()
      .sort((a, b) => b.start - a.start || (number(a) < number(b) ? 1 : number(a) > number(b) ? -1 : 0));
    return [rules?.fields['occupation'] ?? ''];
  });

const recountGraduates: Recount = (sums, facts) => {
  const work = employmentSpells(facts);
  const starts = jobStarts(work);
  const employed = (day: Day): boolean => activeOn(work, day).length > 0;
  const records = ['EmploymentStarted', 'EmploymentEnded', 'WageReported'].flatMap((type) => facts(type));
  for (const fields of cohorts(facts)) {
    const c = dayIn(fields, 'day');
    const [sixth, twelfth] = [addMonths(c, 6, 'jalali'), addMonths(c, 12, 'jalali')];
    const ever = (until: Day): boolean => employed(c) || starts.some((s) => c <= s && s < until);
    const enrolments = facts('TrainingEnrolled').filter((one) => one['enrolment'] === fields['enrolment']);
    const e = enrolments.length === 0 ? c : Math.min(...enrolments.map((one) => dayIn(one, 'day')));
    const group = { ELEC: '74', WELD: '72', _U: 'none' }[skillIn(fields['skill'])] ?? '?';
    const counted = [
      true,
      employed(sixth),
      employed(twelfth),
      ever(sixth),
      ever(twelfth),
      employed(addMonths(e, -3, 'jalali')),
      occupationsOn(facts, twelfth).some((occupation) => occupation.startsWith(`ISCO08:${group}`)),
      records.length > 0,
    ];
    const codes = [stateIn(fields['area']), fields['sex'] ?? '_U', skillIn(fields['skill'])];
    add(sums, monthOf(c), codes, counted.map(Number));
  }
};

const recountEntry: Recount = (sums, facts) => {
  const work = employmentSpells(facts);
  const starts = jobStarts(work);
  for (const fields of cohorts(facts)) {
    const c = dayIn(fields, 'day');
    const codes = [stateIn(fields['area']), fields['sex'] ?? '_U'];
    add(sums, monthOf(c), [...codes, '00'], [1, 0]);
    const first = activeOn(work, c).length > 0 ? c : Math.min(...starts.filter((start) => start >= c));
    for (let elapsed = 0; elapsed <= 23; elapsed++)
      if (first < Infinity && fullMonthsBetween(c, first, 'jalali') === elapsed)
        add(sums, monthOf(c), [...codes, String(elapsed).padStart(2, '0')], [0, 1]);
  }
};

const holds = (dataflow: Dataflow<PersonState> | undefined, recount: Recount) => () => {
  if (dataflow === undefined) throw new Error('no such dataflow');
  fc.assert(
    fc.property(trainingHistories, (steps) => {
      const deltas = booked(dataflow, steps);
      knownAt(steps).forEach((said: readonly Said[], i) => {
        const sums: Sums = new Map();
        for (const person of ['p', 'q']) recount(sums, inForce(said, person));
        expect(cellsAt(deltas, i + 1, Infinity)).toEqual(withoutZeros(sums));
      });
    }),
    { numRuns: 100 },
  );
};

describe('maintained = recounted, as known at every epoch', () => {
  const [training, graduates, entry] = trainingDataflows('jalali');
  it('TRAINING', holds(training, recountTraining));
  it('GRADUATES', holds(graduates, recountGraduates));
  it('GRADUATE_ENTRY', holds(entry, recountEntry));
});
