/** The outlines of the provinces, read from their package at build time (boundaries/plugin.ts). */
declare module 'virtual:province-boundaries' {
  export const boundaries: import('../../boundaries/iran-map.js').DrawnCountry;
}
