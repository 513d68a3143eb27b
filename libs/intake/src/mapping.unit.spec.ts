import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadContracts, type Contract } from '@karnama/contracts';
import fc from 'fast-check';
import { beforeSinglePrecision } from './mapping-steps.js';
import { compileMapping, contractFor, mappingForContract, type MappedRow } from './mapping.js';

const root = new URL('../../../', import.meta.url);
const contracts = await loadContracts(new URL('schemas/contracts', root).pathname);

const head = 'name: test/one\nagency: some-agency\ncontract: movements\n';
const mappingOf = (fields: string, file = '{}') =>
  compileMapping(`${head}file: ${file}\nfields: { ${fields} }`, 'one.yaml');
/** What the field makes of one cell of a column `c`. */
const made = (spec: string, cell: string, file?: string): MappedRow =>
  mappingOf(`f: { ${spec} }`, file).bind(['c'])([cell]);
const valueOf = (spec: string, cell: string, file?: string): string | undefined =>
  made(spec, cell, file).record['f'];
const codesOf = (row: MappedRow): readonly string[] => row.problems.map(({ code }) => code);

describe('a column', () => {
  it('is trimmed; an empty one leaves its field out', () => {
    expect(valueOf('column: c', ' a b ')).toBe('a b');
    expect(made('column: c', '  ').record).toEqual({});
  });

  it.each([
    ['column: c, nulls: [999]', '999', undefined],
    ['column: c, pad: 7, nulls: ["9999999"], prefix: "CNAE2:"', '161002', 'CNAE2:0161002'],
    ['column: c, pad: 7, nulls: ["9999999"], prefix: "CNAE2:"', '9999999', undefined],
    ['column: c, take: 6, prefix: "BR:"', '1300805', 'BR:130080'],
    ['column: c, take: 2, nulls: [NA]', 'NA', undefined],
    ['column: c, pad: 3, take: 1', '7', '0'],
    ['column: c, pad: 4', '۱۲', '0012'],
    ['column: c, translate: { "1": hire, "-1": separation }', '-1', 'separation'],
    ['column: c, translate: { "99": null }', '99', undefined],
    ['column: c, translate: { "1": M }, otherwise: null', '9', undefined],
    ['column: c, translate: { "1": M }, otherwise: X', '9', 'X'],
    ['column: c, month: yyyymm', '202601', '2026-01'],
    ['column: c, month: yyyymm', '۱۴۰۴۱۰', '1404-10'],
    ['column: c, month: yyyy-mm', '1404-10', '1404-10'],
    ['column: c, month: yyyy/mm', '1404/7', '1404-07'],
    ['constant: hire', 'x', 'hire'],
    ['constant: 7', 'x', '7'],
    ['first: [ { column: c, nulls: ["0"] }, { constant: none } ]', '0', 'none'],
    ['first: [ { column: c, nulls: ["0"] }, { constant: none } ]', '5', '5'],
    ['column: gone, optional: true', 'x', undefined],
  ])('%s makes of %j %j', (spec, cell, value) => {
    const row = made(spec, cell);
    expect([row.record['f'], row.problems]).toEqual([value, []]);
  });

  it.each([
    ['column: c, translate: { "1": hire }', '2', 'untranslated-value'],
    ['column: c, month: yyyymm', '202613', 'bad-month'],
    ['column: c, month: yyyy-mm', '202601', 'bad-month'],
    ['column: c, decimal: true', '1,5', 'bad-decimal'],
    ['column: c, decimal: true', '1.234.5', 'bad-decimal'],
    ['column: c, decimal: true', 'much', 'bad-decimal'],
  ])('%s finds a problem in %j: %s', (spec, cell, code) => {
    const row = made(spec, cell);
    expect([row.record, row.problems.map(({ field }) => field), codesOf(row)]).toEqual([{}, ['c'], [code]]);
  });

  it('masks the value in a problem', () => {
    expect(made('column: c, month: yyyymm', 'Maryam').problems[0]?.value).toBe('Mxxxxx');
  });
});

