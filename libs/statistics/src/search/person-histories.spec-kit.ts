import { fold, toldIn, type CellDelta, type Dataflow, type Projection } from '@karnama/cells';
import { fedEvent, recorded } from '@karnama/conformance';
import {
  addMonths,
  epochClosed,
  epochStream,
  formatDay,
  parseDay,
  type Day,
  type Json,
  type RecordedEvent,
} from '@karnama/kernel';
import fc from 'fast-check';
import { personRegister, type PersonState } from '../person/person-state.js';

/*
 * What the specs of persons' search and training tell, and how it is folded: random histories of two
 * persons, with corrections, withdrawals, repeats, in any order and in any batches. No rule stands here.
 */

export type Said = {
  readonly type: string;
  readonly agency: string;
  readonly record: string;
  readonly version: number;
  readonly data: Readonly<Record<string, Json>>;
};

/** `shut`: a batch ends after the event; `close`: its epoch does. */
export type Step = { readonly said: Said; readonly then: 'on' | 'shut' | 'close' };

const contractOf: Readonly<Record<string, string>> = {
  JobseekerRegistered: 'jobseekers',
  JobseekerDeregistered: 'jobseeker-ends',
  PlacementRecorded: 'placements',
  JobseekerRecordWithdrawn: 'jobseeker-withdrawals',
  EmploymentStarted: 'starts',
  EmploymentEnded: 'ends',
  WageReported: 'wages',
  EmploymentRecordWithdrawn: 'employment-withdrawals',
  TrainingEnrolled: 'enrolments',
  TrainingCompleted: 'completions',
  CertificateIssued: 'certificates',
  CertificateAnnulled: 'annulments',
  SkillRecordWithdrawn: 'skill-withdrawals',
};

export const keyOf = ({ agency, type, record }: Said): string =>
  `${agency}/${contractOf[type] ?? ''}/${record}`;

const asRecorded = ({ type, agency, record, version, data }: Said, number: number): RecordedEvent =>
  recorded(
    fedEvent(number, type, data, {
      agency,
      contract: contractOf[type] ?? '',
      recordId: record,
      recordVersion: version,
    }),
    BigInt(number),
  );

const closing = (epoch: number, number: number): RecordedEvent =>
  recorded(fedEvent(number, epochClosed, { epoch }), BigInt(number), epochStream);

/** Everything that a dataflow books for a history, with the epoch in which it was learned. */
export const booked = (dataflow: Dataflow<PersonState>, steps: readonly Step[]): CellDelta[] => {
  const projection = { name: 'person', register: personRegister, dataflows: [dataflow] } as Projection;
  const states = new Map<string, string>();
  const deltas: CellDelta[] = [];
  let batch: RecordedEvent[] = [];
  let [epoch, number] = [1, 1];
  const end = (): void => {
    const folded = fold(projection, toldIn(projection, batch), states, epoch);
    for (const [entity, state] of [...folded.created, ...folded.changed]) states.set(entity, state);
    deltas.push(...(folded.deltas.get(dataflow.code) ?? []));
    epoch = folded.epoch;
    batch = [];
  };
  let closed = 0;
  for (const { said, then } of steps) {
    batch.push(asRecorded(said, number++));
    if (then === 'close') batch.push(closing(++closed, number++));
    if (then === 'shut') end();
  }
  end();
  return deltas;
};

/** What was said up to the end of each epoch, the open one last. */
export const knownAt = (steps: readonly Step[]): Said[][] => {
  const known: Said[][] = [[]];
  for (const { said, then } of steps) {
    known.at(-1)?.push(said);
    if (then === 'close') known.push([...(known.at(-1) ?? [])]);
  }
  return known;
};

export type Sums = Map<string, number[]>;

/** Adds to a cell, named `<month> <codes>`. */
export const add = (
  sums: Sums,
  month: number,
  codes: readonly string[],
  measures: readonly number[],
): void => {
  const key = [month, ...codes].join(' ');
  const before = sums.get(key);
  sums.set(
    key,
    measures.map((value, i) => value + (before?.[i] ?? 0)),
  );
};

