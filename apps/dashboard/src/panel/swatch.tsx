import { useId } from 'react';
import type { Theme } from '../url-state.js';
import { strokeAt, type Hatch } from './strokes.js';

const hatchLines: Readonly<Record<Hatch, string>> = {
  none: '',
  rising: 'M0 6L6 0',
  falling: 'M0 0L6 6',
  level: 'M0 3H6',
  cross: 'M0 3H6M3 0V6',
  dots: 'M2.2 3a0.8 0.8 0 1 0 1.6 0a0.8 0.8 0 1 0 -1.6 0',
};

const marks: Readonly<Record<string, string>> = {
  circle: 'M14 6m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0',
  emptyCircle: 'M14 6m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0',
  rect: 'M11 3h6v6h-6z',
  emptyRect: 'M11 3h6v6h-6z',
  triangle: 'M14 2l4 7h-8z',
  diamond: 'M14 1.5l4 4.5l-4 4.5l-4 -4.5z',
};

/** The line or the hatched ground that stands for a series in a legend. */
export const Swatch = ({ at, kind, theme }: { at: number; kind: 'line' | 'area'; theme: Theme }) => {
  const id = useId();
  const { colour, dash, symbol, hatch } = strokeAt(at);
  const ink = colour[theme];
  const ground = theme === 'dark' ? '#18201e' : '#ffffff';
  if (kind === 'line')
    return (
      <svg className="legend-swatch" viewBox="0 0 28 12" aria-hidden="true">
        <line x1="0" y1="6" x2="28" y2="6" stroke={ink} strokeWidth="2.25" strokeDasharray={dash.join(' ')} />
        <path
          d={marks[symbol] ?? ''}
          fill={symbol.startsWith('empty') ? ground : ink}
          stroke={ink}
          strokeWidth="1.5"
        />
      </svg>
    );
  return (
    <svg className="legend-swatch" viewBox="0 0 28 12" aria-hidden="true">
      <defs>
        <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
          <path d={hatchLines[hatch]} stroke={ground} strokeWidth="1.4" fill="none" />
        </pattern>
      </defs>
      <rect width="28" height="12" rx="2" fill={ink} />
      {hatch === 'none' ? null : <rect width="28" height="12" rx="2" fill={`url(#${id})`} />}
    </svg>
  );
};