describe('a decimal', () => {
  it.each([
    ['.', '1717.2', '1717.2'],
    ['.', '1e+05', '1e+05'],
    [',', '1100,00', '1100.00'],
    [',', '1100', '1100'],
    ['either', '1100,5', '1100.5'],
    ['either', '1100.5', '1100.5'],
    ['either', '-3,5', '-3.5'],
  ])('with mark %s reads %s as %s', (mark, cell, value) => {
    expect(valueOf('column: c, decimal: true', cell, `{ decimal_mark: '${mark}' }`)).toBe(value);
  });

  it.each([
    [',', '1.100,00'],
    ['either', '1.100,00'],
    [',', '1.5'],
    ['either', '1,1,1'],
  ])('with mark %s refuses %s: a separator of thousands could be meant', (mark, cell) => {
    expect(codesOf(made('column: c, decimal: true', cell, `{ decimal_mark: '${mark}' }`))).toEqual([
      'bad-decimal',
    ]);
  });

  it.each([
    ['5162.8799', '5162.88'],
    ['78793.438', '78793.44'],
    ['0.73000002', '0.73'],
    ['24768.391', '24768.39'],
    ['1717.2', '1717.2'],
    ['1e+05', '1e+05'],
    ['1717.205', '1717.205'],
    ['12.3456', '12.3456'],
  ])('that a 32-bit float printed as %s was %s', (cell, value) => {
    expect(valueOf('column: c, decimal: true, single_precision: 2', cell)).toBe(value);
  });

  it('comes back from a 32-bit float whatever it was, as long as the float can tell it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), fc.constantFrom(8, 9), (cents, digits) => {
        const printed = String(Number(Math.fround(cents / 100).toPrecision(digits)));
        expect(Number(beforeSinglePrecision(printed, 2))).toBe(cents / 100);
      }),
    );
  });
});

describe('a month of two columns', () => {
  const bound = mappingOf('f: { month: { year: ano, month: mes } }').bind(['ano', 'mes']);
  it('is put together', () => expect(bound(['2022', '1']).record).toEqual({ f: '2022-01' }));
  it('is unknown when both are empty', () => expect(bound(['', ' '])).toEqual({ record: {}, problems: [] }));
  it('is a problem otherwise', () => expect(codesOf(bound(['2022', '13']))).toEqual(['bad-month']));
});

describe('a header', () => {
  it('is matched without case, accents, byte-order mark and space, in any of its variants', () => {
    const mapping = mappingOf(
      'a: { column: [competenciamov, mov] }, b: { column: município }, c: { column: استان‌کاری }',
    );
    const bind = (...names: string[]) => mapping.bind(names)(['1', '2', '3']).record;
    expect(bind('\ufeffCompetênciaMov', ' MUNICIPIO', 'استانكاري')).toEqual({ a: '1', b: '2', c: '3' });
    expect(bind('استان‌کاری', 'municipio', 'Mov ')).toEqual({ a: '3', b: '2', c: '1' });
  });

  it('without a column is refused with what was looked for and what was found', () => {
    const bind = () =>
      mappingOf('a: { column: [x, y] }, b: { column: z }, d: { column: c }').bind(['c', 'other']);
    expect(bind).toThrow('the file lacks "x" or "y", "z"; its header is: c, other');
  });

  it('with a column twice is refused', () => {
    expect(() => mappingOf('a: { column: x }').bind(['X', 'x'])).toThrow('two columns');
  });
});

