import type { Code, Dimension } from './api.js';
import type { Formats } from './formats.js';

/** Codes from the top of the hierarchy down to this one; only the code itself when it is not listed. */
export const lineageOf = (codes: readonly Code[], code: string): readonly string[] => {
  const byCode = new Map(codes.map((entry) => [entry.code, entry]));
  const path: string[] = [];
  for (let at: string | undefined = code; at !== undefined && !path.includes(at); at = byCode.get(at)?.parent)
    path.unshift(at);
  return path;
};

export const rootsOf = (codes: readonly Code[]): readonly Code[] => {
  const listed = new Set(codes.map((entry) => entry.code));
  return codes.filter((entry) => entry.parent === undefined || !listed.has(entry.parent));
};

export const childrenOf = (codes: readonly Code[], parent: string): readonly Code[] =>
  codes.filter((entry) => entry.parent === parent);

const isUnknown = (entry: Code): boolean => entry.code.endsWith('_U');

/** By name in the reader's alphabet; the unknown category last. */
export const inReadingOrder = (codes: readonly Code[], formats: Formats): readonly Code[] =>
  [...codes].sort(
    (a, b) =>
      Number(isUnknown(a)) - Number(isUnknown(b)) ||
      formats.compare(formats.name(a.name), formats.name(b.name)),
  );

/**
 * Grouping that shows the areas one level below `area`: the dimension itself at its finest level,
 * `area@state` for a coarser one. Undefined at the bottom.
 */
export const groupingBelow = (dimension: Dimension, area: string): string | undefined => {
  const level = childrenOf(dimension.codes, area)[0]?.level;
  if (level === undefined) return childrenOf(dimension.codes, area).length > 0 ? dimension.code : undefined;
  return level === dimension.levels?.at(-1) ? dimension.code : `${dimension.code}@${level}`;
};
