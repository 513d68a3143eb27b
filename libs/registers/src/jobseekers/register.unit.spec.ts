import { describe, expect, it } from '@jest/globals';
import { factsInForce, parseDay, parseMonth, type Json, type RecordedEvent } from '@karnama/kernel';
import { jobseekerRegister } from './register.js';

const event = (type: string, recordId: string, data: Json, recordVersion = 1): RecordedEvent => ({
  id: recordId,
  type,
  data,
  stream: 'feed',
  revision: 0n,
  position: 7n,
  metadata: {
    schemaVersion: 1,
    receivedAt: '2025-01-01T00:00:00.000Z',
    agency: 'services',
    contract: 'jobseekers',
    recordId,
    recordVersion,
  },
});

const registered = event('JobseekerRegistered', 'r', {
  registration: '12',
  person: 'p',
  day: '2025-03-20',
  area: 'IR-23',
  sex: 'F',
  birthMonth: '1380-05',
  education: '6',
  occupation: 'ISCO08:2512',
  reportedOn: '2025-03-21',
});
const deregistered = event('JobseekerDeregistered', 'd', {
  registration: '12',
  person: 'p',
  lastDay: '2025-06-21',
  reason: 'job',
  reportedOn: '2025-06-22',
});
const placed = event('PlacementRecorded', 'x', {
  placement: '3',
  person: 'p',
  vacancy: null,
  area: 'IR-07',
  sex: null,
  day: '2025-06-20',
  reportedOn: '2025-06-22',
});
const withdrawn = (recordId: string): RecordedEvent =>
  event('JobseekerRecordWithdrawn', 'w', {
    contract: 'jobseekers',
    recordId,
    person: 'p',
    vacancy: null,
    reportedOn: '2025-07-01',
  });

const after = (...events: readonly RecordedEvent[]) =>
  events.reduce((records, one) => jobseekerRegister.evolve(records, one), jobseekerRegister.initial);

describe('the register of jobseekers', () => {
  it('keeps of registrations, their ends and placements what is counted, days and months as numbers', () => {
    expect(factsInForce(after(registered, deregistered, placed))).toEqual([
      { type: 'JobseekerDeregistered', registration: '12', lastDay: parseDay('2025-06-21'), reason: 'job' },
      {
        type: 'JobseekerRegistered',
        registration: '12',
        day: parseDay('2025-03-20'),
        area: 'IR-23',
        sex: 'F',
        birthMonth: parseMonth('1380-05'),
        education: '6',
      },
      { type: 'PlacementRecorded', day: parseDay('2025-06-20'), area: 'IR-07', sex: null },
    ]);
  });

  it('keeps an unknown birth month as unknown', () => {
    const { data } = registered;
    const unknown = event('JobseekerRegistered', 'r', { ...(data as object), birthMonth: null });
    expect(factsInForce(after(unknown))).toMatchObject([{ birthMonth: null }]);
  });

  it('voids a withdrawn record for good, in whatever order it came', () => {
    expect(factsInForce(after(registered, withdrawn('r'), deregistered))).toHaveLength(1);
    expect(factsInForce(after(withdrawn('r'), registered))).toEqual([]);
  });

  it('gives back what it stored, in a form that never changes', () => {
    const records = after(registered, deregistered, placed, withdrawn('x'));
    const stored = jobseekerRegister.encode(records);
    expect(stored).toEqual({
      'services/jobseekers': [
        ['r', 1, '7', 0, 0, '12', 20167, 'IR-23', 'F', 1380 * 12 + 4, '6'],
        ['d', 1, '7', 0, 1, '12', 20260, 'job'],
        ['x', 1, '7', 1, 2, 20259, 'IR-07', null],
      ],
    });
    expect(jobseekerRegister.decode(stored)).toEqual(records);
  });

  it('knows no other events', () => {
    expect(jobseekerRegister.knows('JobseekerRecordWithdrawn')).toBe(true);
    expect(jobseekerRegister.knows('EmploymentStarted')).toBe(false);
  });
});
