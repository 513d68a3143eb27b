import { describe, expect, it } from '@jest/globals';
import { fedEvent, recorded } from '@karnama/conformance';
import { factsInForce, parseDay, parseMonth, type Json, type RecordedEvent } from '@karnama/kernel';
import { estateRegister, tellsOfEstate } from './estates.js';
import { unitRegister, type UnitFact } from './register.js';
import { latestOn, unitOf } from './unit.js';

const told = (
  type: string,
  data: Record<string, Json>,
  recordId: string,
  recordVersion = 1,
  contract = 'units',
): RecordedEvent =>
  recorded(
    fedEvent(
      1,
      type,
      { unit: 'u1', reportedOn: '2025-04-01', ...data },
      { recordId, recordVersion, contract },
    ),
    7n,
  );

const place = { area: 'IR-23', industry: 'ISIC4:1071', estate: 'e1' };
const permit = told('PermitIssued', { day: '2025-03-21', ...place, plannedJobs: 4 }, 'p');
const events: readonly RecordedEvent[] = [
  permit,
  told('PermitAnnulled', { day: '2025-03-22' }, 'a'),
  told('LicenceIssued', { day: '2025-03-23', ...place, estate: null }, 'l'),
  told('ProgressReported', { day: '2025-03-24', percent: 20 }, 'g'),
  told('CapacityDeclared', { product: 'x', month: '1404-02', quantity: 3, value: 9 }, 'c'),
  told('ProductionReported', { product: 'x', month: '2025-04', quantity: 2 }, 'q'),
  told('OperatingStateChanged', { day: '2025-03-25', state: 'idle' }, 's'),
  told('UnitClosed', { lastDay: '2025-03-26' }, 'z'),
];
const facts: readonly UnitFact[] = [
  { type: 'PermitIssued', day: parseDay('2025-03-21'), ...place },
  { type: 'PermitAnnulled', day: parseDay('2025-03-22') },
  { type: 'LicenceIssued', day: parseDay('2025-03-23'), ...place, estate: null },
  { type: 'ProgressReported', day: parseDay('2025-03-24'), percent: 20 },
  { type: 'CapacityDeclared', product: 'x', month: parseMonth('1404-02'), quantity: 3, value: 9 },
  { type: 'ProductionReported', product: 'x', month: parseMonth('2025-04'), quantity: 2 },
  { type: 'OperatingStateChanged', day: parseDay('2025-03-25'), state: 'idle' },
  { type: 'UnitClosed', lastDay: parseDay('2025-03-26') },
];

const kept = (all: readonly RecordedEvent[]) => all.reduce(unitRegister.evolve, unitRegister.initial);

describe('the register of industrial units', () => {
  it('keeps of every record what the figures need', () => {
    events.forEach((event, i) => expect(factsInForce(kept([event]))).toEqual([facts[i]]));
  });

  it('reads the same out of what it stored', () => {
    const stored = JSON.parse(JSON.stringify(unitRegister.encode(kept(events)))) as Json;
    expect(unitRegister.decode(stored)).toEqual(kept(events));
    expect(Object.values(stored as Record<string, Json[][]>)[0]?.map((row) => row.slice(0, 5))).toEqual([
      ['p', 1, '7', 0, 0],
      ['a', 1, '7', 0, 1],
      ['l', 1, '7', 0, 2],
      ['g', 1, '7', 0, 3],
      ['c', 1, '7', 0, 4],
      ['q', 1, '7', 0, 5],
      ['s', 1, '7', 0, 6],
      ['z', 1, '7', 0, 7],
    ]);
  });

  it('lets a withdrawal of a unit void its record, and keeps nothing of estates', () => {
    const withdrawal = told('UnitRecordWithdrawn', { contract: 'units', recordId: 'p' }, 'w');
    expect(factsInForce(kept([withdrawal, permit]))).toEqual([]);
    expect(factsInForce(kept([permit, withdrawal]))).toEqual([]);
    expect(unitRegister.knows('EstateDeclared')).toBe(false);
  });
});

