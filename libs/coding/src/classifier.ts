import { compoundsIn, wordsOf } from './compounds.js';
import type { Example } from './example.js';
import { loadLinear, trainLinear } from './linear-classifier.js';
import { neighboursIn } from './neighbours.js';
import { queryOf, vocabularyOf } from './vocabulary.js';
import { wordCountsIn } from './word-counts.js';

/** A code and the share of the joint score that fell to it; shares over all codes add up to 1. */
export type Candidate = { readonly code: string; readonly share: number };

export type Classifier = {
  /** The best codes, best first; none when the title has nothing in common with any that was learnt. */
  candidates(title: string, count: number): readonly Candidate[];
  /** What training made and loading needs. */
  bytes(): Uint8Array;
};

/** How much each voice weighs; chosen by cross-validation, see docs/coding-evaluation.md. */
const voice = { linear: 0.5, linearFloor: 1e-4, neighbours: 1.5, neighboursFloor: 0.02, counts: 1 / 15 };

const sharesOf = (scores: Float64Array): Float64Array => {
  const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const parts = scores.map((score) => Math.exp(score - most));
  const whole = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / whole);
};

/**
 * Learns titles and their codes. Three voices are added up: the linear classifier of the library, the nearest
 * neighbours, and counts of words; they err on different titles. With `stored`, the bytes of an earlier
 * training on the same examples, the linear classifier is loaded instead of trained.
 */
export const learn = async (examples: readonly Example[], stored?: Uint8Array): Promise<Classifier> => {
  const compounds = compoundsIn(examples.map(({ title }) => title));
  const titles = examples
    .map(({ code, title }) => ({ code, words: wordsOf(title, compounds) }))
    .filter(({ words }) => words.length > 0);
  const vocabulary = vocabularyOf(titles);
  const codes = new Map(vocabulary.codes.map((code, at) => [code, at]));
  const linear = await (stored === undefined ? trainLinear(titles) : loadLinear(stored));
  const neighbours = neighboursIn(vocabulary);
  const counts = wordCountsIn(vocabulary);
  return {
    candidates: (title, count) => {
      const words = wordsOf(title, compounds);
      const query = queryOf(vocabulary, words);
      if (query.ids.length === 0) return [];
      const near = neighbours.scores(query);
      const likely = counts.scores(query);
      const shares = sharesOf(
        linear
          .scores(words, codes)
          .map(
            (probability, code) =>
              voice.linear * Math.log(probability + voice.linearFloor) +
              voice.neighbours * Math.log((near[code] ?? 0) + voice.neighboursFloor) +
              voice.counts * (likely[code] ?? 0),
          ),
      );
      return vocabulary.codes
        .map((code, at) => ({ code, share: shares[at] ?? 0 }))
        .sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1))
        .slice(0, count);
    },
    bytes: () => linear.bytes(),
  };
};
