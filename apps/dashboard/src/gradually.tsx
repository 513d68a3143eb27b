import { useDeferredValue, type ReactNode } from 'react';

/**
 * What is long is first drawn in small steps behind its fallback, so that the page keeps answering its reader
 * meanwhile; once it stands, it changes at once. Give it a key where other figures come into its place.
 */
export const Gradually = ({ children, fallback }: { children: ReactNode; fallback: ReactNode }) =>
  useDeferredValue(true, false) ? children : fallback;
