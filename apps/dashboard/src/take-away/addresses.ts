import type { Language } from '../url-state.js';

/** The answer in a form; files for people are in the reader's language. */
export const formAddress = (data: string, form: 'xlsx' | 'excel-csv' | 'csv', language: Language): string =>
  `${data}&format=${form}${form === 'csv' ? '' : `&lang=${language}`}`;

/** `api/indicators/EMP_JOBS/metadata?…` for `api/indicators/EMP_JOBS/data?…`. */
export const metadataAddress = (data: string): string => data.replace('/data?', '/metadata?');

/** The code that an address asks of, for the name of a file. */
export const fileNameOf = (data: string): string =>
  /^api\/(?:indicators|data)\/([^/?]+)/.exec(data)?.[1] ?? 'PROFILE';

/** Address of the feed of a series. */
export const feedAddress = (
  indicator: string,
  area: string | undefined,
  freq: string,
  language: Language,
): string => {
  const query = new URLSearchParams({ ...(area === undefined ? {} : { area }), freq, lang: language });
  return `api/indicators/${encodeURIComponent(indicator)}/feed?${query}`;
};

/** Address of the series of several indicators of an area. */
export const profileAddress = (
  indicators: readonly { readonly code: string; readonly freq: string }[],
  area: string,
  asKnownAt: string,
  range: { readonly from?: string; readonly to?: string } = {},
): string => {
  const query = new URLSearchParams({
    indicator: indicators.map(({ code, freq }) => `${code}:${freq}`).join(','),
    area,
    ...range,
    asKnownAt,
  });
  return `api/profile?${query}`;
};

export const metadataAddressOfProfile = (data: string): string =>
  data.replace('api/profile?', 'api/profile/metadata?');
