import { describe, expect, it } from '@jest/globals';
import type { Contribution } from '@karnama/cells';
import type { MovementState } from '@karnama/registers';
import { movements, movementsLocal, openingStocks } from './movements.js';

const december = 2025 * 12 + 11;
const january = 2026 * 12;

const movement = {
  version: 1,
  month: december,
  declared: december,
  area: 'BR:211130',
  industry: 'CNAE2:1091102',
  occupation: 'CBO2002:513505',
  education: '3',
  age: 20,
  sex: 'M' as const,
  wage: 110_000,
};
const hire: MovementState = { kind: 'declared', direction: 'hire', ...movement };

const given = (state: MovementState): Contribution[] => [...movements.contributions(state)];

describe('MOVEMENTS', () => {
  it('counts a hire with its wage in the cell of its attributes', () => {
    expect(given(hire)).toEqual([
      {
        month: december,
        declared: december,
        codes: ['BR-MA', 'C', '5', 'M', 'Y20T24', '3', 'ON_TIME'],
        measures: [1, 0, 110_000, 1],
        units: 1,
      },
    ]);
  });

  it('counts a separation as a separation', () => {
    expect(given({ ...hire, direction: 'separation' })[0]?.measures).toEqual([0, 1, 110_000, 1]);
  });

  it('lowers hires by a retracted hire: it is no separation', () => {
    const [contribution] = given({ ...hire, kind: 'retracted', declared: january });
    expect(contribution).toMatchObject({
      month: december,
      declared: january,
      measures: [-1, 0, -110_000, -1],
      units: -1,
    });
    expect(contribution?.codes.at(-1)).toBe('RETRACTED');
  });

  it('raises the net by a retracted separation', () => {
    expect(given({ ...hire, kind: 'retracted', direction: 'separation' })[0]?.measures).toEqual([
      0, -1, -110_000, -1,
    ]);
  });

  it('calls late what was declared after its month', () => {
    expect(given({ ...hire, declared: january })[0]?.codes.at(-1)).toBe('LATE');
  });

  it('puts what is unknown into categories of its own', () => {
    const vague: MovementState = {
      ...hire,
      area: 'BR',
      industry: null,
      occupation: null,
      education: null,
      age: null,
      sex: null,
    };
    expect(given(vague)[0]?.codes).toEqual(['BR-_U', '_U', '_U', '_U', '_U', '_U', 'ON_TIME']);
  });

  it.each([null, 0])('counts no wage when it is %p', (wage) => {
    expect(given({ ...hire, wage })[0]?.measures).toEqual([1, 0, 0, 0]);
  });

  it('counts a declared total without counting it as one record', () => {
    expect(
      given({ kind: 'total', month: january, area: 'BR', hires: 2_208_030, separations: 2_095_696 }),
    ).toEqual([
      {
        month: january,
        declared: january,
        codes: ['BR-_U', '_U', '_U', '_U', '_U', '_U', 'TOTAL'],
        measures: [2_208_030, 2_095_696, 0, 0],
        units: 0,
      },
    ]);
  });

  it('counts nothing for an opening stock, nor for a record never seen', () => {
    expect(given({ kind: 'opening', month: december, area: 'BR', stock: 1, fixedThrough: december })).toEqual(
      [],
    );
    expect(given({ kind: 'none' })).toEqual([]);
  });
});

describe('MOVEMENTS_LOCAL', () => {
  it('places by municipality and section', () => {
    expect([...movementsLocal.contributions(hire)]).toEqual([
      {
        month: december,
        declared: december,
        codes: ['BR:211130', 'C'],
        measures: [1, 0, 110_000, 1],
        units: 1,
      },
    ]);
  });

  it('places what is known of the state alone with its unknown municipality', () => {
    expect([...movementsLocal.contributions({ ...hire, area: 'BR-MA' })][0]?.codes[0]).toBe('BR-MA:_U');
  });
});

describe('OPENING_STOCKS', () => {
  it('holds the stock at its month for the area as it was declared', () => {
    const opening: MovementState = {
      kind: 'opening',
      month: december,
      area: 'BR',
      stock: 48_474_348,
      fixedThrough: 2023 * 12 + 11,
    };
    expect([...openingStocks.contributions(opening)]).toEqual([
      { month: december, declared: december, codes: ['BR', '2023-12'], measures: [48_474_348], units: 1 },
    ]);
    expect([...openingStocks.contributions(hire)]).toEqual([]);
  });
});
