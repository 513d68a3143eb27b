import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { stateOf } from '@karnama/classifications';
import { loadContracts } from '@karnama/contracts';
import type { Contracts } from '@karnama/contracts';
import { parseMonth } from '@karnama/kernel';
import { damages } from './broken-values.js';
import { deliveries } from './deliveries.js';
import { simulateMovements } from './index.js';
import type { MovementRecord, SimulatedMonth, Simulation, SimulationOptions, TrueFigure } from './index.js';
import { checkOptions } from './options.js';
import { randomOf } from './random.js';

const twoYears: SimulationOptions = { seed: 1403, from: '1403-01', months: 24 };

const digestOf = (options: SimulationOptions): string => {
  const hash = createHash('sha256');
  for (const month of simulateMovements(options)) hash.update(JSON.stringify(month));
  return hash.digest('hex');
};

/** Adds up delivered records alone: what a register makes of them. */
const figuresOf = (months: Iterable<SimulatedMonth>): readonly TrueFigure[] => {
  const sums = new Map<string, { hires: number; separations: number }>();
  const add = (record: MovementRecord, by: number): void => {
    const key = `${record.effective_month} ${stateOf(record.area)}`;
    const sum = sums.get(key) ?? { hires: 0, separations: 0 };
    sum[record.direction === 'hire' ? 'hires' : 'separations'] += by;
    sums.set(key, sum);
  };
  for (const { movements, retractions } of months) {
    for (const record of movements) add(record, 1);
    for (const record of retractions) add(record, -1);
  }
  return [...sums]
    .filter(([, { hires, separations }]) => hires !== 0 || separations !== 0)
    .map(([key, { hires, separations }]) => ({
      month: key.slice(0, 7),
      area: key.slice(8),
      hires,
      separations,
      net: hires - separations,
    }))
    .sort((a, b) => (`${a.month} ${a.area}` < `${b.month} ${b.area}` ? -1 : 1));
};

const shareOf = <T>(list: readonly T[], test: (one: T) => boolean): number =>
  list.filter(test).length / list.length;

