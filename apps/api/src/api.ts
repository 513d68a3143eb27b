import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api-module.js';
import { furnish, httpAdapter } from './http-server.js';
import { openApiOf } from './openapi/openapi.js';
import type { ApiOptions } from './options.js';

const closeGraceMilliseconds = 8000;

/**
 * The read side over HTTP, ready to listen; the caller chooses where. `close` ends within the grace
 * time of the options and a second, whatever connections are open.
 */
export const createApi = async (options: ApiOptions): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(options), httpAdapter(), {
    logger:
      options.logger === undefined || options.logger === true ? ['warn', 'error', 'fatal'] : options.logger,
    abortOnError: false,
  });
  await furnish(app, options.closeGraceMilliseconds ?? closeGraceMilliseconds);
  const document = JSON.stringify(openApiOf(app));
  app
    .getHttpAdapter()
    .getInstance()
    .get('/api/openapi.json', (_request, reply) =>
      reply
        .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' })
        .send(document),
    );
  await app.init();
  return app;
};

/** A server of the read side that listens. */
export type RunningApi = { readonly url: string; readonly close: () => Promise<void> };

/** Creates the read side and listens, on the loopback address unless told otherwise; port 0 = any free one. */
export const startApi = async (
  options: ApiOptions,
  where: { readonly port: number; readonly host?: string },
): Promise<RunningApi> => {
  const app = await createApi(options);
  await app.listen({ port: where.port, host: where.host ?? '127.0.0.1' });
  return { url: await app.getUrl(), close: () => app.close() };
};
