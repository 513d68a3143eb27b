import { describe, expect, it } from '@jest/globals';
import type { Contribution, Dataflow } from '@karnama/cells';
import { parseDay, parseMonth, type Held } from '@karnama/kernel';
import type { EstateFact, UnitFact } from '@karnama/registers';
import { usedValue } from './capacity-use.js';
import { capacity } from './capacity.js';
import { estates } from './estates.js';
import { permits } from './permits.js';
import { estateProjection, unitProjection } from './projections.js';
import { estateSides, unitStates } from './unit-codes.js';
import { latestIn, licenceIn, unitIn, type UnitState } from './unit-state.js';
import { progressClassOf, units } from './units.js';

const [day, month] = [parseDay, parseMonth];
const place = { area: 'IR-23', industry: 'ISIC4:1071', estate: 'e1' } as const;

const permit = (on: string, at: object = {}): UnitFact => ({
  type: 'PermitIssued',
  day: day(on),
  ...place,
  ...at,
});
const licence = (on: string, at: object = {}): UnitFact => ({
  type: 'LicenceIssued',
  day: day(on),
  ...place,
  ...at,
});
const annulled = (on: string): UnitFact => ({ type: 'PermitAnnulled', day: day(on) });
const closed = (on: string): UnitFact => ({ type: 'UnitClosed', lastDay: day(on) });
const progress = (on: string, percent: number): UnitFact => ({
  type: 'ProgressReported',
  day: day(on),
  percent,
});
const operating = (on: string, state: 'active' | 'semi-active' | 'idle'): UnitFact => ({
  type: 'OperatingStateChanged',
  day: day(on),
  state,
});
const capable = (from: string, product: string, quantity: number, value: number): UnitFact => ({
  type: 'CapacityDeclared',
  product,
  month: month(from),
  quantity,
  value,
});
const made = (of: string, product: string, quantity: number): UnitFact => ({
  type: 'ProductionReported',
  product,
  month: month(of),
  quantity,
});

/** Records in force whose names are in the order of the facts. */
const recordsOf = <F>(facts: readonly F[]): ReadonlyMap<string, Held<F>> =>
  new Map(
    facts.map((fact, i) => [
      `agency/units/${String(i).padStart(3, '0')}`,
      { version: 1, position: '1', fact, withdrawn: false },
    ]),
  );

/** What the cells of a measure come to: at the end of a month for a stock, in it for a flow. */
const figures = <S>(dataflow: Dataflow<S>, state: S, measure: string, at: string): Record<string, number> => {
  const index = dataflow.measures.findIndex(({ code }) => code === measure);
  const stock = dataflow.measures[index]?.kind === 'stock';
  const sums = new Map<string, number>();
  for (const { month: booked, codes, measures } of dataflow.contributions(state))
    if (booked === month(at) || (stock && booked < month(at)))
      sums.set(codes.join(' '), (sums.get(codes.join(' ')) ?? 0) + (measures[index] as number));
  return Object.fromEntries([...sums].filter(([, value]) => value !== 0));
};

const useOf = (...facts: UnitFact[]) => unitIn(recordsOf(facts), 'jalali').use;

const unitsAt = (facts: readonly UnitFact[], at: string) =>
  Object.keys(figures(units('jalali'), recordsOf(facts), 'units', at));

