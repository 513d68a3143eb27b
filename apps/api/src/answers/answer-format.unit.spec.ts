import { describe, expect, it } from '@jest/globals';
import { negotiate } from './answer-format.js';

describe('the form of an answer', () => {
  it.each([
    [undefined, 'json'],
    ['*/*', 'json'],
    ['text/csv', 'csv'],
    ['text/*', 'csv'],
    ['application/json, text/csv', 'json'],
    ['application/json;q=0.5, text/csv;q=0.9', 'csv'],
    ['text/html, */*;q=0.8', 'json'],
    ['application/json;q=0, */*', 'csv'],
    ['TEXT/CSV', 'csv'],
  ] as const)('for Accept %p is %s', (accept, format) => {
    expect(negotiate(undefined, accept)).toBe(format);
  });

  it('is what the parameter says, whatever the header prefers', () => {
    expect(negotiate('json', 'text/csv')).toBe('json');
    expect(negotiate('csv', 'image/png')).toBe('csv');
  });

  it.each(['image/png', 'application/json;q=0', 'text/html;q=x'])('is refused for Accept %p', (accept) => {
    expect(() => negotiate(undefined, accept)).toThrow(expect.objectContaining({ code: 'not-acceptable' }));
  });
});
