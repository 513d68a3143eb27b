import { useMemo, useSyncExternalStore } from 'react';
import { readUrl, writeUrl, type UrlState } from './url-state.js';

const listeners = new Set<() => void>();

let moved = false;
window.addEventListener('popstate', () => {
  moved = true;
});

/** Whether the reader has gone on from the view that the page was opened with. */
export const hasMoved = (): boolean => moved;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

/** The state in the address; follows back and forward. */
export const useUrl = (): UrlState => {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  return useMemo(() => readUrl(search), [search]);
};

/** Goes to another state; it becomes a step in the history unless it is the present one. */
export const navigate = (state: UrlState): void => {
  const search = writeUrl(state);
  if (search === window.location.search) return;
  moved = true;
  window.history.pushState(null, '', search === '' ? window.location.pathname : search);
  for (const listener of listeners) listener();
};
