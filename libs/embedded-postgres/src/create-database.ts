import pg from 'pg';
import { KarnamaError, messageOf } from '@karnama/kernel';

const DUPLICATE_DATABASE = '42P04'; // PostgreSQL, Appendix A: error codes

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

const onConnection = async (url: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // a lost connection also fails the pending query
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/**
 * Creates an empty database on the server of `url` (a URL of any database there) and gives the URL of
 * the new one. Throws KarnamaError `database-exists` or `database-not-created`.
 */
export const createDatabase = async (url: string, name: string): Promise<string> => {
  try {
    await onConnection(url, async (client) => {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    });
    return withDatabase(url, name);
  } catch (error) {
    const code = codeOf(error) === DUPLICATE_DATABASE ? 'database-exists' : 'database-not-created';
    throw new KarnamaError(code, `database ${name} cannot be created: ${messageOf(error)}`, undefined, {
      cause: error,
    });
  }
};

/** Creates the database that `url` names unless it exists. The server must accept connections. */
export const ensureDatabase = async (url: string): Promise<void> => {
  const name = new URL(url).pathname.slice(1);
  const always = withDatabase(url, 'postgres'); // every cluster has this one
  let exists = false;
  await onConnection(always, async (client) => {
    exists = (await client.query('SELECT FROM pg_database WHERE datname = $1', [name])).rowCount === 1;
  });
  if (!exists) await createDatabase(always, name);
};
