import type { Contribution } from '@karnama/cells';

/** What an entity is counted as at the end of a period: codes and measures of one cell. */
export type Standing = {
  readonly codes: readonly string[];
  readonly measures: readonly number[];
  readonly units?: number;
};

/**
 * A stock as change points: what an entity is counted as at the end of each period, less what it was
 * counted as at the end of the period before. Summed from the first month up to any other, the changes
 * give the stock there; so an open state contributes finitely and no clock is needed.
 * @param months periods (as the month they are booked in) in which the standing may differ from the period before; any order
 * @param standingAt cells the entity is counted in at the end of the period; must be the same throughout between two of `months`
 */
export function* stockChanges(
  months: Iterable<number>,
  standingAt: (month: number) => readonly Standing[],
): Generator<Contribution> {
  let before: readonly Standing[] = [];
  for (const month of [...new Set(months)].sort((a, b) => a - b)) {
    const after = standingAt(month);
    if (isSame(before, after)) continue;
    for (const standing of before) yield contribution(month, standing, -1);
    for (const standing of after) yield contribution(month, standing, 1);
    before = after;
  }
}

const contribution = (
  month: number,
  { codes, measures, units = 1 }: Standing,
  sign: 1 | -1,
): Contribution => ({
  month,
  declared: month,
  codes,
  measures: sign === 1 ? measures : measures.map((value) => (value === 0 ? 0 : -value)),
  units: sign * units,
});

const isSame = (a: readonly Standing[], b: readonly Standing[]): boolean =>
  a.length === b.length &&
  a.every(({ codes, measures }, i) => {
    const other = b[i] as Standing;
    return (
      (codes === other.codes || codes.every((code, k) => code === other.codes[k])) &&
      measures.every((value, k) => value === other.measures[k])
    );
  });
