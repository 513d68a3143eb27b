import { describe, expect, it } from '@jest/globals';
import type { Json } from '@karnama/kernel';
import type { Problem } from './problem.js';
import { ruleOf } from './rules.js';

const found = (
  name: string,
  args: readonly Json[],
  record: Readonly<Record<string, Json>>,
): readonly Problem[] => {
  const problems: Problem[] = [];
  ruleOf(name, args)(record, problems);
  return problems;
};

describe('the rule', () => {
  it.each<[string, Json[], Record<string, Json>, string[]]>([
    ['not-before-day', ['b', 'a', 'too-soon'], { a: '1404-01-02', b: '1404-01-01' }, ['too-soon b']],
    ['not-before-day', ['b', 'a', 'too-soon'], { a: '1404-01-02', b: '1404-01-02' }, []],
    ['not-before-day', ['b', 'a', 'too-soon'], { a: '1404-01-02', b: '2025-03-21' }, ['too-soon b']],
    ['not-before-day', ['b', 'a', 'too-soon'], { a: '1404-01-02', b: '2025-03-22' }, []],
    ['not-before-day', ['b', 'a', 'too-soon'], { a: '1404-01-02', b: null }, []],
    ['not-before-day', ['b', 'a', 'too-soon'], { b: '1404-01-01' }, []],
    ['not-before-day', ['b', 'a', 'too-soon'], { a: '1404-13-02', b: '1404-01-01' }, []],
    ['days', ['a', 'b'], { a: '1404-13-02', b: '2025-02-29' }, ['bad-day a', 'bad-day b']],
    ['legal-entity-id', ['a'], { a: '10380284790' }, []],
    ['legal-entity-id', ['a'], { a: '0499370899' }, ['bad-legal-entity-id a']],
    ['postal-code', ['a'], { a: '۱۱۹۳۶۵۳۴۷۱' }, []],
    ['postal-code', ['a'], { a: '11936-53471' }, ['bad-postal-code a']],
    ['workshop-code', ['a'], { a: '2222222222' }, ['bad-workshop-code a']],
    ['workshop-code', ['a'], {}, []],
    ['differs', ['a', 'b', 'c'], { a: '0499370899', b: '1', c: '۰۴۹۹۳۷۰۸۹۹' }, ['repeats-another-field a']],
    ['differs', ['a', 'b'], { a: 4400276201, b: '4400276201' }, ['repeats-another-field a']],
    ['differs', ['a', 'b'], { a: '1', b: '2' }, []],
    ['differs', ['a', 'b'], { a: null }, []],
  ])('%s %j on %j finds %j', (name, args, record, expected) => {
    expect(found(name, args, record).map(({ code, field }) => `${code} ${field}`)).toEqual(expected);
  });

  it('shows of an identifier at most its first digit', () => {
    expect(found('national-id', ['a'], { a: '0499370898' })).toEqual([
      { code: 'bad-national-id', field: 'a', value: '0#########' },
    ]);
  });
});
