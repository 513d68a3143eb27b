import { useQuery } from '@tanstack/react-query';
import type { Answer } from '../api.js';
import { dataQuery } from '../queries.js';

export type CellsQuestion = {
  readonly dataflow: string;
  readonly measures: readonly string[];
  readonly by: readonly string[];
  /** None where the dataflow has no areas. */
  readonly area?: string;
  readonly from?: string;
  readonly to?: string;
};

/** Measures of an area, month by month; undefined while no month has a figure. */
export const monthly = (
  dataflow: string,
  measures: readonly string[],
  area: string,
  span: readonly [from: string, to: string] | undefined,
): CellsQuestion | undefined =>
  span && { dataflow, measures, by: ['month'], area, from: span[0], to: span[1] };

/** Figures of a dataflow that no indicator tells apart, at the position shown. */
export const useCells = (question: CellsQuestion | undefined, release: string | undefined) => {
  const asked = question ?? { dataflow: '', measures: [], by: [] };
  const query = useQuery({
    ...dataQuery({ ...asked, asKnownAt: release ?? 'latest', view: 'effective' }),
    enabled: question !== undefined,
  });
  return {
    answer: query.data,
    error: query.data === undefined ? query.error : null,
    retry: () => void query.refetch(),
  };
};

/** A figure of a row as exact text. */
export const cellText = (row: Answer['rows'][number] | undefined, measure: string): string | null => {
  const cell = row?.[measure];
  return cell === null || cell === undefined ? null : String(cell);
};
