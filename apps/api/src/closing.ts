import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes connections on which nothing is asked. Node's own `closeIdleConnections` leaves out those
 * that never carried a request (browsers open such ahead of need) and those that fall idle later.
 */
const closeIdle = (server: Server): (() => void) => {
  const underWay = new Map<Socket, number>();
  let closing = false;
  server.on('connection', (socket) => {
    underWay.set(socket, 0);
    socket.once('close', () => underWay.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    underWay.set(socket, (underWay.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (underWay.get(socket) ?? 1) - 1;
      if (underWay.has(socket)) underWay.set(socket, left);
      if (closing && left === 0) socket.end();
    });
  });
  return () => {
    closing = true;
    for (const [socket, answers] of underWay) if (answers === 0) socket.destroy();
  };
};

/**
 * Closing stops listening, closes idle connections at once, lets answers under way finish for
 * `graceMilliseconds`, then cuts them off.
 */
export const closeInTime = (instance: FastifyInstance, graceMilliseconds: number): void => {
  const server = instance.server;
  const stopIdling = closeIdle(server);
  let timer: NodeJS.Timeout | undefined;
  instance.addHook('preClose', async () => {
    stopIdling();
    timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
  });
  instance.addHook('onClose', async () => clearTimeout(timer));
};
