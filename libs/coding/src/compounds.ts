import { normaliseTitle } from './normalise.js';

const COMPOUND = /[\p{L}\p{M}]+(?:\u200c[\p{L}\p{M}]+)+/gu;

/** Words written in one piece → the parts that the index sets apart with a non-joiner. */
export type Compounds = ReadonlyMap<string, string>;

/**
 * Learns from titles how words are put together: where one hand writes `جوش‌کار`, another writes `جوشکار`.
 * Pieces shorter than four letters are left alone, they are too often words of their own.
 */
export const compoundsIn = (titles: Iterable<string>): Compounds => {
  const compounds = new Map<string, string>();
  for (const title of titles)
    for (const [compound] of title.matchAll(COMPOUND)) {
      const parts = normaliseTitle(compound);
      const whole = parts.replaceAll(' ', '');
      if (whole.length >= 4 && parts !== whole && !compounds.has(whole)) compounds.set(whole, parts);
    }
  return compounds;
};

/** The words of a title, compounds taken apart. */
export const wordsOf = (title: string, compounds: Compounds): readonly string[] =>
  normaliseTitle(title)
    .split(' ')
    .flatMap((word) => (compounds.get(word) ?? word).split(' '))
    .filter((word) => word !== '');
