import type { IndicatorAnswer, IndicatorRow, IndicatorSummary } from '../indicator-api.js';
import { revisedIn, type Revised } from '../readings.js';
import { lies } from '../periods.js';
import type { Frequency } from '../url-state.js';

/** What one indicator tells at the position shown, and told at the release before it. */
export type Told = {
  readonly summary: IndicatorSummary;
  readonly freq: Frequency;
  readonly rows: readonly IndicatorRow[];
  readonly before: { readonly release: string; readonly rows: readonly IndicatorRow[] } | undefined;
};

/** The code of an indicator in a question, without a frequency of its own. */
export const codeOf = (asked: string): string => asked.split('@')[0] ?? asked;

/** Answers by what was asked; indicators that the catalogue does not know are left out. */
export const toldBy = (
  asked: readonly string[],
  answers: readonly IndicatorAnswer[],
  before: { readonly release: string; readonly answers: readonly IndicatorAnswer[] } | undefined,
  catalogue: readonly IndicatorSummary[],
): ReadonlyMap<string, Told> => {
  const told = new Map<string, Told>();
  asked.forEach((name, at) => {
    const [answer, summary] = [answers[at], catalogue.find(({ code }) => code === codeOf(name))];
    if (answer === undefined || summary === undefined) return;
    const earlier = before?.answers[at];
    told.set(name, {
      summary,
      freq: answer.freq,
      rows: answer.rows,
      before: before && earlier && { release: before.release, rows: earlier.rows },
    });
  });
  return told;
};

/** Periods that the position before told otherwise. */
export const revisionsOf = ({ rows, before }: Told): readonly Revised[] =>
  before === undefined ? [] : revisedIn(rows, before.rows);

/** Every period of the series, ascending: they need not begin or end together. */
export const periodsOf = (told: readonly Told[]): readonly string[] =>
  [...new Set(told.flatMap(({ rows }) => rows.map(({ period }) => period)))].sort();

/** What of each lies between two months or holds one of them. */
export const cutTo = (
  told: ReadonlyMap<string, Told>,
  from: string | undefined,
  to: string | undefined,
): ReadonlyMap<string, Told> => {
  const cut = (rows: readonly IndicatorRow[]) => rows.filter(({ period }) => lies(period, from, to));
  return new Map(
    [...told].map(([name, one]) => [
      name,
      {
        ...one,
        rows: cut(one.rows),
        before: one.before && { release: one.before.release, rows: cut(one.before.rows) },
      },
    ]),
  );
};
