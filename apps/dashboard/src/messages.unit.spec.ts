import { describe, expect, it } from '@jest/globals';
import { english } from './messages-en.js';
import { persian } from './messages-fa.js';

const placeholders = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name = '']) => name))].sort();

describe('the messages', () => {
  it('are the same in both languages, with the same gaps to fill', () => {
    expect(Object.keys(persian).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(english))
      expect([key, placeholders(persian[key as keyof typeof persian])]).toEqual([key, placeholders(text)]);
  });

  it('have no Latin digits, Arabic letters or Latin punctuation in Persian', () => {
    for (const [key, text] of Object.entries(persian)) {
      if (key === 'display.digits.latin') continue; // it shows them
      const prose = text.replace(/\{[^{}]*\}/g, '').replace(/\{\w+, plural,|=0|other|one/g, '');
      expect([key, /[0-9كي?;]/.test(prose)]).toEqual([key, false]);
    }
  });
});
