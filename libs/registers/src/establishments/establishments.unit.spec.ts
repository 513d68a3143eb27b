import { describe, expect, it } from '@jest/globals';
import { fedEvent, recorded } from '@karnama/conformance';
import { parseDay, parseMonth, type Json, type RecordRegister, type Records } from '@karnama/kernel';
import { enterpriseRegister, registrationOf } from './enterprise.js';
import { establishmentRegister, placeOn, placesOf, transfersOf, wageListRegister } from './establishment.js';

type Told = readonly [type: string, record: string, data: Json];

const after = <F extends { readonly type: string }>(
  register: RecordRegister<F>,
  ...told: readonly Told[]
): Records<F> =>
  told.reduce(
    (records, [type, recordId, data], i) =>
      register.evolve(records, recorded(fedEvent(i + 1, type, data, { recordId }), BigInt(i + 1))),
    register.initial,
  );
const factsOf = <F>(records: Records<F>) => [...records.values()].map(({ fact }) => fact);
const throughStorage = <F extends { readonly type: string }>(
  register: RecordRegister<F>,
  records: Records<F>,
) => register.decode(JSON.parse(JSON.stringify(register.encode(records))) as Json);

const reportedOn = '2024-06-01';
const day = parseDay('2024-03-20');

const declared = (record: string, on: string, area: string): Told => [
  'EstablishmentDeclared',
  record,
  { establishment: 'w', enterprise: 'e', day: on, area, industry: 'ISIC4:C', reportedOn },
];
const changed = (record: string, on: string, area: string): Told => [
  'EstablishmentChanged',
  record,
  { establishment: 'w', day: on, area, industry: null, reportedOn },
];
const succeeded = (record: string, predecessor: string, successor: string, jobs: number): Told => [
  'EstablishmentSucceeded',
  record,
  { predecessor, successor, day: '2024-03-20', jobs, reportedOn },
];
const withdrawn = (type: string, recordId: string): Told => [
  type,
  `w-${recordId}`,
  { contract: 'contract', recordId, establishment: 'w', enterprise: 'e', successor: null, reportedOn },
];

describe('the records of a workshop', () => {
  const records = after(
    establishmentRegister,
    declared('a', '2024-03-20', 'IR-23'),
    changed('b', '2024-03-21', 'IR-10'),
    succeeded('c', 'w', 'x', 5),
  );

  it('keep of each what its figures need, also through storage', () => {
    expect(factsOf(records)).toEqual([
      { type: 'EstablishmentDeclared', establishment: 'w', day, area: 'IR-23', industry: 'ISIC4:C' },
      { type: 'EstablishmentChanged', establishment: 'w', day: day + 1, area: 'IR-10', industry: null },
      { type: 'EstablishmentSucceeded', predecessor: 'w', successor: 'x', day, jobs: 5 },
    ]);
    expect(throughStorage(establishmentRegister, records)).toEqual(records);
  });

  it('keep wage lists apart, by their month', () => {
    const list: Told = [
      'WageListReceived',
      'l',
      { establishment: 'w', enterprise: 'e', month: '1403-01', insured: 9, reportedOn },
    ];
    const lists = after(wageListRegister, list);
    expect(factsOf(lists)).toEqual([
      { type: 'WageListReceived', establishment: 'w', month: parseMonth('1403-01') },
    ]);
    expect(throughStorage(wageListRegister, lists)).toEqual(lists);
    expect(establishmentRegister.knows('WageListReceived')).toBe(false);
    const void_ = after(wageListRegister, list, withdrawn('EstablishmentRecordWithdrawn', 'l'));
    expect([...void_.values()].map((held) => held.withdrawn)).toEqual([true]);
  });

  it('are voided by a withdrawal', () => {
    const left = after(
      establishmentRegister,
      declared('a', '2024-03-20', 'IR-23'),
      succeeded('c', 'w', 'x', 5),
      withdrawn('EstablishmentRecordWithdrawn', 'a'),
      withdrawn('EstablishmentRecordWithdrawn', 'c'),
    );
    expect(placesOf(left)).toEqual([]);
    expect(transfersOf(left, 'w')).toEqual([]);
  });
});

