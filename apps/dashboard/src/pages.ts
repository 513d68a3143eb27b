import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { PageProps } from './page-props.js';
import type { PageName } from './url-state.js';

type Loader = () => Promise<{ default: ComponentType<PageProps> }>;

const loaders: Readonly<Record<PageName, Loader>> = {
  overview: () => import('./overview/overview-page.js'),
  indicator: () => import('./indicator/indicator-page.js'),
  area: () => import('./area/area-page.js'),
  flows: () => import('./flows/flows-page.js'),
  skills: () => import('./skills/skills-page.js'),
  business: () => import('./business/business-page.js'),
  supply: () => import('./supply/supply-page.js'),
  lineage: () => import('./lineage/lineage-page.js'),
  explore: () => import('./explore/explore-page.js'),
  releases: () => import('./releases/releases-page.js'),
  revisions: () => import('./revisions/revisions-page.js'),
  movements: () => import('./movements-page.js'),
};

/** Starts loading a page's part of the program. */
export const loadPage = (page: PageName): Promise<unknown> => loaders[page]();

/** The pages, each loaded when it is first shown. */
export const pages: Readonly<Record<PageName, LazyExoticComponent<ComponentType<PageProps>>>> = {
  overview: lazy(loaders.overview),
  indicator: lazy(loaders.indicator),
  area: lazy(loaders.area),
  flows: lazy(loaders.flows),
  skills: lazy(loaders.skills),
  business: lazy(loaders.business),
  supply: lazy(loaders.supply),
  lineage: lazy(loaders.lineage),
  explore: lazy(loaders.explore),
  releases: lazy(loaders.releases),
  revisions: lazy(loaders.revisions),
  movements: lazy(loaders.movements),
};