describe('PERMITS', () => {
  const given = (...facts: UnitFact[]): Contribution[] => [
    ...permits('jalali').contributions(recordsOf(facts)),
  ];
  const cell = (after: string, measures: readonly number[]) => ({
    month: month('1402-01'),
    declared: month('1402-01'),
    codes: ['IR-23', 'C', after],
    measures,
    units: 1,
  });

  it('counts a permit in its month and place, with nothing elapsed', () => {
    expect(given(permit('1402-01-31'))).toEqual([cell('00', [1, 0, 0])]);
  });

  it.each([
    ['1402-02-31', '01'],
    ['1402-02-30', '00'],
    ['1401-12-01', '00'],
    ['1404-01-31', '24'],
    ['1407-01-30', '59'],
    ['1407-01-31', '60'],
    ['1409-01-31', '60'],
  ])('counts a licence of %s under %s, of whatever place', (on, after) => {
    expect(given(permit('1402-01-31'), licence(on, { area: 'IR-01', industry: null }))).toEqual([
      cell('00', [1, 0, 0]),
      cell(after, [0, 1, 0]),
    ]);
  });

  it('counts an annulment unless the unit was licensed before or on that day', () => {
    const [issued, counted] = [permit('1402-01-31'), cell('00', [1, 0, 0])];
    expect(given(issued, annulled('1402-03-31'))).toEqual([counted, cell('02', [0, 0, 1])]);
    expect(given(issued, annulled('1401-03-31'))).toEqual([counted, cell('00', [0, 0, 1])]);
    const licensed = cell('02', [0, 1, 0]);
    expect(given(issued, annulled('1402-03-31'), licence('1402-03-31'))).toEqual([counted, licensed]);
    expect(given(issued, annulled('1402-03-31'), licence('1402-04-01'))).toEqual([
      counted,
      licensed,
      cell('02', [0, 0, 1]),
    ]);
  });

  it('counts nothing without a permit', () => {
    expect(given(licence('1402-02-31'), annulled('1402-03-31'))).toEqual([]);
  });

  it('counts in months of the Gregorian calendar where that is the statistical one', () => {
    const found = [
      ...permits('gregorian').contributions(recordsOf([permit('2025-01-31'), licence('2025-02-28')])),
    ];
    expect(found.map(({ month: of, codes }) => [of, codes[2]])).toEqual([
      [month('2025-01'), '00'],
      [month('2025-01'), '01'],
    ]);
  });
});

describe('UNITS being built', () => {
  it('counts a unit from its permit on, in the class of its latest progress', () => {
    const facts = [permit('1402-02-31'), progress('1402-04-01', 100), progress('1402-03-31', 20)];
    expect(unitsAt(facts, '1402-01')).toEqual([]);
    expect(unitsAt(facts, '1402-02')).toEqual(['IR-23 C IN P0T19']);
    expect(unitsAt(facts, '1402-03')).toEqual(['IR-23 C IN P20T39']);
    expect(unitsAt(facts, '1402-04')).toEqual(['IR-23 C IN P100']);
  });

  it('contributes changes only', () => {
    const found = [...units('jalali').contributions(recordsOf([permit('1402-02-31'), closed('1402-03-31')]))];
    expect(found).toEqual([
      {
        month: month('1402-02'),
        declared: month('1402-02'),
        codes: ['IR-23', 'C', 'IN', 'P0T19'],
        measures: [1],
        units: 1,
      },
      {
        month: month('1402-04'),
        declared: month('1402-04'),
        codes: ['IR-23', 'C', 'IN', 'P0T19'],
        measures: [-1],
        units: -1,
      },
    ]);
  });

  it.each([
    [0, 'P0T19'],
    [19, 'P0T19'],
    [19.9, 'P0T19'],
    [20, 'P20T39'],
    [39, 'P20T39'],
    [40, 'P40T59'],
    [59, 'P40T59'],
    [60, 'P60T79'],
    [79, 'P60T79'],
    [80, 'P80T99'],
    [99, 'P80T99'],
    [100, 'P100'],
    [104, 'P100'],
  ])('puts %d percent into %s', (percent, code) => expect(progressClassOf(percent)).toBe(code));

  it('counts nothing from the day of the annulment on', () => {
    expect(unitsAt([permit('1402-02-01'), annulled('1402-04-01')], '1402-03')).toHaveLength(1);
    expect(unitsAt([permit('1402-02-01'), annulled('1402-03-31')], '1402-03')).toEqual([]);
  });

  it('counts nothing from the day after the last on', () => {
    expect(unitsAt([permit('1402-02-01'), closed('1402-03-31')], '1402-03')).toHaveLength(1);
    expect(unitsAt([permit('1402-02-01'), closed('1402-03-31')], '1402-04')).toEqual([]);
    expect(unitsAt([permit('1402-02-01'), closed('1402-03-30')], '1402-03')).toEqual([]);
  });

  it('counts an annulled unit again once it is licensed', () => {
    const facts = [permit('1402-02-01'), annulled('1402-03-01'), licence('1402-05-31')];
    expect(unitsAt(facts, '1402-04')).toEqual([]);
    expect(unitsAt(facts, '1402-05')).toEqual(['IR-23 C IN _U']);
  });

  it('counts nothing of a unit with neither permit nor licence yet', () => {
    expect(unitsAt([progress('1402-01-01', 50)], '1402-03')).toEqual([]);
    expect(unitsAt([licence('1402-04-01')], '1402-03')).toEqual([]);
    expect(unitsAt([permit('1402-04-01')], '1402-03')).toEqual([]);
  });
});

