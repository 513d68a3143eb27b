import { useQuery } from '@tanstack/react-query';
import type { Code } from './api.js';
import { childrenOf, inReadingOrder, rootsOf } from './areas.js';
import { useFormats } from './language.js';
import { dataflowQuery } from './queries.js';
import type { UrlState } from './url-state.js';

export type Areas = {
  readonly country: string;
  readonly chosen: string;
  readonly isCountry: boolean;
  /** In the reader's alphabet, the unknown one last. */
  readonly provinces: readonly Code[];
  readonly nameOf: (code: string) => string;
};

/** Country and provinces as the registers know them; an area that they do not know is kept for the API to judge. */
export const useAreas = (
  url: UrlState,
): { readonly areas: Areas | undefined; readonly error: Error | null; readonly retry: () => void } => {
  const formats = useFormats();
  const query = useQuery(dataflowQuery('JOBS'));
  const codes = query.data?.dimensions.find(({ code }) => code === 'area')?.codes;
  const country = codes === undefined ? undefined : rootsOf(codes)[0]?.code;
  const state = { error: query.data === undefined ? query.error : null, retry: () => void query.refetch() };
  if (codes === undefined || country === undefined) return { areas: undefined, ...state };
  const names = new Map(codes.map(({ code, name }) => [code, formats.name(name)]));
  const chosen = url.area ?? country;
  return {
    areas: {
      country,
      chosen,
      isCountry: chosen === country,
      provinces: inReadingOrder(childrenOf(codes, country), formats),
      nameOf: (code) => names.get(code) ?? code,
    },
    ...state,
  };
};
