import type { Month } from '@karnama/kernel';

/** Sums by name, group (an area or an agency) and month; whole numbers. */
export type Counters = {
  /** Months outside first − 1 … horizon count nothing. */
  readonly add: (name: string, group: string, month: Month, count?: number) => void;
  /** As `add`, of sums that can pass 2^53. */
  readonly addLarge: (name: string, group: string, month: Month, count: bigint) => void;
  /** Of one group, or of all (`*`). */
  readonly at: (name: string, group: string, month: Month) => bigint;
  readonly groups: () => readonly string[];
  /** What of the counted names comes after a prefix. */
  readonly endings: (prefix: string) => readonly string[];
};

export const newCounters = (first: Month, horizon: Month): Counters => {
  const sums = new Map<string, Map<string, Float64Array | bigint[]>>();
  const length = horizon - first + 2;
  const row = <R extends Float64Array | bigint[]>(name: string, group: string, make: () => R): R => {
    const groups = sums.get(name) ?? new Map<string, R>();
    sums.set(name, groups);
    const months = groups.get(group) ?? make();
    groups.set(group, months);
    return months as R;
  };
  const value = (months: Float64Array | bigint[] | undefined, month: Month): bigint =>
    BigInt(months?.[month - first + 1] ?? 0);
  return {
    addLarge: (name, group, month, count) => {
      const at = month - first + 1;
      if (at < 0 || at >= length || count === 0n) return;
      const months = row(name, group, () => Array.from({ length }, () => 0n));
      months[at] = (months[at] ?? 0n) + count;
    },
    add: (name, group, month, count = 1) => {
      const at = month - first + 1;
      if (at < 0 || at >= length || count === 0) return;
      const months = row(name, group, () => new Float64Array(length));
      months[at] = (months[at] ?? 0) + count;
    },
    at: (name, group, month) => {
      const groups = sums.get(name);
      if (group !== '*') return value(groups?.get(group), month);
      let total = 0n;
      for (const months of groups?.values() ?? []) total += value(months, month);
      return total;
    },
    groups: () => [...new Set([...sums.values()].flatMap((groups) => [...groups.keys()]))].sort(),
    endings: (prefix) =>
      [...sums.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length))
        .sort(),
  };
};

/** The code of the band `M3T5`, `D_GE366` … that a number lies in, of a list of first numbers. */
export const bandIn = (letter: string, edges: readonly number[], value: number): string => {
  const at = Math.max(
    0,
    edges.findLastIndex((edge) => edge <= value),
  );
  const [from, to] = [edges[at] ?? 0, edges[at + 1]];
  return to === undefined ? `${letter}_GE${from}` : `${letter}${from}T${to - 1}`;
};

export const tenureEdges = [0, 3, 6, 12, 24, 36, 60, 120] as const;
export const durationEdges = [0, 3, 6, 12, 24] as const;
export const lagEdges = [0, 8, 16, 32, 62, 93, 184, 366] as const;
