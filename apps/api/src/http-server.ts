import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import { problem, problemMediaType } from '@karnama/nest';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { closeInTime } from './closing.js';

/** Pictures of charts are made in the page, with the letters they are written with in them. */
const sources =
  "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'";

/** Only what this server itself serves may run, load or frame anything. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': `${sources}; frame-ancestors 'self'`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The one view that other sites may show in a frame: an indicator alone. It has nothing to be clicked for. */
const isEmbedded = (address: string): boolean => {
  const [path, search = ''] = address.split('?', 2);
  const query = new URLSearchParams(search);
  return path === '/' && query.getAll('embed').join() === '1' && query.getAll('page').join() === 'indicator';
};

const { 'x-frame-options': _, ...unframed } = securityHeaders;

const embeddedHeaders: Readonly<Record<string, string>> = {
  ...unframed,
  'content-security-policy': `${sources}; frame-ancestors *`,
};

/** A socket without any traffic for so long is closed: a reader that stopped must not hold a query open. */
const idleSocketMilliseconds = 120_000;

export const httpAdapter = (): FastifyAdapter =>
  new FastifyAdapter({
    genReqId: () => randomUUID(),
    bodyLimit: 16 * 1024,
    requestTimeout: 30_000,
    connectionTimeout: idleSocketMilliseconds,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const status = error.statusCode ?? 400;
      const body = problem('bad-request', status, 'the address of this request is not well formed');
      void reply
        .status(status)
        .headers({ ...securityHeaders, 'content-type': problemMediaType, 'cache-control': 'no-store' })
        .send(JSON.stringify(body));
    },
  });

/** Hooks and plugins of the server: security headers, compression, closing. */
export const furnish = async (app: NestFastifyApplication, graceMilliseconds: number): Promise<void> => {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(isEmbedded(request.url) ? embeddedHeaders : securityHeaders);
  });
  closeInTime(server, graceMilliseconds);
  await app.register(compress, { encodings: ['br', 'gzip'] });
};
