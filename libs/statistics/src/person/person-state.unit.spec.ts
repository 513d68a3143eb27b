import { describe, expect, it } from '@jest/globals';
import type { Json } from '@karnama/kernel';
import { employmentRegister, jobseekerRegister, skillRegister } from '@karnama/registers';
import { as, changed, ended, eventOf, known, paid, started, withdrawn } from './given-records.spec-kit.js';
import { jobsOfPerson, personRegister } from './person-state.js';

const event = (type: string, data: Record<string, Json>, at = 50) =>
  eventOf({ type, data: { person: 'p', reportedOn: '2025-05-01', ...data }, metadata: {} }, at);

const registered = event(
  'JobseekerRegistered',
  {
    registration: 'g1',
    day: '2025-04-01',
    area: 'IR-23',
    sex: 'F',
    birthMonth: null,
    education: null,
    occupation: null,
  },
  60,
);
const issued = event(
  'CertificateIssued',
  {
    certificate: 'c1',
    enrolment: null,
    sex: 'F',
    birthMonth: null,
    area: 'IR-23',
    skill: 'WELD',
    provider: 'public',
    day: '2025-04-01',
  },
  61,
);

const told = [
  'EmploymentStarted',
  'EmploymentChanged',
  'EmploymentEnded',
  'EmploymentRecordWithdrawn',
  'WageReported',
  'JobseekerRegistered',
  'JobseekerDeregistered',
  'JobseekerRecordWithdrawn',
  'PlacementRecorded',
  'TrainingEnrolled',
  'TrainingCompleted',
  'CertificateIssued',
  'CertificateAnnulled',
  'SkillRecordWithdrawn',
];

describe('the register of persons', () => {
  it('reads exactly the types that its three registers know, of the person they name', () => {
    expect([...personRegister.reads].sort()).toEqual([...told].sort());
    for (const type of told) {
      const knowing = [employmentRegister, jobseekerRegister, skillRegister].filter((one) => one.knows(type));
      expect([type, knowing.length]).toEqual([type, 1]);
      expect(personRegister.entitiesOf(event(type, {}))).toEqual(['p']);
    }
  });

  it('is told of no person by lists of workshops, vacancies and the like', () => {
    for (const type of ['WageListReceived', 'VacancyPublished', 'EstablishmentDeclared', 'MovementDeclared'])
      expect(personRegister.entitiesOf(event(type, {}))).toEqual([]);
    expect(personRegister.evolve(personRegister.initial, event('WageListReceived', {}))).toBe(
      personRegister.initial,
    );
  });

  it('puts each record into the register that knows it, and leaves the others as they were', () => {
    const working = known(started('1', '1403-01-01'));
    const searching = personRegister.evolve(working, registered);
    const certified = personRegister.evolve(searching, issued);
    expect([working.employment.size, working.search.size, working.skills.size]).toEqual([1, 0, 0]);
    expect([searching.employment, searching.search.size]).toEqual([working.employment, 1]);
    expect(searching.employment).toBe(working.employment);
    expect(certified.search).toBe(searching.search);
    expect(certified.skills.size).toBe(1);
  });

  it('gives the same object for a repeat', () => {
    const record = started('1', '1403-01-01');
    const state = [registered, issued].reduce((one, e) => personRegister.evolve(one, e), known(record));
    for (const one of [eventOf(record, 0), registered, issued])
      expect(personRegister.evolve(state, one)).toBe(state);
  });

  it('is corrected by later versions and withdrawals of known records, and by annulments of certificates', () => {
    const state = [registered, issued].reduce(
      (one, e) => personRegister.evolve(one, e),
      known(as(started('1', '1403-01-01'), 'a')),
    );
    const again = [eventOf(as(started('1', '1403-02-01'), 'a', 2), 70), registered, issued].map((one) => ({
      ...one,
      metadata: { ...one.metadata, recordVersion: 2 },
    }));
    for (const one of again) {
      expect([one.type, personRegister.corrects?.(state, one)]).toEqual([one.type, true]);
      expect([one.type, personRegister.corrects?.(personRegister.initial, one)]).toEqual([one.type, false]);
    }
    expect(personRegister.corrects?.(state, eventOf(started('2', '1403-02-01'), 71))).toBe(false);
    expect(personRegister.corrects?.(state, eventOf(withdrawn('a'), 72))).toBe(true);
    // as if the certificate had never been issued, though a record of its own says so
    expect(personRegister.corrects?.(state, event('CertificateAnnulled', { certificate: 'c1' }, 73))).toBe(
      true,
    );
  });

  it('names the records of all three registers as its sources', () => {
    const all = [registered, issued].reduce(
      (one, e) => personRegister.evolve(one, e),
      known(as(started('1', '1403-01-01'), 'a')),
    );
    expect(personRegister.sources?.(all).map(({ position }) => position)).toHaveLength(3);
    expect(new Set(personRegister.sources?.(all).map(({ position }) => position)).size).toBe(3);
    expect(personRegister.sources?.(personRegister.initial)).toEqual([]);
  });

  it('is stored as version 1 of persons', () => {
    expect([personRegister.code, personRegister.version]).toEqual(['person', 1]);
  });

  it('stores the record sets as JSON text and leaves out empty ones', () => {
    expect(personRegister.encode(personRegister.initial)).toBe('{}');
    const record = started('1', '1403-01-01');
    const all = [registered, issued].reduce((one, e) => personRegister.evolve(one, e), known(record));
    expect(JSON.parse(personRegister.encode(all))).toEqual({
      employment: employmentRegister.encode(all.employment),
      search: jobseekerRegister.encode(all.search),
      skills: skillRegister.encode(all.skills),
    });
    for (const [state, keys] of [
      [known(record), ['employment']],
      [personRegister.evolve(personRegister.initial, registered), ['search']],
      [personRegister.evolve(personRegister.initial, issued), ['skills']],
    ] as const) {
      expect(Object.keys(JSON.parse(personRegister.encode(state)) as object)).toEqual(keys);
      expect(personRegister.decode(personRegister.encode(state))).toEqual(state);
    }
    expect(personRegister.decode(personRegister.encode(all))).toEqual(all);
    expect(personRegister.decode('{}')).toEqual(personRegister.initial);
  });
});