describe('UNITS with a licence', () => {
  it('are where the licence says from its day on', () => {
    const facts = [permit('1402-01-01'), licence('1402-03-31', { area: 'IR-01', estate: null })];
    expect(unitsAt(facts, '1402-02')).toEqual(['IR-23 C IN P0T19']);
    expect(unitsAt(facts, '1402-03')).toEqual(['IR-01 C OUT _U']);
  });

  it('stay when the permit is annulled later, and go when they close', () => {
    expect(unitsAt([licence('1402-01-01'), annulled('1402-02-01')], '1402-03')).toEqual(['IR-23 C IN _U']);
    expect(unitsAt([licence('1402-01-01'), closed('1402-03-31')], '1402-03')).toHaveLength(1);
    expect(unitsAt([licence('1402-01-01'), closed('1402-03-30')], '1402-03')).toEqual([]);
  });

  it.each([
    ['active', 'ACTIVE'],
    ['semi-active', 'SEMI'],
    ['idle', 'IDLE'],
  ] as const)('without a capacity are what is said of them: %s', (said, code) => {
    const facts = [licence('1402-01-01'), operating('1402-03-31', said), operating('1402-03-30', 'active')];
    expect(unitsAt(facts, '1402-02')).toEqual(['IR-23 C IN _U']);
    expect(unitsAt(facts, '1402-03')).toEqual([`IR-23 C IN ${code}`]);
  });

  const licensed = [licence('1402-01-01'), capable('1402-01', 'x', 100, 1000)];

  it.each([
    [0, 'IDLE'],
    [1, 'SEMI'],
    [49, 'SEMI'],
    [50, 'ACTIVE'],
    [120, 'ACTIVE'],
  ])('with a capacity are what they make of it: %i of 100 is %s', (quantity, code) => {
    expect(unitsAt([...licensed, made('1402-03', 'x', quantity)], '1402-03')).toEqual([`IR-23 C IN ${code}`]);
  });

  it('go by the latest of three months that has a report', () => {
    const facts = [...licensed, made('1402-03', 'x', 80), made('1402-05', 'x', 10)];
    const state = (at: string) => unitsAt(facts, at)[0]?.split(' ')[3];
    expect(['1402-02', '1402-03', '1402-04', '1402-05', '1402-06', '1402-07', '1402-08'].map(state)).toEqual([
      'IDLE',
      'ACTIVE',
      'ACTIVE',
      'SEMI',
      'SEMI',
      'SEMI',
      'IDLE',
    ]);
  });

  it('are idle when the report is on products without a capacity, whatever is said of them', () => {
    const facts = [...licensed, operating('1402-01-01', 'active'), made('1402-03', 'y', 80)];
    expect(unitsAt(facts, '1402-03')).toEqual(['IR-23 C IN IDLE']);
    expect(unitsAt([...facts, made('1402-02', 'x', 80)], '1402-03')).toEqual(['IR-23 C IN IDLE']);
  });

  it('are idle when the capacity that was used has no value', () => {
    const facts = [licence('1402-01-01'), capable('1402-01', 'x', 100, 0), made('1402-03', 'x', 80)];
    expect(unitsAt(facts, '1402-03')).toEqual(['IR-23 C IN IDLE']);
  });

  it.each([
    [1, 100, 'ACTIVE'],
    [10, 10, 'SEMI'],
    [10, 4, 'IDLE'],
  ])('count by rounded value: of %i used at %i of 100 they are %s', (value, quantity, code) => {
    const facts = [
      licence('1402-01-01'),
      capable('1402-01', 'x', 100, value),
      made('1402-03', 'x', quantity),
    ];
    expect(unitsAt(facts, '1402-03')).toEqual([`IR-23 C IN ${code}`]);
  });

  it('go by what is said of them while the capacity is none', () => {
    const facts = [licence('1402-01-01'), operating('1402-01-01', 'active'), capable('1402-03', 'x', 5, 5)];
    expect(unitsAt(facts, '1402-02')).toEqual(['IR-23 C IN ACTIVE']);
    expect(unitsAt(facts, '1402-03')).toEqual(['IR-23 C IN IDLE']);
    expect(unitsAt([...facts, capable('1402-04', 'x', 0, 0)], '1402-04')).toEqual(['IR-23 C IN ACTIVE']);
  });
});

