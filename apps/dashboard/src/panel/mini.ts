/** A point of a small chart in its box: x from left (oldest) to right, y from top. */
export type MiniPoint = { readonly x: number; readonly y: number };

export type Box = { readonly width: number; readonly height: number; readonly margin: number };

export type Scale = { readonly low: number; readonly high: number };

/** The scale that all the lines fit in; equal figures lie in its middle. */
export const scaleOf = (lines: readonly (readonly (number | null)[])[]): Scale => {
  const numbers = lines.flatMap((line) => line.filter((value) => value !== null));
  if (numbers.length === 0) return { low: 0, high: 1 };
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  return low === high ? { low: low - 1, high: high + 1 } : { low, high };
};

/** Unbroken runs of points of one line: a period without a figure breaks it. */
export const runsOf = (
  line: readonly (number | null)[],
  { low, high }: Scale,
  { width, height, margin }: Box,
): readonly (readonly MiniPoint[])[] => {
  const across = (at: number): number =>
    line.length < 2 ? width - margin : margin + (at / (line.length - 1)) * (width - 2 * margin);
  const down = (value: number): number => margin + (1 - (value - low) / (high - low)) * (height - 2 * margin);
  const runs: MiniPoint[][] = [[]];
  line.forEach((value, at) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ x: across(at), y: down(value) });
  });
  return runs.filter((run) => run.length > 0);
};

/** The figures of rows along an axis of periods. */
export const along = (
  periods: readonly string[],
  rows: readonly { readonly period: string; readonly value: string | null }[],
): readonly (number | null)[] => {
  const values = new Map(rows.map(({ period, value }) => [period, value]));
  return periods.map((period) => {
    const value = values.get(period) ?? null;
    return value === null ? null : Number(value);
  });
};

/** The line with its figure at a place taken as 100; null when there is none, or nothing to compare with. */
export const indexedAt = (
  line: readonly (number | null)[],
  at: number,
): readonly (number | null)[] | undefined => {
  const base = line[at] ?? null;
  if (base === null || base <= 0) return undefined;
  return line.map((value) => (value === null ? null : (value / base) * 100));
};

/** The first place where both lines have a figure above 0; −1 when there is none. */
export const commonBase = (a: readonly (number | null)[], b: readonly (number | null)[]): number =>
  a.findIndex((value, at) => value !== null && value > 0 && (b[at] ?? 0) > 0);
