import { KarnamaError, messageOf } from '@karnama/kernel';
import { parse } from 'yaml';

export type Encoding = 'utf-8' | 'iso-8859-1' | 'windows-1256';
export type DecimalMark = '.' | ',' | 'either';
export type MonthForm = 'yyyymm' | 'yyyy-mm' | 'yyyy/mm';

/** How the bytes of a file become rows. */
export type FileForm = {
  readonly format: 'csv' | 'ndjson';
  /** `auto`: the one of `;` `,` tab that the header line has most of. */
  readonly delimiter: 'auto' | ';' | ',' | '\t' | '|';
  readonly encoding: Encoding;
  readonly quotes: boolean;
};

/** The value of one column, taken through a fixed order of steps (see `mapping-steps.ts`). */
export type ColumnSpec = {
  readonly kind: 'column';
  readonly column: readonly string[];
  readonly optional: boolean;
  readonly nulls: ReadonlySet<string>;
  readonly pad?: number;
  readonly take?: number;
  readonly translate?: ReadonlyMap<string, string | null>;
  /** Present when the table has a catch-all. */
  readonly otherwise?: { readonly value: string | null };
  readonly month?: MonthForm;
  readonly decimal: boolean;
  /** Digits behind the point that a value had before it went through a 32-bit float. */
  readonly singlePrecision?: number;
  readonly prefix: string;
};

export type FieldSpec =
  | ColumnSpec
  | { readonly kind: 'constant'; readonly value: string }
  | { readonly kind: 'year-and-month'; readonly year: readonly string[]; readonly month: readonly string[] }
  | { readonly kind: 'first'; readonly alternatives: readonly FieldSpec[] };

export type MappingFile = {
  readonly name: string;
  readonly agency: string;
  readonly contract: string;
  readonly contractVersion: number;
  readonly form: FileForm;
  readonly decimalMark: DecimalMark;
  readonly fields: Readonly<Record<string, FieldSpec>>;
};

type Dict = Readonly<Record<string, unknown>>;

/** A place in a mapping file, for the error text. */
type Place = { readonly file: string; readonly path: string };

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

const refuse = (at: Place, message: string, allowed: string): never => {
  throw new KarnamaError('broken-mapping', `${at.file}: ${at.path}: ${message}`, `allowed: ${allowed}`);
};

const inside = (at: Place, name: string): Place => ({
  ...at,
  path: at.path === '' ? name : `${at.path}.${name}`,
});

const dict = (at: Place, value: unknown, allowed: readonly string[]): Dict => {
  const names = allowed.join(', ');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(at, 'is no set of names and values', names);
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown !== undefined) return refuse(at, `"${unknown}" is not known here`, names);
  return value as Dict;
};

const oneOf = <T extends string>(at: Place, value: unknown, allowed: readonly T[], absent?: T): T => {
  if (value === undefined && absent !== undefined) return absent;
  const found = allowed.find((candidate) => candidate === value);
  return (
    found ??
    refuse(
      at,
      value === undefined ? 'is missing' : `${shown(value)} is not known`,
      allowed.map((a) => JSON.stringify(a)).join(', '),
    )
  );
};

const word = (at: Place, value: unknown, pattern: RegExp): string =>
  typeof value === 'string' && pattern.test(value)
    ? value
    : refuse(at, value === undefined ? 'is missing' : `${shown(value)} does not fit`, String(pattern));

