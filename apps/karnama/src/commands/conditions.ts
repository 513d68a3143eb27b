import { KarnamaError } from '@karnama/kernel';

/** Words of a list that commas separate. */
export const listOf = (text: string | undefined): string[] =>
  (text ?? '').split(',').filter((word) => word !== '');

/** Filters as `--where area=BR industry=C,G` gives them. @throws KarnamaError `bad-request` */
export const filtersOf = (where: readonly string[]): Record<string, string[]> => {
  const filters: Record<string, string[]> = {};
  for (const condition of where) {
    const [dimension, codes] = condition.split('=');
    if (dimension === undefined || dimension === '' || codes === undefined || codes === '')
      throw new KarnamaError(
        'bad-request',
        `"${condition}" is no condition`,
        'write it as area=BR or industry=C,G',
      );
    filters[dimension] = [...(filters[dimension] ?? []), ...listOf(codes)];
  }
  return filters;
};
