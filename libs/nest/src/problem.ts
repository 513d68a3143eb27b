import { HttpException } from '@nestjs/common';
import { KarnamaError } from '@karnama/kernel';

/** A problem document of RFC 9457; `code` is stable, `mend` says what the caller can do about it. */
export type Problem = {
  readonly type: `urn:karnama:problem:${string}`;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly mend?: string;
  /** Ties a failure of the server to the line in its log; only on statuses of 500 and above. */
  readonly correlation?: string;
};

/** Media type of a problem document. */
export const problemMediaType = 'application/problem+json; charset=utf-8';

/** Seconds a caller should wait before it asks an unavailable service again. */
export const retryAfterSeconds = 5;

/** Things that stand in the path of an address: not to know them is 404, other unknown parts are 400. */
const resources = new Set(['unknown-dataflow', 'unknown-indicator']);

const statuses = new Map([
  ['audit-token-missing', 401],
  ['audit-token-refused', 403],
  ['audit-closed', 403],
  ['not-found', 404],
  ['method-not-allowed', 405],
  ['not-acceptable', 406],
  ['unavailable', 503],
]);

/** The HTTP status of a stable error code; 500 for a code that is none of the caller's doing. */
export const statusOf = (code: string): number => {
  const fixed = statuses.get(code);
  if (fixed !== undefined) return fixed;
  if (resources.has(code)) return 404;
  return /^(unknown|bad)-/.test(code) ? 400 : 500;
};

const titleOf = (code: string): string => code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ');

/** A problem document for a code; the title follows from the code and never varies. */
export const problem = (
  code: string,
  status: number,
  detail: string,
  more: { readonly mend?: string; readonly correlation?: string } = {},
): Problem => ({ type: `urn:karnama:problem:${code}`, title: titleOf(code), status, detail, code, ...more });

const internal = (correlation: string): Problem =>
  problem('internal-error', 500, 'the server failed to answer this request', {
    mend: 'report it together with the correlation id',
    correlation,
  });

const unavailable = (correlation: string): Problem =>
  problem('unavailable', 503, 'the figures cannot be read at the moment', {
    mend: 'ask again in a few seconds; nothing was lost',
    correlation,
  });

const httpCodes = new Map([
  [400, 'bad-request'],
  [404, 'not-found'],
  [405, 'method-not-allowed'],
  [406, 'not-acceptable'],
  [413, 'content-too-large'],
  [414, 'uri-too-long'],
  [415, 'unsupported-media-type'],
]);

/** The status that a framework's error carries (Nest's `getStatus()`, Fastify's `statusCode`). */
const carriedStatus = (thrown: unknown): number | undefined => {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  if (thrown instanceof HttpException) return thrown.getStatus();
  return 'statusCode' in thrown ? Number(thrown.statusCode) : undefined;
};

/**
 * The problem document of whatever was thrown. A KarnamaError of the caller's doing keeps its message
 * and mend; a refusal by the framework (4xx) keeps its message; everything else tells nothing of its
 * cause but the correlation id under which it is logged.
 */
export const problemOf = (thrown: unknown, correlation: string): Problem => {
  if (thrown instanceof KarnamaError) {
    const status = statusOf(thrown.code);
    if (status === 503) return unavailable(correlation);
    if (status >= 500) return internal(correlation);
    return problem(
      thrown.code,
      status,
      thrown.message,
      thrown.mend === undefined ? {} : { mend: thrown.mend },
    );
  }
  const status = carriedStatus(thrown) ?? 500;
  if (status === 503) return unavailable(correlation);
  if (!(thrown instanceof Error) || !(status >= 400 && status < 500)) return internal(correlation);
  return problem(httpCodes.get(status) ?? 'bad-request', status, thrown.message);
};
