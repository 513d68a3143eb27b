import { fileURLToPath } from 'node:url';
import {
  channelSettings,
  databaseSettings,
  ledgerSettings,
  processSettings,
  pseudonymSettings,
  quarantineSettings,
  readConfig,
  text,
  type Config,
  type Environment,
} from '@karnama/nest';

const spec = {
  ...processSettings,
  ...databaseSettings,
  ...ledgerSettings,
  ...channelSettings,
  ...quarantineSettings,
  ...pseudonymSettings,
  /** Folder of the agencies' contracts; by default that of the installation. */
  contractsDir: text(
    'KARNAMA_CONTRACTS_DIR',
    fileURLToPath(new URL('../../../schemas/contracts', import.meta.url)),
  ),
  /** Topics are `<prefix><agency>.<contract>`. */
  topicPrefix: text('KARNAMA_TOPIC_PREFIX', 'karnama.'),
};

export type IntakeConfig = Config<typeof spec>;

/** What the environment says. @throws KarnamaError `bad-configuration` naming every bad variable */
export const configOf = (environment: Environment = process.env): IntakeConfig =>
  readConfig(spec, environment);
