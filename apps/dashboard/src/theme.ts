import { useSyncExternalStore } from 'react';
import type { Theme } from './url-state.js';

const systemDark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

/** The theme in use: the chosen one, else the system's, followed when it changes. */
export const useTheme = (chosen: Theme | undefined): Theme => {
  const dark = useSyncExternalStore(
    (listener) => {
      const query = systemDark();
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => systemDark().matches,
  );
  return chosen ?? (dark ? 'dark' : 'light');
};
