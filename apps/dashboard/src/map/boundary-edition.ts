/**
 * Which boundaries are drawn. Boundaries are a dated classification like any other: other ones, or the same out of
 * another file, are another edition and get another identifier.
 */
export const boundaryEdition = {
  identifier: 'IR-PROVINCES-1391-10-24',
  /** The day from which the provinces have these boundaries: that of the decree that put Tabas to South Khorasan. */
  since: '2013-01-13',
  /** Who drew them. */
  source: 'iran-map 1.0.5',
} as const;
