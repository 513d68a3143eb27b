import { sectionOf, stateOf } from '@karnama/classifications';
import type { DimensionSpec } from '@karnama/cells';

export const area: DimensionSpec = { code: 'area', name: { fa: 'منطقه', en: 'Area' } };
export const industry: DimensionSpec = {
  code: 'industry',
  name: { fa: 'بخش فعالیت', en: 'Industry section' },
};

/** Province and section of a place: the first two codes of every dataflow about units. */
export const placeCodes = (place: {
  readonly area: string;
  readonly industry: string | null;
}): readonly [area: string, industry: string] => [stateOf(place.area), sectionOf(place.industry)];
