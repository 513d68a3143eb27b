import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { namesTag, tagOf } from './answer-cache.js';

/** Gives a small JSON answer a tag of its content, and answers 304 to a caller that has it already. */
@Injectable()
export class ContentTag implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body) => {
        const text = JSON.stringify(body);
        const tag = tagOf(text);
        reply.headers({ etag: tag, 'cache-control': 'no-cache' });
        if (namesTag(request.headers['if-none-match'], tag)) {
          reply.status(304);
          return undefined;
        }
        reply.header('content-type', 'application/json; charset=utf-8');
        return text;
      }),
    );
  }
}
