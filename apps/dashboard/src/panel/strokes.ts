import type { Theme } from '../url-state.js';

/** How one series of several is drawn: never by its colour alone. */
export type Stroke = {
  readonly colour: Readonly<Record<Theme, string>>;
  /** Lengths of strokes and gaps of its line; empty for an unbroken one. */
  readonly dash: readonly number[];
  readonly symbol: 'circle' | 'rect' | 'triangle' | 'diamond' | 'emptyCircle' | 'emptyRect';
  /** Hatching of its areas. */
  readonly hatch: Hatch;
};

export type Hatch = 'none' | 'rising' | 'dots' | 'falling' | 'level' | 'cross';

const stroke = (
  light: string,
  dark: string,
  dash: readonly number[],
  symbol: Stroke['symbol'],
  hatch: Hatch,
): Stroke => ({ colour: { light, dark }, dash, symbol, hatch });

/** Told apart by readers of any colour vision, and in print without colours. */
export const strokes: readonly Stroke[] = [
  stroke('#0b6b5d', '#62ccb6', [], 'circle', 'none'),
  stroke('#b4530a', '#f0a45c', [7, 4], 'rect', 'rising'),
  stroke('#2f5fa8', '#8ab4f0', [2, 4], 'triangle', 'dots'),
  stroke('#7a4a94', '#c9a0e0', [10, 4, 2, 4], 'diamond', 'falling'),
  stroke('#5d6663', '#aab5b1', [5, 5], 'emptyCircle', 'level'),
  stroke('#8a6d00', '#dcc05a', [3, 3], 'emptyRect', 'cross'),
];

const own = strokes[0] as Stroke;

/** The stroke of the series at a place; they repeat after six. */
export const strokeAt = (at: number): Stroke => strokes[at % strokes.length] ?? own;