describe('CAPACITY', () => {
  const dataflow = capacity('jalali');
  const facts = [
    licence('1402-02-31'),
    capable('1402-01', 'x', 3, 100),
    capable('1402-04', 'x', 4, 200),
    capable('1402-03', 'y', 10, 7),
    made('1402-01', 'x', 1),
    made('1402-02', 'x', 1),
    made('1402-02', 'x', 1),
    made('1402-04', 'x', 1),
    made('1402-04', 'y', 5),
    made('1402-04', 'z', 5),
    closed('1402-05-31'),
  ];
  const [all, reporting, used] = ['all_value', 'reporting_value', 'used_value'].map(
    (measure) => (at: string) => figures(dataflow, recordsOf(facts), measure, at)['IR-23 C'] ?? null,
  ) as [(at: string) => number | null, (at: string) => number | null, (at: string) => number | null];
  const months = ['1402-01', '1402-02', '1402-03', '1402-04', '1402-05', '1402-06'];

  it('is the value of all capacities in force, from the licence to the closing', () => {
    expect(months.map(all)).toEqual([null, 100, 107, 207, 207, null]);
  });

  it('counts as reported on what has a production report, and as used its share, rounded', () => {
    expect(months.map(reporting)).toEqual([null, 100, null, 207, null, null]);
    // 2/3 of 100; then 1/4 of 200 and 5/10 of 7, rounded up
    expect(months.map(used)).toEqual([null, 67, null, 54, null, null]);
  });

  it('books a month once for each unit', () => {
    const found = [...dataflow.contributions(recordsOf(facts))].filter(({ measures }) => measures[1] !== 0);
    expect(found).toEqual([
      {
        month: month('1402-02'),
        declared: month('1402-02'),
        codes: ['IR-23', 'C'],
        measures: [0, 100, 67],
        units: 1,
      },
      {
        month: month('1402-04'),
        declared: month('1402-04'),
        codes: ['IR-23', 'C'],
        measures: [0, 207, 54],
        units: 1,
      },
    ]);
  });

  it('books nothing where no product reported on has a capacity of any value', () => {
    const booked = (...more: UnitFact[]) => [
      ...dataflow.contributions(recordsOf([licence('1402-01-01'), made('1402-02', 'x', 3), ...more])),
    ];
    expect(booked()).toEqual([]);
    expect(booked(capable('1402-02', 'x', 5, 0)).map(({ measures }) => measures)).toEqual([[0, 0, 0]]);
    expect(booked(capable('1402-02', 'x', 5, 1)).map(({ measures }) => measures)).toEqual([
      [1, 0, 0],
      [0, 1, 1],
    ]);
  });

  it('is there in the month of the closing only when its last day is the last of the month', () => {
    const short = [licence('1402-01-01'), capable('1402-01', 'x', 3, 100), closed('1402-03-30')];
    const reported = [...short, made('1402-03', 'x', 1)];
    expect(figures(dataflow, recordsOf(reported), 'all_value', '1402-03')).toEqual({});
    expect(figures(dataflow, recordsOf(reported), 'reporting_value', '1402-03')).toEqual({});
  });

  it('takes of two declarations for one month the one with the greater record name', () => {
    const two = [licence('1402-01-01'), capable('1402-02', 'x', 3, 100), capable('1402-02', 'x', 3, 90)];
    expect(figures(dataflow, recordsOf(two), 'all_value', '1402-02')).toEqual({ 'IR-23 C': 90 });
  });

  it('understands months of the other calendar by their middle', () => {
    const use = useOf(capable('2025-04', 'x', 2, 5), made('2025-05', 'x', 1));
    expect(use.declaredFrom).toEqual([month('1404-01')]);
    expect([...use.uses]).toEqual([[month('1404-02'), { reporting: 5, used: 3 }]]);
    expect(use.inForce(month('1403-12')).size).toBe(0);
  });

  it('is declared from each month once, the latest first', () => {
    const use = useOf(
      capable('1402-03', 'x', 1, 1),
      capable('1402-01', 'x', 2, 2),
      capable('1402-03', 'y', 3, 3),
    );
    expect(use.declaredFrom).toEqual([month('1402-03'), month('1402-01')]);
    expect([...use.inForce(month('1402-02'))]).toEqual([['x', { quantity: 2, value: 2 }]]);
    expect([...use.inForce(month('1402-03')).keys()]).toEqual(['x', 'y']);
  });
});

