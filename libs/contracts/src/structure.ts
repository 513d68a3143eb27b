import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { FieldRecord } from './contract.js';
import { maskName, maskValue } from './mask.js';
import type { Problem } from './problem.js';

/** More problems of one record than this are not told: the record needs a person anyhow. */
const MOST_PROBLEMS = 20;

const nameOf = (pointer: string): string | null =>
  pointer === '' ? null : pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');

const codes: Readonly<Record<string, string>> = {
  type: 'wrong-type',
  pattern: 'bad-format',
  enum: 'not-in-code-list',
  const: 'not-in-code-list',
  minimum: 'out-of-range',
  maximum: 'out-of-range',
  minLength: 'bad-format',
  maxLength: 'bad-format',
};

const problemOf = (error: ErrorObject, record: FieldRecord): Problem | undefined => {
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'if') return undefined;
  if (error.keyword === 'required')
    return { code: 'missing-field', field: String(params['missingProperty']), value: null };
  if (error.keyword === 'additionalProperties' || error.keyword === 'unevaluatedProperties') {
    const name = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
    return { code: 'unknown-field', field: maskName(name), value: maskValue(record[name]) };
  }
  const field = nameOf(error.instancePath);
  const value = field === null || !Object.hasOwn(record, field) ? undefined : record[field];
  if (value === null) return { code: 'missing-field', field, value: null };
  const emptied = error.keyword === 'type' && params['type'] === 'null';
  return {
    code: emptied ? 'not-allowed-here' : (codes[error.keyword] ?? 'bad-format'),
    field,
    value: maskValue(value),
  };
};

/**
 * What the schema finds wrong with a record, in the words of the catalogue: each field and code
 * once, in the schema's order, at most twenty.
 */
export const structureProblems = (validate: ValidateFunction, record: FieldRecord): readonly Problem[] => {
  if (validate(record)) return [];
  const problems = new Map<string, Problem>();
  for (const error of validate.errors ?? []) {
    const problem = problemOf(error, record);
    if (problem === undefined) continue;
    problems.set(`${problem.code} ${problem.field}`, problem);
    if (problems.size === MOST_PROBLEMS) break;
  }
  return [...problems.values()];
};
