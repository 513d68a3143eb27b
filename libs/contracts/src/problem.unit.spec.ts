import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskValue } from './mask.js';
import { describeProblem, problemCatalogue } from './problem.js';

describe('a masked value', () => {
  it.each([
    ['Tehran-12', 'Txxxxx-##'],
    ['1717.205', '1###.###'],
    ['کارگر', 'کxxxx'],
    ['X', 'x'],
    ['abc', 'xxx'],
    ['', ''],
    ['a\u0000bcd', 'a?xxx'],
    ['😀 smile', '? xxxxx'],
    [true, 'txxx'],
    [12345, '1####'],
    [null, null],
    [undefined, null],
    [['secret'], '[…]'],
    [{ name: 'secret' }, '{…}'],
  ])('of %j is %j', (value, masked) => expect(maskValue(value)).toBe(masked));

  it('of a long text tells its length and stays short', () => {
    expect(maskValue('y'.repeat(10_000_000))).toBe(`y${'x'.repeat(23)}…(10000000)`);
  });

  it('never shows a letter or digit behind the first', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const rest = [...(maskValue(text) ?? '')]
          .slice(1)
          .join('')
          .replace(/…\(\d+\)$/, '');
        expect(rest).toMatch(/^[x#?\-.,:/+_ ]*$/);
      }),
    );
  });
});

describe('the catalogue of problems', () => {
  it('has a message and a mend in Persian and English for every code', () => {
    for (const [code, { message, mend }] of Object.entries(problemCatalogue)) {
      expect(code).toMatch(/^[a-z][a-z-]+$/);
      for (const words of [message, mend]) {
        expect(words.fa).toMatch(/[؀-ۿ]/);
        expect(words.en).toMatch(/^[a-z]/);
      }
    }
  });

  it('names the field and prefers the mend of the contract', () => {
    const problem = { code: 'bad-format', field: 'area', value: 'Txxxxx' };
    expect(describeProblem(problem).message.en).toBe(
      'the value of area does not have the form that the contract asks for',
    );
    expect(describeProblem(problem, { area: { fa: 'کد', en: 'Use IR-23.' } }).mend.en).toBe('Use IR-23.');
  });

  it('has words for a code of a later version, also when it is called like a part of Object', () => {
    expect(describeProblem({ code: 'constructor', field: null, value: null }).message.en).toBe(
      'the record was refused (constructor)',
    );
  });
});
