import { describe, expect, it } from '@jest/globals';
import { factsInForce, parseDay, parseMonth, type Json, type RecordedEvent } from '@karnama/kernel';
import { skillRegister, type SkillFact } from './register.js';
import { certificatesOf, enrolmentsOf } from './training.js';

const event = (type: string, recordId: string, data: Json): RecordedEvent => ({
  id: recordId,
  type,
  data,
  stream: 'feed',
  revision: 0n,
  position: 7n,
  metadata: {
    schemaVersion: 1,
    receivedAt: '2025-01-01T00:00:00.000Z',
    agency: 'training',
    contract: 'skills',
    recordId,
  },
});

const learner = { person: 'p', sex: 'M', birthMonth: '2001-04', area: 'IR-10', skill: 'WELD' } as const;
const enrolled = event('TrainingEnrolled', 'a', {
  ...learner,
  enrolment: 'e1',
  provider: 'public',
  day: '2025-03-20',
  dueDay: '2025-06-21',
  reportedOn: '2025-03-21',
});
const completed = event('TrainingCompleted', 'b', {
  enrolment: 'e1',
  person: 'p',
  day: '2025-06-25',
  reportedOn: '2025-06-25',
});
const issued = event('CertificateIssued', 'c', {
  ...learner,
  birthMonth: null,
  certificate: 'c1',
  enrolment: 'e1',
  provider: null,
  day: '2025-07-01',
  reportedOn: '2025-07-02',
});
const annulled = event('CertificateAnnulled', 'd', {
  certificate: 'c1',
  person: 'p',
  reportedOn: '2025-08-01',
});

const after = (...events: readonly RecordedEvent[]) =>
  events.reduce((records, one) => skillRegister.evolve(records, one), skillRegister.initial);

describe('the register of skills', () => {
  it('keeps of enrolments, completions, certificates and annulments what is counted', () => {
    expect(factsInForce(after(enrolled, completed, issued, annulled))).toEqual([
      {
        type: 'TrainingEnrolled',
        enrolment: 'e1',
        sex: 'M',
        birthMonth: parseMonth('2001-04'),
        area: 'IR-10',
        skill: 'WELD',
        day: parseDay('2025-03-20'),
        dueDay: parseDay('2025-06-21'),
      },
      { type: 'TrainingCompleted', enrolment: 'e1' },
      {
        type: 'CertificateIssued',
        certificate: 'c1',
        enrolment: 'e1',
        sex: 'M',
        birthMonth: null,
        area: 'IR-10',
        skill: 'WELD',
        day: parseDay('2025-07-01'),
      },
      { type: 'CertificateAnnulled', certificate: 'c1' },
    ]);
  });

  it('voids withdrawn records', () => {
    const withdrawn = event('SkillRecordWithdrawn', 'w', {
      contract: 'skills',
      recordId: 'd',
      person: 'p',
      reportedOn: '2025-09-01',
    });
    expect(skillRegister.knows('SkillRecordWithdrawn')).toBe(true);
    expect(certificatesOf(factsInForce(after(issued, annulled)))).toEqual([]);
    expect(certificatesOf(factsInForce(after(issued, annulled, withdrawn)))).toHaveLength(1);
  });

  it('gives back what it stored, in a form that never changes', () => {
    const records = after(enrolled, completed, issued, annulled);
    const stored = skillRegister.encode(records);
    expect(stored).toEqual({
      'training/skills': [
        ['a', 1, '7', 0, 0, 'e1', 'M', 2001 * 12 + 3, 'IR-10', 'WELD', 20167, 20260],
        ['b', 1, '7', 0, 1, 'e1'],
        ['c', 1, '7', 0, 2, 'c1', 'e1', 'M', null, 'IR-10', 'WELD', 20270],
        ['d', 1, '7', 0, 3, 'c1'],
      ],
    });
    expect(skillRegister.decode(stored)).toEqual(records);
  });
});

const person = { sex: 'F', birthMonth: 16560, area: 'IR-23', skill: 'ICT' } as const;
const enrolment = (number: string, day: number): SkillFact => ({
  type: 'TrainingEnrolled',
  enrolment: number,
  ...person,
  day,
  dueDay: day + 90,
});
const certificate = (number: string, day: number, from: string | null = null): SkillFact => ({
  type: 'CertificateIssued',
  certificate: number,
  enrolment: from,
  ...person,
  day,
});

describe('an enrolment', () => {
  it('is completed when its completion is in force, in whatever order they stand', () => {
    const done: SkillFact = { type: 'TrainingCompleted', enrolment: 'e2' };
    expect(enrolmentsOf([done, enrolment('e1', 5), enrolment('e2', 7)])).toEqual([
      { enrolment: 'e1', ...person, day: 5, dueDay: 95, completed: false },
      { enrolment: 'e2', ...person, day: 7, dueDay: 97, completed: true },
    ]);
    expect(enrolmentsOf([done])).toEqual([]);
  });
});

describe('certificates', () => {
  it('come by day, then number by code unit, then record name', () => {
    const facts = [certificate('b', 9), certificate('a', 9), certificate('c', 8), certificate('10', 9)];
    expect(certificatesOf(facts).map((one) => one.certificate)).toEqual(['c', '10', 'a', 'b']);
    const twice = [certificate('a', 9, 'e1'), certificate('a', 9, 'e2')];
    expect(certificatesOf(twice).map((one) => one.enrolment)).toEqual(['e1', 'e2']);
  });

  it('stand unless annulled by their number', () => {
    const facts = [certificate('a', 9), certificate('b', 9)];
    const numbers = (annulled: string) =>
      certificatesOf([...facts, { type: 'CertificateAnnulled', certificate: annulled }]).map(
        (one) => one.certificate,
      );
    expect(numbers('a')).toEqual(['b']);
    expect(numbers('c')).toEqual(['a', 'b']);
  });

  it('know the earliest day of the enrolment that they name', () => {
    expect(certificatesOf([certificate('a', 9, 'e1'), enrolment('e1', 5)])).toEqual([
      { certificate: 'a', enrolment: 'e1', ...person, day: 9, enrolledOn: 5 },
    ]);
    const days = (...facts: readonly SkillFact[]) => certificatesOf(facts).map((one) => one.enrolledOn);
    expect(days(certificate('a', 9, 'e1'), enrolment('e1', 5), enrolment('e1', 3))).toEqual([3]);
    expect(days(certificate('a', 9, 'e1'), enrolment('e1', 3), enrolment('e1', 5))).toEqual([3]);
    expect(days(certificate('a', 9, 'e1'), enrolment('e2', 5))).toEqual([null]);
    expect(days(certificate('a', 9), enrolment('e2', 5))).toEqual([null]);
  });
});
