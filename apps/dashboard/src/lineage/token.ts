import { useSyncExternalStore } from 'react';

const name = 'karnama-audit-token';
const listeners = new Set<() => void>();

/** A browser may refuse to keep anything; the token then has to be typed again. */
const stored = (): string | null => {
  try {
    return window.sessionStorage.getItem(name);
  } catch {
    return null;
  }
};

/** Keeps the token for this tab only, or forgets it. */
export const keepToken = (token: string | undefined): void => {
  try {
    if (token === undefined) window.sessionStorage.removeItem(name);
    else window.sessionStorage.setItem(name, token);
  } catch {
    // nothing is kept, and nothing was
  }
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The auditor's token of this tab; undefined while none was entered. */
export const useToken = (): string | undefined => useSyncExternalStore(subscribe, stored) ?? undefined;
