import type { CellStore, Generation } from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';
import type { Knowledge, Release } from './request.js';

/** All releases, oldest first. */
export type Releases = () => Promise<readonly Release[]>;

/**
 * What was known at a release, or all there is: up to which epoch cells count.
 * @param generations all that figures are taken of; each has to have counted the release's epoch to its end
 * @throws KarnamaError `unknown-release`; `unavailable` while one of them is behind
 */
export const knowledgeAt = async (
  store: CellStore,
  generations: readonly Generation[],
  releases: Releases,
  asKnownAt: string,
): Promise<Knowledge> => {
  const checkpoints = await Promise.all(generations.map((generation) => store.checkpoint(generation)));
  const epoch = Math.min(...checkpoints.map((checkpoint) => checkpoint.epoch));
  if (asKnownAt === 'latest') return { release: 'latest', epoch };
  const all = await releases();
  const release = all.find(({ name }) => name === asKnownAt);
  if (release === undefined)
    throw new KarnamaError(
      'unknown-release',
      `there is no release "${asKnownAt}"`,
      `"latest" or one of: ${all.map(({ name }) => name).join(', ') || '(none was cut yet)'}`,
    );
  if (release.epoch >= epoch)
    throw new KarnamaError(
      'unavailable',
      `the figures of release ${asKnownAt} are still being counted`,
      'ask again in a moment',
    );
  return { release: asKnownAt, epoch: release.epoch };
};
