import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
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

export type AreasReading = {
  /** Undefined while they are read, and when the registers know none. */
  readonly areas: Areas | undefined;
  /** The registers are empty: nothing has been counted yet. */
  readonly none: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** Country and provinces as the registers know them; an area that they do not know is kept for the API to judge. */
export const useAreas = (url: UrlState): AreasReading => {
  const formats = useFormats();
  const query = useQuery(dataflowQuery('JOBS'));
  const codes = query.data?.dimensions.find(({ code }) => code === 'area')?.codes;
  const country = codes === undefined ? undefined : rootsOf(codes)[0]?.code;
  const chosen = url.area ?? country;
  const areas = useMemo((): Areas | undefined => {
    if (codes === undefined || country === undefined || chosen === undefined) return undefined;
    const names = new Map(codes.map(({ code, name }) => [code, formats.name(name)]));
    return {
      country,
      chosen,
      isCountry: chosen === country,
      provinces: inReadingOrder(childrenOf(codes, country), formats),
      nameOf: (code) => names.get(code) ?? code,
    };
  }, [codes, country, chosen, formats]);
  return {
    areas,
    none: query.data !== undefined && country === undefined,
    error: query.data === undefined ? query.error : null,
    retry: () => void query.refetch(),
  };
};
