import { KarnamaError } from '@karnama/kernel';
import type { Dataflow } from './dataflow.js';

/**
 * Where the measures that a query asks for stand in `CellDelta.measures`; when it names none: all of
 * the dataflow, then units, then keys.
 * @throws KarnamaError `unknown-measure`
 */
export const measurePlaces = (
  { code, measures }: Dataflow<never>,
  asked: readonly string[] | undefined,
): readonly number[] => {
  if (asked === undefined) return [...measures.keys(), measures.length, measures.length + 1];
  return asked.map((name) => {
    const place = measures.findIndex((measure) => measure.code === name);
    if (place < 0)
      throw new KarnamaError(
        'unknown-measure',
        `the cells of ${code} hold no measure "${name}"`,
        `one of ${measures.map((measure) => measure.code).join(', ')}`,
      );
    return place;
  });
};
