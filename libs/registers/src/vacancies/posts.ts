import { factsInForce, type Day, type Records } from '@karnama/kernel';
import type { PublishedFact, VacancyFact } from './register.js';

/** `posts` were filled on `day`. */
export type Fill = { readonly day: Day; readonly posts: number };

/** The posts of one vacancy, and what became of them. */
export type Posts = {
  readonly published: PublishedFact;
  /** By day; together not more than the posts that were opened. */
  readonly fills: readonly Fill[];
  /** First day on which the vacancy is not open, not before its opening; Infinity while none is known. */
  readonly end: Day;
  /** Posts not filled before the end: closed on it, or open for good. */
  readonly left: number;
};

const known = new WeakMap<object, Posts | null>();

/** The posts that records tell of; null without a publication. Of several the earliest counts. */
export const postsOf = (records: Records<VacancyFact>): Posts | null => {
  let posts = known.get(records);
  if (posts === undefined) {
    posts = worked(factsInForce(records));
    known.set(records, posts);
  }
  return posts;
};

const worked = (facts: readonly VacancyFact[]): Posts | null => {
  const published = earliest(facts);
  if (published === undefined) return null;
  const end = endOf(published, facts);
  let left = published.positions;
  const fills: Fill[] = [];
  for (const { day, posts } of offered(published, facts)) {
    const taken = Math.min(posts, left);
    if (day >= end || taken <= 0) continue;
    left -= taken;
    fills.push({ day, posts: taken });
  }
  return { published, fills, end, left };
};

const earliest = (facts: readonly VacancyFact[]): PublishedFact | undefined => {
  let first: PublishedFact | undefined;
  for (const fact of facts)
    if (fact.type === 'VacancyPublished' && (first === undefined || fact.day < first.day)) first = fact;
  return first;
};

const endOf = (published: PublishedFact, facts: readonly VacancyFact[]): Day => {
  let end = published.expiresOn ?? Infinity;
  for (const fact of facts) if (fact.type === 'VacancyClosed') end = Math.min(end, fact.day);
  return Math.max(end, published.day);
};

/** What would fill posts, by day; a fill told for a day before the opening counts on the opening. */
const offered = (published: PublishedFact, facts: readonly VacancyFact[]): Fill[] => {
  const fills: Fill[] = [];
  for (const fact of facts) {
    if (fact.type !== 'VacancyFilled' && fact.type !== 'PlacementRecorded') continue;
    const posts = fact.type === 'VacancyFilled' ? fact.positions : 1;
    fills.push({ day: Math.max(fact.day, published.day), posts });
  }
  return fills.sort((a, b) => a.day - b.day);
};
