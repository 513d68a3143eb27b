/** A point of a sparkline in its box: x from left (oldest) to right, y from top. */
export type SparkPoint = { readonly x: number; readonly y: number };

/**
 * Unbroken runs of points: a period without a figure breaks the line. The lowest and highest figure touch
 * the edges of the box less the margin; figures that are all equal lie in the middle.
 */
export const sparkRuns = (
  values: readonly (string | null)[],
  box: { readonly width: number; readonly height: number; readonly margin: number },
): readonly (readonly SparkPoint[])[] => {
  const numbers = values.flatMap((value) => (value === null ? [] : [Number(value)]));
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const inner = { width: box.width - 2 * box.margin, height: box.height - 2 * box.margin };
  const pointOf = (value: number, at: number): SparkPoint => ({
    x: box.margin + (values.length < 2 ? inner.width : (at / (values.length - 1)) * inner.width),
    y: box.margin + (high === low ? inner.height / 2 : (1 - (value - low) / (high - low)) * inner.height),
  });
  const runs: SparkPoint[][] = [[]];
  values.forEach((value, at) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push(pointOf(Number(value), at));
  });
  return runs.filter((run) => run.length > 0);
};
