import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  auditSettings,
  channelSettings,
  flag,
  keyFrom,
  keyRingFrom,
  ledgerSettings,
  optionalSecret,
  ownDatabaseSettings,
  readConfig,
  statisticsSettings,
  text,
  type Config,
} from '@karnama/nest';

const spec = {
  /** An external PostgreSQL instead of the embedded one. */
  ...ownDatabaseSettings,
  dataDir: text('KARNAMA_DATA_DIR', '.karnama'),
  /** 32 bytes as base64 or hex; kept in a file of the data directory otherwise. */
  quarantineKey: optionalSecret('KARNAMA_QUARANTINE_KEY', keyFrom),
  /** Keys of pseudonyms, newest first, `<version>:<key>`; kept in a file of the data directory otherwise. */
  pseudonymKeys: optionalSecret('KARNAMA_PSEUDONYM_KEY', keyRingFrom),
  /** SPDX name of the licence that the figures are published under. */
  dataLicence: text('KARNAMA_DATA_LICENCE', 'CC-BY-4.0'),
  /** Lines about what goes on in the background, on standard error. */
  log: flag('KARNAMA_LOG', true),
  /** Stack traces of errors that are none of ours. */
  debug: flag('KARNAMA_DEBUG', false),
  ...statisticsSettings,
  ...ledgerSettings,
  ...channelSettings,
  ...auditSettings,
};

export type ProgramConfig = Config<typeof spec>;

/** What the environment says. @throws KarnamaError `bad-configuration` naming every bad variable */
export const configOf = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ProgramConfig => readConfig(spec, environment);

/** The root of the installation: schemas, mappings and the built dashboard lie below it. */
export const installation = resolve(fileURLToPath(new URL('../../..', import.meta.url)));

/** A path as a person types it: relative to where they stand, `~` for home. */
export const pathOf = (typed: string): string =>
  resolve(typed.startsWith('~/') ? join(homedir(), typed.slice(2)) : typed);