describe('the value used', () => {
  it.each([
    [1, 2, 1, 1],
    [1, 3, 1, 0],
    [10, 4, 1, 3],
    [100, 3, 2, 67],
    [7, 10, 0, 0],
    [7, 1, 3, 21],
    // 2·v·q passes 2^53: exact all the same
    [9_007_199_254_740_991, 2, 1, 4_503_599_627_370_496],
    [9_007_199_254_740_991, 9_007_199_254_740_991, 9_007_199_254_740_990, 9_007_199_254_740_990],
  ])('of value %i at %i a month with %i made is %i', (value, quantity, amount, expected) =>
    expect(usedValue({ value, quantity }, amount)).toBe(expected),
  );
});

describe('an absurd value', () => {
  const largest = Number.MAX_SAFE_INTEGER;
  it('is counted as the largest that a cell takes, so that the others go on being counted', () => {
    expect(usedValue({ value: 5_400_000_000_000, quantity: 1 }, 999_999_999)).toBe(largest);
    const absurd = ['x', 'y'].flatMap((product) => [
      capable('1402-01', product, 2, largest),
      made('1402-01', product, 1),
    ]);
    const found = [...capacity('jalali').contributions(recordsOf([licence('1402-01-01'), ...absurd]))];
    expect(found.map(({ measures }) => measures)).toEqual([
      [largest, 0, 0],
      [0, largest, largest],
    ]);
  });
});

describe('at the end of a month', () => {
  const unit = unitIn(recordsOf([licence('1402-03-31'), closed('1402-04-31')]), 'jalali');

  it.each([
    ['1402-02', false],
    ['1402-03', true],
    ['1402-04', true],
    ['1402-05', false],
  ])('of %s the unit works under its licence: %p', (at, there) =>
    expect(licenceIn(unit, month(at)) !== null).toBe(there),
  );

  it('the last of what was said holds', () => {
    const said = [
      { month: 3, value: 'a' },
      { month: 5, value: 'b' },
      { month: 5, value: 'c' },
    ];
    expect([2, 3, 4, 5, 9].map((at) => latestIn(said, at))).toEqual([undefined, 'a', 'a', 'c', 'c']);
  });

  it('the unit is worked out once for each state and calendar', () => {
    const state = recordsOf([licence('1402-03-31')]);
    expect(unitIn(state, 'jalali')).toBe(unitIn(state, 'jalali'));
    expect(unitIn(state, 'gregorian').licence?.month).toBe(month('2023-06'));
  });
});

