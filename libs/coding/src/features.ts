/** A title as the classifiers see it: distinct features, words before fragments. */
export type Features = { readonly words: readonly string[]; readonly fragments: readonly string[] };

/** Plural and indefinite endings off; what remains is never empty. */
const stemOf = (word: string): string => {
  let stem = word.replace(/(های|هایی|ها)$/, '');
  if (stem.length > 5) stem = stem.replace(/(ان|ین|ات)$/, '');
  if (stem.length > 3) stem = stem.replace(/ی$/, '');
  return stem === '' ? word : stem;
};

const wordFeatures = (words: readonly string[]): string[] => {
  const stems = words.map(stemOf);
  return [
    ...words.map((word) => `w:${word}`),
    ...stems.map((stem) => `s:${stem}`),
    ...stems.slice(1).map((stem, at) => `b:${stems[at]}_${stem}`),
    // the head of a Persian title stands first and says what is done, the last word often where
    ...stems.slice(0, 1).map((stem) => `f:${stem}`),
    ...stems.slice(-1).map((stem) => `l:${stem}`),
  ];
};

/** Fragments of 2 to 5 letters within words; `<` and `>` mark where a word begins and ends. */
const fragmentsOf = (words: readonly string[], shortest: number, longest: number): string[] =>
  words.flatMap((word) => {
    const bounded = `<${word}>`;
    const fragments: string[] = [];
    for (let length = shortest; length <= longest; length++)
      for (let at = 0; at + length <= bounded.length; at++)
        fragments.push(`c:${bounded.slice(at, at + length)}`);
    return fragments;
  });

export const featuresOf = (words: readonly string[]): Features => ({
  words: [...new Set(wordFeatures(words))],
  fragments: [...new Set(fragmentsOf(words, 2, 5))],
});

/** Fewer fragments, for the classifier that averages all of them. */
export const tokensOf = (words: readonly string[]): readonly string[] => [
  ...new Set([...wordFeatures(words), ...fragmentsOf(words, 3, 4)]),
];
