import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { securityHeaders } from '../http-server.js';
import { LiveFeed, type Reader } from './live-feed.js';
import { describeEvents } from '../openapi/knowledge.js';

/** A line without meaning, so that neither side nor anything between takes the silence for an end. */
const heartbeatMs = 15_000;

/** How long a browser waits before it asks again. */
const retryMs = 1_000;

/** A reader that takes nothing has so much held for it at most, and is let go then: it asks again by itself. */
const mostHeldBytes = 64 * 1024;

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // a proxy that gathers an answer before it passes it on would keep the news back
  'x-accel-buffering': 'no',
} as const;

const eventText = (event: string, data: object, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** The news of the figures as they come (server-sent events of HTML). */
@Controller('api/events')
export class EventsController {
  constructor(@Inject(LiveFeed) private readonly feed: LiveFeed) {}

  @Get()
  @describeEvents()
  async events(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Headers('last-event-id') header: string | undefined,
    @Query('since') since: unknown,
  ): Promise<void> {
    if (request.method === 'HEAD') return void reply.headers(streamHeaders).send();
    const given = header ?? since;
    const first: string[] = [`retry: ${retryMs}\n\n`];
    let write = (text: string): void => void first.push(text);
    let end = (): void => undefined;
    const reader: Reader = {
      news: (news) => write(eventText('figures', news, news.id)),
      lag: (lag) => write(eventText('lag', lag)),
      away: () => write(eventText('away', {})),
      end: () => end(),
    };
    // a refusal is still a proper answer here; behind it the stream is ours
    const stop = await this.feed.follow(
      reader,
      typeof given === 'string' && given !== '' ? given : undefined,
    );
    if (request.raw.destroyed) return stop();
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { ...securityHeaders, ...streamHeaders });
    const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
    const gone = (): void => {
      clearInterval(heartbeat);
      stop();
    };
    raw.once('close', gone);
    write = (text) => {
      raw.write(text);
      if (raw.writableLength > mostHeldBytes) raw.destroy();
    };
    end = () => {
      gone();
      raw.end();
    };
    raw.write(first.join(''));
  }
}