describe('a broken mapping', () => {
  it.each([
    ['f: { colum: c }', 'fields.f: does not say where its value comes from', 'column, constant, first'],
    ['f: { column: c, padd: 7 }', 'fields.f: "padd" is not known here', 'column, optional, nulls, pad'],
    ['f: { column: c, pad: many }', 'fields.f.pad: "many" does not fit', 'a whole number from 1 to 30'],
    ['f: { column: [] }', 'fields.f.column: names no column', 'list of its variants'],
    [
      'f: { column: c, month: mmyyyy }',
      'fields.f.month: "mmyyyy" is not known',
      '"yyyymm", "yyyy-mm", "yyyy/mm"',
    ],
    ['f: { column: c, month: yyyymm, decimal: true }', 'has both month and decimal', 'one of'],
    ['f: { column: c, otherwise: x }', 'otherwise without translate', 'translate'],
    ['f: { column: c, single_precision: 2 }', 'single_precision without decimal', 'decimal: true'],
    ['f: { column: c, decimal: 1 }', 'fields.f.decimal: 1 does not fit', 'true, false'],
    ['f: { column: c, nulls: NA }', 'fields.f.nulls: is no list', 'list of values'],
    ['f: { column: c, translate: { "1": [a] } }', 'fields.f.translate.1', 'text in quotes'],
    ['f: { first: [] }', 'first is no list', 'alternatives'],
    ['f: { first: [ { column: c }, { colum: d } ] }', 'fields.f.first[1]', 'column, constant'],
    ['f: { month: { year: a } }', 'fields.f.month.month', 'column'],
    ['f: 7', 'fields.f: does not say', 'column'],
  ])('{ %s } is refused by the file, the place and what is allowed', (fields, message, allowed) => {
    const compile = (): unknown => mappingOf(fields);
    expect(compile).toThrow(`one.yaml: `);
    expect(compile).toThrow(message);
    try {
      compile();
    } catch (error) {
      expect(error).toMatchObject({ code: 'broken-mapping', mend: expect.stringContaining(allowed) });
    }
  });

  it.each([
    ['fields: { a: { constant: x } }', 'name: is missing'],
    [
      `${head}file: { encoding: ebcdic }\nfields: { a: { constant: x } }`,
      'file.encoding: "ebcdic" is not known',
    ],
    [`${head}file: { delimiter: ':' }\nfields: { a: { constant: x } }`, 'file.delimiter'],
    [
      `${head}file: { compression: zip }\nfields: { a: { constant: x } }`,
      'file: "compression" is not known here',
    ],
    [`${head}`, 'fields: maps no field'],
    ['a: [', 'one.yaml'],
    ['- list', 'is no set of names and values'],
  ])('of text %j is refused', (text, message) =>
    expect(() => compileMapping(text, 'one.yaml')).toThrow(message),
  );

  it('names a field that the contract lacks, or misses one that it requires', () => {
    expect(() => contractFor(mappingOf('salary: { constant: x }'), contracts)).toThrow(
      'fields.salary: contract movements has no such field',
    );
    expect(() => contractFor(mappingOf('area: { constant: BR }'), contracts)).toThrow(
      'fields.effective_month: is missing',
    );
    expect(() => contractFor({ ...mappingOf('a: { constant: x }'), contract: 'other' }, contracts)).toThrow(
      'mapping test/one is for other v1',
    );
  });
});

describe('a file whose columns are the field names', () => {
  const contract = contracts.find('movement-totals', 1) as Contract;
  const mapping = mappingForContract(contract);

  it('needs no mapping; empty cells are left out', () => {
    const row = mapping.bind(['Kind', 'area', 'month', 'stock'])(['opening-stock', 'BR', '2025-12', ' ']);
    expect(row).toEqual({ record: { kind: 'opening-stock', area: 'BR', month: '2025-12' }, problems: [] });
  });

  it('is refused when it has other columns or lacks a required one', () => {
    expect(() => mapping.bind(['kind', 'area', 'month', 'salary'])).toThrow('no field salary');
    expect(() => mapping.bind(['kind', 'month'])).toThrow('the file lacks "area"');
  });
});

describe('the mappings of this project', () => {
  const folder = new URL('mappings/', root);
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.yaml'));
  it.each(files)('%s compiles and fits its contract', (file) => {
    const mapping = compileMapping(readFileSync(new URL(file, folder), 'utf8'), file);
    expect(contractFor(mapping, contracts).name).toBe(mapping.contract);
    expect(`${mapping.name}.yaml`).toBe(file);
  });
});
