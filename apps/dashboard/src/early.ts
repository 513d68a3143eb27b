import type { QueryClient } from '@tanstack/react-query';
import { catalogueQuery } from './indicator-queries.js';
import { dataflowQuery, releasesQuery } from './queries.js';
import type { PageName } from './url-state.js';

/** What a page needs before it can ask for figures: asked for while the page's own part of the program is loaded. */
export const askEarly = (client: QueryClient, page: PageName): void => {
  void client.prefetchQuery(releasesQuery);
  // the declared movements are told by dataflows of their own
  if (page === 'movements') return;
  void client.prefetchQuery(catalogueQuery);
  if (page !== 'releases') void client.prefetchQuery(dataflowQuery('JOBS'));
};
