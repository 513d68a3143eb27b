import { isKnownArea } from '@karnama/classifications';
import { calendarOf, dayOf, KarnamaError, monthOf, type Json } from '@karnama/kernel';
import type { FieldRecord } from './contract.js';
import { latinDigits } from './digits.js';
import { isLegalEntityId, isNationalId, isPostalCode, isWorkshopCode } from './identifiers.js';
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

/** Each field that is given names a day, Jalali or Gregorian. */
const days = (...fields: readonly string[]): Rule => {
  return (record, problems) => {
    for (const field of fields) {
      const text = textOf(record[field]);
      if (text !== null && dayOf(text) === undefined) problems.push(problemIn('bad-day', field, record));
    }
  };
};

/** The day in `later` is not before that in `earlier`, in whatever calendars; what is no day is another rule's business. */
const notBeforeDay = (later: string, earlier: string, code: string): Rule => {
  return (record, problems) => {
    const [a, b] = [dayOf(textOf(record[earlier]) ?? ''), dayOf(textOf(record[later]) ?? '')];
    if (a !== undefined && b !== undefined && b < a) problems.push(problemIn(code, later, record));
  };
};

/** An identifier that is given passes its check, its digits in any script. */
const checked = (field: string, passes: (digits: string) => boolean, code: string): Rule => {
  return (record, problems) => {
    const text = textOf(record[field]);
    if (text !== null && !passes(latinDigits(text))) problems.push(problemIn(code, field, record));
  };
};

const isEnterpriseId = (digits: string): boolean => isLegalEntityId(digits) || isNationalId(digits);

/** `field` repeats none of the others: what stands there too was put into the wrong field. */
const differs = (field: string, ...others: readonly string[]): Rule => {
  return (record, problems) => {
    const text = textOf(record[field]);
    if (text === null) return;
    for (const other of others)
      if (latinDigits(textOf(record[other]) ?? '') === text)
        problems.push(problemIn('repeats-another-field', field, record));
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
  days: (args) => days(...args.map(text)),
  'not-before-day': ([later, earlier, code]) => notBeforeDay(text(later), text(earlier), text(code)),
  'national-id': ([field]) => checked(text(field), isNationalId, 'bad-national-id'),
  'enterprise-id': ([field]) => checked(text(field), isEnterpriseId, 'bad-enterprise-id'),
  'legal-entity-id': ([field]) => checked(text(field), isLegalEntityId, 'bad-legal-entity-id'),
  'postal-code': ([field]) => checked(text(field), isPostalCode, 'bad-postal-code'),
  'workshop-code': ([field]) => checked(text(field), isWorkshopCode, 'bad-workshop-code'),
  differs: ([field, ...others]) => differs(text(field), ...others.map(text)),
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
