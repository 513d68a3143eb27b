import type { Point } from './series.js';

/**
 * How a month's figure fared between two positions of knowledge: `added` had no figure then,
 * `withdrawn` has none any more, `revised` has another one, `same` is as it was.
 */
export type Fate = 'same' | 'revised' | 'added' | 'withdrawn';

export type Revision = {
  readonly month: string;
  readonly known: bigint | null;
  readonly now: bigint | null;
  /** `now − known`; null unless both exist. */
  readonly difference: bigint | null;
  readonly fate: Fate;
};

export const fateOf = (known: bigint | null, now: bigint | null): Fate => {
  if (known === now) return 'same';
  if (known === null) return 'added';
  if (now === null) return 'withdrawn';
  return 'revised';
};

/** Two series of one question, as known then and as known now, month by month, oldest first. */
export const compareSeries = (then: readonly Point[], today: readonly Point[]): readonly Revision[] => {
  const known = new Map(then.map((point) => [point.month, point.value]));
  const now = new Map(today.map((point) => [point.month, point.value]));
  return [...new Set([...known.keys(), ...now.keys()])].sort().map((month) => {
    const before = known.get(month) ?? null;
    const after = now.get(month) ?? null;
    return {
      month,
      known: before,
      now: after,
      difference: before === null || after === null ? null : after - before,
      fate: fateOf(before, after),
    };
  });
};

export type Changes = { readonly revised: number; readonly added: number };

/** How many months have another figure now (or none any more), and how many came in since. */
export const changesIn = (revisions: readonly Revision[]): Changes => ({
  revised: revisions.filter(({ fate }) => fate === 'revised' || fate === 'withdrawn').length,
  added: revisions.filter(({ fate }) => fate === 'added').length,
});
