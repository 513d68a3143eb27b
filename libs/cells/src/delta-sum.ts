import { KarnamaError } from '@karnama/kernel';
import type { CellDelta, Whole } from './cell-store.js';
import type { Contribution } from './dataflow.js';

const separator = '\u001f';

/** Months lie below 2^15, epochs below 2^23: three times in one exact number. */
const timeKey = (epoch: number, month: number, declared: number): number =>
  (epoch * 32_768 + month) * 32_768 + declared;

type Time = { readonly month: number; readonly declared: number; readonly epoch: number };

/** Arrays of codes that are remembered by the array itself; beyond, they are read again. */
const mostArrays = 100_000;

/** An array of codes with the name that it is found by; measured. */
const bytesOfCodes = 250;

/**
 * Adds contributions up by cell, exactly. A sum is a double as long as it stays within ±(2^53 − 1),
 * where doubles are exact integers, and becomes a bigint beyond: far cheaper than bigint throughout,
 * and never off by one. Sums lie side by side in typed arrays, so that a million of them cost the
 * garbage collector nothing.
 */
export class DeltaSum {
  /** Measures, units and keys of a cell. */
  private readonly width: number;
  private readonly times: Time[] = [];
  private readonly timePlaces = new Map<number, number>();
  private readonly codes: (readonly string[])[] = [];
  private readonly codesPlaces = new Map<string, number>();
  /** The same by the array itself: dataflows give the same array for the same cell wherever they can. */
  private readonly arrays = new Map<readonly string[], number>();
  private lastKey = -1;
  private lastTime = 0;
  private cells = 0;
  private added = 0;
  /** For each cell the places of its codes and its times. */
  private names = new Int32Array(2 * 16);
  private sums: Float64Array;
  /** Sums beyond doubles, by their place in `sums`. */
  private readonly beyond = new Map<number, bigint>();
  /** Open addressing: 1 + the cell, 0 for an empty place; at most half full. */
  private table = new Int32Array(32);

  /** `measures`: how many measures the dataflow has; units and keys are added behind them. */
  constructor(measures: number) {
    this.width = measures + 2;
    this.sums = new Float64Array(16 * this.width);
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
    const cell = this.cellOf(this.placeOfCodes(codes), this.placeOfTime(month, declared, epoch));
    const at = cell * this.width;
    this.added++;
    for (let i = 0; i < last; i++) {
      const value = measures[i] as number;
      if (value !== 0) this.plus(at + i, sign * value);
    }
    if (units !== 0) {
      this.plus(at + last, sign * units);
      this.plus(at + last + 1, sign * units * key);
    }
  }

  /** Whether nothing was added yet. */
  get isEmpty(): boolean {
    return this.cells === 0;
  }

  /** About how much memory it takes, in bytes. */
  get bytes(): number {
    const { names, sums, table, codes } = this;
    return names.byteLength + sums.byteLength + table.byteLength + codes.length * bytesOfCodes;
  }

  /** How many additions a cell stands for on average: the more, the more is spared by adding on. */
  get additionsPerCell(): number {
    return this.cells === 0 ? Infinity : this.added / this.cells;
  }

  /** The deltas that are not zero throughout, in no particular order; each is made when it is read. */
  deltas(): Iterable<CellDelta> {
    return { [Symbol.iterator]: () => this.eachDelta() };
  }

  private *eachDelta(): Generator<CellDelta, void, undefined> {
    for (let cell = 0; cell < this.cells; cell++) {
      const measures = this.measuresOf(cell);
      if (measures === undefined) continue;
      const codes = this.codes[this.names[2 * cell] as number] as readonly string[];
      const { month, declared, epoch } = this.times[this.names[2 * cell + 1] as number] as Time;
      yield { month, declared, epoch, codes, measures };
    }
  }

