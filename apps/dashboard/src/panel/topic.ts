import type { IndicatorSummary } from '../indicator-api.js';
import type { PageProps } from '../page-props.js';
import type { Areas } from '../use-areas.js';
import type { Told } from './told.js';

/** What the parts of a topic are told. */
export type Topic = {
  readonly page: PageProps;
  readonly areas: Areas;
  readonly areaName: string;
  readonly catalogue: readonly IndicatorSummary[];
};

/** A topic and what its indicators tell, by what was asked. */
export type ToldTopic = Topic & { readonly told: ReadonlyMap<string, Told> };
