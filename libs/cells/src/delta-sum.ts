import { KarnamaError } from '@karnama/kernel';
import type { CellDelta, Whole } from './cell-store.js';
import type { Contribution } from './dataflow.js';

const separator = '\u001f';

type Sum = { month: number; declared: number; epoch: number; codes: readonly string[]; measures: Whole[] };

/** Sums of the cells that have the same codes, by their times. */
type Times = Map<number, Sum>;

/** Months lie below 2^15, epochs below 2^23: three times in one exact number. */
const timeKey = (epoch: number, month: number, declared: number): number =>
  (epoch * 32_768 + month) * 32_768 + declared;

/**
 * Adds contributions up by cell, exactly. A sum is a double as long as it stays within ±(2^53 − 1),
 * where doubles are exact integers, and becomes a bigint beyond: far cheaper than bigint throughout,
 * and never off by one.
 */
export class DeltaSum {
  private readonly byName = new Map<string, Times>();
  /** The same by the array itself: dataflows give the same array for the same cell wherever they can. */
  private readonly byCodes = new Map<readonly string[], Times>();
  private readonly width: number;
  private cells = 0;

  /** `measures`: how many measures the dataflow has; units and keys are added behind them. */
  constructor(measures: number) {
    this.width = measures + 2;
  }

  /** Adds (`sign` 1) or takes away (−1) a contribution of an entity with record key `key`. */
  add(contribution: Contribution, epoch: number, key: number, sign: 1 | -1): void {
    const { month, declared, codes, measures, units } = contribution;
    const last = this.width - 2;
    if (measures.length !== last)
      throw new KarnamaError(
        'bad-contribution',
        `a contribution has ${measures.length} measures, not ${last}`,
      );
    const times = this.byCodes.get(codes) ?? this.timesOf(codes);
    const time = timeKey(epoch, month, declared);
    let sum = times.get(time);
    if (sum === undefined) {
      sum = { month, declared, epoch, codes, measures: new Array<Whole>(this.width).fill(0) };
      times.set(time, sum);
      this.cells++;
    }
    const sums = sum.measures;
    for (let i = 0; i < last; i++) {
      const value = measures[i] as number;
      if (value !== 0) sums[i] = plus(sums[i] as Whole, sign * value);
    }
    if (units !== 0) {
      sums[last] = plus(sums[last] as Whole, sign * units);
      sums[last + 1] = plus(sums[last + 1] as Whole, sign * units * key);
    }
  }

  /** How much memory it takes: cells, and arrays of codes by which they are known. */
  get held(): number {
    return this.byCodes.size + this.cells;
  }

  /** Forgets everything. */
  clear(): void {
    this.byName.clear();
    this.byCodes.clear();
    this.cells = 0;
  }

  private timesOf(codes: readonly string[]): Times {
    const name = codes.join(separator);
    let times = this.byName.get(name);
    if (times === undefined) this.byName.set(name, (times = new Map<number, Sum>()));
    this.byCodes.set(codes, times);
    return times;
  }

  /** The deltas that are not zero throughout, in no particular order. */
  deltas(): CellDelta[] {
    const out: CellDelta[] = [];
    for (const times of this.byName.values())
      for (const sum of times.values()) if (!sum.measures.every(isZero)) out.push(sum);
    return out;
  }
}

const isZero = (value: Whole): boolean => value === 0 || value === 0n;

const plus = (sum: Whole, value: number): Whole => {
  if (!Number.isSafeInteger(value))
    throw new KarnamaError('bad-contribution', `${value} is no whole number within ±(2^53 − 1)`);
  if (typeof sum === 'bigint') return sum + BigInt(value);
  const result = sum + value;
  return Number.isSafeInteger(result) ? result : BigInt(sum) + BigInt(value);
};

/** Order of cells in every comparison: month, declared, epoch, then codes by code unit. */
export const compareCells = (a: Omit<CellDelta, 'measures'>, b: Omit<CellDelta, 'measures'>): number => {
  const byTime = a.month - b.month || a.declared - b.declared || a.epoch - b.epoch;
  if (byTime !== 0) return byTime;
  const at = a.codes.findIndex((code, i) => code !== b.codes[i]);
  if (at < 0) return 0;
  return (a.codes[at] as string) < (b.codes[at] as string) ? -1 : 1;
};
