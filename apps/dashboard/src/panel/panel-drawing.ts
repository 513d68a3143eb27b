import type { Formats } from '../formats.js';

/** One series of a drawing; `values` stand by period, exact text or null. */
export type PanelSeries = {
  readonly name: string;
  readonly decimals: number;
  readonly values: readonly (string | null)[];
  /** By period: the figure is expected to change while late records come in. */
  readonly provisional?: readonly boolean[];
};

/** A period or category: its key, its name in full, and the lines of its label. */
export type Slot = { readonly key: string; readonly title: string; readonly label: string };

/** `lines` by period, `bars` side by side, or `stack` of parts of a whole. */
export type PanelDrawing = {
  readonly kind: 'lines' | 'bars' | 'stack';
  /** Periods or categories, in order. */
  readonly slots: readonly Slot[];
  readonly series: readonly PanelSeries[];
  /** Where the axis ends, for parts of a known whole. */
  readonly top?: number;
};

/** Periods as the slots of a drawing. */
export const slotsOf = (periods: readonly string[], formats: Formats): readonly Slot[] =>
  periods.map((key) => ({
    key,
    title: formats.period(key),
    label: formats.periodParts(key).join('\n'),
  }));
