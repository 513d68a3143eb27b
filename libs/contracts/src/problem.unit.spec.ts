import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maskName, maskValue } from './mask.js';
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

describe('a masked value, masked again,', () => {
  it('is the same', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 20, maxLength: 60 }));
    fc.assert(
      fc.property(fc.oneof(text, fc.integer(), fc.constant([]), fc.constant({})), (value) => {
        const masked = maskValue(value);
        expect(maskValue(masked)).toBe(masked);
      }),
    );
  });

  it('does not let digits through that only look like a length', () => {
    expect(maskValue('a…(0499370899)')).toBe('axx(##########)'.replace('xx(', '??').replace(/\)$/, '?'));
    expect(maskValue(`${'a'.repeat(24)}…(0499370899)`)).not.toContain('0499370899');
  });
});

describe('a name from outside', () => {
  it.each([
    ['monthly wage 2026', 'monthly wage 2026'],
    ['saldo_movimentação (R$)', 'saldo_movimentação (R$)'],
    ['ستون ۱۴۰۴', 'ستون ۱۴۰۴'],
    ['a\u0000b\nc', 'a?b?c'],
    ['0499370899', '##########'],
    ['کد ۰۴۹۹۳۷۰۸۹۹', 'کد ##########'],
    ['٠٤٩-٩٣٧٠٨٩-٩', '###-######-#'],
    ['id 0 4 9 9 3 7 0 8 9 9', 'id # # # # # # # # # #'],
    ['499370899', '#########'],
  ])('%j is shown as %j', (name, shown) => expect(maskName(name)).toBe(shown));

  it('is short, and counts digits behind its cut too', () => {
    expect(maskName('n'.repeat(1000))).toBe('n'.repeat(60));
    expect(maskName(`${'n'.repeat(55)}04993${'7'.repeat(5)}`)).toBe(`${'n'.repeat(55)}#####`);
    expect(maskName(`${'n'.repeat(59)}😀`)).toBe('n'.repeat(59));
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
