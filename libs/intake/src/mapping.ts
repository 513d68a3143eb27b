import {
  latinDigits,
  maskName,
  maskValue,
  type Contract,
  type Contracts,
  type Problem,
} from '@karnama/contracts';
import { assertNever, KarnamaError } from '@karnama/kernel';
import { columnKey, headerOf, missingColumns, type Header } from './header.js';
import {
  readMappingFile,
  type ColumnSpec,
  type DecimalMark,
  type FieldSpec,
  type FileForm,
} from './mapping-file.js';
import { monthFrom, stepsOf } from './mapping-steps.js';

/** A record made of a row, without the fields that the row leaves unknown, and what went wrong. */
export type MappedRow = {
  readonly record: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
};

export type RowMapper = (row: readonly string[]) => MappedRow;

/** How rows of an agency's files become records of a contract. Pure: it can be tried on any row. */
export type Mapping = {
  readonly name: string;
  /** Undefined: the agency of the contract. */
  readonly agency?: string;
  readonly contract: string;
  readonly contractVersion: number;
  readonly form: FileForm;
  /** Contract fields that it fills. */
  readonly fields: readonly string[];
  /**
   * Ties the mapping to the header of a file.
   * @throws KarnamaError `missing-columns` with what was looked for and found, `ambiguous-column`
   */
  readonly bind: (header: readonly string[]) => RowMapper;
};

type Source = (row: readonly string[], problems: Problem[]) => string | null;

/** What binding one mapping to one header gathers on its way. */
type Binding = {
  readonly header: Header;
  readonly mark: DecimalMark;
  readonly missing: (readonly string[])[];
};

const columnIn = (binding: Binding, names: readonly string[], optional: boolean): number | undefined => {
  const index = binding.header.indexOf(names);
  if (index === undefined && !optional) binding.missing.push(names);
  return index;
};

const nothing: Source = () => null;

const columnSource = (spec: ColumnSpec, binding: Binding): Source => {
  const index = columnIn(binding, spec.column, spec.optional);
  if (index === undefined) return nothing;
  const steps = stepsOf(spec, binding.mark);
  return (row, problems) => steps(row[index] ?? '', problems);
};

const yearAndMonthSource = (
  spec: Extract<FieldSpec, { kind: 'year-and-month' }>,
  binding: Binding,
): Source => {
  const year = columnIn(binding, spec.year, false);
  const month = columnIn(binding, spec.month, false);
  if (year === undefined || month === undefined) return nothing;
  return (row, problems) => {
    const text = latinDigits(`${(row[year] ?? '').trim()}/${(row[month] ?? '').trim()}`);
    if (text === '/') return null;
    const found = monthFrom(text, 'yyyy/mm');
    if (found === undefined)
      problems.push({ code: 'bad-month', field: spec.month[0] ?? null, value: maskValue(text) });
    return found ?? null;
  };
};

const firstOf = (alternatives: readonly Source[]): Source => {
  return (row, problems) => {
    for (const alternative of alternatives) {
      const value = alternative(row, problems);
      if (value !== null) return value;
    }
    return null;
  };
};

const sourceOf = (spec: FieldSpec, binding: Binding): Source => {
  switch (spec.kind) {
    case 'constant':
      return () => spec.value;
    case 'column':
      return columnSource(spec, binding);
    case 'year-and-month':
      return yearAndMonthSource(spec, binding);
    case 'first':
      return firstOf(spec.alternatives.map((alternative) => sourceOf(alternative, binding)));
    default:
      return assertNever(spec);
  }
};

const rowMapper = (sources: readonly (readonly [field: string, source: Source])[]): RowMapper => {
  return (row) => {
    const record: Record<string, string> = {};
    const problems: Problem[] = [];
    for (const [field, source] of sources) {
      const value = source(row, problems);
      if (value !== null) record[field] = value;
    }
    return { record, problems };
  };
};

/**
 * A mapping from the text of its YAML file; `file` names it in errors.
 * @throws KarnamaError `broken-mapping` naming the file, the field and what is allowed
 */
export const compileMapping = (yamlText: string, file = 'mapping'): Mapping => {
  const { name, agency, contract, contractVersion, form, decimalMark, fields } = readMappingFile(
    yamlText,
    file,
  );
  const bind = (names: readonly string[]): RowMapper => {
    const binding: Binding = { header: headerOf(names), mark: decimalMark, missing: [] };
    const sources = Object.entries(fields).map(([field, spec]) => [field, sourceOf(spec, binding)] as const);
    if (binding.missing.length > 0) throw missingColumns(binding.missing, binding.header);
    return rowMapper(sources);
  };
  return { name, agency, contract, contractVersion, form, fields: Object.keys(fields), bind };
};

/**
 * The mapping of a file whose columns are the contract's field names, in any order; empty cells
 * are unknown. Binding it refuses a column that the contract does not have.
 */
export const mappingForContract = (contract: Contract): Mapping => {
  const fields = contract.fields.map(({ name }) => name);
  const bind = (names: readonly string[]): RowMapper => {
    const header = headerOf(names);
    const strange = names.filter((name) => !fields.includes(columnKey(name)));
    if (strange.length > 0)
      throw new KarnamaError(
        'unknown-columns',
        `contract ${contract.name} has no field ${strange.slice(0, 20).map(maskName).join(', ')}`,
        `use ${fields.join(', ')}, or give a mapping`,
      );
    const missing = contract.fields.filter(
      ({ name, required }) => required && header.indexOf([name]) === undefined,
    );
    if (missing.length > 0)
      throw missingColumns(
        missing.map(({ name }) => [name]),
        header,
      );
    return rowMapper(
      fields.flatMap((field) => {
        const index = header.indexOf([field]);
        return index === undefined
          ? []
          : [[field, (row: readonly string[]) => (row[index] ?? '').trim() || null] as const];
      }),
    );
  };
  const form: FileForm = { format: 'csv', delimiter: 'auto', encoding: 'utf-8', quotes: true };
  return {
    name: contract.name,
    contract: contract.name,
    contractVersion: contract.version,
    form,
    fields,
    bind,
  };
};

/**
 * The contract that a mapping delivers to.
 * @throws KarnamaError `unknown-contract`; `broken-mapping` when the mapping fills a field that the
 * contract does not have, or leaves out one that it requires
 */
export const contractFor = (mapping: Mapping, contracts: Contracts): Contract => {
  const contract = contracts.find(mapping.contract, mapping.contractVersion);
  if (contract === undefined)
    throw new KarnamaError(
      'unknown-contract',
      `mapping ${mapping.name} is for ${mapping.contract} v${mapping.contractVersion}, which is not known`,
      `known: ${contracts.all.map(({ name, version }) => `${name} v${version}`).join(', ')}`,
    );
  const names = contract.fields.map(({ name }) => name);
  const strange = mapping.fields.find((field) => !names.includes(field));
  const lacking = contract.fields.find(({ name, required }) => required && !mapping.fields.includes(name));
  if (strange !== undefined)
    throw new KarnamaError(
      'broken-mapping',
      `${mapping.name}: fields.${strange}: contract ${contract.name} has no such field`,
      `allowed: ${names.join(', ')}`,
    );
  if (lacking !== undefined)
    throw new KarnamaError(
      'broken-mapping',
      `${mapping.name}: fields.${lacking.name}: is missing`,
      `contract ${contract.name} requires it`,
    );
  return contract;
};
