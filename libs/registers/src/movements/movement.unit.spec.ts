import { describe, expect, it } from '@jest/globals';
import { fedEvent, recorded } from '@karnama/conformance';
import type { EventMetadata, Json } from '@karnama/kernel';
import {
  decodeMovement,
  encodeMovement,
  evolveMovement,
  movementEntity,
  noMovement,
  type MovementState,
} from './movement.js';

const hire = {
  effectiveMonth: '2025-12',
  declaredMonth: '2026-01',
  direction: 'hire',
  area: 'BR:211130',
  industry: 'CNAE2:1091102',
  occupation: 'CBO2002:513505',
  education: '3',
  age: 20,
  sex: 'M',
  weeklyHours: 4400,
  monthlyWage: 110_000,
  movementKind: 'first-job',
};
const opening = { area: 'BR', month: '2025-12', stock: 48_474_348, fixedThrough: '2023-12' };
const total = { area: 'BR', month: '2026-01', hires: 2_208_030, separations: 2_095_696 };

const event = (type: string, data: Json, metadata: Partial<EventMetadata> = {}) =>
  recorded(fedEvent(1, type, data, metadata), 1n);
const after = (...events: ReturnType<typeof event>[]): MovementState =>
  events.reduce(evolveMovement, noMovement);

describe('the movements register', () => {
  it('keeps what figures need of a declared movement', () => {
    expect(after(event('MovementDeclared', hire))).toEqual({
      kind: 'declared',
      version: 1,
      direction: 'hire',
      month: 2025 * 12 + 11,
      declared: 2026 * 12,
      area: 'BR:211130',
      industry: 'CNAE2:1091102',
      occupation: 'CBO2002:513505',
      education: '3',
      age: 20,
      sex: 'M',
      wage: 110_000,
    });
  });

  it('dates a retraction by the month of the retraction', () => {
    const state = after(event('MovementRetracted', { ...hire, retractionMonth: '2026-03' }));
    expect(state).toMatchObject({ kind: 'retracted', month: 2025 * 12 + 11, declared: 2026 * 12 + 2 });
  });

  it.each([
    ['a declared movement', event('MovementDeclared', hire)],
    ['a retraction', event('MovementRetracted', { ...hire, retractionMonth: '2026-03' })],
    ['a total', event('MovementTotalDeclared', total)],
    ['an opening stock', event('OpeningStockDeclared', opening)],
  ])('changes nothing when %s comes again', (_name, again) => {
    const state = after(again);
    expect(evolveMovement(state, again)).toBe(state);
  });

  it('lets a later version replace, and ignores an earlier one that comes after it', () => {
    const second = event('MovementDeclared', { ...hire, age: 21 }, { recordVersion: 2 });
    const state = after(event('MovementDeclared', hire), second);
    expect(state).toMatchObject({ version: 2, age: 21 });
    expect(evolveMovement(state, event('MovementDeclared', hire))).toBe(state);
    expect(after(second, event('MovementDeclared', hire))).toEqual(state);
  });

  it('takes two equal records for two movements, and one record of two agencies too', () => {
    const one = movementEntity(event('MovementDeclared', hire));
    expect(movementEntity(event('MovementDeclared', hire, { recordId: '2' }))).not.toBe(one);
    expect(movementEntity(event('MovementDeclared', hire, { agency: 'other' }))).not.toBe(one);
    expect(movementEntity(event('MovementDeclared', hire, { contract: 'other' }))).not.toBe(one);
  });

  it('takes a total for its area and month, whatever record it came in: declared again it replaces', () => {
    const again = event('MovementTotalDeclared', { ...total, hires: 1 }, { recordId: '2' });
    expect(movementEntity(again)).toBe(movementEntity(event('MovementTotalDeclared', total)));
    expect(after(event('MovementTotalDeclared', total), again)).toMatchObject({ hires: 1 });
  });

  it('replaces an opening stock that is declared again with other figures', () => {
    expect(
      after(event('OpeningStockDeclared', opening), event('OpeningStockDeclared', { ...opening, stock: 5 })),
    ).toMatchObject({ stock: 5 });
    const fixed = event('OpeningStockDeclared', { ...opening, fixedThrough: '2024-12' });
    expect(after(event('OpeningStockDeclared', opening), fixed)).toMatchObject({
      fixedThrough: 2024 * 12 + 11,
    });
  });

  it('ignores events that are none of its own', () => {
    expect(evolveMovement(noMovement, event('MovementOfTheSpheres', {}))).toBe(noMovement);
  });

  it.each([
    ['{"kind":"declared"}', event('MovementDeclared', hire)],
    [
      '{"kind":"declared"} of nothing known',
      event('MovementDeclared', {
        ...hire,
        industry: null,
        occupation: null,
        education: null,
        age: null,
        sex: null,
        monthlyWage: null,
      }),
    ],
    [
      '{"kind":"retracted"}',
      event('MovementRetracted', { ...hire, direction: 'separation', retractionMonth: '2026-03' }),
    ],
    ['{"kind":"total"}', event('MovementTotalDeclared', total)],
    ['{"kind":"opening"}', event('OpeningStockDeclared', opening)],
  ])('reads back what it stored: %s', (_name, first) => {
    const state = after(first);
    expect(decodeMovement(encodeMovement(state))).toEqual(state);
  });

  it('stores states in the form that was promised for version 1', () => {
    expect(encodeMovement(after(event('MovementDeclared', hire)))).toBe(
      '["D",1,"h",24311,24312,"BR:211130","CNAE2:1091102","CBO2002:513505","3",20,"M",110000]',
    );
    const gone = { ...hire, direction: 'separation', retractionMonth: '2026-02' };
    expect(encodeMovement(after(event('MovementRetracted', gone)))).toMatch(/^\["R",1,"s",24311,/);
    expect(encodeMovement(after(event('MovementTotalDeclared', total)))).toBe(
      '["T",24312,"BR",2208030,2095696]',
    );
    expect(encodeMovement(after(event('OpeningStockDeclared', opening)))).toBe(
      '["O",24311,"BR",48474348,24287]',
    );
  });

  it('has no stored form for a record that was never seen', () => {
    expect(() => encodeMovement(noMovement)).toThrow(expect.objectContaining({ code: 'unexpected-value' }));
  });
});
