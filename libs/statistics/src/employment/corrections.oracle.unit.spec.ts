import { describe, expect, it } from '@jest/globals';
import { correctionsIn, fold, toldIn, type Dataflow, type Projection } from '@karnama/cells';
import fc from 'fast-check';
import { personRegister, type PersonState } from '../person/person-state.js';
import { employmentDataflows } from './index.js';
import {
  eventOf,
  history,
  noCounts,
  recount,
  shown,
  type Cells,
  type Counts,
  type Said,
} from './recounted-days.spec-kit.js';

/*
 * The oracle of corrections: what each record did to the figures is the recount behind it less the recount
 * before it; it is a correction when it withdraws a record, or when a version of it was told before.
 */

const flows = ['JOBS', 'STABLE_JOBS', 'TENURE', 'PERSONS', 'WAGES'] as const;

const dataflows = employmentDataflows('jalali');
const projection: Projection<PersonState> = {
  name: 'person',
  register: personRegister,
  dataflows: [...dataflows, ...dataflows.map((one: Dataflow<PersonState>) => correctionsIn(one))],
};

const addAll = (into: Cells, from: Cells, sign: 1 | -1): void => {
  for (const [key, measures] of from) {
    const before = into.get(key) ?? measures.map(() => 0);
    into.set(
      key,
      measures.map((value, i) => (before[i] ?? 0) + sign * value),
    );
  }
};

const corrects = (one: Said, before: readonly Said[]): boolean => {
  if (one.kind !== 'fact') return one.kind === 'withdrawal';
  return before.some(
    (other) =>
      other.kind === 'fact' &&
      `${other.agency}/${other.record}` === `${one.agency}/${one.record}` &&
      other.fact.data['person'] === one.fact.data['person'],
  );
};

/** By epoch, what corrections did up to its end. */
const corrections = (said: readonly Said[]): readonly Counts[] => {
  const epochs: Counts[] = [];
  const sums = noCounts();
  let last = noCounts();
  const close = (): void => {
    const kept = noCounts();
    for (const flow of flows) addAll(kept[flow], sums[flow], 1);
    epochs.push(kept);
  };
  for (const [i, one] of said.entries()) {
    if (one.kind === 'close') {
      close();
      continue;
    }
    const behind = recount(said.slice(0, i + 1), 'jalali');
    if (corrects(one, said.slice(0, i)))
      for (const flow of flows) {
        addAll(sums[flow], behind[flow], 1);
        addAll(sums[flow], last[flow], -1);
      }
    last = behind;
  }
  close();
  return epochs;
};

/** The cells of corrections by epoch, as the projection keeps them: folded in batches of `size`. */
const kept = (said: readonly Said[], size: number): readonly Counts[] => {
  const states = new Map<string, string>();
  const epochs: Counts[] = [];
  let open = 1;
  const events = said.map((one, at) =>
    eventOf(one, at + 1, said.slice(0, at + 1).filter(({ kind }) => kind === 'close').length),
  );
  for (let at = 0; at < events.length; at += size) {
    const folded = fold(projection, toldIn(projection, events.slice(at, at + size)), new Map(states), open);
    for (const [entity, state] of [...folded.created, ...folded.changed]) states.set(entity, state);
    for (const flow of flows)
      for (const { month, codes, epoch, measures } of folded.deltas.get(`${flow}.corrected`) ?? []) {
        const delta = new Map([[`${month} ${codes.join(' ')}`, measures.slice(0, -2).map(Number)]]);
        addAll((epochs[epoch - 1] ??= noCounts())[flow], delta, 1);
      }
    open = folded.epoch;
  }
  const sums = noCounts();
  return Array.from({ length: open }, (_, i) => {
    for (const flow of flows) addAll(sums[flow], (epochs[i] ?? noCounts())[flow], 1);
    const behind = noCounts();
    for (const flow of flows) addAll(behind[flow], sums[flow], 1);
    return behind;
  });
};

describe('what corrections did to the figures about employment', () => {
  it('is what the recounts around each of them differ by, as known at every epoch', () =>
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 12 }), (said, size) => {
        const [maintained, expected] = [kept(said, size), corrections(said)];
        expect(maintained.length).toBe(expected.length);
        for (const [i, counts] of expected.entries())
          for (const flow of flows)
            expect([i, flow, shown((maintained[i] ?? noCounts())[flow], 'jalali')]).toEqual([
              i,
              flow,
              shown(counts[flow], 'jalali'),
            ]);
      }),
      { numRuns: 40 },
    ));

  it('is something in many of the histories that are tried', () => {
    const tried = fc.sample(history, { numRuns: 30, seed: 7 });
    const some = tried.filter((said) =>
      corrections(said).some((counts) => Object.keys(shown(counts.JOBS, 'jalali')).length > 0),
    );
    expect(some.length).toBeGreaterThan(5);
  });
});
