import { join } from 'node:path';
import { optional, readConfig, text } from '@karnama/nest';
import { installation, pathOf } from './config.js';

const spec = {
  /** A directory with indexes of titles, e.g. those of a statistical office. */
  indexDir: optional(text('KARNAMA_CODING_INDEX_DIR', '')),
  dataDir: text('KARNAMA_DATA_DIR', '.karnama'),
};

export type CodingPlaces = {
  /** Where an index is looked for, in this order. */
  readonly indexes: readonly string[];
  /** Where trained models are kept. */
  readonly models: string;
};

/** Where titles are coded from: the directory that was named, or the data directory and beside a checkout. */
export const codingPlaces = (
  dataDir: string | undefined,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): CodingPlaces => {
  const config = readConfig(spec, environment);
  const coding = join(pathOf(dataDir ?? config.dataDir), 'coding');
  const named = config.indexDir ?? '';
  return {
    indexes:
      named === '' ? [coding, join(installation, '../shared/data/ir-classifications')] : [pathOf(named)],
    models: join(coding, 'models'),
  };
};
