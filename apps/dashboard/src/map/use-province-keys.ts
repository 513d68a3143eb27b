import { useState, type KeyboardEvent } from 'react';
import { isArrow, tileBeyond, tilePlaces } from './tile-grid.js';

/**
 * One stop for all provinces of a map, and arrow keys from one to its neighbour: the neighbours of the tiles, so
 * that both drawings are walked alike.
 */
export const useProvinceKeys = (chosen: string | undefined) => {
  const isProvince = tilePlaces.some(({ code }) => code === chosen);
  const [at, setAt] = useState<string>();
  const stop = at ?? (isProvince ? chosen : tilePlaces[0]?.code);
  const move = (event: KeyboardEvent<Element>): void => {
    if (!isArrow(event.key) || stop === undefined) return;
    event.preventDefault();
    const next = tileBeyond(stop, event.key);
    event.currentTarget.querySelector<HTMLElement | SVGElement>(`[data-area="${next}"]`)?.focus();
  };
  return { stop, setAt, move };
};
