import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { problemMediaType, problemOf, retryAfterSeconds } from './problem.js';

/** What the filter needs of a Fastify reply. */
type Reply = {
  readonly sent: boolean;
  readonly raw: { readonly headersSent: boolean; destroy(): void };
  removeHeader(name: string): unknown;
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(payload: string): unknown;
};

/** Headers of the answer that was being prepared; none of them is true of the problem sent instead. */
const answerHeaders = ['content-encoding', 'content-length', 'content-disposition', 'etag', 'last-modified'];

/**
 * Answers every error with a problem document of RFC 9457. Failures of the server (500 and above) are
 * logged with their stack under the request's id, which the document names as `correlation`.
 * An answer already under way is cut off, so that no client takes a part for the whole.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<{ id: string; method: string; url: string }>();
    const reply = host.switchToHttp().getResponse<Reply>();
    const problem = problemOf(thrown, request.id);
    if (problem.status >= 500) this.log(thrown, request);
    if (reply.raw.headersSent) return reply.raw.destroy();
    for (const name of answerHeaders) reply.removeHeader(name);
    if (problem.status === 503) reply.header('retry-after', String(retryAfterSeconds));
    reply
      .status(problem.status)
      .header('content-type', problemMediaType)
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem));
  }

  private log(thrown: unknown, request: { id: string; method: string; url: string }): void {
    const path = request.url.split('?', 1)[0];
    const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    this.logger.error(`${request.method} ${path} failed, correlation ${request.id}: ${cause}`);
  }
}
