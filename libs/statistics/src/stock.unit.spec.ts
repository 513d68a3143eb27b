import { describe, expect, it } from '@jest/globals';
import { parseMonth } from '@karnama/kernel';
import { stocksOf, type Net, type Opening } from './stock.js';

const opening = (month: string, fixedThrough: string, epoch: number, stock: bigint, units = 1n): Opening => ({
  month: parseMonth(month),
  fixedThrough: parseMonth(fixedThrough),
  epoch,
  stock,
  units,
});
const net = (month: string, epoch: number, value: bigint): Net => ({
  month: parseMonth(month),
  epoch,
  net: value,
});

const published = [opening('2025-12', '2023-12', 1, 48_474_348n)];
const nets = [
  net('2026-01', 1, 112_334n),
  net('2025-12', 2, -11_597n),
  net('2025-11', 2, 2_894n),
  net('2023-12', 2, 353n), // contained in the opening stock for good
];
const at = (stock: (month: number) => bigint | null, month: string): bigint | null =>
  stock(parseMonth(month));

describe('stock', () => {
  it('is the opening stock at its own month, before any correction is known', () => {
    expect(at(stocksOf(published, nets, 1), '2025-12')).toBe(48_474_348n);
  });

  it('counts later months on', () => {
    expect(at(stocksOf(published, nets, 1), '2026-01')).toBe(48_586_682n);
    expect(at(stocksOf(published, nets, 1), '2026-02')).toBe(48_586_682n);
  });

  it('moves by corrections of months that the opening does not contain for good', () => {
    expect(at(stocksOf(published, nets, 2), '2025-12')).toBe(48_474_348n - 11_597n + 2_894n);
    expect(at(stocksOf(published, nets, 2), '2026-01')).toBe(48_577_979n);
  });

  it('leaves out movements of months up to the opening that were known when it was declared', () => {
    const before = [...nets, net('2025-12', 1, 999n)];
    expect(at(stocksOf(published, before, 2), '2026-01')).toBe(48_577_979n);
  });

  it('is not defined before the opening month, nor before the opening is known, nor without one', () => {
    expect(at(stocksOf(published, nets, 2), '2025-11')).toBeNull();
    expect(at(stocksOf([opening('2025-12', '2023-12', 3, 5n)], nets, 2), '2025-12')).toBeNull();
    expect(at(stocksOf([], nets, 2), '2025-12')).toBeNull();
  });

  it('follows a corrected opening from the epoch of its correction on', () => {
    const corrected = [...published, opening('2025-12', '2023-12', 2, 1_000n, 0n)];
    expect(at(stocksOf(corrected, nets, 1), '2025-12')).toBe(48_474_348n);
    // declared again in epoch 2: what was learned in epoch 2 is contained in it
    expect(at(stocksOf(corrected, nets, 2), '2025-12')).toBe(48_475_348n);
  });

  it('counts on from the latest opening at or before the month', () => {
    const two = [...published, opening('2026-01', '2025-12', 2, 50n)];
    expect(at(stocksOf(two, nets, 2), '2026-01')).toBe(50n);
    expect(at(stocksOf(two, nets, 2), '2025-12')).toBe(48_474_348n - 11_597n + 2_894n);
  });

  it('counts on from the one declared last, of several openings for one month', () => {
    const two = [opening('2025-12', '2024-12', 2, 70n), opening('2025-12', '2023-12', 1, 50n)];
    expect(at(stocksOf(two, [], 1), '2025-12')).toBe(50n);
    expect(at(stocksOf(two, [], 2), '2025-12')).toBe(70n);
  });

  it('does not depend on the order of openings and nets', () => {
    const openings = [opening('2026-01', '2025-12', 2, 50n), ...published];
    for (const months of [nets, [...nets].reverse()]) {
      expect(at(stocksOf(openings, months, 2), '2025-12')).toBe(48_474_348n - 11_597n + 2_894n);
      expect(at(stocksOf(openings, months, 2), '2026-02')).toBe(50n);
    }
  });

  it('forgets an opening that was taken away', () => {
    const gone = [...published, opening('2025-12', '2023-12', 2, -48_474_348n, -1n)];
    expect(at(stocksOf(gone, nets, 2), '2025-12')).toBeNull();
  });
});
