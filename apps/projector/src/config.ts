import {
  databaseSettings,
  integer,
  ledgerSettings,
  list,
  processSettings,
  readConfig,
  statisticsSettings,
  type Config,
  type Environment,
} from '@karnama/nest';
import { projections } from '@karnama/statistics';

const names = projections.map(({ name }) => name);

const spec = {
  ...processSettings,
  ...databaseSettings,
  ...ledgerSettings,
  ...statisticsSettings,
  /**
   * The projections that this process keeps up, or stands by for while another one does; the one that it
   * seeks first stands first. Default: all.
   */
  projections: list('KARNAMA_PROJECTIONS', new RegExp(`^(${names.join('|')})$`), names.join(', '), names),
  /** Events a transaction: more are faster, fewer are seen sooner. */
  batch: integer('KARNAMA_PROJECTOR_BATCH', { least: 1, most: 50_000 }, 5_000),
};

export type ProjectorConfig = Config<typeof spec>;

/** What the environment says. @throws KarnamaError `bad-configuration` naming every bad variable */
export const configOf = (environment: Environment = process.env): ProjectorConfig =>
  readConfig(spec, environment);
