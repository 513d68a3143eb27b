import { addressOf } from '../api.js';
import { indicatorAddress, type IndicatorQuestion } from '../indicator-api.js';
import type { PageProps } from '../page-props.js';
import type { Told } from '../panel/told.js';
import type { CellsQuestion } from '../panel/use-cells.js';
import { changeUrl, type UrlState } from '../url-state.js';
import { feedAddress, metadataAddress, metadataAddressOfProfile, profileAddress } from './addresses.js';
import type { TakenFigure } from './taken-figure.js';

/** Whatever is taken of a page: its position, and the same view fixed to the newest release. */
const fixedOf = ({ url, releases }: PageProps, view: UrlState): { readonly fixed?: UrlState } => {
  const newest = releases?.at(-1);
  return url.release !== undefined || newest === undefined
    ? {}
    : { fixed: changeUrl(view, { release: newest.name }) };
};

const rangeOf = ({ from, to }: UrlState): Pick<IndicatorQuestion, 'from' | 'to'> => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

const positionOf = ({ url }: PageProps): string => url.release ?? 'latest';

/** An indicator in the range of the page, by one of its dimensions or as a whole: with its feed, and to be embedded. */
const takenIndicator = (
  page: PageProps,
  { summary, freq }: Told,
  area: string,
  title: string,
  more: Partial<IndicatorQuestion> = {},
): TakenFigure => {
  const { url } = page;
  const own = summary.dimensions.includes('area') ? area : undefined;
  const data = indicatorAddress({
    indicator: summary.code,
    by: [],
    freq,
    ...(own === undefined ? {} : { area: own }),
    ...rangeOf(url),
    ...more,
    asKnownAt: positionOf(page),
  });
  const isWhole = more.by === undefined;
  return {
    title,
    data,
    metadata: metadataAddress(data),
    ...fixedOf(page, url),
    ...(isWhole
      ? {
          embed: changeUrl(url, {
            page: 'indicator',
            indicator: summary.code,
            freq,
            embed: true,
            theme: undefined,
          }),
          feed: feedAddress(summary.code, own, freq, url.language),
        }
      : {}),
  };
};

/** The figures of a card of indicators of an area: one with all that one has, several as a profile. */
export const takenSeriesOf = (
  page: PageProps,
  told: readonly Told[],
  area: string,
  title: string,
): TakenFigure | undefined => {
  const [only, ...others] = told;
  if (only === undefined) return undefined;
  if (others.length === 0) return takenIndicator(page, only, area, title);
  const data = profileAddress(
    told.map(({ summary, freq }) => ({ code: summary.code, freq })),
    area,
    positionOf(page),
    rangeOf(page.url),
  );
  return { title, data, metadata: metadataAddressOfProfile(data), ...fixedOf(page, page.url) };
};

/** An indicator of an area by one of its dimensions, in a range of its own. */
export const takenParts = (
  page: PageProps,
  told: Told,
  area: string,
  dimension: string,
  range: Pick<IndicatorQuestion, 'from' | 'to'>,
  title: string,
): TakenFigure => takenIndicator(page, told, area, title, { by: [dimension], ...range });

/** Figures of a dataflow. */
export const takenCells = (page: PageProps, question: CellsQuestion, title: string): TakenFigure => {
  const data = addressOf({ ...question, asKnownAt: positionOf(page), view: 'effective' });
  return { title, data, metadata: data.replace('?', '/metadata?'), ...fixedOf(page, page.url) };
};
