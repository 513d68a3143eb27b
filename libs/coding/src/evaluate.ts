import { calibrate, confidenceOf, type Outcome } from './calibration.js';
import { learn, type Candidate } from './classifier.js';
import { defaultTop } from './coder.js';
import type { CodingIndex } from './coding-index.js';
import { foldsOf } from './folds.js';

/** An unseen title, its code in the index, and what was suggested, with the confidence a person would see. */
export type Judged = {
  readonly title: string;
  readonly code: string;
  readonly suggestions: readonly { readonly code: string; readonly confidence: number }[];
};

type Answered = {
  readonly fold: number;
  readonly title: string;
  readonly code: string;
  readonly candidates: readonly Candidate[];
};

const outcomes = (answered: readonly Answered[]): Outcome[] =>
  answered.flatMap(({ code, candidates }) =>
    candidates.map((candidate) => ({ share: candidate.share, right: candidate.code === code })),
  );

/**
 * Cross-validation: every title is coded by a classifier that did not learn it under any spelling, and its
 * confidence comes from the outcomes of the other folds alone. `onFold` is called after each fold.
 */
export const crossValidate = async (
  index: CodingIndex,
  { folds, seed, onFold }: { folds: number; seed: number; onFold?: (fold: number) => void },
): Promise<readonly Judged[]> => {
  const answered: Answered[] = [];
  for (const [fold, { learnt, unseen }] of foldsOf(index.examples, folds, seed).entries()) {
    const classifier = await learn(learnt);
    for (const { code, title } of unseen)
      answered.push({ fold, title, code, candidates: classifier.candidates(title, defaultTop) });
    onFold?.(fold);
  }
  const calibrations = Array.from({ length: folds }, (_, fold) =>
    calibrate(outcomes(answered.filter((answer) => answer.fold !== fold))),
  );
  return answered.map(({ fold, title, code, candidates }) => ({
    title,
    code,
    suggestions: candidates.map((candidate) => ({
      code: candidate.code,
      confidence: confidenceOf(calibrations[fold] ?? [], candidate.share),
    })),
  }));
};

/** The part of titles whose code is among the first `top` suggestions, compared at the first `digits`. */
export const accuracyOf = (judged: readonly Judged[], digits: number, top: number): number => {
  const right = judged.filter(({ code, suggestions }) =>
    suggestions
      .slice(0, top)
      .some((suggestion) => suggestion.code.slice(0, digits) === code.slice(0, digits)),
  );
  return right.length / judged.length;
};
