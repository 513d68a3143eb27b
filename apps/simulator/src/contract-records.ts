import { formatMonth } from '@karnama/kernel';
import type { Movement } from './movement.js';
import type { Options } from './options.js';
import { openingStocks } from './world.js';

/** A record of the contract `movements`, version 1. */
export type MovementRecord = {
  readonly effective_month: string;
  readonly declared_month: string;
  readonly direction: 'hire' | 'separation';
  readonly area: string;
  readonly industry: string | null;
  readonly occupation: string | null;
  readonly education: string | null;
  readonly age: number | null;
  readonly sex: 'M' | 'F' | null;
  /** Decimal text. */
  readonly weekly_hours: string;
  /** Decimal text of whole rials. */
  readonly monthly_wage: string | null;
  readonly movement_kind: string;
};

/** A record of the contract `movement-retractions`, version 1: the movement as it was declared, and when it is undone. */
export type RetractionRecord = MovementRecord & { readonly retraction_month: string };

/** A record of the contract `movement-totals`, version 1, of kind `opening-stock`. */
export type OpeningStockRecord = {
  readonly kind: 'opening-stock';
  readonly area: string;
  readonly month: string;
  readonly stock: number;
  readonly fixed_through: string;
};

export const movementRecord = (movement: Movement): MovementRecord => ({
  effective_month: formatMonth(movement.effective),
  declared_month: formatMonth(movement.declared),
  direction: movement.direction,
  area: movement.area,
  industry: movement.industry,
  occupation: movement.occupation,
  education: movement.education,
  age: movement.age,
  sex: movement.sex,
  weekly_hours: String(movement.weeklyHours),
  monthly_wage: movement.monthlyWage === null ? null : String(movement.monthlyWage),
  movement_kind: movement.kind,
});

/** @throws RangeError for a movement that is never retracted */
export const retractionRecord = (movement: Movement): RetractionRecord => {
  if (movement.retracted === null) throw new RangeError('this movement is never retracted');
  return { ...movementRecord(movement), retraction_month: formatMonth(movement.retracted) };
};

/** The country's opening stock, then each province's: of the month before the first, with nothing left to correct. */
export const openingStockRecords = (options: Options): readonly OpeningStockRecord[] => {
  const month = formatMonth(options.first - 1);
  const stocks = [...openingStocks(options)];
  const country = stocks.reduce((sum, [, stock]) => sum + stock, 0);
  return [['IR', country] as const, ...stocks].map(([area, stock]) => ({
    kind: 'opening-stock',
    area,
    month,
    stock,
    fixed_through: month,
  }));
};