describe('the jobs of a person', () => {
  it('are made of the starts, changes and ends in force, in the order of their records', () => {
    const state = known(
      as(changed('1', '1403-02-01', { area: 'IR-08' }), 'b'),
      as(changed('1', '1403-02-01', { area: 'IR-07' }), 'a'),
      as(started('1', '1403-01-01'), 'c'),
      as(ended('1', '1403-03-01'), 'd'),
      as(paid('1', '1403-01', 5), 'e'),
      withdrawn('d'),
    );
    const [job] = jobsOfPerson(state);
    expect(job?.end).toBe(Infinity);
    expect(job?.turns.map(({ attributes }) => attributes.area)).toEqual(['IR-23', 'IR-08']);
    expect(jobsOfPerson(state)).toBe(jobsOfPerson(state));
  });

  it('do not depend on the order in which the records came', () => {
    const told = [
      as(started('1', '1403-01-01'), 'c'),
      as(changed('1', '1403-02-01', { area: 'IR-07' }), 'a'),
      as(changed('1', '1403-02-01', { area: 'IR-08' }), 'b'),
    ];
    for (const records of [told, [...told].reverse()])
      expect(jobsOfPerson(known(...records))[0]?.turns.at(-1)?.attributes.area).toBe('IR-08');
  });

  it('are the very same while only wages, searches or skills are added', () => {
    const state = known(started('1', '1403-01-01'));
    const jobs = jobsOfPerson(state);
    const more = [
      eventOf(paid('1', '1403-01', 5), 7),
      eventOf(paid('1', '1403-02', 5), 8),
      registered,
      issued,
    ];
    expect(jobsOfPerson(more.reduce((one, e) => personRegister.evolve(one, e), state))).toBe(jobs);
  });

  it('follow every other record', () => {
    const state = known(as(started('1', '1403-01-01'), 'a'), as(ended('1', '1403-02-01'), 'b'));
    // a wage that replaces an end
    const replaced = personRegister.evolve(state, eventOf(as(paid('1', '1403-01', 5), 'b', 2), 9));
    expect(jobsOfPerson(replaced)[0]?.end).toBe(Infinity);
    const gone = personRegister.evolve(replaced, eventOf(withdrawn('a'), 10));
    expect(jobsOfPerson(gone)).toEqual([]);
    const again = personRegister.evolve(gone, eventOf(started('2', '1403-01-01'), 11));
    expect(jobsOfPerson(again)).toHaveLength(1);
  });
});
