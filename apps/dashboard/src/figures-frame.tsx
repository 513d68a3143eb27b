import './styles/pages.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Gradually } from './gradually.js';
import type { IndicatorSummary } from './indicator-api.js';
import { catalogueQuery } from './indicator-queries.js';
import type { UrlState } from './url-state.js';
import { Failure, FiguresSkeleton, Nothing } from './states.js';
import { useAreas, type Areas } from './use-areas.js';

/** What every page of indicators has to know before it can ask for figures. */
export type Known = { readonly catalogue: readonly IndicatorSummary[]; readonly areas: Areas };

/** The part of the page that the figures fill: them once catalogue and areas are known, or why they are not there. */
export const FiguresFrame = (props: { url: UrlState; children: (known: Known) => ReactNode }) => {
  const catalogue = useQuery(catalogueQuery);
  const { areas, none, error, retry } = useAreas(props.url);
  const failure = (catalogue.data === undefined ? catalogue.error : null) ?? error;
  return (
    <div id="figures" tabIndex={-1}>
      {failure !== null ? (
        <Failure
          error={failure}
          onRetry={() => {
            retry();
            void catalogue.refetch();
          }}
        />
      ) : none ? (
        <Nothing title="state.empty.all" hint="state.empty.all.hint" />
      ) : catalogue.data === undefined || areas === undefined ? (
        <FiguresSkeleton />
      ) : (
        <Gradually fallback={<FiguresSkeleton />}>
          {props.children({ catalogue: catalogue.data, areas })}
        </Gradually>
      )}
    </div>
  );
};
