import type { Scores } from './example.js';
import type { Query, Vocabulary } from './vocabulary.js';

const NEIGHBOURS = 25;

export type Neighbours = { scores(query: Query): Scores };

/** Most alike first; the earlier title where two are equally alike, so that answers never depend on chance. */
const nearest = (likeness: Float64Array): number[] => {
  const some: number[] = [];
  for (let document = 0; document < likeness.length; document++)
    if ((likeness[document] ?? 0) > 0) some.push(document);
  return some.sort((a, b) => (likeness[b] ?? 0) - (likeness[a] ?? 0) || a - b).slice(0, NEIGHBOURS);
};

/**
 * Nearest neighbours by the cosine of TF-IDF vectors: each of the 25 most alike titles speaks for its code
 * with the cube of its likeness. Scores are 0…1, 1 for the code that the most speaks for.
 */
export const neighboursIn = (vocabulary: Vocabulary): Neighbours => {
  const { codes, codeOf, documents, weights } = vocabulary;
  const lengths = new Float64Array(codeOf.length);
  documents.forEach((having, id) => {
    for (const document of having) lengths[document] = (lengths[document] ?? 0) + (weights[id] ?? 0);
  });
  for (let document = 0; document < lengths.length; document++)
    lengths[document] = Math.sqrt(lengths[document] ?? 0);
  return {
    scores: ({ ids, length }) => {
      const likeness = new Float64Array(codeOf.length);
      for (const id of ids)
        for (const document of documents[id] ?? [])
          likeness[document] = (likeness[document] ?? 0) + (weights[id] ?? 0);
      for (let document = 0; document < likeness.length; document++)
        likeness[document] = (likeness[document] ?? 0) / (length * (lengths[document] ?? 1));
      const scores = new Float64Array(codes.length);
      for (const document of nearest(likeness)) {
        const code = codeOf[document] ?? 0;
        scores[code] = (scores[code] ?? 0) + (likeness[document] ?? 0) ** 3;
      }
      const most = scores.reduce((a, b) => Math.max(a, b), 0);
      return most === 0 ? scores : scores.map((score) => score / most);
    },
  };
};