const whole = (at: Place, value: unknown, least: number, most: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : refuse(at, `${shown(value)} does not fit`, `a whole number from ${least} to ${most}`);

const flag = (at: Place, value: unknown, absent: boolean): boolean => {
  if (value === undefined) return absent;
  return typeof value === 'boolean' ? value : refuse(at, `${shown(value)} does not fit`, 'true, false');
};

/** Codes may be written without quotes in YAML only when they survive it: `01` must be quoted. */
const codeText = (at: Place, value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' && Number.isSafeInteger(value)
      ? String(value)
      : refuse(at, `${shown(value)} is no code`, 'text in quotes, or a whole number');

const names = (at: Place, value: unknown): readonly string[] => {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  if (list.length === 0)
    return refuse(at, 'names no column', 'the name of a column, or a list of its variants');
  return list.map((name) =>
    typeof name === 'string' && name !== ''
      ? name
      : refuse(at, 'names no column', 'the name of a column, or a list of its variants'),
  );
};

const translation = (at: Place, value: unknown): ReadonlyMap<string, string | null> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(at, 'is no table', 'a table such as { "1": hire }');
  return new Map(
    Object.entries(value).map(([from, to]) => [from, to === null ? null : codeText(inside(at, from), to)]),
  );
};

const columnKeys = [
  'column',
  'optional',
  'nulls',
  'pad',
  'take',
  'translate',
  'otherwise',
  'month',
  'decimal',
  'single_precision',
  'prefix',
];

const columnSpec = (at: Place, value: unknown): ColumnSpec => {
  const spec = dict(at, value, columnKeys);
  const forms = ['translate', 'month', 'decimal'].filter((form) => spec[form] !== undefined);
  if (forms.length > 1)
    return refuse(at, `has both ${forms.join(' and ')}`, 'one of translate, month, decimal');
  if ('otherwise' in spec && spec['translate'] === undefined)
    return refuse(at, 'has otherwise without translate', 'translate with otherwise');
  if ('single_precision' in spec && spec['decimal'] !== true)
    return refuse(at, 'has single_precision without decimal', 'decimal: true with single_precision');
  const size = (key: string): number | undefined =>
    spec[key] === undefined ? undefined : whole(inside(at, key), spec[key], 1, 30);
  const [pad, take] = [size('pad'), size('take')];
  const nulls = spec['nulls'] === undefined ? [] : spec['nulls'];
  if (!Array.isArray(nulls))
    return refuse(inside(at, 'nulls'), 'is no list', 'a list of values that mean unknown');
  const prefix = spec['prefix'] ?? '';
  if (typeof prefix !== 'string') return refuse(inside(at, 'prefix'), 'is no text', 'text');
  return {
    kind: 'column',
    column: names(inside(at, 'column'), spec['column']),
    optional: flag(inside(at, 'optional'), spec['optional'], false),
    nulls: new Set(['', ...nulls.map((code) => codeText(inside(at, 'nulls'), code))]),
    decimal: flag(inside(at, 'decimal'), spec['decimal'], false),
    prefix,
    ...(pad === undefined ? {} : { pad }),
    ...(take === undefined ? {} : { take }),
    ...(spec['translate'] === undefined
      ? {}
      : { translate: translation(inside(at, 'translate'), spec['translate']) }),
    ...('otherwise' in spec
      ? {
          otherwise: {
            value: spec['otherwise'] === null ? null : codeText(inside(at, 'otherwise'), spec['otherwise']),
          },
        }
      : {}),
    ...(spec['month'] === undefined
      ? {}
      : { month: oneOf(inside(at, 'month'), spec['month'], ['yyyymm', 'yyyy-mm', 'yyyy/mm']) }),
    ...(spec['single_precision'] === undefined
      ? {}
      : { singlePrecision: whole(inside(at, 'single_precision'), spec['single_precision'], 0, 6) }),
  };
};

const fieldSpec = (at: Place, value: unknown): FieldSpec => {
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  if (keys.includes('column')) return columnSpec(at, value);
  if (keys.includes('constant'))
    return { kind: 'constant', value: codeText(at, dict(at, value, ['constant'])['constant']) };
  if (keys.includes('first')) {
    const list = dict(at, value, ['first'])['first'];
    if (!Array.isArray(list) || list.length === 0)
      return refuse(at, 'first is no list', 'a list of alternatives');
    return { kind: 'first', alternatives: list.map((item, i) => fieldSpec(inside(at, `first[${i}]`), item)) };
  }
  if (keys.includes('month')) {
    const parts = dict(inside(at, 'month'), dict(at, value, ['month'])['month'], ['year', 'month']);
    return {
      kind: 'year-and-month',
      year: names(inside(at, 'month.year'), parts['year']),
      month: names(inside(at, 'month.month'), parts['month']),
    };
  }
  return refuse(
    at,
    'does not say where its value comes from',
    'column, constant, first, or month with year and month',
  );
};

const formOf = (at: Place, value: unknown): Pick<MappingFile, 'form' | 'decimalMark'> => {
  const form = dict(at, value ?? {}, ['format', 'delimiter', 'encoding', 'decimal_mark', 'quotes']);
  const delimiter = form['delimiter'] === 'tab' ? '\t' : form['delimiter'];
  return {
    form: {
      format: oneOf(inside(at, 'format'), form['format'], ['csv'], 'csv'),
      delimiter: oneOf(inside(at, 'delimiter'), delimiter, ['auto', ';', ',', '\t', '|'], 'auto'),
      encoding: oneOf(
        inside(at, 'encoding'),
        form['encoding'],
        ['utf-8', 'iso-8859-1', 'windows-1256'],
        'utf-8',
      ),
      quotes: flag(inside(at, 'quotes'), form['quotes'], true),
    },
    decimalMark: oneOf(inside(at, 'decimal_mark'), form['decimal_mark'], ['.', ',', 'either'], '.'),
  };
};

/**
 * Reads the text of a mapping file. `file` is only for the error text.
 * @throws KarnamaError `broken-mapping` naming the file, the place in it and what is allowed there
 */
export const readMappingFile = (yamlText: string, file: string): MappingFile => {
  const top: Place = { file, path: '' };
  let content: unknown;
  try {
    content = parse(yamlText);
  } catch (cause) {
    throw new KarnamaError('broken-mapping', `${file}: ${messageOf(cause)}`, 'write valid YAML', { cause });
  }
  const mapping = dict(inside(top, 'mapping'), content, [
    'name',
    'agency',
    'contract',
    'contract_version',
    'file',
    'fields',
  ]);
  const code = (key: string): string => word(inside(top, key), mapping[key], /^[a-z][a-z0-9-]{1,60}$/);
  const fields = mapping['fields'];
  if (
    typeof fields !== 'object' ||
    fields === null ||
    Array.isArray(fields) ||
    Object.keys(fields).length === 0
  )
    return refuse(inside(top, 'fields'), 'maps no field', 'a set of contract fields with their sources');
  return {
    name: word(inside(top, 'name'), mapping['name'], /^[a-z][a-z0-9/-]{1,80}$/),
    agency: code('agency'),
    contract: code('contract'),
    contractVersion: whole(inside(top, 'contract_version'), mapping['contract_version'] ?? 1, 1, 999),
    ...formOf(inside(top, 'file'), mapping['file']),
    fields: Object.fromEntries(
      Object.entries(fields).map(([field, spec]) => [field, fieldSpec(inside(top, `fields.${field}`), spec)]),
    ),
  };
};
