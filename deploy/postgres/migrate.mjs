/**
 * The migration job: brings the schema up to date as its owner, then gives each role its rights (grants.sql).
 * It runs before the processes of a new version start, and may be run at any time.
 *
 *   KARNAMA_DATABASE_URL_FILE=/run/secrets/database-url-migrator node deploy/postgres/migrate.mjs
 */
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { openDatabase } from '@karnama/adapter-postgres';
import { databaseSettings, readConfig } from '@karnama/nest';

const log = (level, message, fields = {}) =>
  process.stdout.write(
    `${JSON.stringify({ level, time: new Date().toISOString(), app: 'migrate', message, ...fields })}\n`,
  );

const attempts = 30;
const pauseMs = 2_000;

/** Opens the database (which migrates it), waiting for a server that is still starting. */
const opened = async (url) => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openDatabase(url, { applicationName: 'karnama migrate', poolSize: 2 });
    } catch (error) {
      if (error.code !== 'unavailable' || attempt === attempts) throw error;
      log('warn', 'the database is away', { attempt });
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
};

try {
  const { databaseUrl } = readConfig(databaseSettings, process.env);
  const grants = await readFile(new URL('grants.sql', import.meta.url), 'utf8');
  const database = await opened(databaseUrl);
  try {
    await database.transaction((client) => client.query(grants));
  } finally {
    await database.close();
  }
  log('info', 'the schema is up to date and the roles have their rights');
} catch (error) {
  log('fatal', error.message, { code: error.code ?? 'internal-error', mend: error.mend });
  process.exitCode = error.code === 'bad-configuration' ? 78 : 1;
}
