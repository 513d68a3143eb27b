import type { UrlState } from '../url-state.js';

/** A figure that may be taken away: where its data, its picture and its words come from. */
export type TakenFigure = {
  readonly title: string;
  /** Address of the answer, relative to the page, without a format. */
  readonly data: string;
  readonly metadata: string;
  /** What is drawn on the page: a selector of its SVG, or of the tiles of a map. */
  readonly picture?: string;
  /** The view fixed to the newest release; none when the page is at a release already. */
  readonly fixed?: UrlState;
  /** The view alone, to be shown inside another page. */
  readonly embed?: UrlState;
  /** Address of the feed of the series. */
  readonly feed?: string;
};

/** What the API tells of an answer. */
export type Metadata = {
  readonly title: { readonly fa: string; readonly en: string };
  readonly knowledge: {
    readonly release: string;
    readonly epoch: number;
    readonly cutAt: string | null;
    readonly position: string | null;
  };
  readonly contentHash: { readonly algorithm: string; readonly value: string };
  readonly licence: string;
  readonly citation: { readonly fa: string; readonly en: string };
};
