/** A durable PostgreSQL server that can be stopped and killed, behind a proxy whose address stays. */
import { once } from 'node:events';
import process from 'node:process';
import { createDatabase, startPostgres } from '@karnama/embedded-postgres';
import { startProxy } from './tcp-proxy.mjs';
import { pause } from './wait.mjs';

const portOf = (url) => Number(new URL(url).port);

const withParts = (url, { port, name }) => {
  const changed = new URL(url);
  if (port !== undefined) changed.port = String(port);
  if (name !== undefined) changed.pathname = `/${name}`;
  return changed.href;
};

/** @param {string} dataDir made when it is not there */
export const startServer = async (dataDir) => {
  let server = await startPostgres({ dataDir, role: 'fault tests' });
  const proxy = await startProxy(portOf(server.url));
  const startAgain = async () => {
    server = await startPostgres({ dataDir, role: 'fault tests' });
    proxy.aim(portOf(server.url));
  };
  return {
    proxy,
    createDatabase: async (name) => {
      await createDatabase(server.url, name);
      return {
        /** For the processes: through the proxy. */
        url: withParts(server.url, { port: proxy.port, name }),
        /** For the judge: around the proxy, and another one after each start of the server. */
        direct: () => withParts(server.url, { name }),
      };
    },
    /** `hard`: the server's first process is killed, and what it left is recovered. */
    stop: async ({ hard }) => {
      if (hard) process.kill(server.pid, 'SIGKILL');
      if (hard) await server.exited;
      await server.stop();
    },
    start: startAgain,
    /** Whether it has ended although nobody asked it to. */
    hasEnded: () => Promise.race([server.exited.then(() => true), pause(10).then(() => false)]),
    close: async () => {
      await proxy.close();
      await server.stop();
    },
  };
};

/** Calls `onNotice(process id of the server's side)` for each notification, until the session is ended. */
export const listenTo = async (database, channel, onNotice) => {
  const session = await database.openSession();
  session.on('notification', ({ processId }) => onNotice(processId));
  await session.query(`LISTEN ${channel}`);
  return async () => {
    const ended = once(session, 'end');
    await session.end();
    await ended;
  };
};