  /** Undefined when all are zero. */
  private measuresOf(cell: number): Whole[] | undefined {
    const from = cell * this.width;
    const measures: Whole[] = [];
    let isZero = true;
    for (let at = from; at < from + this.width; at++) {
      const sum = this.beyond.get(at) ?? (this.sums[at] as number);
      if (sum !== 0 && sum !== 0n) isZero = false;
      measures.push(sum);
    }
    return isZero ? undefined : measures;
  }

  private placeOfCodes(codes: readonly string[]): number {
    const known = this.arrays.get(codes);
    if (known !== undefined) return known;
    const name = codes.join(separator);
    let place = this.codesPlaces.get(name);
    if (place === undefined) {
      place = this.codes.push(codes) - 1;
      this.codesPlaces.set(name, place);
    }
    if (this.arrays.size >= mostArrays) this.arrays.clear();
    this.arrays.set(codes, place);
    return place;
  }

  private placeOfTime(month: number, declared: number, epoch: number): number {
    const key = timeKey(epoch, month, declared);
    if (key === this.lastKey) return this.lastTime;
    let place = this.timePlaces.get(key);
    if (place === undefined) {
      place = this.times.push({ month, declared, epoch }) - 1;
      this.timePlaces.set(key, place);
    }
    this.lastKey = key;
    this.lastTime = place;
    return place;
  }

  private cellOf(codes: number, time: number): number {
    const mask = this.table.length - 1;
    for (let slot = slotOf(codes, time) & mask; ; slot = (slot + 1) & mask) {
      const cell = (this.table[slot] as number) - 1;
      if (cell < 0) return this.newCell(codes, time, slot);
      if (this.names[2 * cell] === codes && this.names[2 * cell + 1] === time) return cell;
    }
  }

  private newCell(codes: number, time: number, slot: number): number {
    const cell = this.cells++;
    if (2 * this.cells > this.names.length) {
      this.names = grown(this.names, new Int32Array(2 * this.names.length));
      this.sums = grown(this.sums, new Float64Array(2 * this.sums.length));
    }
    this.names[2 * cell] = codes;
    this.names[2 * cell + 1] = time;
    this.table[slot] = cell + 1;
    if (2 * this.cells > this.table.length) this.rehash();
    return cell;
  }

  private rehash(): void {
    this.table = new Int32Array(2 * this.table.length);
    const mask = this.table.length - 1;
    for (let cell = 0; cell < this.cells; cell++) {
      let slot = slotOf(this.names[2 * cell] as number, this.names[2 * cell + 1] as number) & mask;
      while (this.table[slot] !== 0) slot = (slot + 1) & mask;
      this.table[slot] = cell + 1;
    }
  }

  private plus(at: number, value: number): void {
    if (!Number.isSafeInteger(value))
      throw new KarnamaError('bad-contribution', `${value} is no whole number within ±(2^53 − 1)`);
    const large = this.beyond.get(at);
    if (large !== undefined) {
      this.beyond.set(at, large + BigInt(value));
      return;
    }
    const sum = this.sums[at] as number;
    const result = sum + value;
    if (Number.isSafeInteger(result)) this.sums[at] = result;
    else this.beyond.set(at, BigInt(sum) + BigInt(value));
  }
}

const slotOf = (codes: number, time: number): number => {
  const mixed = Math.imul(codes, 0x9e3779b1) ^ Math.imul(time, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
};

const grown = <T extends Int32Array | Float64Array>(from: T, into: T): T => {
  into.set(from);
  return into;
};

/** Order of cells in every comparison: month, declared, epoch, then codes by code unit. */
export const compareCells = (a: Omit<CellDelta, 'measures'>, b: Omit<CellDelta, 'measures'>): number => {
  const byTime = a.month - b.month || a.declared - b.declared || a.epoch - b.epoch;
  if (byTime !== 0) return byTime;
  const at = a.codes.findIndex((code, i) => code !== b.codes[i]);
  if (at < 0) return 0;
  return (a.codes[at] as string) < (b.codes[at] as string) ? -1 : 1;
};
