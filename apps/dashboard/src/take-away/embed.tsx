import { lazy, Suspense } from 'react';
import type { PageProps } from '../page-props.js';
import { BlockSkeleton } from '../states.js';

const EmbedPage = lazy(() => import('./embed-page.js'));

/** The page as a frame in another one shows it: one figure, without the ways about. */
export const Embed = (page: PageProps) => (
  <Suspense fallback={<BlockSkeleton />}>
    <EmbedPage {...page} />
  </Suspense>
);
