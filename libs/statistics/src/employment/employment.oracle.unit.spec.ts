import { describe, expect, it } from '@jest/globals';
import { fold, toldIn, type Projection } from '@karnama/cells';
import type { Calendar } from '@karnama/kernel';
import fc from 'fast-check';
import { personRegister, type PersonState } from '../person/person-state.js';
import { employmentDataflows } from './index.js';
import {
  eventOf,
  history,
  measuresOf,
  noCounts,
  recount,
  shown,
  type Counts,
  type Said,
} from './recounted-days.spec-kit.js';

/* The oracle: as known at the end of every epoch, the maintained cells equal a recount, in random batches. */

/** Folds the history in batches of `size` and hands over what the cells say at the end of every epoch. */
const maintain = function* (
  said: readonly Said[],
  size: number,
  projection: Projection<PersonState>,
): Generator<{ known: readonly Said[]; counts: Counts }> {
  const counts = noCounts();
  let epoch = 1;
  const events = said.map((one, at) => eventOf(one, at + 1, one.kind === 'close' ? epoch++ : 0));
  const states = new Map<string, string>();
  const booked: { epoch: number; flow: keyof Counts; key: string; measures: readonly number[] }[] = [];
  let open = 1;
  for (let at = 0; at < events.length; at += size) {
    const told = toldIn(projection, events.slice(at, at + size));
    const folded = fold(projection, told, new Map(states), open);
    for (const [entity, state] of [...folded.created, ...folded.changed]) states.set(entity, state);
    for (const [flow, deltas] of folded.deltas)
      for (const delta of deltas) {
        if (delta.declared !== delta.month) throw new Error(`declared in ${delta.declared}`);
        booked.push({
          epoch: delta.epoch,
          flow: flow as keyof Counts,
          key: `${delta.month} ${delta.codes.join(' ')}`,
          measures: delta.measures.map(Number).slice(0, -2),
        });
      }
    open = folded.epoch;
  }
  for (let known = 1; known <= open; known++) {
    for (const { epoch, flow, key, measures } of booked)
      if (epoch === known)
        counts[flow].set(
          key,
          measures.map((value, i) => value + (counts[flow].get(key)?.[i] ?? 0)),
        );
    let closed = 0;
    yield { known: said.filter((one) => (one.kind === 'close' ? ++closed && true : closed < known)), counts };
  }
};

const projectionIn = (calendar: Calendar): Projection<PersonState> => ({
  name: 'person',
  register: personRegister,
  dataflows: employmentDataflows(calendar),
});

const flows = ['JOBS', 'STABLE_JOBS', 'TENURE', 'PERSONS', 'WAGES'] as const;

describe.each<[Calendar, number]>([
  ['jalali', 60],
  ['gregorian', 25],
])('maintained = recounted day by day, as known at every epoch (%s)', (calendar, numRuns) => {
  it('JOBS, STABLE_JOBS, TENURE, PERSONS, WAGES', () =>
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 12 }), (said, size) => {
        for (const { known, counts } of maintain(said, size, projectionIn(calendar))) {
          const expected = recount(known, calendar);
          for (const flow of flows)
            expect([flow, shown(counts[flow], calendar)]).toEqual([flow, shown(expected[flow], calendar)]);
        }
      }),
      { numRuns },
    ));
});

describe('the identity of jobs', () => {
  const reasons = 'quits layoffs retirements deaths other_ends unknown_ends'.split(' ');

  it('Δjobs = hires − separations + reclass_in − reclass_out, in every cell and month, at every epoch', () =>
    fc.assert(
      fc.property(history, (said) => {
        for (const { counts } of maintain(said, 5, projectionIn('jalali')))
          for (const measures of counts.JOBS.values()) {
            const of = (code: string): number => measures[measuresOf.JOBS.indexOf(code)] as number;
            const change = of('hires') - of('separations') + of('reclass_in') - of('reclass_out');
            const ends = reasons.reduce((sum, code) => sum + of(code), 0);
            if (of('jobs') !== change || of('separations') !== ends) throw new Error(measures.join(' '));
          }
      }),
      { numRuns: 100 },
    ));
});

describe('the same records in any order, repeated', () => {
  it('come to the same final cells', () =>
    fc.assert(
      fc.property(
        history.map((all) => all.filter(({ kind }) => kind !== 'close')),
        fc.integer({ min: 1, max: 5 }),
        (said, size) => {
          const last = (one: readonly Said[], by: number): Counts =>
            ([...maintain(one, by, projectionIn('jalali'))].at(-1) as { counts: Counts }).counts;
          const [there, back] = [last(said, size), last([...said, ...said].reverse(), 3)];
          for (const flow of flows) expect(shown(there[flow], 'jalali')).toEqual(shown(back[flow], 'jalali'));
        },
      ),
      { numRuns: 60 },
    ));
});
