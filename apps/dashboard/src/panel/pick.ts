import type { Told } from './told.js';

const picked = new WeakMap<ReadonlyMap<string, Told>, Map<string, readonly Told[]>>();

/** Those of the answers that were asked, in that order; the very same list for the same answers. */
export const pick = (told: ReadonlyMap<string, Told>, names: readonly string[]): readonly Told[] => {
  const lists = picked.get(told) ?? new Map<string, readonly Told[]>();
  picked.set(told, lists);
  const key = names.join(' ');
  const known = lists.get(key);
  if (known !== undefined) return known;
  const list = names.flatMap((name) => told.get(name) ?? []);
  lists.set(key, list);
  return list;
};