/** The cells of the months up to `last` as known in an epoch; without those that are zero. */
export const cellsAt = (deltas: readonly CellDelta[], epoch: number, last: number): [string, number[]][] => {
  const sums: Sums = new Map();
  for (const { month, epoch: learned, codes, measures } of deltas)
    if (learned <= epoch && month <= last) add(sums, month, codes, measures.slice(0, -2).map(Number));
  return withoutZeros(sums);
};

export const withoutZeros = (sums: Sums): [string, number[]][] =>
  [...sums]
    .filter(([, measures]) => measures.some((value) => value !== 0))
    .sort(([a], [b]) => (a < b ? -1 : 1));

export const firstDay = parseDay('1401-01-01');
/** No event tells of a later day. */
export const lastDay = parseDay('1404-12-29');

const notable: readonly Day[] = ['1401-01-01', '1401-06-31', '1402-02-15', '1403-01-01'].flatMap((text) => {
  const day = parseDay(text);
  const months = [-3, 1, 3, 6, 12, 23, 24, 35].flatMap((n) => [
    addMonths(day, n, 'jalali') - 1,
    addMonths(day, n, 'jalali'),
  ]);
  return [day, day + 1, day + 29, day + 30, day + 31, ...months].filter(
    (one) => one >= firstDay && one <= lastDay,
  );
});

const day: fc.Arbitrary<Day> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...notable) },
  { weight: 1, arbitrary: fc.integer({ min: firstDay, max: lastDay }) },
);
/** Days from a first to a last one; below 0 the end is before the start. */
const length = fc.oneof(
  fc.constantFrom(-1, 0, 1, 29, 30, 31, 91, 92, 184, 365, 730, 1100),
  fc.integer({ min: 0, max: 500 }),
);
const text = (of: Day): string => formatDay(Math.min(of, lastDay));

const head = fc.record({
  agency: fc.constantFrom('a', 'b'),
  /** Record 4 is of another person. */
  record: fc.constantFrom('0', '1', '2', '3', '4'),
  version: fc.constantFrom(1, 1, 1, 2, 3),
});

const person = (record: string): string => (record === '4' ? 'q' : 'p');

const who = fc.record({
  area: fc.constantFrom('IR-23', 'IR-23', 'IR-07', 'IR'),
  sex: fc.constantFrom('M', 'F', null),
  birthMonth: fc.constantFrom('1382-03', '1332-05', '2003-05', '1402-12', null),
});

type Head = { agency: string; record: string; version: number };

const said = (
  type: string,
  { agency, record, version }: Head,
  data: Readonly<Record<string, Json>>,
): Said => ({
  type,
  agency,
  record,
  version,
  data: { ...data, person: person(record), reportedOn: '2026-01-01' },
});

/** A start and, most of the time, its end. */
const registrations: fc.Arbitrary<Said[]> = fc
  .record({
    head,
    who,
    day,
    length,
    ends: fc.constantFrom(true, true, true, false),
    registration: fc.constantFrom('1', '2', '10'),
    education: fc.constantFrom('3', '6', null),
    reason: fc.constantFrom('job', 'job', 'training', 'lapsed', 'retired', 'death', 'other', null),
  })
  .map(({ head, who, day, length, ends, registration, education, reason }) => [
    said('JobseekerRegistered', head, { ...who, registration, day: text(day), education, occupation: null }),
    ...(ends
      ? [said('JobseekerDeregistered', head, { registration, lastDay: text(day + length), reason })]
      : []),
  ]);

const jobs: fc.Arbitrary<Said[]> = fc
  .record({
    head,
    day,
    length,
    ends: fc.constantFrom(true, true, true, false),
    spell: fc.constantFrom('s', 't', 'u'),
    establishment: fc.constantFrom('w', 'v'),
    occupation: fc.constantFrom('ISCO08:7411', 'ISCO08:7212', 'ISCO08:7', null),
  })
  .map(({ head, day, length, ends, spell, establishment, occupation }) => {
    const parties = { spell, establishment, enterprise: 'e' };
    const start = {
      ...{ ...parties, startDay: text(day), area: 'IR-23', industry: null, occupation, contractType: null },
      ...{ weeklyHours: null, monthlyWage: null, sex: null, birthMonth: null },
    };
    return [
      said('EmploymentStarted', head, start),
      ...(ends
        ? [said('EmploymentEnded', head, { ...parties, lastDay: text(day + length), reason: null })]
        : []),
    ];
  });