describe('a unit', () => {
  it('is read from its facts', () => {
    const [permitted, , licensed, progress, capacity, production, state] = facts;
    expect(unitOf(facts)).toEqual({
      permit: permitted,
      licence: licensed,
      annulledFrom: parseDay('2025-03-22'),
      goneFrom: parseDay('2025-03-27'),
      progress: [progress],
      states: [state],
      capacities: [capacity],
      production: [production],
    });
    expect(unitOf(facts)).toBe(unitOf(facts));
  });

  it('is there without an end while none is known', () => {
    expect(unitOf([])).toEqual({
      permit: null,
      licence: null,
      annulledFrom: Infinity,
      goneFrom: Infinity,
      progress: [],
      states: [],
      capacities: [],
      production: [],
    });
  });

  it.each(['PermitIssued', 'LicenceIssued'] as const)(
    'has the %s of the earliest day, of equal days the first',
    (type) => {
      const dated = (day: number, area: string): UnitFact => ({ ...place, type, day, area });
      const found = (all: readonly UnitFact[]) =>
        unitOf(all)[type === 'PermitIssued' ? 'permit' : 'licence']?.area;
      expect(found([dated(5, 'IR-01'), dated(4, 'IR-02'), dated(4, 'IR-03')])).toBe('IR-02');
      expect(found([dated(4, 'IR-01'), dated(5, 'IR-02')])).toBe('IR-01');
    },
  );

  it('is annulled and gone from the earliest day on', () => {
    const unit = unitOf([
      { type: 'PermitAnnulled', day: 5 },
      { type: 'PermitAnnulled', day: 4 },
      { type: 'PermitAnnulled', day: 6 },
      { type: 'UnitClosed', lastDay: 8 },
      { type: 'UnitClosed', lastDay: 7 },
      { type: 'UnitClosed', lastDay: 9 },
    ]);
    expect([unit.annulledFrom, unit.goneFrom]).toEqual([4, 8]);
  });
});

describe('what holds on a day', () => {
  const dated = [
    { day: 3, name: 'a' },
    { day: 1, name: 'b' },
    { day: 3, name: 'c' },
    { day: 2, name: 'd' },
  ];

  it.each([
    [0, undefined],
    [1, 'b'],
    [2, 'd'],
    [3, 'c'],
    [9, 'c'],
  ])('on day %i is the latest up to it, of one day the last: %s', (day, name) => {
    expect(latestOn(dated, day)?.name).toBe(name);
  });
});

describe('the register of industrial estates', () => {
  const estate = { estate: 'e1', day: '2025-03-21', area: 'IR-23', plots: 40, plotsAssigned: 30 };
  const declared = told('EstateDeclared', estate, 'e', 1, 'estates');
  const withdrawn = (contract: string) => told('UnitRecordWithdrawn', { contract, recordId: 'e' }, 'w');

  it('keeps the estate as it was declared', () => {
    const records = estateRegister.evolve(estateRegister.initial, declared);
    expect(factsInForce(records)).toEqual([
      { type: 'EstateDeclared', day: parseDay('2025-03-21'), area: 'IR-23', plots: 40, plotsAssigned: 30 },
    ]);
    expect(estateRegister.decode(estateRegister.encode(records))).toEqual(records);
  });

  it('is told of by declarations and by withdrawals of the contract of estates', () => {
    expect(tellsOfEstate(declared)).toBe(true);
    expect(tellsOfEstate(withdrawn('estates'))).toBe(true);
    expect(tellsOfEstate(withdrawn('units'))).toBe(false);
    expect(tellsOfEstate(permit)).toBe(false);
    const records = [declared, withdrawn('estates')].reduce(estateRegister.evolve, estateRegister.initial);
    expect(factsInForce(records)).toEqual([]);
  });
});