describe('the place of a workshop', () => {
  const areaOn = (on: string, ...told: readonly Told[]) =>
    placeOn(placesOf(after(establishmentRegister, ...told)), parseDay(on))?.area;

  it('is that of the latest record up to the day', () => {
    const told = [changed('c', '2024-04-01', 'IR-10'), declared('a', '2024-03-20', 'IR-23')];
    expect(areaOn('2024-03-31', ...told)).toBe('IR-23');
    expect(areaOn('2024-04-01', ...told)).toBe('IR-10');
    expect(areaOn('2024-05-01', ...told)).toBe('IR-10');
  });

  it('is before all of them the first', () => {
    const told = [changed('c', '2024-04-01', 'IR-10'), declared('a', '2024-03-20', 'IR-23')];
    expect(areaOn('2024-03-19', ...told)).toBe('IR-23');
    expect(areaOn('2024-03-19', changed('c', '2024-04-01', 'IR-10'))).toBe('IR-10');
  });

  it('is not known without a record of it', () => {
    expect(areaOn('2024-03-20', succeeded('c', 'w', 'x', 5))).toBeUndefined();
  });

  it('is of several declarations that of the earliest, of equal ones of the first by record name', () => {
    const late = declared('a', '2024-04-01', 'IR-10');
    expect(areaOn('2024-05-01', late, declared('b', '2024-03-20', 'IR-23'))).toBe('IR-23');
    expect(areaOn('2024-05-01', declared('b', '2024-04-01', 'IR-23'), late)).toBe('IR-10');
  });

  it('is of several records of a day that with the greatest name', () => {
    const told = [
      changed('c', '2024-03-20', 'IR-07'),
      changed('b', '2024-03-20', 'IR-10'),
      declared('a', '2024-03-20', 'IR-23'),
    ];
    expect(areaOn('2024-03-20', ...told)).toBe('IR-07');
    expect(areaOn('2024-03-20', ...told, declared('d', '2024-03-19', 'IR-01'))).toBe('IR-07');
    expect(areaOn('2024-03-20', declared('z', '2024-03-20', 'IR-23'), ...told.slice(0, 2))).toBe('IR-23');
    expect(placesOf(after(establishmentRegister, ...told))).toHaveLength(1);
  });
});

describe('what went over', () => {
  const records = after(establishmentRegister, succeeded('a', 'w', 'x', 5), succeeded('b', 'y', 'w', 2));

  it('left the predecessor and came to the successor', () => {
    expect(transfersOf(records, 'w')).toEqual([
      { day, jobs: 5 },
      { day, jobs: -2 },
    ]);
    expect(transfersOf(records, 'x')).toEqual([{ day, jobs: -5 }]);
    expect(transfersOf(records, 'y')).toEqual([{ day, jobs: 2 }]);
    expect(transfersOf(records, 'z')).toEqual([]);
  });

  it('cancels out where a workshop succeeds itself', () => {
    const own = transfersOf(after(establishmentRegister, succeeded('a', 'w', 'w', 5)), 'w');
    expect(own.map(({ jobs }) => jobs)).toEqual([5, -5]);
  });
});

describe('the records of an enterprise', () => {
  const registered = (record: string, on: string, area: string): Told => [
    'EnterpriseRegistered',
    record,
    { enterprise: 'e', day: on, area, industry: 'ISIC4:F', legalForm: 'company', reportedOn },
  ];

  it('keep of each what its figures need, also through storage', () => {
    const records = after(
      enterpriseRegister,
      registered('a', '2024-03-20', 'IR-23'),
      ['EnterpriseActivityReported', 'b', { enterprise: 'e', month: '2024-04', reportedOn }],
      ['EnterpriseCeased', 'c', { enterprise: 'e', lastDay: '2024-03-22', reportedOn }],
      [
        'EnterpriseSucceeded',
        'd',
        { predecessor: 'e', successor: 'f', day: '2024-03-23', kind: 'merger', reportedOn },
      ],
    );
    expect(factsOf(records)).toEqual([
      { type: 'EnterpriseRegistered', day, area: 'IR-23', industry: 'ISIC4:F', legalForm: 'company' },
      { type: 'EnterpriseActivityReported', enterprise: 'e', month: parseMonth('2024-04') },
      { type: 'EnterpriseCeased', lastDay: day + 2 },
      { type: 'EnterpriseSucceeded', predecessor: 'e', successor: 'f', day: day + 3 },
    ]);
    expect(throughStorage(enterpriseRegister, records)).toEqual(records);
  });

  it('tell what it is by the earliest registration, of equal ones by the first by record name', () => {
    const areaOf = (...told: readonly Told[]) => registrationOf(after(enterpriseRegister, ...told))?.area;
    expect(areaOf()).toBeUndefined();
    const late = registered('a', '2024-03-20', 'IR-23');
    expect(areaOf(late, registered('b', '2024-03-19', 'IR-10'))).toBe('IR-10');
    expect(areaOf(registered('b', '2024-03-20', 'IR-10'), late)).toBe('IR-23');
    expect(areaOf(late, withdrawn('EnterpriseRecordWithdrawn', 'a'))).toBeUndefined();
  });
});
