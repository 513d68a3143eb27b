import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { loadContracts } from '@karnama/contracts';
import { lastDayOf, monthOfDay, parseMonth } from '@karnama/kernel';
import { provinces, shareOf } from '../provinces.js';
import { knownFacts, provinceOf } from '../country-truth/known-facts.js';
import { agencies, outagesOf } from './agencies.js';
import { countryMonths, recordsOfChunk } from './country.js';
import { diskStore, memoryStore } from './month-store.js';
import { checkCountry, type CountryOptions } from './options.js';
import { chunksOf } from './plan.js';
import type { Parcel, Shipment } from './shipments.js';

const small: CountryOptions = { seed: 7, scale: 0.00002, from: '1403-01', months: 13 };

const allMonths = async (options: CountryOptions): Promise<Shipment[][]> => {
  const months: Shipment[][] = [];
  for await (const { batches, count } of countryMonths(options)) {
    const shipments = [...batches()].flat();
    expect(shipments).toHaveLength(count);
    months.push(shipments);
  }
  return months;
};

const digestOf = async (options: CountryOptions): Promise<string> =>
  createHash('sha256')
    .update(JSON.stringify(await allMonths(options)))
    .digest('hex');

const recordsOf = (options: CountryOptions) => {
  const country = checkCountry(options);
  return chunksOf(country).flatMap((chunk) => [...recordsOfChunk(country, chunk)]);
};

describe('a simulated country', () => {
  it('gives the same records for the same seed, and others for another', async () => {
    const options = { ...small, months: 4 };
    const digest = await digestOf(options);
    expect(await digestOf(options)).toBe(digest);
    expect(await digestOf({ ...options, seed: 8 })).not.toBe(digest);
  });

  it.each([0.00005, 0.0005, 0.01, 1])('is planned for 24 million jobs times the scale %d', (scale) => {
    const chunks = chunksOf(checkCountry({ ...small, scale }));
    expect(chunks.reduce((sum, { jobs }) => sum + jobs, 0)).toBe(Math.round(24_000_000 * scale));
    expect(new Set(chunks.map(({ province }) => province.digits)).size).toBe(31);
    expect(Math.max(...chunks.map(({ jobs }) => jobs))).toBeLessThanOrEqual(3001);
    expect(chunks.map(({ index }) => index)).toEqual(chunks.map((_, i) => i));
  });

  it('has 970 estates and 90,000 units at full size, and some at any size', () => {
    const total = (scale: number, of: 'units' | 'estates'): number =>
      chunksOf(checkCountry({ ...small, scale })).reduce((sum, chunk) => sum + chunk[of], 0);
    expect([total(1, 'units'), total(1, 'estates')]).toEqual([90_000, 970]);
    expect([total(0.0001, 'units'), total(0.0001, 'estates')]).toEqual([310, 31]);
  });

  it.each([0, 1.1, NaN])('refuses the scale %d', (scale) =>
    expect(() => checkCountry({ ...small, scale })).toThrow('out of range'),
  );
});

