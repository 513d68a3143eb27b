import { describe, expect, it } from '@jest/globals';
import { placementsOf, registrationsOf } from './registrations.js';
import type { DeregisteredFact, JobseekerFact, RegisteredFact } from './register.js';

const began = (registration: string, day: number, area = 'IR-23'): RegisteredFact => ({
  type: 'JobseekerRegistered',
  registration,
  day,
  area,
  sex: 'F',
  birthMonth: 16560,
  education: '5',
});
const ended = (
  registration: string,
  lastDay: number,
  reason: DeregisteredFact['reason'],
): DeregisteredFact => ({
  type: 'JobseekerDeregistered',
  registration,
  lastDay,
  reason,
});
const spans = (...facts: readonly JobseekerFact[]) =>
  registrationsOf(facts).map(({ registration, start, end, reason }) => [registration, start, end, reason]);

describe('a registration', () => {
  it('runs from its first day to the day after its last one', () => {
    expect(registrationsOf([began('1', 100), ended('1', 129, 'lapsed')])).toEqual([
      {
        registration: '1',
        start: 100,
        end: 130,
        reason: 'lapsed',
        area: 'IR-23',
        sex: 'F',
        birthMonth: 16560,
        education: '5',
      },
    ]);
  });

  it('is open without an end, also when another registration ended', () => {
    expect(spans(began('1', 100), ended('2', 129, 'lapsed'))).toEqual([['1', 100, Infinity, null]]);
  });

  it('may end without a known reason', () => {
    expect(spans(began('1', 100), ended('1', 129, null))).toEqual([['1', 100, 130, null]]);
  });

  it('of one day counts, one that ended before it began does not', () => {
    expect(spans(began('1', 100), ended('1', 100, 'job'))).toEqual([['1', 100, 101, 'job']]);
    expect(spans(began('1', 100), ended('1', 99, 'job'))).toEqual([]);
  });

  it('ends with the latest of several ends, of equal days with the one of the greatest record name', () => {
    const three = [ended('1', 129, 'job'), ended('1', 140, 'training'), ended('1', 120, 'other')];
    expect(spans(began('1', 100), ...three)).toEqual([['1', 100, 141, 'training']]);
    expect(spans(ended('1', 129, 'job'), ended('1', 129, 'death'), began('1', 100))).toEqual([
      ['1', 100, 130, 'death'],
    ]);
  });

  it('without a start is none', () => {
    expect(spans(ended('1', 129, 'job'))).toEqual([]);
  });
});

describe('registrations', () => {
  it('come by first day, then number by code unit, then record name', () => {
    const facts = [began('b', 7), began('a', 9), began('B', 7), began('a', 7), began('10', 7), began('9', 7)];
    expect(spans(...facts).map(([number, day]) => `${number}@${day}`)).toEqual([
      '10@7',
      '9@7',
      'B@7',
      'a@7',
      'b@7',
      'a@9',
    ]);
    const areas = registrationsOf([began('1', 7, 'IR-01'), began('1', 7, 'IR-02')]).map(({ area }) => area);
    expect(areas).toEqual(['IR-01', 'IR-02']);
  });
});

describe('placements', () => {
  it('are those told, and nothing else', () => {
    const placed = { type: 'PlacementRecorded', day: 5, area: 'IR-01', sex: null } as const;
    expect(placementsOf([began('1', 7), placed, ended('1', 9, null)])).toEqual([placed]);
    expect(spans(placed)).toEqual([]);
  });
});
