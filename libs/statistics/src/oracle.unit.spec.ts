import { describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { catchUp, verify, type CellStore, type Generation, type Projection } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import { epochClosed, epochStream, type Json, type NewEvent } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import fc from 'fast-check';
import { intakeProjection } from './dataflows/intake.js';
import { movementsProjection } from './dataflows/movements.js';

/*
 * The oracle: after every batch, as known at the end of every epoch, what is maintained equals a
 * recount from the records in force, by code that shares nothing with the projections. Histories have
 * repeats, later and earlier versions in any order, corrections, retractions, totals declared again.
 */

const months = ['2025-11', '2025-12', '2026-01'] as const;
/** area → its state and locality, written down by hand. */
const places: Record<string, readonly [string, string]> = {
  'BR:211130': ['BR-MA', 'BR:211130'],
  'BR:355030': ['BR-SP', 'BR:355030'],
  'BR-MA': ['BR-MA', 'BR-MA:_U'],
  BR: ['BR-_U', 'BR-_U:_U'],
  'IR-23': ['IR-23', 'IR-23:_U'],
};
const sections: Record<string, string> = { 'CNAE2:1091102': 'C', 'ISIC4:F': 'F', 'ISIC4:8411': 'O' };
const groups: Record<string, string> = { 'CBO2002:513505': '5', 'ISCO08:7212': '7' };
const bands: Record<string, string> = {
  '14': 'Y0T14',
  '15': 'Y15T19',
  '64': 'Y60T64',
  '69': 'Y65T69',
  '70': 'Y_GE70',
};

const orNull = <T>(...values: T[]): fc.Arbitrary<T | null> => fc.constantFrom<T | null>(null, ...values);

const movement = fc.record({
  effectiveMonth: fc.constantFrom(...months),
  declaredMonth: fc.constantFrom(...months),
  direction: fc.constantFrom('hire', 'separation'),
  area: fc.constantFrom(...Object.keys(places)),
  industry: orNull(...Object.keys(sections)),
  occupation: orNull(...Object.keys(groups)),
  education: orNull('0', '3'),
  age: orNull(...Object.keys(bands).map(Number)),
  sex: orNull('M', 'F'),
  weeklyHours: orNull(4400),
  monthlyWage: orNull(0, 110_000, Number.MAX_SAFE_INTEGER),
  movementKind: orNull('first-job'),
});

type Said = { readonly type: string; readonly data: Json; readonly record: number; readonly version: number };

const said: fc.Arbitrary<Said> = fc.oneof(
  fc.record({
    type: fc.constant('MovementDeclared'),
    data: movement,
    record: fc.nat(3),
    version: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    type: fc.constant('MovementRetracted'),
    data: movement.map((fields) => ({ ...fields, retractionMonth: '2026-01' })),
    record: fc.integer({ min: 4, max: 6 }),
    version: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({
    type: fc.constant('MovementTotalDeclared'),
    data: fc.record({
      area: fc.constantFrom('BR', 'BR-MA'),
      month: fc.constantFrom(...months),
      hires: fc.nat(9),
      separations: fc.nat(9),
    }),
    record: fc.integer({ min: 7, max: 9 }),
    version: fc.constant(1),
  }),
  fc.record({
    type: fc.constant('OpeningStockDeclared'),
    data: fc.record({
      area: fc.constantFrom('BR', 'BR-MA'),
      month: fc.constantFrom(...months),
      stock: fc.nat(99),
      fixedThrough: fc.constantFrom(...months),
    }),
    record: fc.integer({ min: 10, max: 12 }),
    version: fc.constant(1),
  }),
  fc.record({
    type: fc.constant('RecordQuarantined'),
    data: fc.constant({
      problems: [{ code: 'unknown-area', field: 'area', value: 'X*' }],
      file: null,
      line: null,
    }),
    record: fc.integer({ min: 13, max: 15 }),
    version: fc.constant(1),
  }),
);
/** Batches of events; after some of them the epoch is closed. */
const history = fc.array(fc.record({ events: fc.array(said, { maxLength: 6 }), closes: fc.boolean() }), {
  maxLength: 8,
});

type Sums = Map<string, bigint[]>;

const count = (sums: Sums, cell: readonly (string | number)[], measures: readonly bigint[]): void => {
  const key = cell.join(' ');
  sums.set(
    key,
    measures.map((value, i) => value + (sums.get(key)?.[i] ?? 0n)),
  );
};

/** Records in force: the highest version, of equal ones the first; of totals the last said. */
const inForce = (events: readonly Said[]): Said[] => {
  const kept = new Map<string, Said>();
  for (const event of events) {
    const { area, month } = event.data as { area: string; month: string };
    const natural = event.type === 'MovementTotalDeclared' || event.type === 'OpeningStockDeclared';
    const key = natural ? `${event.type} ${area} ${month}` : `${event.record}`;
    const before = kept.get(key);
    if (before === undefined || natural || event.version > before.version) kept.set(key, event);
  }
  return [...kept.values()];
};

const recount = (events: readonly Said[]): Record<string, Sums> => {
  const sums = {
    MOVEMENTS: new Map(),
    MOVEMENTS_LOCAL: new Map(),
    OPENING_STOCKS: new Map(),
    INTAKE: new Map(),
  } as Record<string, Sums>;
  for (const event of events)
    count(
      sums['INTAKE'] as Sums,
      [
        // 1 February 2026
        '1404-11',
        '1404-11',
        'agency',
        'contract',
        event.type === 'RecordQuarantined' ? 'unknown-area' : 'ACCEPTED',
      ],
      [1n, 1n],
    );
  for (const { type, data } of inForce(events)) {
    const d = data as Record<string, string | number | null> & { area: string };
    const [state, local] = places[d.area] ?? ['?', '?'];
    if (type === 'OpeningStockDeclared')
      count(
        sums['OPENING_STOCKS'] as Sums,
        [String(d['month']), String(d['month']), d.area, String(d['fixedThrough'])],
        [BigInt(d['stock'] as number), 1n],
      );
    if (type === 'MovementTotalDeclared') {
      const measures = [BigInt(d['hires'] as number), BigInt(d['separations'] as number), 0n, 0n, 0n];
      const month = String(d['month']);
      count(sums['MOVEMENTS'] as Sums, [month, month, state, '_U _U _U _U _U TOTAL'], measures);
      count(sums['MOVEMENTS_LOCAL'] as Sums, [month, month, local, '_U'], measures);
    }
    if (type === 'MovementDeclared' || type === 'MovementRetracted') {
      const retracted = type === 'MovementRetracted';
      const one = retracted ? -1n : 1n;
      const wage = BigInt((d['monthlyWage'] as number | null) ?? 0);
      const hire = d['direction'] === 'hire';
      const measures = [hire ? one : 0n, hire ? 0n : one, one * wage, wage > 0n ? one : 0n, one];
      const declared = String(retracted ? d['retractionMonth'] : d['declaredMonth']);
      const late = String(d['declaredMonth']) > String(d['effectiveMonth']);
      const section = sections[String(d['industry'])] ?? '_U';
      const codes = [
        state,
        section,
        groups[String(d['occupation'])] ?? '_U',
        d['sex'] ?? '_U',
        bands[String(d['age'])] ?? '_U',
        d['education'] ?? '_U',
        retracted ? 'RETRACTED' : late ? 'LATE' : 'ON_TIME',
      ];
      count(sums['MOVEMENTS'] as Sums, [String(d['effectiveMonth']), declared, ...codes], measures);
      count(
        sums['MOVEMENTS_LOCAL'] as Sums,
        [String(d['effectiveMonth']), declared, local, section],
        measures,
      );
    }
  }
  return sums;
};

const label = (month: number): string =>
  `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

const withoutZeros = (sums: Sums): [string, bigint[]][] =>
  [...sums]
    .filter(([, measures]) => measures.some((value) => value !== 0n))
    .sort(([a], [b]) => (a < b ? -1 : 1));

const maintained = async (
  store: CellStore,
  generation: Generation,
  dataflow: string,
  maxEpoch: number,
): Promise<Sums> => {
  const dimensions =
    generation.projection.dataflows
      .find(({ code }) => code === dataflow)
      ?.dimensions.map(({ code }) => code) ?? [];
  const sums: Sums = new Map();
  const query = {
    dataflow,
    time: 'effective',
    by: ['month', 'declared', ...dimensions],
    where: {},
    maxEpoch,
  } as const;
  for await (const { group, measures } of store.query(generation, query)) {
    const [month, declared, ...codes] = group;
    count(sums, [label(month as number), label(declared as number), ...codes], measures.slice(0, -1)); // keys are checked by verify
  }
  return sums;
};

const closing = (epoch: number): NewEvent => ({
  id: `00000000-0000-4000-8000-${String(epoch).padStart(12, '0')}`,
  type: epochClosed,
  data: { epoch },
  metadata: { schemaVersion: 1, receivedAt: '2026-02-01T00:00:00.000Z' },
});

const append = async (
  ledger: Ledger,
  batch: { events: readonly Said[]; closes: boolean },
  number: number,
  epoch: number,
): Promise<void> => {
  const events = batch.events.map(({ type, data, record, version }, i) =>
    fedEvent(number + i, type, data, {
      recordId: String(record),
      recordVersion: version,
      source: { topic: 'karnama.agency.contract', partition: 0, offset: String(number + i) },
    }),
  );
  if (events.length > 0) await ledger.append([{ stream: 'feed_agency_contract-0', expected: 'any', events }]);
  if (batch.closes) await ledger.append([{ stream: epochStream, expected: 'any', events: [closing(epoch)] }]);
};

const holds = (projection: Projection, dataflow: string, batchSize: number) => () =>
  fc.assert(
    fc.asyncProperty(history, async (batches) => {
      const [ledger, store] = [memoryLedger(), memoryCellStore()];
      const generation = await store.open(projection);
      const known: Said[][] = [[]];
      let number = 1;
      for (const batch of batches) {
        await append(ledger, batch, number, known.length);
        number += batch.events.length;
        known.at(-1)?.push(...batch.events);
        if (batch.closes) known.push([]);
        await catchUp(store, ledger, generation, batchSize);
        for (let epoch = 1; epoch <= known.length; epoch++) {
          const expected = recount(known.slice(0, epoch).flat())[dataflow] as Sums;
          expect(withoutZeros(await maintained(store, generation, dataflow, epoch))).toEqual(
            withoutZeros(expected),
          );
        }
      }
      expect((await verify(store, ledger, projection, 5)).differences).toEqual([]);
    }),
    { numRuns: 60 },
  );

describe('maintained = recounted, after every batch and as known at every epoch', () => {
  it('MOVEMENTS', holds(movementsProjection, 'MOVEMENTS', 3));
  it('MOVEMENTS_LOCAL', holds(movementsProjection, 'MOVEMENTS_LOCAL', 4));
  it('OPENING_STOCKS', holds(movementsProjection, 'OPENING_STOCKS', 1));
  it('INTAKE', holds(intakeProjection(), 'INTAKE', 2));
});

describe('order', () => {
  it('does not matter between records: any shuffle and any repeats give the same final figures', () =>
    fc.assert(
      fc.asyncProperty(
        fc
          .array(
            said.filter(({ type }) => type === 'MovementDeclared' || type === 'MovementRetracted'),
            { minLength: 1, maxLength: 12 },
          )
          .chain((all) => {
            // one record never says two different things under one version
            const events = [...new Map(all.map((one) => [`${one.record}/${one.version}`, one])).values()];
            return fc.tuple(
              fc.constant(events),
              fc.shuffledSubarray([...events, ...events], {
                minLength: events.length * 2,
                maxLength: events.length * 2,
              }),
            );
          }),
        async ([events, shuffled]) => {
          const figures = [];
          for (const order of [events, shuffled]) {
            const [ledger, store] = [memoryLedger(), memoryCellStore()];
            const generation = await store.open(movementsProjection);
            await append(ledger, { events: order, closes: false }, 1, 1);
            await catchUp(store, ledger, generation, 5);
            figures.push(withoutZeros(await maintained(store, generation, 'MOVEMENTS', 1)));
          }
          expect(figures[1]).toEqual(figures[0]);
        },
      ),
    ));
});
