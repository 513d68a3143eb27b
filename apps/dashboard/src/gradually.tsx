import { useDeferredValue, type ReactNode } from 'react';
import { hasMoved } from './use-url.js';

/**
 * What is long and comes with the first view is drawn in small steps behind its fallback, so that the page keeps
 * answering its reader meanwhile; once it stands, it changes at once. A view that the reader goes to later, or back
 * to, stands at once: everything is warm by then, and the place scrolled to is kept. Give it a key where other
 * figures come into its place.
 */
export const Gradually = ({ children, fallback }: { children: ReactNode; fallback: ReactNode }) =>
  useDeferredValue(true, hasMoved()) ? children : fallback;
