import { recordKey } from '@karnama/kernel';

/**
 * One of the parts that a generation is counted in: the entities whose record key leaves the remainder
 * `part` (from 0) when it is divided by `parts`.
 */
export type Part = { readonly part: number; readonly parts: number };

/** The only part of a generation that is not split. */
export const whole: Part = { part: 0, parts: 1 };

/** All parts of a generation that is counted in so many. */
export const partsOf = (parts: number): readonly Part[] =>
  Array.from({ length: parts }, (_, part) => ({ part, parts }));

export const isIn = ({ part, parts }: Part, entity: string): boolean =>
  parts === 1 || recordKey(entity) % parts === part;

export const isSamePart = (one: Part, other: Part): boolean =>
  one.part === other.part && one.parts === other.parts;
