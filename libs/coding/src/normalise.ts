/** Letters that stand for one another in Persian text typed on Arabic or older keyboards, and their one form. */
const LETTERS: Readonly<Record<string, string>> = {
  ي: 'ی',
  ى: 'ی',
  ې: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ڪ: 'ک',
  ة: 'ه',
  ۀ: 'ه',
  أ: 'ا',
  إ: 'ا',
  ٱ: 'ا',
  آ: 'ا',
  ؤ: 'و',
  ء: '',
};

/** Short vowels, tanween, shadda, superscript alef and the stretching of a line: never part of the spelling. */
const MARKS = /[\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g;

/** Non-joiner, joiner and direction marks: two halves of one word, as different hands write them apart. */
const JOINERS = /[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/g;

const digit = (sign: string): string => String((sign.codePointAt(0) ?? 0) % 16);

/**
 * The one form of a Persian title in which spellings of different keyboards meet: Arabic letters as Persian
 * ones, no diacritics, Latin digits, lower case, everything that is no letter or digit a single space. The
 * zero-width non-joiner becomes a space. The empty text stays empty.
 */
export const normaliseTitle = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[يىېئكڪةۀأإٱآؤء]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(MARKS, '')
    // U+0660… and U+06F0… both end in the digit itself
    .replace(/[٠-٩۰-۹]/g, digit)
    .replace(JOINERS, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What two titles share when they differ only in how their words are set apart. */
export const titleKey = (text: string): string => normaliseTitle(text).replaceAll(' ', '');
