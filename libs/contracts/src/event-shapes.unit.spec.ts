import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { FieldRecord } from './contract.js';
import { loadContracts } from './load-contracts.js';

const schemas = new URL('../../../schemas/', import.meta.url);
const events = new URL('events/', schemas);
const bytes = (path: string): Buffer => readFileSync(new URL(path, events));
const json = (path: string): object => JSON.parse(bytes(path).toString()) as object;

const files = readdirSync(events, { recursive: true })
  .map((file) => String(file).replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.json') && file !== 'digests.json')
  .sort();
const shapes = files.filter((file) => /\/[A-Za-z]+\.v\d+\.json$/.test(file));

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const validators = new Map<string, ValidateFunction>(
  shapes.map((file) => [/([A-Za-z]+)\.v1\.json$/.exec(file)?.[1] ?? file, ajv.compile(json(file))]),
);
const wholeEvent = ajv.compile(json('event.v1.json'));

const errorsIn = (validate: ValidateFunction | undefined, value: unknown): unknown =>
  validate === undefined ? 'no schema' : validate(value) ? [] : validate.errors;

describe('the stored shapes of events', () => {
  it('are those that the list of digests knows, unchanged: a new shape is a new version beside the old', () => {
    const found = files.map((file) => [file, createHash('sha256').update(bytes(file)).digest('hex')]);
    expect(Object.fromEntries(found)).toEqual(json('digests.json'));
  });

  it('cover every event of the first registers', () => {
    expect([...validators.keys()].sort()).toEqual([
      'EpochClosed',
      'MovementDeclared',
      'MovementRetracted',
      'MovementTotalDeclared',
      'OpeningStockDeclared',
      'RecordQuarantined',
      'ReleaseCut',
    ]);
  });

  it.each(shapes)('%s has a golden example that reads', (file) => {
    const example = json(file.replace('.json', '.example.json')) as { type: string; data: unknown };
    expect(errorsIn(wholeEvent, example)).toEqual([]);
    expect(errorsIn(validators.get(example.type), example.data)).toEqual([]);
    expect(file).toContain(`/${example.type}.v`);
  });

  it.each(shapes)('%s is closed: a field more or less is refused', (file) => {
    const { type, data } = json(file.replace('.json', '.example.json')) as { type: string; data: object };
    const validate = validators.get(type) as ValidateFunction;
    expect(validate({ ...data, more: 1 })).toBe(false);
    for (const field of Object.keys(data)) {
      const less = Object.fromEntries(Object.entries(data).filter(([name]) => name !== field));
      expect(validate(less)).toBe(false);
    }
  });
});

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

  it.each(good)('%s has the stored shape', (_name, contract, file) => {
    const { type, data } = contract.toEvent(JSON.parse(readFileSync(file, 'utf8')) as FieldRecord);
    expect(errorsIn(validators.get(type), data)).toEqual([]);
  });

  it('carry money and hours as exact integers', () => {
    const movements = contracts.find('movements', 1);
    const record = { effective_month: '2026-01', declared_month: '2026-01', direction: 'hire', area: 'BR' };
    const data = (more: FieldRecord) => movements?.toEvent({ ...record, ...more }).data;
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
