import { describe, expect, it } from '@jest/globals';
import { beginsWithin, coversDay } from './day-spans.js';
import type { Registration } from './registrations.js';
import { outcomeOf, searchSpellsOf } from './search-spells.js';

const registration = (
  number: string,
  start: number,
  end: number,
  reason: Registration['reason'] = null,
): Registration => ({
  registration: number,
  start,
  end,
  reason,
  area: 'IR-23',
  sex: null,
  birthMonth: null,
  education: null,
});
const job = (start: number, end = Infinity) => ({ start, end });

/** `10–20 a` or `10–20 a, 15 b`: first day, end, and which registration leads from which day on. */
const told = (registrations: readonly Registration[], jobs: readonly { start: number; end: number }[] = []) =>
  searchSpellsOf(registrations, jobs).map(({ start, end, turns }) => {
    expect(turns[0]?.day).toBe(start);
    return `${start}–${end} ${turns.map((turn) => `${turn.day} ${turn.registration.registration}`).join(', ')}`;
  });

describe('a spell of search', () => {
  it('is a registration when there is no job', () => {
    expect(told([registration('a', 10, 20)])).toEqual(['10–20 10 a']);
    expect(told([registration('a', 10, Infinity)])).toEqual(['10–Infinity 10 a']);
    expect(told([registration('a', -20, -10)])).toEqual(['-20–-10 -20 a']);
    expect(told([], [job(10)])).toEqual([]);
  });

  it.each([
    [[job(5, 10)], ['10–20 10 a']],
    [[job(5, 11)], ['11–20 11 a']],
    [[job(19, 30)], ['10–19 10 a']],
    [[job(20, 30)], ['10–20 10 a']],
    [[job(12, 13)], ['10–12 10 a', '13–20 13 a']],
    [[job(12)], ['10–12 10 a']],
    [[job(10, 20)], []],
    [[job(1)], []],
    [
      [job(1, 5), job(12, 15), job(13, 14), job(16, 17)],
      ['10–12 10 a', '15–16 15 a', '17–20 17 a'],
    ],
    [
      [job(12, 13), job(25, 30)],
      ['10–12 10 a', '13–20 13 a'],
    ],
  ])('has no day with a job: %j', (jobs, expected) => {
    expect(told([registration('a', 10, 20)], jobs)).toEqual(expected);
  });

  it('ends where registrations leave a gap of a day', () => {
    expect(told([registration('a', 10, 20), registration('b', 21, 30)])).toEqual([
      '10–20 10 a',
      '21–30 21 b',
    ]);
  });

  it('goes on through a change of registration, which turns what the person counts as', () => {
    expect(told([registration('a', 10, 20), registration('b', 20, 30)])).toEqual(['10–30 10 a, 20 b']);
    expect(told([registration('a', 10, 20), registration('b', 15, 30)])).toEqual(['10–30 10 a, 20 b']);
  });

  it('is led by the earliest of the active registrations until its end', () => {
    const [a, b, c] = [registration('a', 10, 20), registration('b', 12, 18), registration('c', 14, 25)];
    expect(told([a, b, c])).toEqual(['10–25 10 a, 20 c']);
    expect(told([a, registration('b', 12, 20), c])).toEqual(['10–25 10 a, 20 c']);
    expect(told([a, registration('b', 12, Infinity), c])).toEqual(['10–Infinity 10 a, 20 b']);
  });

  it('begins anew after a job, under the registration that leads then', () => {
    const [a, b] = [registration('a', 10, 20), registration('b', 12, 30)];
    expect(told([a, b], [job(15, 25)])).toEqual(['10–15 10 a', '25–30 25 b']);
    expect(told([a, b], [job(15, 20)])).toEqual(['10–15 10 a', '20–30 20 b']);
    expect(told([a, b], [job(15, 19)])).toEqual(['10–15 10 a', '19–30 19 a, 20 b']);
  });
});

describe('where a search led', () => {
  const outcome = (
    reason: Registration['reason'],
    jobs: readonly { start: number; end: number }[],
    end = 20,
  ) => {
    const [spell] = searchSpellsOf([registration('a', 10, end, reason)], jobs);
    return spell === undefined ? undefined : outcomeOf(spell, jobs);
  };

  it('is open while it lasts', () => {
    expect(outcome(null, [], Infinity)).toBeNull();
  });

  it('is into a job when one is held on the day after, whatever the registration says', () => {
    expect(outcome('lapsed', [job(20, 21)])).toBe('job');
    expect(outcome(null, [job(15, 16)])).toBe('job');
    expect(outcome('lapsed', [job(21)])).toBe('lapsed');
    expect(outcome('lapsed', [job(1, 5)])).toBe('lapsed');
  });

  it('is into a job when the registration says so and one begins within thirty days', () => {
    expect(outcome('job', [job(21)])).toBe('job');
    expect(outcome('job', [job(50)])).toBe('job');
    expect(outcome('job', [job(51)])).toBe('other');
    expect(outcome('job', [])).toBe('other');
    expect(outcome('job', [job(1, 5)])).toBe('other');
  });

  it.each([
    ['training', 'training'],
    ['lapsed', 'lapsed'],
    ['retired', 'other'],
    ['death', 'other'],
    ['other', 'other'],
    [null, 'other'],
  ] as const)('is by the reason %s otherwise: %s', (reason, led) => {
    expect(outcome(reason, [job(25)])).toBe(led);
  });

  it('is told by the registration that leads at the end', () => {
    const registrations = [registration('a', 10, 20, 'training'), registration('b', 15, 30, 'lapsed')];
    const [spell] = searchSpellsOf(registrations, []);
    expect(spell === undefined ? undefined : outcomeOf(spell, [])).toBe('lapsed');
    const nested = [registration('a', 10, 30, 'training'), registration('b', 15, 30, 'lapsed')];
    const [other] = searchSpellsOf(nested, []);
    expect(other === undefined ? undefined : outcomeOf(other, [])).toBe('training');
  });
});

describe('spans of days', () => {
  it('cover their first day and not their end', () => {
    expect([9, 10, 19, 20].map((day) => coversDay([job(1, 2), job(10, 20)], day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('begin within a half-open span when their first day lies in it', () => {
    expect([9, 10, 19, 20].map((start) => beginsWithin([job(1, 2), job(start)], 10, 20))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
