import { describe, expect, it } from '@jest/globals';
import type { Json } from '@karnama/kernel';
import { eventFieldName, eventOfFields, rulesOfKinds, type FieldKind } from './event-fields.js';
import type { Problem } from './problem.js';
import type { PseudonymOf } from './pseudonym.js';

const pseudonymOf: PseudonymOf = (kind, text) => `${kind} of ${text}`;

const become = (as: FieldKind, value: Json | undefined): Json | undefined => {
  const make = eventOfFields('Tested', [{ name: 'some_field', as, to: 'here' }]);
  const { type, data } = make(value === undefined ? {} : { some_field: value, other: 1 }, pseudonymOf);
  expect([type, Object.keys(data)]).toEqual(['Tested', ['here']]);
  return data['here'];
};

const problemsOf = (as: FieldKind, value: Json): readonly string[] => {
  const problems: Problem[] = [];
  for (const rule of rulesOfKinds([{ name: 'f', as, to: 'f' }])) rule({ f: value }, problems);
  return problems.map(({ code }) => code);
};

describe('a field of a record goes into its event', () => {
  it.each<[FieldKind, Json, Json]>([
    ['text', 'IR-23', 'IR-23'],
    ['whole', '12', 12],
    ['whole', 0, 0],
    ['amount', '1717.25', 171725],
    ['amount', 12, 1200],
    ['hours', '44.5', 4450],
    ['day', '1404-01-01', '2025-03-21'],
    ['day', '1403-12-30', '2025-03-20'],
    ['day', '2025-03-21', '2025-03-21'],
    ['month', '1404-01', '1404-01'],
    ['month', '2025-04', '2025-04'],
    ['person', '0499370899', 'person of 0499370899'],
    ['person', '۰۴۹۹۳۷۰۸۹۹', 'person of 0499370899'],
    ['person', '٠٤٩٩٣٧٠٨٩٩', 'person of 0499370899'],
    ['enterprise', '10380284790', '10380284790'],
    ['enterprise', '۱۰۳۸۰۲۸۴۷۹۰', '10380284790'],
    ['enterprise', '۰۴۹۹۳۷۰۸۹۹', 'person of 0499370899'],
    ['reference', 'sso-s-123456', 'sso-s-123456'],
    ['reference', 'nid-0499370899', 'reference of nid-0499370899'],
  ])('as %s: %j → %j', (as, value, expected) => expect(become(as, value)).toBe(expected));

  it.each<FieldKind>([
    'text',
    'whole',
    'amount',
    'hours',
    'day',
    'month',
    'person',
    'enterprise',
    'reference',
  ])('as %s: nothing, null and unknown are null', (as) =>
    expect([undefined, null, '_U'].map((value) => become(as, value))).toEqual([null, null, null]),
  );

  it('under its name in the style of events', () => {
    expect(['day', 'start_day', 'a_b_c'].map(eventFieldName)).toEqual(['day', 'startDay', 'aBC']);
  });
});

describe('the kind of a field', () => {
  it.each<[FieldKind, Json, string[]]>([
    ['person', '0499370899', []],
    ['person', '۰۴۹۹۳۷۰۸۹۹', []],
    ['person', '0499370898', ['bad-national-id']],
    ['enterprise', '10380284790', []],
    ['enterprise', '۰۴۹۹۳۷۰۸۹۹', []],
    ['enterprise', '10380284792', ['bad-enterprise-id']],
    ['enterprise', '0499370898', ['bad-enterprise-id']],
    ['day', '1404-12-29', []],
    ['day', '1404-12-30', ['bad-day']],
    ['day', '2025-02-29', ['bad-day']],
    ['month', '1404-13', ['bad-month']],
    ['amount', '0.005', ['bad-amount']],
    ['text', '0499370898', []],
  ])('%s brings the check of its values: %j gives %j', (as, value, codes) => {
    expect(problemsOf(as, value)).toEqual(codes);
    expect(problemsOf(as, null)).toEqual([]);
    expect(problemsOf(as, '_U')).toEqual([]);
  });
});
