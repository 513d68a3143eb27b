import { describe, expect, it } from '@jest/globals';
import { factsInForce, parseDay, parseMonth, type Json, type RecordedEvent } from '@karnama/kernel';
import { employmentRegister } from './register.js';

const parties = { spell: 's1', person: 'p1', establishment: 'w1', enterprise: 'e1' };
const attributes = {
  area: 'IR-23',
  industry: 'ISIC4:1071',
  occupation: 'ISCO08:7212',
  contractType: 'seasonal',
  weeklyHours: 4400,
  monthlyWage: 9_000_000_000,
};

const event = (type: string, data: Json, recordId = type): RecordedEvent => ({
  id: '00000000-0000-5000-8000-000000000001',
  type,
  data,
  metadata: {
    schemaVersion: 1,
    receivedAt: '2026-02-01T00:00:00.000Z',
    agency: 'insurance',
    contract: 'spells',
    recordId,
    recordVersion: 1,
  },
  stream: 'feed',
  revision: 0n,
  position: 1n,
});

const started = event('EmploymentStarted', {
  ...parties,
  ...attributes,
  startDay: '2025-03-21',
  sex: 'F',
  birthMonth: '1375-02',
  reportedOn: '2025-04-02',
});
const changed = event('EmploymentChanged', {
  ...parties,
  ...attributes,
  day: '2025-04-01',
  reportedOn: '2025-05-02',
});
const ended = event('EmploymentEnded', {
  ...parties,
  lastDay: '2025-06-30',
  reason: 'quit',
  reportedOn: '2025-07-02',
});
const paid = event('WageReported', {
  ...parties,
  month: '1404-01',
  wage: 7_500_000_000,
  reportedOn: '2025-05-02',
});

const all = [started, changed, ended, paid];
const held = all.reduce(
  (records, one) => employmentRegister.evolve(records, one),
  employmentRegister.initial,
);

describe('the employment register', () => {
  it('keeps of each record what jobs and wages are made of, with days and months as numbers', () => {
    expect(factsInForce(held)).toEqual([
      { type: 'EmploymentChanged', spell: 's1', person: 'p1', day: parseDay('2025-04-01'), ...attributes },
      { type: 'EmploymentEnded', spell: 's1', person: 'p1', lastDay: parseDay('2025-06-30'), reason: 'quit' },
      {
        type: 'EmploymentStarted',
        ...parties,
        day: parseDay('1404-01-01'),
        sex: 'F',
        birthMonth: parseMonth('1375-02'),
        ...attributes,
      },
      { type: 'WageReported', spell: 's1', month: parseMonth('1404-01'), wage: 7_500_000_000 },
    ]);
  });

  it('keeps null where a record does not know', () => {
    const unknown = {
      ...(started.data as Record<string, Json>),
      sex: null,
      birthMonth: null,
      industry: null,
      occupation: null,
      contractType: null,
      weeklyHours: null,
      monthlyWage: null,
    };
    const one = employmentRegister.evolve(employmentRegister.initial, event('EmploymentStarted', unknown));
    expect(factsInForce(one)).toEqual([
      {
        type: 'EmploymentStarted',
        ...parties,
        day: parseDay('2025-03-21'),
        sex: null,
        birthMonth: null,
        area: 'IR-23',
        industry: null,
        occupation: null,
        contractType: null,
        weeklyHours: null,
        monthlyWage: null,
      },
    ]);
  });

  it('stores them by type and value in this order, for ever', () => {
    expect(employmentRegister.encode(held)).toEqual({
      'insurance/spells': [
        [
          'EmploymentStarted',
          1,
          '1',
          0,
          0,
          's1',
          'p1',
          'w1',
          'e1',
          20_168,
          'F',
          16_501,
          'IR-23',
          'ISIC4:1071',
          'ISCO08:7212',
          'seasonal',
          4400,
          9_000_000_000,
        ],
        [
          'EmploymentChanged',
          1,
          '1',
          0,
          1,
          's1',
          'p1',
          20_179,
          'IR-23',
          'ISIC4:1071',
          'ISCO08:7212',
          'seasonal',
          4400,
          9_000_000_000,
        ],
        ['EmploymentEnded', 1, '1', 0, 2, 's1', 'p1', 20_269, 'quit'],
        ['WageReported', 1, '1', 0, 3, 's1', 16_848, 7_500_000_000],
      ],
    });
    expect(new Map(employmentRegister.decode(employmentRegister.encode(held)))).toEqual(new Map(held));
  });

  it('voids records that their agency withdraws, and keeps no lists of workshops', () => {
    const withdrawal = event(
      'EmploymentRecordWithdrawn',
      { ...parties, contract: 'spells', recordId: 'EmploymentEnded', reportedOn: '2025-08-01' },
      'w',
    );
    const types = factsInForce(employmentRegister.evolve(held, withdrawal)).map(({ type }) => type);
    expect(types).toEqual(['EmploymentChanged', 'EmploymentStarted', 'WageReported']);
    expect(employmentRegister.knows('WageListReceived')).toBe(false);
    expect(employmentRegister.evolve(held, event('WageListReceived', {}))).toBe(held);
  });
});
