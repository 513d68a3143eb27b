import { dayOf, formatDay, type Json } from '@karnama/kernel';
import type { Fact, FieldRecord } from './contract.js';
import { latinDigits } from './digits.js';
import { holdsNationalId } from './identifiers.js';
import type { PseudonymOf } from './pseudonym.js';
import { ruleOf, type Rule } from './rules.js';
import { amountOf, hoursOf, textOf, wholeOf } from './values.js';

/** Two digits behind the point: money is kept in minor units. */
const MONEY_SCALE = 2;

/** A day is stored in Gregorian form; a day in that form is stored as it is. */
const dayText = (value: Json | undefined): string | null => {
  const text = textOf(value);
  if (text === null || text >= '1800') return text;
  const day = dayOf(text);
  return day === undefined ? null : formatDay(day);
};

const PERSON_DIGITS = 10;

const person = (value: Json | undefined, pseudonymOf: PseudonymOf): string | null => {
  const text = textOf(value);
  return text === null ? null : pseudonymOf('person', latinDigits(text));
};

/** A legal entity keeps its id; an employer who is a person gets the pseudonym of the person. */
const enterprise = (value: Json | undefined, pseudonymOf: PseudonymOf): string | null => {
  const text = textOf(value);
  if (text === null) return null;
  const id = latinDigits(text);
  return id.length === PERSON_DIGITS ? pseudonymOf('person', id) : id;
};

/** A number that an agency gave, replaced as a whole when a national id stands in it. */
export const reference = (text: string, pseudonymOf: PseudonymOf): string =>
  holdsNationalId(text) ? pseudonymOf('reference', text) : text;

const referenceText = (value: Json | undefined, pseudonymOf: PseudonymOf): string | null => {
  const text = textOf(value);
  return text === null ? null : reference(text, pseudonymOf);
};

type Kind = {
  readonly read: (value: Json | undefined, pseudonymOf: PseudonymOf) => Json;
  /** The content rule that every field of the kind is under, beside those that the contract names. */
  readonly rule?: (field: string) => Rule;
};

/** How a field of a record becomes a field of an event, by the word that a contract's file gives under `as`. */
const kinds = {
  text: { read: textOf },
  whole: { read: wholeOf },
  amount: {
    read: (value) => amountOf(value, MONEY_SCALE) ?? null,
    rule: (field) => ruleOf('exact-amount', [field, MONEY_SCALE]),
  },
  hours: { read: hoursOf },
  day: { read: dayText, rule: (field) => ruleOf('days', [field]) },
  month: { read: textOf, rule: (field) => ruleOf('months', [field]) },
  person: { read: person, rule: (field) => ruleOf('national-id', [field]) },
  enterprise: { read: enterprise, rule: (field) => ruleOf('enterprise-id', [field]) },
  reference: { read: referenceText },
} as const satisfies Readonly<Record<string, Kind>>;

export type FieldKind = keyof typeof kinds;

/** The words that may stand under `as`. */
export const fieldKinds = Object.keys(kinds) as readonly FieldKind[];

/** A field of a record, and where and how it goes into the event. */
export type EventField = { readonly name: string; readonly as: FieldKind; readonly to: string };

/** `start_day` → `startDay`. */
export const eventFieldName = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** The rules that the kinds of the fields bring with them. */
export const rulesOfKinds = (fields: readonly EventField[]): readonly Rule[] =>
  fields.flatMap(({ name, as }) => {
    const kind: Kind = kinds[as];
    return kind.rule === undefined ? [] : [kind.rule(name)];
  });

/** The event of a contract that lists how each of its fields goes into it. What a record leaves out is null. */
export const eventOfFields = (
  type: string,
  fields: readonly EventField[],
): ((record: FieldRecord, pseudonymOf: PseudonymOf) => Fact) => {
  const steps = fields.map(({ name, as, to }) => ({ name, to, read: (kinds[as] as Kind).read }));
  return (record, pseudonymOf) => {
    const data: Record<string, Json> = {};
    for (const { name, to, read } of steps) data[to] = read(record[name], pseudonymOf);
    return { type, data };
  };
};