describe('a simulation', () => {
  const simulation: Simulation = simulateMovements(twoYears);
  const months = [...simulation];
  const movements = months.flatMap((m) => m.movements);
  const truth = simulation.truth();

  it('gives the same records for the same seed, and others for another', () => {
    const short = { ...twoYears, months: 4 };
    expect(digestOf(short)).toBe(digestOf(short));
    expect(digestOf({ ...short, seed: 1404 })).not.toBe(digestOf(short));
  });

  it('can be iterated again', () => expect([...simulation][23]).toEqual(months[23]));

  it('begins as a longer one does', () => {
    const longer = simulateMovements({ ...twoYears, months: 30 })[Symbol.iterator]();
    expect(longer.next().value).toEqual(months[0]);
    expect(longer.next().value).toEqual(months[1]);
  });

  it('delivers 24 Jalali months of reporting in order', () => {
    expect(months[0]?.month).toBe('1403-01');
    expect(months[23]?.month).toBe('1404-12');
    expect(months.map((m) => m.month)).toEqual([...months.map((m) => m.month)].sort());
    expect(months).toHaveLength(24);
  });

  it('delivers in each month what is declared or retracted in it, and never before it happened', () => {
    for (const { month, movements: declared, retractions } of months) {
      const early = declared.filter((r) => r.declared_month !== month || r.effective_month > month);
      expect(early).toEqual([]);
      expect(retractions.filter((r) => r.retraction_month !== month || r.declared_month >= month)).toEqual(
        [],
      );
    }
  });

  it('retracts only what was declared before, each declaration at most once', () => {
    const declared = new Map<string, number>();
    const change = (record: object, by: number): number => {
      const key = JSON.stringify(record);
      const left = (declared.get(key) ?? 0) + by;
      declared.set(key, left);
      return left;
    };
    for (const month of months) {
      for (const { retraction_month: _, ...record } of month.retractions)
        expect(change(record, -1)).toBeGreaterThanOrEqual(0);
      for (const record of month.movements) change(record, 1);
    }
  });

  it('adds up to the truth at the end', () => {
    expect(figuresOf(months)).toEqual(truth.final);
    expect(truth.asKnownAt('1404-12')).toEqual(truth.final);
    expect(truth.final.length).toBeGreaterThan(24 * 31);
  });

  it('adds up to the truth as it was known at the end of every month of reporting', () => {
    months.forEach(({ month }, i) =>
      expect([month, figuresOf(months.slice(0, i + 1))]).toEqual([month, truth.asKnownAt(month)]),
    );
    expect(truth.asKnownAt('1403-06')).not.toEqual(truth.final.filter((f) => f.month <= '1403-06'));
  });

  it('has opening stocks of the country and 31 provinces that add up', () => {
    const [country, ...provinces] = simulation.openingStock;
    expect(country).toMatchObject({
      kind: 'opening-stock',
      area: 'IR',
      month: '1402-12',
      fixed_through: '1402-12',
    });
    expect(new Set(provinces.map((p) => p.area)).size).toBe(31);
    expect(provinces.reduce((sum, p) => sum + p.stock, 0)).toBe(country?.stock);
    // A province must not run out of jobs: separations come from somewhere.
    for (const { area, stock } of provinces) {
      let left = stock;
      for (const { net } of truth.final.filter((f) => f.area === area))
        expect((left += net)).toBeGreaterThan(0);
    }
  });

  it('has the proportions of a plausible country', () => {
    expect(movements.length).toBeGreaterThan(40_000);
    expect(movements.length).toBeLessThan(60_000);
    expect(shareOf(movements, (m) => m.sex === 'F')).toBeCloseTo(0.2, 1);
    expect(shareOf(movements, (m) => stateOf(m.area) === 'IR-23')).toBeCloseTo(0.2, 1);
    expect(shareOf(movements, (m) => m.area.includes(':'))).toBeCloseTo(0.45, 1);
    const late = shareOf(movements, (m) => m.declared_month !== m.effective_month);
    expect(late).toBeGreaterThan(0.03);
    expect(late).toBeLessThan(0.08);
    const hires = shareOf(movements, (m) => m.direction === 'hire');
    expect(hires).toBeGreaterThan(0.5);
    expect(hires).toBeLessThan(0.53);
    expect(new Set(movements.map((m) => stateOf(m.area))).size).toBe(32);
  });

  it('declares later in some provinces than in others, and less the longer it is ago', () => {
    const isLate = (m: MovementRecord): boolean => m.declared_month !== m.effective_month;
    const lateIn = (area: string): number =>
      shareOf(
        movements.filter((m) => stateOf(m.area) === area),
        isLate,
      );
    expect(lateIn('IR-11')).toBeGreaterThan(2 * lateIn('IR-23'));
    const lags = [1, 2, 3, 4].map(
      (lag) =>
        movements.filter((m) => parseMonth(m.declared_month) - parseMonth(m.effective_month) === lag).length,
    );
    expect(lags).toEqual([...lags].sort((a, b) => b - a));
  });

  it('ends many contracts in Esfand and begins many in Farvardin', () => {
    const count = (month: string, direction: string): number =>
      movements.filter((m) => m.effective_month === month && m.direction === direction).length;
    expect(count('1403-12', 'separation')).toBeGreaterThan(1.5 * count('1403-11', 'separation'));
    expect(count('1404-01', 'hire')).toBeGreaterThan(1.5 * count('1403-12', 'hire'));
  });

  it('pays full-time work at least the minimum wage of its year, in whole rials', () => {
    const paid = movements.filter((m) => m.monthly_wage !== null);
    expect(paid.filter((m) => !/^[1-9]\d{6,9}$/.test(m.monthly_wage ?? ''))).toEqual([]);
    const least = (m: MovementRecord): number => (m.effective_month < '1404' ? 71_661_840 : 103_909_680);
    expect(paid.filter((m) => m.weekly_hours === '44' && Number(m.monthly_wage) < least(m))).toEqual([]);
  });

  it('keeps only what waits for later months, however long it runs', () => {
    const checked = checkOptions({ ...twoYears, months: 96, scale: 0.25 });
    for (const { declared, waiting } of deliveries(checked))
      expect(waiting).toBeLessThan(declared.length / 2);
  });

  it('grows with its scale', () => {
    const sizeAt = (scale: number): number =>
      [...simulateMovements({ ...twoYears, months: 2, scale })].flatMap((m) => m.movements).length;
    expect(sizeAt(4) / sizeAt(1)).toBeCloseTo(4, 0);
  });

  it.each([
    [{ ...twoYears, from: '2026-01' }, 'bad-simulation'],
    [{ ...twoYears, from: '1403-13' }, 'bad-month'],
    [{ ...twoYears, months: 0 }, 'bad-simulation'],
    [{ ...twoYears, seed: -1 }, 'bad-simulation'],
    [{ ...twoYears, scale: 0 }, 'bad-simulation'],
  ])('refuses %j with %s', (options, code) =>
    expect(() => simulateMovements(options)).toThrow(expect.objectContaining({ code })),
  );
});

describe("the simulation's records and the contracts", () => {
  const contractsFolder = fileURLToPath(new URL('../../../schemas/contracts', import.meta.url));
  const problemsIn = (contracts: Contracts, name: string, record: object): readonly unknown[] =>
    contracts.find(name, 1)?.validate(record as MovementRecord) ?? [`no contract ${name}`];
  const isRefused = (contracts: Contracts, text: string): boolean => {
    try {
      return problemsIn(contracts, 'movements', JSON.parse(text) as object).length > 0;
    } catch (thrown) {
      return thrown instanceof SyntaxError;
    }
  };

  it('agree on every record, and on no broken value', async () => {
    const contracts = await loadContracts(contractsFolder);
    const simulation = simulateMovements(twoYears);
    const refused: unknown[] = [];
    const keep = (name: string, record: object): void => {
      const problems = problemsIn(contracts, name, record);
      if (problems.length > 0) refused.push({ name, record, problems });
    };
    simulation.openingStock.forEach((r) => keep('movement-totals', r));
    let broken = 0;
    for (const month of simulation) {
      month.movements.forEach((r) => keep('movements', r));
      month.retractions.forEach((r) => keep('movement-retractions', r));
      for (const text of month.broken) expect([text, isRefused(contracts, text)]).toEqual([text, true]);
      broken += month.broken.length;
    }
    expect(refused).toEqual([]);
    expect(broken).toBeGreaterThanOrEqual(24 * 3);
  });

  it.each(Object.entries(damages))(
    'a record with %s is refused, the same without it is not',
    async (_, damage) => {
      const contracts = await loadContracts(contractsFolder);
      const sound = [...simulateMovements({ ...twoYears, months: 1, scale: 0.05 })].flatMap(
        (m) => m.movements,
      );
      for (const record of sound) {
        expect(isRefused(contracts, JSON.stringify(record))).toBe(false);
        expect(isRefused(contracts, damage(record, randomOf(1)))).toBe(true);
      }
    },
  );
});