const wages: fc.Arbitrary<Said[]> = head.map((head) => [
  said('WageReported', head, { spell: 's', establishment: 'w', enterprise: 'e', month: '1403-01', wage: 5 }),
]);

const withdrawals = (type: string, contracts: readonly string[]): fc.Arbitrary<Said[]> =>
  fc.record({ head, contract: fc.constantFrom(...contracts) }).map(({ head, contract }) => [
    // named so that it tells of the person whose record it voids
    { ...said(type, head, { contract, recordId: head.record }), record: `${contract}-${head.record}` },
  ]);

const placements: fc.Arbitrary<Said[]> = fc.record({ head, who, day }).map(({ head, who, day }) => [
  said('PlacementRecorded', head, {
    area: who.area,
    sex: who.sex,
    day: text(day),
    placement: 'x',
    vacancy: null,
  }),
]);

const courses: fc.Arbitrary<Said[]> = fc
  .record({
    head,
    who,
    day,
    length,
    enrolment: fc.constantFrom('x', 'y'),
    number: fc.constantFrom('1', '2', '10'),
    skill: fc.constantFrom('ELEC', 'WELD', 'WELD', 'unheard-of', null),
    parts: fc.constantFrom('e', 'ec', 'ect', 't', 'n', 'et', 'ta'),
  })
  .map(({ head, who, day, length, enrolment, number, skill, parts }) => {
    const course = { ...who, skill, provider: null, enrolment };
    const end = text(day + length);
    const certificate = said('CertificateIssued', head, { ...course, certificate: number, day: end });
    return [
      ...(parts.includes('e')
        ? [said('TrainingEnrolled', head, { ...course, day: text(day), dueDay: end })]
        : []),
      ...(parts.includes('c') ? [said('TrainingCompleted', head, { enrolment, day: end })] : []),
      ...(parts.includes('t') ? [certificate] : []),
      ...(parts === 'n' ? [{ ...certificate, data: { ...certificate.data, enrolment: null } }] : []),
      ...(parts.includes('a') ? [said('CertificateAnnulled', head, { certificate: number })] : []),
    ];
  });

/** Each thing said up to three times, in any order, cut into batches and epochs. */
const arranged = (bundles: fc.Arbitrary<Said[]>, maxLength: number): fc.Arbitrary<Step[]> =>
  fc
    .array(bundles, { minLength: 1, maxLength })
    .map((all) => all.flat())
    .chain((all) =>
      fc.shuffledSubarray([...all, ...all, ...all], { minLength: all.length }).chain((events) =>
        fc
          .array(fc.constantFrom('on', 'on', 'on', 'on', 'on', 'shut', 'shut', 'close'), {
            minLength: events.length,
            maxLength: events.length,
          })
          .map((thens) => events.map((said, i) => ({ said, then: thens[i] as Step['then'] }))),
      ),
    );

export const searchHistories: fc.Arbitrary<Step[]> = arranged(
  fc.oneof(
    { weight: 6, arbitrary: registrations },
    { weight: 4, arbitrary: jobs },
    { weight: 2, arbitrary: placements },
    { weight: 1, arbitrary: wages },
    {
      weight: 1,
      arbitrary: withdrawals('JobseekerRecordWithdrawn', ['jobseekers', 'jobseeker-ends', 'placements']),
    },
    { weight: 1, arbitrary: withdrawals('EmploymentRecordWithdrawn', ['starts', 'ends']) },
  ),
  8,
);

export const trainingHistories: fc.Arbitrary<Step[]> = arranged(
  fc.oneof(
    { weight: 5, arbitrary: courses },
    { weight: 4, arbitrary: jobs },
    { weight: 1, arbitrary: wages },
    {
      weight: 1,
      arbitrary: withdrawals('SkillRecordWithdrawn', [
        'enrolments',
        'completions',
        'certificates',
        'annulments',
      ]),
    },
    { weight: 1, arbitrary: withdrawals('EmploymentRecordWithdrawn', ['starts', 'ends', 'wages']) },
  ),
  8,
);
