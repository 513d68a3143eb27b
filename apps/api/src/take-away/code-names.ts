import { describeCodes, keptDataflow } from '@karnama/statistics';
import { nameIn, type FileLanguage } from './file-language.js';

/** Names of a column of codes, as a reader knows them. */
export type NamedColumn = {
  readonly column: string;
  readonly codes: ReadonlyMap<string, string>;
};

/** The dimension that a column of a grouping holds the codes of: `area` for `area@country`. */
const dimensionOf = (column: string): string => column.split('@', 1)[0] ?? column;

/**
 * The names of the codes of a column, from the first of the dataflows that has the dimension; codes of
 * which no name is known stand for themselves.
 */
export const namesOf = (
  dataflows: readonly string[],
  column: string,
  codes: readonly string[],
  language: FileLanguage,
): NamedColumn => {
  const dimension = dimensionOf(column);
  for (const code of dataflows) {
    const { dataflow } = keptDataflow(code, 'jalali');
    const found = dataflow.dimensions.find((one) => one.code === dimension);
    if (found === undefined) continue;
    const named = describeCodes(code, dimension, [...new Set(codes)]);
    return {
      column: nameIn(found.name, language),
      codes: new Map(named.map((entry) => [entry.code, nameIn(entry.name, language)])),
    };
  }
  return { column, codes: new Map() };
};
