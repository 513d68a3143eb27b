import type { View } from '../indicator/view.js';
import type { PageProps } from '../page-props.js';
import { changeUrl } from '../url-state.js';
import { feedAddress, metadataAddress } from './addresses.js';
import type { TakenFigure } from './taken-figure.js';

/** The series of an indicator as a figure to be taken away, embedded and followed. */
export const takenSeries = (
  { url, releases }: PageProps,
  indicator: string,
  data: string,
  { area, freq }: View,
): Omit<TakenFigure, 'title' | 'picture'> => {
  const newest = releases?.at(-1);
  return {
    data,
    metadata: metadataAddress(data),
    ...(url.release !== undefined || newest === undefined
      ? {}
      : { fixed: changeUrl(url, { indicator, release: newest.name }) }),
    embed: changeUrl(url, {
      page: 'indicator',
      indicator,
      embed: true,
      breakdown: undefined,
      theme: undefined,
    }),
    feed: feedAddress(indicator, area, freq, url.language),
  };
};
