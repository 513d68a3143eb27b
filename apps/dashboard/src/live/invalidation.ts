import type { IndicatorSummary } from '../indicator-api.js';

/** Told once and for ever, or by the program's own version. */
const settled: readonly unknown[] = ['settled', 'catalogue', 'dataflows'];

const textIn = (part: unknown, name: string): string | undefined => {
  const value =
    typeof part === 'object' && part !== null ? (part as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
};

/**
 * Whether what was read under a key may be another thing now that these dataflows changed (null: any). The
 * deliveries alone change no other figure as long as the months that are known of stay the same.
 */
export const mayHaveChanged = (
  key: readonly unknown[],
  changed: readonly string[] | null,
  catalogue: readonly IndicatorSummary[],
): boolean => {
  if (settled.includes(key[0])) return false;
  if (changed === null) return true;
  if (changed.length === 0) return false;
  if (key[0] === 'dataflow' && typeof key[1] === 'string') return changed.includes(key[1]);
  if (key[0] !== 'data') return true;
  if (key[1] !== 'indicator') {
    const dataflow = textIn(key[1], 'dataflow');
    return dataflow === undefined || changed.includes(dataflow);
  }
  const code = textIn(key[2], 'indicator');
  const dataflows = catalogue.find((one) => one.code === code)?.dataflows;
  return dataflows === undefined || dataflows.some((dataflow) => changed.includes(dataflow));
};
