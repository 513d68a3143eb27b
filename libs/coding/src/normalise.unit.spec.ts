import { describe, expect, it } from '@jest/globals';
import { compoundsIn, wordsOf } from './compounds.js';
import { featuresOf } from './features.js';
import { normaliseTitle, titleKey } from './normalise.js';

describe('the one form of a title', () => {
  it.each([
    ['Arabic yeh and kaf', 'كارگر يخچال', 'کارگر یخچال'],
    ['alef with madda or hamza', 'آأإٱ', 'اااا'],
    ['hamza on its seats and alone', 'مسئول مؤسسه جزء', 'مسیول موسسه جز'],
    ['teh marbuta and heh with yeh', 'دایرة خانۀ', 'دایره خانه'],
    ['vowels, doubling and stretching', 'مُدَرِّس نجـــار', 'مدرس نجار'],
    ['Persian and Arabic digits', 'پایه ۱۹ و ٠٢', 'پایه 19 و 02'],
    ['the non-joiner', 'جوش\u200cکار', 'جوش کار'],
    ['direction marks and joiners', 'دبیر\u200e کل\u200d', 'دبیر کل'],
    ['presentation forms', 'ﻛﺎر', 'کار'],
    ['brackets, dashes, commas, spaces', ' کفش (چرمی) ـ  تولید، پخش-', 'کفش چرمی تولید پخش'],
    ['capitals', 'اپراتور CNC', 'اپراتور cnc'],
    ['nothing', ' \u200c، ', ''],
  ])('meets spellings with %s', (_what, typed, normal) => {
    expect(normaliseTitle(typed)).toBe(normal);
  });

  it('is its own normal form', () => {
    const once = normaliseTitle('مُدیر آموزش\u200cهای فنّي ۳');
    expect(normaliseTitle(once)).toBe(once);
  });

  it('has one key however the words are set apart', () => {
    expect(new Set(['برق کار', 'برقکار', 'برق\u200cكار'].map(titleKey)).size).toBe(1);
  });
});

describe('words of a title', () => {
  const compounds = compoundsIn(['جوش\u200cكار برق', 'آب\u200cی']);

  it('are taken apart as the index sets them apart', () => {
    expect(wordsOf('جوشکار برق', compounds)).toEqual(['جوش', 'کار', 'برق']);
    expect(wordsOf('جوش کار برق', compounds)).toEqual(['جوش', 'کار', 'برق']);
  });

  it('stay whole when short or not in the index', () => {
    expect(wordsOf('آبی برقکار', compounds)).toEqual(['ابی', 'برقکار']);
  });

  it('give each feature once, with the head and the last word named', () => {
    const { words, fragments } = featuresOf(['کار', 'کار']);
    expect(words).toEqual(['w:کار', 's:کار', 'b:کار_کار', 'f:کار', 'l:کار']);
    expect(fragments).toContain('c:<ک');
    expect(fragments).toContain('c:<کار>');
    expect(new Set(fragments).size).toBe(fragments.length);
  });

  it('lose plural endings in their stems and never everything', () => {
    expect(featuresOf(['دستگاههای']).words).toContain('s:دستگاه');
    expect(featuresOf(['ها']).words).toContain('s:ها');
  });
});
