import type { Plugin } from 'vite';
import { iranMapSource } from './installed-drawing.js';
import { readIranMap } from './iran-map.js';

/** The name by which the program imports the boundaries; declared in src/map/boundaries.d.ts. */
const name = 'virtual:province-boundaries';
const resolved = `\0${name}`;

/** Reads the outlines of the provinces at build time, so that none of their package’s program is in the page. */
export const provinceBoundaries = (): Plugin => ({
  name: 'karnama:province-boundaries',
  resolveId: (id) => (id === name ? resolved : undefined),
  load: async (id) => {
    if (id !== resolved) return undefined;
    // a text is read faster than an expression of the same size
    const text = JSON.stringify(readIranMap(await iranMapSource()));
    return `export const boundaries = JSON.parse(${JSON.stringify(text)});`;
  },
});
