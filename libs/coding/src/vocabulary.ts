import { featuresOf } from './features.js';

/** A whole word says more than a fragment of one. */
const WORD_WEIGHT = 2;

/** Everything the counting methods know of the training titles; documents and codes by number. */
export type Vocabulary = {
  readonly codes: readonly string[];
  readonly codeOf: Int32Array;
  readonly ids: ReadonlyMap<string, number>;
  /** feature → documents that have it */
  readonly documents: readonly Int32Array[];
  /** feature → squared weight of the feature, TF-IDF with binary counts */
  readonly weights: Float64Array;
  /** squared weight of a feature that no training title has, by kind */
  readonly unknownWeight: { readonly word: number; readonly fragment: number };
};

/** A title in numbers: the features known, and the length of the whole vector, unknown features included. */
export type Query = { readonly ids: readonly number[]; readonly length: number };

const weightOf = (titles: number, having: number, isWord: boolean): number =>
  ((Math.log((titles + 1) / (having + 1)) + 1) * (isWord ? WORD_WEIGHT : 1)) ** 2;

/** Numbers the features of training titles; `words` are the titles taken apart. */
export const vocabularyOf = (
  titles: readonly { readonly code: string; readonly words: readonly string[] }[],
): Vocabulary => {
  const codes = [...new Set(titles.map(({ code }) => code))].sort();
  const codeNumber = new Map(codes.map((code, at) => [code, at]));
  const ids = new Map<string, number>();
  const documents: number[][] = [];
  const isWord: boolean[] = [];
  const take = (document: number, feature: string, word: boolean): void => {
    let id = ids.get(feature);
    if (id === undefined) {
      id = ids.size;
      ids.set(feature, id);
      documents.push([]);
      isWord.push(word);
    }
    documents[id]?.push(document);
  };
  titles.forEach(({ words }, document) => {
    const features = featuresOf(words);
    for (const feature of features.words) take(document, feature, true);
    for (const feature of features.fragments) take(document, feature, false);
  });
  return {
    codes,
    codeOf: Int32Array.from(titles, ({ code }) => codeNumber.get(code) ?? -1),
    ids,
    documents: documents.map((having) => Int32Array.from(having)),
    weights: Float64Array.from(documents, (having, id) =>
      weightOf(titles.length, having.length, isWord[id] === true),
    ),
    unknownWeight: {
      word: weightOf(titles.length, 0, true),
      fragment: weightOf(titles.length, 0, false),
    },
  };
};

export const queryOf = (vocabulary: Vocabulary, words: readonly string[]): Query => {
  const { words: wholes, fragments } = featuresOf(words);
  const ids: number[] = [];
  let squared = 0;
  const take = (feature: string, unknown: number): void => {
    const id = vocabulary.ids.get(feature);
    squared += id === undefined ? unknown : (vocabulary.weights[id] ?? 0);
    if (id !== undefined) ids.push(id);
  };
  for (const feature of wholes) take(feature, vocabulary.unknownWeight.word);
  for (const feature of fragments) take(feature, vocabulary.unknownWeight.fragment);
  return { ids, length: Math.sqrt(squared) };
};