describe('ESTATES', () => {
  const estate = (on: string, plots: number, plotsAssigned: number, area = 'IR-23'): EstateFact => ({
    type: 'EstateDeclared',
    day: day(on),
    area,
    plots,
    plotsAssigned,
  });
  const declared = [
    estate('1402-03-31', 50, 20),
    estate('1402-02-31', 40, 10),
    estate('1402-05-01', 60, 25),
    estate('1402-05-01', 70, 30, 'IR-01'),
  ];
  const at = (measure: string) => (of: string) =>
    figures(estates('jalali'), recordsOf(declared), measure, of);

  it('are counted as they were declared last', () => {
    expect(at('plots')('1402-01')).toEqual({});
    expect(['1402-02', '1402-03', '1402-04', '1402-05'].map(at('plots'))).toEqual([
      { 'IR-23': 40 },
      { 'IR-23': 50 },
      { 'IR-23': 50 },
      { 'IR-01': 70 },
    ]);
    expect(['1402-02', '1402-03', '1402-05'].map(at('plots_assigned'))).toEqual([
      { 'IR-23': 10 },
      { 'IR-23': 20 },
      { 'IR-01': 30 },
    ]);
    expect(['1402-01', '1402-02', '1402-05'].map(at('estates'))).toEqual([
      {},
      { 'IR-23': 1 },
      { 'IR-01': 1 },
    ]);
  });
});

describe('the dataflows about industry', () => {
  const empty: UnitState = new Map();

  it('have the dimensions and kinds of measure that were agreed', () => {
    const shapes = [...unitProjection().dataflows, ...estateProjection().dataflows].map((dataflow) => [
      dataflow.code,
      dataflow.version,
      dataflow.dimensions.map(({ code }) => code).join(' '),
      dataflow.measures.map(({ code, kind = 'flow' }) => `${code}:${kind}`).join(' '),
    ]);
    expect(shapes).toEqual([
      ['PERMITS', 1, 'area industry elapsed', 'permits:flow licensed:flow annulled:flow'],
      ['UNITS', 1, 'area industry estate state', 'units:stock'],
      ['CAPACITY', 1, 'area industry', 'all_value:stock reporting_value:flow used_value:flow'],
      ['ESTATES', 1, 'area', 'estates:stock plots:stock plots_assigned:stock'],
    ]);
  });

  it('roll up over the dimensions they have, the area among them', () => {
    for (const { rollUps, dimensions } of [
      ...unitProjection().dataflows,
      ...estateProjection().dataflows,
    ] as Dataflow<never>[]) {
      const codes = dimensions.map(({ code }) => code);
      expect(rollUps).toContainEqual({ time: 'effective', dimensions: ['area'] });
      for (const { time, dimensions: kept } of rollUps) {
        expect(time).toBe('effective');
        expect(kept.filter((code) => !codes.includes(code))).toEqual([]);
      }
    }
  });

  it('contribute nothing before any record', () => {
    for (const dataflow of unitProjection().dataflows) expect([...dataflow.contributions(empty)]).toEqual([]);
  });

  it('name every state and side they use, once', () => {
    expect(unitStates.map(({ code }) => code)).toEqual(
      'P0T19 P20T39 P40T59 P60T79 P80T99 P100 ACTIVE SEMI IDLE _U'.split(' '),
    );
    expect(estateSides.map(({ code }) => code)).toEqual(['IN', 'OUT']);
  });
});
