import { describe, expect, it } from '@jest/globals';
import { isFound, searchText } from './search-text.js';

describe('what is searched for', () => {
  it.each([
    ['كارگر', 'کارگر'],
    ['علي', 'علی'],
    ['مدرسة', 'مدرسه'],
    ['جویندهٔ کار', 'جوینده‌کار'],
    ['می‌خواهد', 'می خواهد'],
    ['استخـــدام', 'استخدام'],
    ['٢٣', '۲۳'],
    ['۲۳', '23'],
    ['São Paulo', 'sao paulo'],
    ['TEHRAN', 'tehran'],
  ])('finds %s and %s alike', (typed, name) => {
    expect(searchText(typed)).toBe(searchText(name));
    expect(isFound(typed, name)).toBe(true);
  });

  it('is a part of a name or of a code', () => {
    expect(isFound('آذربایجان', 'آذربایجان شرقی', 'IR-03')).toBe(true);
    expect(isFound('ir-03', 'آذربایجان شرقی', 'IR-03')).toBe(true);
    expect(isFound('غربی', 'آذربایجان شرقی', 'IR-03')).toBe(false);
  });

  it('is everything when nothing was typed', () => {
    expect(isFound(' \u200c ', 'تهران')).toBe(true);
  });
});
