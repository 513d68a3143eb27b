import type { Label } from '@karnama/kernel';
import { calibrate, confidenceOf, type Calibration } from './calibration.js';
import { learn, type Candidate, type Classifier } from './classifier.js';
import type { CodingIndex } from './coding-index.js';
import type { CodingScheme, Example } from './example.js';
import { foldsOf } from './folds.js';
import { titleKey } from './normalise.js';

/** From the index word for word, or from the classifier. */
export type Found = 'index' | 'classifier';

export type Suggestion = {
  readonly code: string;
  /** The name of the code; null when the index came without names. */
  readonly label: Label | null;
  /** 0…1: the part of suggestions with this confidence that are right. */
  readonly confidence: number;
  readonly found: Found;
};

export type Coding = {
  readonly text: string;
  /** Best first; empty when nothing in the title was ever learnt. */
  readonly suggestions: readonly Suggestion[];
  /** True when the first suggestion is too uncertain to be taken without a person. */
  readonly needsPerson: boolean;
};

export type CodeOptions = { readonly top?: number; readonly threshold?: number };

export type Coder = {
  readonly scheme: CodingScheme;
  /** Codes a title; by default five suggestions and the threshold `defaultThreshold`. */
  code(text: string, options?: CodeOptions): Coding;
};

/** What training leaves behind, to be kept; learning anew from the same index gives the same. */
export type TrainedCoding = { readonly linear: Uint8Array; readonly calibration: Calibration };

/** Below this confidence a person decides. */
export const defaultThreshold = 0.8;

export const defaultTop = 5;

/** Shares of the best codes of unseen titles and whether they were right: what confidence is learnt from. */
export const outcomesOf = (
  classifier: Classifier,
  unseen: readonly Example[],
): { share: number; right: boolean }[] =>
  unseen.flatMap(({ code, title }) =>
    classifier
      .candidates(title, defaultTop)
      .map((candidate) => ({ share: candidate.share, right: candidate.code === code })),
  );

const CALIBRATION_SEED = 1;

/** Trains on the whole index, and learns confidence from a fifth of it that a first training did not see. */
export const trainCoding = async (index: CodingIndex): Promise<TrainedCoding> => {
  const [fold] = foldsOf(index.examples, 5, CALIBRATION_SEED);
  const { learnt, unseen } = fold ?? { learnt: index.examples, unseen: [] };
  const calibration = calibrate(outcomesOf(await learn(learnt), unseen));
  return { linear: (await learn(index.examples)).bytes(), calibration };
};

/** Codes that the index has for a title, each with its part of the lines. */
type Matches = ReadonlyMap<string, readonly { readonly code: string; readonly part: number }[]>;

const matchesIn = (examples: readonly Example[]): Matches => {
  const counts = new Map<string, Map<string, number>>();
  for (const { code, title } of examples) {
    const key = titleKey(title);
    const codes = counts.get(key) ?? new Map<string, number>();
    counts.set(key, codes.set(code, (codes.get(code) ?? 0) + 1));
  }
  return new Map(
    [...counts].map(([key, codes]) => {
      const lines = [...codes.values()].reduce((a, b) => a + b, 0);
      const parts = [...codes].map(([code, count]) => ({ code, part: count / lines }));
      return [key, parts.sort((a, b) => b.part - a.part || (a.code < b.code ? -1 : 1))];
    }),
  );
};

/**
 * A coder from an index and what training made of it. A title of the index gets the codes of the index first,
 * with confidence 1 where it has one and the part of the lines where it has several; everything else comes
 * from the classifier.
 */
export const createCoder = async (index: CodingIndex, trained: TrainedCoding): Promise<Coder> => {
  const classifier = await learn(index.examples, trained.linear);
  const matches = matchesIn(index.examples);
  const suggestion = (code: string, confidence: number, found: Found): Suggestion => ({
    code,
    label: index.labels.get(code) ?? null,
    confidence,
    found,
  });
  return {
    scheme: index.scheme,
    code: (text, { top = defaultTop, threshold = defaultThreshold } = {}) => {
      const matched = matches.get(titleKey(text)) ?? [];
      const certain = matched.length > 0;
      // what the index says in full leaves nothing to be confident about in the codes it does not name
      const learntConfidence = ({ share }: Candidate): number =>
        certain ? 0 : confidenceOf(trained.calibration, share);
      const suggestions = [
        ...matched.map(({ code, part }) => suggestion(code, part, 'index')),
        ...classifier
          .candidates(text, top + matched.length)
          .filter(({ code }) => !matched.some((match) => match.code === code))
          .map((candidate) => suggestion(candidate.code, learntConfidence(candidate), 'classifier')),
      ].slice(0, top);
      return { text, suggestions, needsPerson: (suggestions[0]?.confidence ?? 0) < threshold };
    },
  };
};
