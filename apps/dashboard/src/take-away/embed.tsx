import { Suspense } from 'react';
import type { PageProps } from '../page-props.js';
import { BlockSkeleton } from '../states.js';
import { part } from '../part.js';

const EmbedPage = part(() => import('./embed-page.js'));

/** The page as a frame in another one shows it: one figure, without the ways about. */
export const Embed = (page: PageProps) => (
  <Suspense fallback={<BlockSkeleton />}>
    <EmbedPage {...page} />
  </Suspense>
);
