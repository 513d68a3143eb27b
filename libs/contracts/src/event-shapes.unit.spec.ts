import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FieldRecord } from './contract.js';
import { loadEventShapes } from './event-shapes.js';
import { loadContracts } from './load-contracts.js';
import type { PseudonymOf } from './pseudonym.js';

const schemas = new URL('../../../schemas/', import.meta.url);
const events = new URL('events/', schemas);
const bytes = (path: string): Buffer => readFileSync(new URL(path, events));
const json = (path: string): Record<string, unknown> =>
  JSON.parse(bytes(path).toString()) as Record<string, unknown>;

const files = readdirSync(events, { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.json') && file !== 'digests.json')
  .sort();
const examples = files.filter((file) => file.endsWith('.example.json'));
const shapes = await loadEventShapes(events.pathname);

describe('the stored shapes of events', () => {
  it('are those that the list of digests knows, unchanged: a new shape is a new version beside the old', () => {
    const found = files.map((file) => [file, createHash('sha256').update(bytes(file)).digest('hex')]);
    expect(Object.fromEntries(found)).toEqual(json('digests.json'));
  });

  it('have one golden example each', () => {
    const shown = examples.map((file) =>
      /([A-Za-z]+)\.(v\d+)\.example\.json$/.exec(file)?.slice(1, 3).join(' '),
    );
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.sort()).toEqual([...shapes.names].sort());
  });

  it.each(examples)('%s reads', (file) => {
    const example = json(file);
    expect(shapes.faultsOf(example)).toEqual([]);
    expect(file).toContain(`/${String(example['type'])}.v`);
  });

  it.each(examples)('%s would be refused with a field of its data more or less', (file) => {
    const { data, ...rest } = json(file);
    expect(shapes.faultsOf({ ...rest, data: { ...(data as object), more: 1 } })).not.toEqual([]);
    for (const field of Object.keys(data as object)) {
      const less = Object.fromEntries(Object.entries(data as object).filter(([name]) => name !== field));
      expect(shapes.faultsOf({ ...rest, data: less })).not.toEqual([]);
    }
  });

  it('are told when there is none of a type', () => {
    const example = json('epochs/EpochClosed.v1.example.json');
    expect(shapes.faultsOf({ ...example, type: 'EpochOpened' })).toEqual([
      'there is no shape EpochOpened v1',
    ]);
  });
});

/** One pseudonym for everybody: what comes of whom is told where pseudonyms are made. */
const pseudonymOf: PseudonymOf = (kind) => `${kind === 'person' ? 'p' : 'r'}1_${'a'.repeat(26)}`;

const contracts = await loadContracts(new URL('contracts/', schemas).pathname);

describe('events made from good examples', () => {
  const good = contracts.all.flatMap((contract) => {
    const folder = new URL(
      `contracts/${contract.agency}/${contract.name}/v${contract.version}/examples/good/`,
      schemas,
    );
    return readdirSync(folder).map(
      (file) => [`${contract.name}/${file}`, contract, new URL(file, folder)] as const,
    );
  });

  it.each(good)('%s have the stored shape', (_name, contract, file) => {
    const fact = contract.toEvent(JSON.parse(readFileSync(file, 'utf8')) as FieldRecord, pseudonymOf);
    const { id, metadata } = json('movements/MovementDeclared.v1.example.json');
    expect(shapes.faultsOf({ id, ...fact, metadata })).toEqual([]);
  });

  it('are of all stored types but those that the system decides itself', () => {
    const made = new Set(
      good.map(([, contract, file]) => {
        const record = JSON.parse(readFileSync(file, 'utf8')) as FieldRecord;
        return `${contract.toEvent(record, pseudonymOf).type} v1`;
      }),
    );
    const own = [
      'EpochClosed v1',
      'ReleaseCut v1',
      'ReleasePlanned v1',
      'ReleaseSealed v1',
      'RecordQuarantined v1',
    ];
    expect([...made, ...own].sort()).toEqual([...shapes.names].sort());
  });

  it('carry money and hours as exact integers', () => {
    const movements = contracts.find('movements', 1);
    const record = { effective_month: '2026-01', declared_month: '2026-01', direction: 'hire', area: 'BR' };
    const data = (more: FieldRecord) => movements?.toEvent({ ...record, ...more }, pseudonymOf).data;
    expect(data({ monthly_wage: '1717.2', weekly_hours: '44.999999' })).toMatchObject({
      monthlyWage: 171720,
      weeklyHours: 4500,
    });
    expect(data({ monthly_wage: '1e+05', weekly_hours: '0.005' })).toMatchObject({
      monthlyWage: 10000000,
      weeklyHours: 1,
    });
    expect(data({ monthly_wage: 0, weekly_hours: '41.6649' })).toMatchObject({
      monthlyWage: 0,
      weeklyHours: 4166,
    });
    expect(data({ monthly_wage: '_U' })).toMatchObject({ monthlyWage: null, weeklyHours: null, age: null });
  });
});
