import type { Answer } from './api.js';
import { figureOf } from './series.js';
import { fateOf, type Fate } from './revision.js';

export type Part = {
  /** A code of the dimension; undefined for the rest taken together. */
  readonly code: string | undefined;
  readonly value: bigint | null;
  readonly now: bigint | null;
  readonly fate: Fate;
};

const figuresOf = (answer: Answer, measure: string): ReadonlyMap<string, bigint | null> => {
  const column = answer.by[0] ?? '';
  return new Map(answer.rows.map((row) => [String(row[column]), figureOf(row[measure])]));
};

const size = (value: bigint | null): bigint => (value === null ? -1n : value < 0n ? -value : value);

const sum = (values: readonly (bigint | null)[]): bigint =>
  values.reduce<bigint>((total, value) => total + (value ?? 0n), 0n);

/**
 * The largest parts by size of the figure shown, and one part for all the rest, so that the list
 * still adds up to the total. `today` is given when the answer is that of a release.
 */
export const partsOf = (
  answer: Answer,
  today: Answer | undefined,
  measure: string,
  most: number,
): readonly Part[] => {
  const shown = figuresOf(answer, measure);
  const now = figuresOf(today ?? answer, measure);
  const parts = [...new Set([...shown.keys(), ...now.keys()])]
    .map((code) => ({ code, value: shown.get(code) ?? null, now: now.get(code) ?? null }))
    .filter((part) => part.value !== null || part.now !== null)
    .sort((a, b) => {
      const difference = size(b.value) - size(a.value);
      return difference > 0n ? 1 : difference < 0n ? -1 : a.code < b.code ? -1 : 1;
    });
  const named = parts.length <= most + 1 ? parts : parts.slice(0, most);
  const rest = parts.slice(named.length);
  const together = {
    code: undefined,
    value: sum(rest.map((part) => part.value)),
    now: sum(rest.map((part) => part.now)),
  };
  return [...named, ...(rest.length === 0 ? [] : [together])].map((part) => ({
    ...part,
    fate: fateOf(part.value, part.now),
  }));
};

export type Span = { readonly start: number; readonly width: number };

/** Where a bar lies between the smallest and the largest figure, zero included, in percent. */
export const spanOf = (value: bigint | null, all: readonly (bigint | null)[]): Span => {
  const numbers = all.map((one) => Number(one ?? 0n));
  const low = Math.min(0, ...numbers);
  const range = Math.max(0, ...numbers) - low;
  if (range === 0) return { start: 0, width: 0 };
  const at = Number(value ?? 0n);
  return { start: ((Math.min(0, at) - low) / range) * 100, width: (Math.abs(at) / range) * 100 };
};
