import { KarnamaError } from '@karnama/kernel';
import type { Fact, FieldRecord } from './contract.js';
import { amountOf, hoursOf, textOf, wholeOf } from './values.js';

/** What a declared movement and its retraction have in common. */
const movement = (record: FieldRecord) => ({
  effectiveMonth: textOf(record['effective_month']),
  declaredMonth: textOf(record['declared_month']),
  direction: textOf(record['direction']),
  area: textOf(record['area']),
  industry: textOf(record['industry']),
  occupation: textOf(record['occupation']),
  education: textOf(record['education']),
  age: wholeOf(record['age']),
  sex: textOf(record['sex']),
  weeklyHours: hoursOf(record['weekly_hours']),
  monthlyWage: amountOf(record['monthly_wage'], 2) ?? null,
  movementKind: textOf(record['movement_kind']),
});

const movementDeclared = (record: FieldRecord): Fact => ({
  type: 'MovementDeclared',
  data: movement(record),
});

const movementRetracted = (record: FieldRecord): Fact => ({
  type: 'MovementRetracted',
  data: { ...movement(record), retractionMonth: textOf(record['retraction_month']) },
});

/** Totals of an agency without records: an opening stock, or the movements declared on time. */
const movementTotal = (record: FieldRecord): Fact => {
  const [area, month] = [textOf(record['area']), textOf(record['month'])];
  if (record['kind'] === 'opening-stock') {
    const [stock, fixedThrough] = [wholeOf(record['stock']), textOf(record['fixed_through'])];
    return { type: 'OpeningStockDeclared', data: { area, month, stock, fixedThrough } };
  }
  const [hires, separations] = [wholeOf(record['hires']), wholeOf(record['separations'])];
  return { type: 'MovementTotalDeclared', data: { area, month, hires, separations } };
};

const makers: Readonly<Record<string, (record: FieldRecord) => Fact>> = {
  'movement-declared': movementDeclared,
  'movement-retracted': movementRetracted,
  'movement-total': movementTotal,
};

/**
 * How records of a contract become facts, by the name that the contract's file gives under `becomes`.
 * @throws KarnamaError `broken-contract` for an unknown name
 */
export const factMakerOf = (name: string): ((record: FieldRecord) => Fact) => {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (maker === undefined)
    throw new KarnamaError(
      'broken-contract',
      `there is no fact "${name}"`,
      `known: ${Object.keys(makers).join(', ')}`,
    );
  return maker;
};
