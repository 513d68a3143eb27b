import type { Projection } from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';

/** The projection that a person has named. @throws KarnamaError `unknown-projection`, naming those there are */
export const projectionNamed = (projections: readonly Projection[], name: string): Projection => {
  const found = projections.find((projection) => projection.name === name);
  if (found !== undefined) return found;
  throw new KarnamaError(
    'unknown-projection',
    `there is no projection "${name}"`,
    `name one of ${projections.map((projection) => projection.name).join(', ')}`,
  );
};
