import { parseDay, parseMonth, recordRegister, type Day, type Json, type Month } from '@karnama/kernel';
import type { EndReason, JobAttributes } from './events.js';

/** A spell of employment began; `day` is its first day. All of `JobAttributes` hold from it on. */
export type SpellStarted = JobAttributes & {
  readonly type: 'EmploymentStarted';
  readonly spell: string;
  readonly person: string;
  readonly establishment: string;
  readonly enterprise: string;
  readonly day: Day;
  readonly sex: 'M' | 'F' | null;
  /** In the calendar in which it was given. */
  readonly birthMonth: Month | null;
};

/** From `day` on the job of a spell is what the attributes say. */
export type SpellChanged = JobAttributes & {
  readonly type: 'EmploymentChanged';
  readonly spell: string;
  readonly person: string;
  readonly day: Day;
};

/** A spell ended; `lastDay` is its last day. */
export type SpellEnded = {
  readonly type: 'EmploymentEnded';
  readonly spell: string;
  readonly person: string;
  readonly lastDay: Day;
  readonly reason: EndReason | null;
};

/**
 * Insured wage of a month of a spell, in minor units. The commonest record by far, and counted for persons
 * alone: it holds no more than that takes, and does not repeat the person.
 */
export type WagePaid = {
  readonly type: 'WageReported';
  readonly spell: string;
  /** In the calendar in which it was given. */
  readonly month: Month;
  readonly wage: number;
};

/** What is kept of the employment records. The parties of a spell stand in its start: all its records name the same. */
export type EmploymentFact = SpellStarted | SpellChanged | SpellEnded | WagePaid;

type Data = Readonly<Record<string, Json>>;

const text = (data: Data, field: string): string => data[field] as string;

const attributes = ['area', 'industry', 'occupation', 'contractType', 'weeklyHours', 'monthlyWage'] as const;

const attributesOf = (data: Data): JobAttributes => ({
  area: text(data, 'area'),
  industry: data['industry'] as string | null,
  occupation: data['occupation'] as string | null,
  contractType: data['contractType'] as JobAttributes['contractType'],
  weeklyHours: data['weeklyHours'] as number | null,
  monthlyWage: data['monthlyWage'] as number | null,
});

const birthMonthOf = (data: Data): Month | null =>
  data['birthMonth'] === null ? null : parseMonth(text(data, 'birthMonth'));

/**
 * The employment records of one entity: of a person, an establishment or an enterprise, as the events
 * given to it are. Lists received from workshops are not kept here.
 */
export const employmentRegister = recordRegister<EmploymentFact>(
  {
    EmploymentStarted: {
      fields: ['spell', 'person', 'establishment', 'enterprise', 'day', 'sex', 'birthMonth', ...attributes],
      fact: (data) => ({
        type: 'EmploymentStarted',
        spell: text(data, 'spell'),
        person: text(data, 'person'),
        establishment: text(data, 'establishment'),
        enterprise: text(data, 'enterprise'),
        day: parseDay(text(data, 'startDay')),
        sex: data['sex'] as 'M' | 'F' | null,
        birthMonth: birthMonthOf(data),
        ...attributesOf(data),
      }),
    },
    EmploymentChanged: {
      fields: ['spell', 'person', 'day', ...attributes],
      fact: (data) => ({
        type: 'EmploymentChanged',
        spell: text(data, 'spell'),
        person: text(data, 'person'),
        day: parseDay(text(data, 'day')),
        ...attributesOf(data),
      }),
    },
    EmploymentEnded: {
      fields: ['spell', 'person', 'lastDay', 'reason'],
      fact: (data) => ({
        type: 'EmploymentEnded',
        spell: text(data, 'spell'),
        person: text(data, 'person'),
        lastDay: parseDay(text(data, 'lastDay')),
        reason: data['reason'] as EndReason | null,
      }),
    },
    WageReported: {
      fields: ['spell', 'month', 'wage'],
      fact: (data) => ({
        type: 'WageReported',
        spell: text(data, 'spell'),
        month: parseMonth(text(data, 'month')),
        wage: data['wage'] as number,
      }),
    },
  },
  'EmploymentRecordWithdrawn',
);
