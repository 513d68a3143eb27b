import {
  parseDay,
  parseMonth,
  recordRegister,
  type Day,
  type FactShape,
  type Json,
  type Month,
  type RecordRegister,
} from '@karnama/kernel';
import type {
  DeregistrationReason,
  JobseekerDeregistered,
  JobseekerRegistered,
  PlacementRecorded,
} from './events.js';

/** A registration as told: `day` is its first day. The birth month is of the calendar it was told in. */
export type RegisteredFact = {
  readonly type: 'JobseekerRegistered';
  readonly registration: string;
  readonly day: Day;
  readonly area: string;
  readonly sex: 'M' | 'F' | null;
  readonly birthMonth: Month | null;
  readonly education: string | null;
};

/** The end of a registration as told: `lastDay` is its last day. */
export type DeregisteredFact = {
  readonly type: 'JobseekerDeregistered';
  readonly registration: string;
  readonly lastDay: Day;
  readonly reason: DeregistrationReason | null;
};

export type PlacementFact = {
  readonly type: 'PlacementRecorded';
  readonly day: Day;
  readonly area: string;
  readonly sex: 'M' | 'F' | null;
};

export type JobseekerFact = RegisteredFact | DeregisteredFact | PlacementFact;

const registered: FactShape<JobseekerFact> = {
  fields: ['registration', 'day', 'area', 'sex', 'birthMonth', 'education'],
  fact(data: Readonly<Record<string, Json>>) {
    const { registration, day, area, sex, birthMonth, education } = data as JobseekerRegistered;
    return {
      type: 'JobseekerRegistered',
      registration,
      day: parseDay(day),
      area,
      sex,
      birthMonth: birthMonth === null ? null : parseMonth(birthMonth),
      education,
    };
  },
};

const deregistered: FactShape<JobseekerFact> = {
  fields: ['registration', 'lastDay', 'reason'],
  fact(data) {
    const { registration, lastDay, reason } = data as JobseekerDeregistered;
    return { type: 'JobseekerDeregistered', registration, lastDay: parseDay(lastDay), reason };
  },
};

const placed: FactShape<JobseekerFact> = {
  fields: ['day', 'area', 'sex'],
  fact(data) {
    const { day, area, sex } = data as PlacementRecorded;
    return { type: 'PlacementRecorded', day: parseDay(day), area, sex };
  },
};

/** What employment services told of one person: registrations, their ends, placements. */
export const jobseekerRegister: RecordRegister<JobseekerFact> = recordRegister(
  { JobseekerRegistered: registered, JobseekerDeregistered: deregistered, PlacementRecorded: placed },
  'JobseekerRecordWithdrawn',
);
