import { fileURLToPath } from 'node:url';
import {
  auditSettings,
  channelSettings,
  databaseSettings,
  ledgerSettings,
  metricsSettings,
  processSettings,
  readConfig,
  statisticsSettings,
  text,
  type Config,
  type Environment,
} from '@karnama/nest';

const spec = {
  ...processSettings,
  /** The public address has neither metrics nor details of health: they are on this one. */
  ...metricsSettings,
  ...databaseSettings,
  ...statisticsSettings,
  ...ledgerSettings,
  ...channelSettings,
  ...auditSettings,
  /** Folder of the built dashboard; by default that of the installation. */
  dashboardDir: text(
    'KARNAMA_DASHBOARD_DIR',
    fileURLToPath(new URL('../../dashboard/dist', import.meta.url)),
  ),
  /** SPDX name of the licence that the figures are published under. */
  dataLicence: text('KARNAMA_DATA_LICENCE', 'CC-BY-4.0'),
  topicPrefix: text('KARNAMA_TOPIC_PREFIX', 'karnama.'),
};

export type ApiConfig = Config<typeof spec>;

/** What the environment says. @throws KarnamaError `bad-configuration` naming every bad variable */
export const configOf = (environment: Environment = process.env): ApiConfig => readConfig(spec, environment);
