import type { Theme } from './url-state.js';

/** Colours of a drawing. */
export type Palette = {
  readonly line: string;
  readonly other: string;
  readonly ink: string;
  readonly grid: string;
  readonly zero: string;
  readonly surface: string;
};

/** The same colours as the style sheet's, for a drawing that cannot read them. */
export const palettes: Readonly<Record<Theme, Palette>> = {
  light: {
    line: '#0b6b5d',
    other: '#6b7672',
    ink: '#55605c',
    grid: '#e5e7e3',
    zero: '#9aa39f',
    surface: '#ffffff',
  },
  dark: {
    line: '#62ccb6',
    other: '#9aa8a2',
    ink: '#a9b5b0',
    grid: '#2c3532',
    zero: '#66716c',
    surface: '#18201e',
  },
};
