import { latinDigits, maskValue, type Problem } from '@karnama/contracts';
import type { ColumnSpec, DecimalMark, MonthForm } from './mapping-file.js';

/** Takes the text of one cell through the steps of its column; adds a problem when it cannot. */
export type Step = (cell: string, problems: Problem[]) => string | null;

const monthForms: Readonly<Record<MonthForm, RegExp>> = {
  yyyymm: /^(\d{4})(0[1-9]|1[0-2])$/,
  'yyyy-mm': /^(\d{4})-(0[1-9]|1[0-2])$/,
  'yyyy/mm': /^(\d{4})\/(0?[1-9]|1[0-2])$/,
};

/** `2026-01` from the text of a month, undefined when it is none of that form. */
export const monthFrom = (text: string, form: MonthForm): string | undefined => {
  const match = monthForms[form].exec(text);
  return match === null ? undefined : `${match[1]}-${(match[2] ?? '').padStart(2, '0')}`;
};

const plain = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;

/** Decimal text with a point, undefined when it is no number with that decimal mark. */
export const decimalFrom = (text: string, mark: DecimalMark): string | undefined => {
  if (mark !== ',' && plain.test(text)) return text;
  if (mark === '.') return undefined;
  const pointed = text.replace(',', '.');
  if (mark === ',' && text.includes('.')) return undefined;
  return plain.test(pointed) ? pointed : undefined;
};

/**
 * The decimal number that an exporter kept as a 32-bit float and printed as `2524.6899`: `2524.69`.
 * Only text that is exactly what such a float prints is taken back; any other text stays as it is,
 * so that nothing is ever rounded here.
 */
export const beforeSinglePrecision = (text: string, places: number): string => {
  const point = text.indexOf('.');
  if (point < 0 || text.length - point - 1 <= places) return text;
  const value = Number(text);
  const near = value.toFixed(places);
  const float = Math.fround(Number(near));
  for (let digits = 6; digits <= 9; digits += 1) if (Number(float.toPrecision(digits)) === value) return near;
  return text;
};

const translating = (spec: ColumnSpec, field: string): Step | undefined => {
  const { translate, otherwise } = spec;
  if (translate === undefined) return undefined;
  return (text, problems) => {
    const found = translate.get(text);
    if (found !== undefined) return found;
    if (otherwise !== undefined) return otherwise.value;
    problems.push({ code: 'untranslated-value', field, value: maskValue(text) });
    return null;
  };
};

const asMonth = (form: MonthForm, field: string): Step => {
  return (text, problems) => {
    const month = monthFrom(text, form);
    if (month !== undefined) return month;
    problems.push({ code: 'bad-month', field, value: maskValue(text) });
    return null;
  };
};

const asDecimal = (mark: DecimalMark, places: number | undefined, field: string): Step => {
  return (text, problems) => {
    const decimal = decimalFrom(text, mark);
    if (decimal !== undefined) return places === undefined ? decimal : beforeSinglePrecision(decimal, places);
    problems.push({ code: 'bad-decimal', field, value: maskValue(text) });
    return null;
  };
};

const lastStep = (spec: ColumnSpec, mark: DecimalMark, field: string): Step => {
  if (spec.month !== undefined) return asMonth(spec.month, field);
  if (spec.decimal) return asDecimal(mark, spec.singlePrecision, field);
  return translating(spec, field) ?? ((text) => text);
};

/**
 * The steps of a column, always in this order: trim → values that mean unknown → Latin digits →
 * zero-pad → take the first characters → values that mean unknown → translate, month or decimal → prefix.
 */
export const stepsOf = (spec: ColumnSpec, mark: DecimalMark): Step => {
  const { nulls, pad, take, prefix } = spec;
  const last = lastStep(spec, mark, spec.column[0] ?? '');
  return (cell, problems) => {
    const trimmed = cell.trim();
    if (nulls.has(trimmed)) return null;
    let text = latinDigits(trimmed);
    if (pad !== undefined) text = text.padStart(pad, '0');
    if (take !== undefined) text = text.slice(0, take);
    if (nulls.has(text)) return null;
    const value = last(text, problems);
    return value === null || prefix === '' ? value : prefix + value;
  };
};
