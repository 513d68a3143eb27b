import { isKnownArea } from '@karnama/classifications';
import { calendarOf, KarnamaError, monthOf, type Json } from '@karnama/kernel';
import type { FieldRecord } from './contract.js';
import { maskValue } from './mask.js';
import type { Problem } from './problem.js';
import { amountOf, hoursOf, textOf, wholeOf } from './values.js';

/** A content rule: looks at one structurally sound record and adds what is wrong with it. */
export type Rule = (record: FieldRecord, problems: Problem[]) => void;

const problemIn = (code: string, field: string, record: FieldRecord): Problem => ({
  code,
  field,
  value: maskValue(record[field]),
});

/** Each field that is given names a month, and all are of one calendar. */
const months = (...fields: readonly string[]): Rule => {
  return (record, problems) => {
    let first: string | undefined;
    for (const field of fields) {
      const text = textOf(record[field]);
      if (text === null) continue;
      const month = monthOf(text);
      if (month === undefined) {
        problems.push(problemIn('bad-month', field, record));
        continue;
      }
      const calendar = calendarOf(month);
      first ??= calendar;
      if (calendar !== first) problems.push(problemIn('mixed-calendars', field, record));
    }
  };
};

/** `later` is not before `earlier`; months that are missing or no months are other rules' business. */
const notBefore = (later: string, earlier: string, code: string): Rule => {
  return (record, problems) => {
    const [a, b] = [monthOf(textOf(record[earlier]) ?? ''), monthOf(textOf(record[later]) ?? '')];
    if (a === undefined || b === undefined || calendarOf(a) !== calendarOf(b)) return;
    if (b < a) problems.push(problemIn(code, later, record));
  };
};

const knownArea = (field: string): Rule => {
  return (record, problems) => {
    const area = textOf(record[field]);
    if (area !== null && !isKnownArea(area)) problems.push(problemIn('unknown-area', field, record));
  };
};

/** A whole number within the range, both ends included. */
const between = (field: string, least: number, most: number): Rule => {
  return (record, problems) => {
    const value = wholeOf(record[field]);
    if (value !== null && !(value >= least && value <= most))
      problems.push(problemIn('out-of-range', field, record));
  };
};

/** An amount that is exact to `scale` digits behind the point. */
const exactAmount = (field: string, scale: number): Rule => {
  return (record, problems) => {
    const minor = amountOf(record[field], scale);
    if (minor === undefined) problems.push(problemIn('bad-amount', field, record));
  };
};

/** Hours up to a bound that only keeps out nonsense: hours for a month or a year do occur. */
const hoursBelow = (field: string, hours: number): Rule => {
  return (record, problems) => {
    const hundredths = hoursOf(record[field]);
    if (hundredths !== null && hundredths > hours * 100)
      problems.push(problemIn('out-of-range', field, record));
  };
};

type RuleMaker = (args: readonly Json[]) => Rule;

const text = (value: Json | undefined): string => {
  if (typeof value !== 'string')
    throw new KarnamaError('broken-contract', `a rule needs a name, not ${JSON.stringify(value)}`);
  return value;
};

const number = (value: Json | undefined): number => {
  if (typeof value !== 'number')
    throw new KarnamaError('broken-contract', `a rule needs a number, not ${JSON.stringify(value)}`);
  return value;
};

const makers: Readonly<Record<string, RuleMaker>> = {
  months: (args) => months(...args.map(text)),
  'not-before': ([later, earlier, code]) => notBefore(text(later), text(earlier), text(code)),
  'known-area': ([field]) => knownArea(text(field)),
  between: ([field, least, most]) => between(text(field), number(least), number(most)),
  'exact-amount': ([field, scale]) => exactAmount(text(field), number(scale)),
  'hours-below': ([field, hours]) => hoursBelow(text(field), number(hours)),
};

/** Names of the rules that a contract can ask for. */
export const ruleNames: readonly string[] = Object.keys(makers);

/**
 * The rule of that name with its arguments, as a contract's file lists it.
 * @throws KarnamaError `broken-contract` for an unknown name or unfit arguments
 */
export const ruleOf = (name: string, args: readonly Json[]): Rule => {
  const maker = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (maker === undefined)
    throw new KarnamaError(
      'broken-contract',
      `there is no content rule "${name}"`,
      `known: ${ruleNames.join(', ')}`,
    );
  return maker(args);
};
