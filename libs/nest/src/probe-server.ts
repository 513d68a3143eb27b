import { randomUUID } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthModule, type HealthCheck } from './health.js';
import type { Log } from './log.js';
import { MetricsModule, type Metrics } from './metrics.js';
import { nestLog } from './nest-log.js';
import { ProblemFilter } from './problem-filter.js';

export type ProbeOptions = {
  /** Rejects while the process cannot do its work. */
  readonly ready: HealthCheck;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly host: string;
  /** 0 = any free one. */
  readonly port: number;
};

/** What a process without an interface of its own serves: its health and its metrics. */
@Module({})
export class ProbeModule {
  static of({ ready, metrics }: Pick<ProbeOptions, 'ready' | 'metrics'>): DynamicModule {
    return {
      module: ProbeModule,
      imports: [HealthModule.of(ready), MetricsModule.of(metrics)],
      providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
    };
  }
}

export type ProbeServer = { readonly url: string; readonly close: () => Promise<void> };

/** Serves `/health/live`, `/health/ready` and `/metrics`. Closing cuts connections: whoever asks, asks again. */
export const startProbes = async (options: ProbeOptions): Promise<ProbeServer> => {
  const adapter = new FastifyAdapter({
    genReqId: () => randomUUID(),
    bodyLimit: 1024,
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ProbeModule.of(options), adapter, {
    logger: nestLog(options.log),
    abortOnError: false,
  });
  await app.listen({ port: options.port, host: options.host });
  return { url: await app.getUrl(), close: () => app.close() };
};
