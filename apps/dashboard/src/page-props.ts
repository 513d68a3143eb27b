import type { Release } from './api.js';
import type { Theme, UrlState } from './url-state.js';

/** What every page is given: the address, the appearance in use, and what the shell has read. */
export type PageProps = {
  readonly url: UrlState;
  readonly theme: Theme;
  readonly releases: readonly Release[] | undefined;
};
