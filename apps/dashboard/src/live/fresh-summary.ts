import type { FreshFigures } from './fresh.js';

export type FreshSummary = {
  readonly figures: number;
  readonly indicators: readonly string[];
  readonly at: number;
};

/** What changed on the page, in a few words. @param marks by the hash of a question */
export const summaryOf = (marks: ReadonlyMap<string, FreshFigures>): FreshSummary => {
  const codes = new Set<string>();
  const figures = new Set<string>();
  let at = 0;
  for (const [hash, fresh] of marks) {
    const { indicator, area, freq } = questionIn(hash);
    for (const [key, one] of fresh) {
      codes.add(indicator);
      figures.add([indicator, area, freq, key].join(' '));
      at = Math.max(at, one.at);
    }
  }
  return { figures: figures.size, indicators: [...codes], at };
};

/** The question in the hash of a query key, which is its JSON. */
const questionIn = (hash: string): { indicator: string; area: string; freq: string } => {
  const [, , question] = JSON.parse(hash) as [string, string, Record<string, string | undefined>];
  return {
    indicator: question['indicator'] ?? '',
    area: question['area'] ?? '',
    freq: question['freq'] ?? '',
  };
};
