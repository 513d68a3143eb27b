/** Classes of a map: `of` tells the class of a figure, 0 the lowest. Bounds are figures that occur. */
export type Classes = {
  readonly bounds: readonly { readonly low: string; readonly high: string }[];
  readonly of: (value: string) => number;
};

const most = 5;

/**
 * At most five classes with about as many provinces each. Equal figures never fall into different classes,
 * so few different figures make few classes.
 */
export const classesOf = (values: readonly string[]): Classes => {
  const sorted = values.toSorted((a, b) => Number(a) - Number(b));
  const distinct = sorted.filter((value, i) => i === 0 || Number(value) !== Number(sorted[i - 1]));
  const count = Math.min(most, distinct.length);
  const starts = new Set(
    Array.from({ length: count }, (_, i) => Number(sorted[Math.floor((i * sorted.length) / count)])),
  );
  const edges = [...starts].sort((a, b) => a - b);
  const classOf = (value: string): number => {
    const at = edges.findLastIndex((edge) => Number(value) >= edge);
    return Math.max(0, at);
  };
  return {
    of: classOf,
    bounds: edges.map((_, i) => {
      const members = sorted.filter((value) => classOf(value) === i);
      return { low: members[0] ?? '', high: members.at(-1) ?? '' };
    }),
  };
};
