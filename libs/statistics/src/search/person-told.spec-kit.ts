import type { Dataflow } from '@karnama/cells';
import { formatDay, formatMonth, parseDay, type Json } from '@karnama/kernel';
import type { PersonState } from '../person/person-state.js';
import { booked, cellsAt, type Said } from './person-histories.spec-kit.js';

/* Single things told of one person, for specs of the rules. Days are Jalali text. */

const day = (text: string): string => formatDay(parseDay(text));
const about = { person: 'p', reportedOn: '2025-12-01' };
type More = Readonly<Record<string, Json>>;

const said = (type: string, record: string, data: More): Said => ({
  type,
  agency: 'a',
  record,
  version: 1,
  data: { ...about, ...data },
});

/** Without more: a woman of IR-23, born 1380-01, with education 6. */
const her = { area: 'IR-23', sex: 'F', birthMonth: '1380-01' };

export const registered = (from: string, more: More = {}, registration = '1'): Said =>
  said('JobseekerRegistered', registration, {
    ...{ ...her, registration, day: day(from), education: '6', occupation: null },
    ...more,
  });

export const deregistered = (last: string, reason: string | null, registration = '1'): Said =>
  said('JobseekerDeregistered', registration, { registration, lastDay: day(last), reason });

export const started = (from: string, more: More = {}, spell = 's'): Said =>
  said('EmploymentStarted', spell, {
    ...{ spell, establishment: 'w', enterprise: 'e', startDay: day(from), area: 'IR-23', industry: null },
    ...{
      occupation: null,
      contractType: null,
      weeklyHours: null,
      monthlyWage: null,
      sex: null,
      birthMonth: null,
    },
    ...more,
  });

export const ended = (last: string, spell = 's'): Said =>
  said('EmploymentEnded', spell, {
    ...{ spell, establishment: 'w', enterprise: 'e', lastDay: day(last), reason: null },
  });

export const paid = (month: string): Said =>
  said('WageReported', month, { spell: 's', establishment: 'w', enterprise: 'e', month, wage: 5 });

export const placed = (on: string, more: More = {}): Said =>
  said('PlacementRecorded', 'x', {
    area: 'IR-07',
    sex: 'M',
    day: day(on),
    placement: 'x',
    vacancy: null,
    ...more,
  });

export const enrolled = (from: string, due: string, more: More = {}): Said =>
  said('TrainingEnrolled', 'n', {
    ...{ ...her, enrolment: 'n', skill: 'WELD', provider: null, day: day(from), dueDay: day(due) },
    ...more,
  });

export const completed = (on: string): Said =>
  said('TrainingCompleted', 'n', { enrolment: 'n', day: day(on) });

export const certified = (on: string, more: More = {}, certificate = '1'): Said =>
  said('CertificateIssued', certificate, {
    ...{ ...her, certificate, enrolment: null, skill: 'WELD', provider: null, day: day(on) },
    ...more,
  });

export const annulled = (certificate: string): Said =>
  said('CertificateAnnulled', certificate, { certificate });

/** What is booked: `<month> <codes>` → `measure value` of all that are not 0. */
export const counted = (
  dataflow: Dataflow<PersonState>,
  ...events: readonly Said[]
): Readonly<Record<string, string>> => {
  const steps = events.map((one) => ({ said: one, then: 'shut' as const }));
  const cells = cellsAt(booked(dataflow, steps), 1, Infinity);
  return Object.fromEntries(
    cells.map(([cell, values]) => {
      const [month, ...codes] = cell.split(' ');
      const named = values.flatMap((value, i) =>
        value === 0 ? [] : [`${dataflow.measures[i]?.code ?? '?'} ${value}`],
      );
      return [[formatMonth(Number(month)), ...codes].join(' '), named.join(', ')];
    }),
  );
};

/** Entities counted in each cell: `<month> <codes>` → units, without those that are 0. */
export const unitsOf = (
  dataflow: Dataflow<PersonState>,
  ...events: readonly Said[]
): Readonly<Record<string, number>> => {
  const units: Record<string, number> = {};
  for (const { month, codes, measures } of booked(
    dataflow,
    events.map((one) => ({ said: one, then: 'on' as const })),
  ))
    units[[formatMonth(month), ...codes].join(' ')] = Number(measures.at(-2));
  return units;
};
