/** A whole number that changes in steps: 0 before the first turn, then `values[i]` from `turns[i]` on. */
export type Steps = { readonly turns: readonly number[]; readonly values: readonly number[] };

/** Adds `change` from `at` on. */
export const addStep = (changes: Map<number, number>, at: number, change: number): void => {
  changes.set(at, (changes.get(at) ?? 0) + change);
};

/** The running sum of changes; where they cancel out there is no turn. */
export const stepsOf = (changes: ReadonlyMap<number, number>): Steps => {
  const turns: number[] = [];
  const values: number[] = [];
  let value = 0;
  for (const at of [...changes.keys()].sort((a, b) => a - b)) {
    const change = changes.get(at) as number;
    if (change === 0) continue;
    value += change;
    turns.push(at);
    values.push(value);
  }
  return { turns, values };
};

export const valueAt = ({ turns, values }: Steps, at: number): number => {
  let low = 0;
  let high = turns.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((turns[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return values[low - 1] ?? 0;
};