describe('the records of a simulated country', () => {
  const country = checkCountry({ ...small, scale: 0.0002 });
  const records = recordsOf({ ...small, scale: 0.0002 });
  const facts = records.flatMap(({ versions }) => versions.slice(0, 1).map(({ fact }) => fact));

  it('have names of their own', () =>
    expect(new Set(records.map(({ agency, id }) => `${agency} ${id}`)).size).toBe(records.length));

  it('tell of jobs in all provinces by their shares', () => {
    const starts = facts.filter((fact) => fact.kind === 'job-start');
    const teheran = starts.filter(({ area }) => provinceOf(area) === 'IR-23').length / starts.length;
    const share = shareOf(provinces.find(({ digits }) => digits === '23') as (typeof provinces)[number]);
    expect(Math.abs(teheran - share)).toBeLessThan(0.03);
    expect(new Set(starts.map(({ area }) => provinceOf(area))).size).toBe(32);
  });

  it('tell of as many jobs at the start as the scale asks for', () => {
    const known = knownFacts(records, country.last);
    const before = known.of('job-start').filter(({ day }) => monthOfDay(day, 'jalali') < country.first);
    expect(before.length).toBeGreaterThan(4300);
    expect(before.length).toBeLessThan(5300);
  });

  it('renew most contracts at Nowruz: they end with Esfand, and go on the next day', () => {
    const esfand = lastDayOf(parseMonth('1403-12'));
    const ends = facts.filter((fact) => fact.kind === 'job-end' && fact.lastDay === esfand);
    const people = new Set(ends.map((fact) => ('person' in fact ? fact.person : '')));
    const again = facts.filter(
      (fact) => fact.kind === 'job-start' && fact.day === esfand + 1 && people.has(fact.person),
    );
    expect(ends.length).toBeGreaterThan(1000);
    expect(again.length / ends.length).toBeGreaterThan(0.75);
    expect(again.length / ends.length).toBeLessThan(0.95);
  });

  it('come in up to twelve months late, repeated, corrected, broken and withdrawn', () => {
    const lags = records.flatMap(({ versions }) =>
      versions.slice(0, 1).flatMap(({ fact, delivered }) => {
        const [first] = delivered;
        if (first === undefined || fact.kind !== 'job-end') return [];
        const month = Math.max(monthOfDay(fact.lastDay, 'jalali'), country.first);
        return [first - month];
      }),
    );
    expect(Math.min(...lags)).toBe(0);
    expect(Math.max(...lags)).toBeGreaterThanOrEqual(12);
    const some = (test: (record: (typeof records)[number]) => boolean): number =>
      records.filter(test).length / records.length;
    expect(some(({ versions }) => versions.some(({ delivered }) => delivered.length > 1))).toBeGreaterThan(
      0.01,
    );
    expect(some(({ versions }) => versions.length > 1)).toBeGreaterThan(0.015);
    expect(some(({ broken }) => broken !== null)).toBeGreaterThan(0.003);
    expect(some(({ withdrawal }) => withdrawal !== null)).toBeGreaterThan(0.004);
  });

  it('are reported in the month in which they come in, at first', () => {
    const others = records
      .flatMap(({ versions }) => versions)
      .filter(({ delivered }) => delivered.length > 0)
      .filter(({ reported, delivered }) => monthOfDay(reported, 'jalali') !== Math.min(...delivered));
    expect(others).toEqual([]);
  });

  it('come from an agency in no month of its outages', () => {
    expect(agencies.some((agency) => outagesOf(country, agency).size > 0)).toBe(true);
    const closed = new Map(agencies.map((agency) => [agency, outagesOf(country, agency)]));
    const delivered = records.filter(({ agency, versions }) =>
      versions.some(({ delivered: months }) => months.some((month) => closed.get(agency)?.has(month))),
    );
    expect(delivered).toEqual([]);
  });
});

describe('the deliveries of a simulated country', () => {
  const contracts = loadContracts(fileURLToPath(new URL('../../../../schemas/contracts/', import.meta.url)));

  it('hold to their contracts, but for those that are broken on purpose', async () => {
    const { find } = await contracts;
    const broken = recordsOf(small).filter(
      (record) => record.broken !== null && record.broken.month <= checkCountry(small).last,
    );
    let refused = 0;
    for (const { contract, value } of (await allMonths(small)).flat()) {
      let sound = false;
      try {
        sound = find(contract, 1)?.validate(JSON.parse(value) as never).length === 0;
      } catch {
        // broken text
      }
      refused += sound ? 0 : 1;
    }
    expect(broken.length).toBeGreaterThan(10);
    expect(refused).toBe(broken.length);
  });

  it('are the same, waiting in memory or in files', () => {
    const parcel = (id: number): Parcel => ['a', 'c', String(id), 1, `{"text":"خط\\n${id}"}`.repeat(200)];
    const [memory, disk] = [memoryStore(), diskStore()];
    for (const store of [memory, disk])
      for (let id = 0; id < 500; id += 1) store.put(id % 3, id % 2, parcel(id));
    for (const month of [0, 1, 2]) {
      expect(disk.count(month)).toBe(memory.count(month));
      for (const portion of [0, 1, 2]) expect(disk.take(month, portion)).toEqual(memory.take(month, portion));
    }
    expect(disk.take(0, 0)).toEqual([]);
    disk.close();
    memory.close();
  });

  it('can come otherwise, with the same known in the end', async () => {
    const again = { ...small, redelivery: 99 };
    const { last, first } = checkCountry(small);
    const kinds = ['job-start', 'job-end', 'wage', 'jobseeker', 'vacancy', 'workshop', 'permit'] as const;
    const at = (options: CountryOptions, month: number) => {
      const known = knownFacts(recordsOf(options), month);
      return kinds.map((kind) => known.of(kind));
    };
    const told = (options: CountryOptions, month: number): string => JSON.stringify(at(options, month));
    expect(told(again, last)).toBe(told(small, last));
    expect(told(again, first + 6)).not.toBe(told(small, first + 6));
    const copies = (months: readonly Shipment[][]): number => months.flat().length;
    const [usual, more] = [await allMonths(small), await allMonths(again)];
    expect(copies(more) / copies(usual)).toBeGreaterThan(2.5);
    expect(copies(more) / copies(usual)).toBeLessThan(3.2);
  });
});
