import { useSyncExternalStore } from 'react';
import type { ProvinceDrawing } from '../reading.js';
import type { UrlState } from '../url-state.js';

/** Narrower than this, a thumb does not hit the small provinces. */
const roomy = '(min-width: 560px)';

let hasRoom: boolean | undefined;

/** Paper is no window: what is printed stays as it stood, as it would come too late on paper. */
const measure = (): boolean => {
  if (hasRoom === undefined || !window.matchMedia('print').matches)
    hasRoom = window.matchMedia(roomy).matches;
  return hasRoom;
};

const watch = (changed: () => void): (() => void) => {
  const query = window.matchMedia(roomy);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};

/** The drawing that the address names, else the one that the window has room for. */
export const useProvinceDrawing = (url: UrlState): ProvinceDrawing => {
  const room = useSyncExternalStore(watch, measure);
  return url.provinces ?? (room ? 'map' : 'tiles');
};
