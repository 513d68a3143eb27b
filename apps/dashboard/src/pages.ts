import type { ComponentType } from 'react';
import type { PageProps } from './page-props.js';
import { part } from './part.js';
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
export const pages: Readonly<Record<PageName, ComponentType<PageProps>>> = {
  overview: part(loaders.overview, false),
  indicator: part(loaders.indicator, false),
  area: part(loaders.area, false),
  flows: part(loaders.flows, false),
  skills: part(loaders.skills, false),
  business: part(loaders.business, false),
  supply: part(loaders.supply, false),
  lineage: part(loaders.lineage, false),
  explore: part(loaders.explore, false),
  releases: part(loaders.releases, false),
  revisions: part(loaders.revisions, false),
  movements: part(loaders.movements, false),
};
