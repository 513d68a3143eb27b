import type { Example } from './example.js';
import { titleKey } from './normalise.js';

/** Numbers from a seed (mulberry32, T. Ettinger, public domain): the same seed gives the same numbers. */
const numbersFrom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export type Fold = { readonly learnt: readonly Example[]; readonly unseen: readonly Example[] };

/**
 * Divides examples into folds by drawing titles, not lines: titles that differ only in spelling, spacing or
 * code are in the same fold, so what is unseen in a fold was not learnt in it under another spelling. Names of
 * codes are learnt but never counted as unseen: nobody is called by them.
 */
export const foldsOf = (examples: readonly Example[], count: number, seed: number): readonly Fold[] => {
  const keys = [...new Set(examples.map(({ title }) => titleKey(title)))];
  const next = numbersFrom(seed);
  for (let at = keys.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [keys[at], keys[other]] = [keys[other] ?? '', keys[at] ?? ''];
  }
  const foldOf = new Map(keys.map((key, at) => [key, at % count]));
  return Array.from({ length: count }, (_, fold) => ({
    learnt: examples.filter(({ title }) => foldOf.get(titleKey(title)) !== fold),
    unseen: examples.filter(({ title, name }) => name !== true && foldOf.get(titleKey(title)) === fold),
  }));
};
