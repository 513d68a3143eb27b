/** The outlines of the provinces, read from their package at build time (boundaries/plugin.ts). */
declare module 'virtual:province-boundaries' {
  // a name that no file has cannot be declared in a file with imports of its own
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  export const boundaries: import('../../boundaries/iran-map.js').DrawnCountry;
}
