import type { IndicatorRow } from '../indicator-api.js';
import type { Told } from '../panel/told.js';
import { latestFigure } from '../readings.js';

/** The newest period of which at least one skill has a figure, with the figures of that period by skill. */
export type BySkill = {
  readonly told: Told;
  readonly period: string | undefined;
  readonly rows: ReadonlyMap<string, IndicatorRow>;
};

export const bySkill = (told: Told): BySkill => {
  const period = latestFigure(told.rows)?.period;
  const rows = told.rows.filter((row) => row.period === period);
  return { told, period, rows: new Map(rows.map((row) => [row['skill'] ?? '', row])) };
};

/** Skills by their gap, the shortest first; then those without a figure, in the order of their codes. */
export const skillsInOrder = (gap: BySkill, others: readonly BySkill[]): readonly string[] => {
  const codes = [...new Set([gap, ...others].flatMap(({ rows }) => [...rows.keys()]))].filter(
    (code) => !code.endsWith('_U'),
  );
  const valueOf = (code: string): number => {
    const value = gap.rows.get(code)?.value ?? null;
    return value === null ? -Infinity : Number(value);
  };
  return codes.sort((a, b) => valueOf(b) - valueOf(a) || (a < b ? -1 : 1));
};
