import type { Month } from '@karnama/kernel';

/** Sums by name, group (an area or an agency) and month; whole numbers. */
export type Counters = {
  /** Months outside first − 1 … horizon count nothing. */
  readonly add: (name: string, group: string, month: Month, count?: number) => void;
  /** As `add`, of sums that can pass 2^53. */
  readonly addLarge: (name: string, group: string, month: Month, count: bigint) => void;
  /** Of one group, or of all (`*`). */
  readonly at: (name: string, group: string, month: Month) => bigint;
};

export const newCounters = (first: Month, horizon: Month): Counters => {
  const sums = new Map<string, Map<string, Float64Array | bigint[]>>();
  const length = horizon - first + 2;
  const row = (name: string, group: string): Float64Array | bigint[] | undefined =>
    sums.get(name)?.get(group);
  const newRow = <R extends Float64Array | bigint[]>(name: string, group: string, months: R): R => {
    const groups = sums.get(name) ?? new Map<string, Float64Array | bigint[]>();
    sums.set(name, groups.set(group, months));
    return months;
  };
  const value = (months: Float64Array | bigint[] | undefined, month: Month): bigint =>
    BigInt(months?.[month - first + 1] ?? 0);
  return {
    addLarge: (name, group, month, count) => {
      const at = month - first + 1;
      if (at < 0 || at >= length || count === 0n) return;
      const zeros = (): bigint[] => Array.from({ length }, () => 0n);
      const months = (row(name, group) ?? newRow(name, group, zeros())) as bigint[];
      months[at] = (months[at] ?? 0n) + count;
    },
    add: (name, group, month, count = 1) => {
      const at = month - first + 1;
      if (at < 0 || at >= length || count === 0) return;
      const months = (row(name, group) ?? newRow(name, group, new Float64Array(length))) as Float64Array;
      months[at] = (months[at] ?? 0) + count;
    },
    at: (name, group, month) => {
      const groups = sums.get(name);
      if (group !== '*') return value(groups?.get(group), month);
      let total = 0n;
      for (const months of groups?.values() ?? []) total += value(months, month);
      return total;
    },
  };
};

/** Names of counters by band: `jobs by tenure M3T5`, `jobs by tenure M_GE120`, for a number in it. */
export const bandNames = (
  prefix: string,
  letter: string,
  edges: readonly number[],
): { readonly names: readonly string[]; readonly of: (value: number) => string } => {
  const names = edges.map((from, i) => {
    const to = edges[i + 1];
    return `${prefix} ${letter}${to === undefined ? `_GE${from}` : `${from}T${to - 1}`}`;
  });
  return {
    names,
    of: (value) => {
      let at = edges.length - 1;
      while (at > 0 && (edges[at] ?? 0) > value) at -= 1;
      return names[at] ?? '';
    },
  };
};

export const tenureEdges = [0, 3, 6, 12, 24, 36, 60, 120] as const;
export const durationEdges = [0, 3, 6, 12, 24] as const;
export const lagEdges = [0, 8, 16, 32, 62, 93, 184, 366] as const;

export const jobsByTenure = bandNames('jobs by tenure', 'M', tenureEdges);
export const separationsByTenure = bandNames('separations by tenure', 'M', tenureEdges);
export const jobseekersFor = bandNames('jobseekers for', 'M', durationEdges);
export const recordsByLag = bandNames('records by lag', 'D', lagEdges);
