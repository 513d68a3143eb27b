import type { Scores } from './example.js';
import type { Query, Vocabulary } from './vocabulary.js';

/** What a feature counts in a code that never had it. */
const SMOOTHING = 0.02;

export type WordCounts = { scores(query: Query): Scores };

/**
 * Multinomial naive Bayes on the same features: the logarithm of how likely the title is under each code,
 * 0 for the likeliest one. The codes' shares in the index are their prior.
 */
export const wordCountsIn = (vocabulary: Vocabulary): WordCounts => {
  const { codes, codeOf, documents } = vocabulary;
  const titles = new Float64Array(codes.length);
  for (const code of codeOf) titles[code] = (titles[code] ?? 0) + 1;
  const totals = new Float64Array(codes.length);
  const gains = documents.map((having) => {
    const counts = new Map<number, number>();
    for (const document of having) {
      const code = codeOf[document] ?? 0;
      counts.set(code, (counts.get(code) ?? 0) + 1);
      totals[code] = (totals[code] ?? 0) + 1;
    }
    return [...counts].map(([code, count]) => [code, Math.log((SMOOTHING + count) / SMOOTHING)] as const);
  });
  const bases = totals.map((total) => Math.log(total + SMOOTHING * documents.length));
  return {
    scores: ({ ids }) => {
      const scores = titles.map((count, code) => Math.log(count) - ids.length * (bases[code] ?? 0));
      for (const id of ids)
        for (const [code, gain] of gains[id] ?? []) scores[code] = (scores[code] ?? 0) + gain;
      const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
      return scores.map((score) => score - most);
    },
  };
};
