import pg from 'pg';
import { KarnamaError, messageOf } from '@karnama/kernel';

const DUPLICATE_DATABASE = '42P04'; // PostgreSQL, Appendix A: error codes

const codeOf = (error: unknown): string | undefined => (error as { code?: string }).code;

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
};

type Rows = Record<string, unknown>[];

/** Asks one statement (or several, without parameters; then the rows are not given). */
export type Ask = (sql: string, parameters?: unknown[]) => Promise<Rows>;

/** Opens one connection for the work and closes it afterwards; errors are those of the driver. */
export const onConnection = async <T>(url: string, work: (ask: Ask) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // a lost connection also fails the pending query
  try {
    await client.connect();
    return await work(async (sql, parameters) => (await client.query<Rows[number]>(sql, parameters)).rows);
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
    await onConnection(url, (ask) => ask(`CREATE DATABASE ${pg.escapeIdentifier(name)}`));
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
  const found = await onConnection(always, (ask) =>
    ask('SELECT FROM pg_database WHERE datname = $1', [name]),
  );
  if (found.length === 0) await createDatabase(always, name);
};
