import type { Scale } from '../reading.js';

type Told = {
  readonly period: string;
  readonly value: string | null;
  readonly before?: string | null | undefined;
};

/** How figures become heights: on the scale asked for, or on a plain one where they do not allow it. */
export type Scaling = {
  readonly used: Scale | 'linear';
  /** The height of a figure; null where there is none. */
  readonly plotted: (value: string | null | undefined) => number | null;
  /** The period that is 100, of an index. */
  readonly base: string | undefined;
  /** Ticks of a logarithmic axis, first and last enclosing all figures. */
  readonly ticks: readonly number[] | undefined;
};

const steps = [1, 1.5, 2, 3, 5, 7] as const;

/** Round numbers that enclose two positive ones and stand at about equal ratios; at least two. */
export const ratioTicks = (low: number, high: number): readonly number[] => {
  const few = high / low > 30 ? [1, 3] : high / low > 4 ? [1, 2, 5] : steps;
  const decades = [Math.floor(Math.log10(low)) - 1, Math.ceil(Math.log10(high)) + 1] as const;
  const round: number[] = [];
  for (let power = decades[0]; power <= decades[1]; power += 1)
    round.push(...few.map((step) => Number(`${step}e${power}`)));
  // figures that hardly differ stand between steps of a plain axis
  const fine = high / low < 1.4 ? plainTicks(low, high) : round;
  const from = fine.findLastIndex((tick) => tick <= low);
  const to = fine.findIndex((tick) => tick >= high && tick > low);
  return fine.slice(Math.max(0, from), to === -1 ? undefined : to + 1);
};

const plainTicks = (low: number, high: number): readonly number[] => {
  const rough = Math.max(high - low, low / 100) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.max(1, Math.floor(low / step));
  return Array.from({ length: Math.ceil(high / step) - first + 2 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
};

const numberOf = (value: string | null | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

const linear: Scaling = { used: 'linear', plotted: numberOf, base: undefined, ticks: undefined };

/** An index needs a first figure above zero, a logarithm needs all of them there. */
export const scalingOf = (points: readonly Told[], wanted: Scale | undefined): Scaling => {
  if (wanted === undefined) return linear;
  if (wanted === 'index') {
    const base = points.find(({ value }) => value !== null);
    const whole = Number(base?.value ?? 0);
    if (base === undefined || whole <= 0) return linear;
    const plotted = (value: string | null | undefined): number | null => {
      const number = numberOf(value);
      return number === null ? null : (number / whole) * 100;
    };
    return { used: 'index', plotted, base: base.period, ticks: undefined };
  }
  const all = points.flatMap(({ value, before }) =>
    [numberOf(value), numberOf(before)].filter((number) => number !== null),
  );
  if (all.length === 0 || all.some((number) => number <= 0)) return linear;
  const ticks = ratioTicks(Math.min(...all), Math.max(...all));
  return { used: 'log', plotted: numberOf, base: undefined, ticks };
};
