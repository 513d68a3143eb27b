import type { Label } from '@karnama/kernel';
import { unknown } from './code.js';
import type { Validity } from './pack.js';

/**
 * Which codes of one classification correspond to which of another. Many to many: a code with several
 * targets is ambiguous, for no weights are known, and a share of a job is no job.
 */
export type Correspondence = {
  readonly name: string;
  readonly version: string;
  readonly title: Label;
  readonly source: string;
  readonly valid: Validity;
  /** Pack of the codes recoded, where there is one, and of the codes they become. */
  readonly sourcePack: string | null;
  readonly targetPack: string;
  /** `longest-prefix`: a code not listed follows the longest listed code that it begins with. */
  readonly match: 'exact' | 'longest-prefix';
  readonly targets: ReadonlyMap<string, readonly string[]>;
};

/** What a code becomes. `reason` tells why it is `_U`. */
export type Recoded =
  | { readonly code: string; readonly reason: null }
  | {
      readonly code: typeof unknown;
      readonly reason: 'ambiguous' | 'no-target' | 'not-listed';
      /** The codes that came into question, in the order of the table. */
      readonly candidates: readonly string[];
    };

const targetsOf = ({ match, targets }: Correspondence, code: string): readonly string[] | undefined => {
  if (match === 'exact') return targets.get(code);
  for (let length = code.length; length > 0; length--) {
    const found = targets.get(code.slice(0, length));
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * The code that `code` corresponds to, or `_U` with the reason: `ambiguous` (several targets), `no-target`
 * (listed without one), `not-listed`.
 *
 * Recoding changes what a job is called, never whether it is there. Where it changes a live job's cell it is
 * a reclassification: the agency sends it as a change of the job (booked as `reclass_in` and `reclass_out`), or
 * the project changes the table, and then the dataflow gets a new version with its whole history recoded
 * alike. No hire, no separation and no growth comes of it.
 */
export const recode = (correspondence: Correspondence, code: string): Recoded => {
  const candidates = targetsOf(correspondence, code);
  if (candidates === undefined) return { code: unknown, reason: 'not-listed', candidates: [] };
  const [only] = candidates;
  if (only === undefined) return { code: unknown, reason: 'no-target', candidates };
  return candidates.length === 1
    ? { code: only, reason: null }
    : { code: unknown, reason: 'ambiguous', candidates };
};
