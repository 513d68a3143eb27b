import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a client asked the endpoint with. */
export type TokenRequest = {
  readonly grantType: string | null;
  readonly scope: string | null;
  readonly clientId: string;
};

export type TokenEndpoint = {
  /** Where tokens are asked for. */
  readonly url: string;
  /** Those that asked with the right secret, in their order. */
  readonly requests: readonly TokenRequest[];
  /** The answer to the next requests, in place of a token; undefined: tokens again. */
  answer(status: number | undefined, body?: unknown): void;
  /** Sends the next requests to another address. */
  redirect(url: string): void;
  stop(): Promise<void>;
};

export type TokenEndpointOptions = {
  /** Secrets by client id. */
  readonly clients: Readonly<Record<string, string>>;
  /** Seconds that a token is good for. Default 600. */
  readonly seconds?: number;
};

/** A token that nobody has signed, as a broker's check for development takes it. */
export const unsignedToken = (subject: string, seconds = 600): string => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1_000);
  return `${part({ alg: 'none' })}.${part({ sub: subject, iat: now, exp: now + seconds })}.`;
};

const decoded = (encoded: string): string => decodeURIComponent(encoded.replaceAll('+', ' '));

/** Client id and secret of HTTP Basic, decoded as RFC 6749, section 2.3.1, asks for. */
const clientOf = ({ headers: { authorization = '' } }: IncomingMessage): readonly [string, string] => {
  const [id = '', secret = ''] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':');
  return [decoded(id), decoded(secret)];
};

type Answer = { readonly status: number; readonly body: unknown; readonly location?: string };

const reply = (response: ServerResponse, { status, body, location }: Answer): void => {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(location === undefined ? {} : { location }),
  });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );

/**
 * The token endpoint of an authorization server: real HTTP, client credentials checked, tokens unsigned, whose
 * subject is the client. It answers as RFC 6749, sections 4.4, 5.1 and 5.2, says.
 */
export const startTokenEndpoint = async ({
  clients,
  seconds = 600,
}: TokenEndpointOptions): Promise<TokenEndpoint> => {
  const requests: TokenRequest[] = [];
  let instead: Answer | undefined;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = new URLSearchParams(await text(request));
    const [clientId, secret] = clientOf(request);
    if (instead !== undefined) return reply(response, instead);
    if (clients[clientId] === undefined || clients[clientId] !== secret)
      return reply(response, { status: 401, body: { error: 'invalid_client' } });
    const grantType = form.get('grant_type');
    if (request.method !== 'POST' || grantType !== 'client_credentials')
      return reply(response, { status: 400, body: { error: 'unsupported_grant_type' } });
    requests.push({ grantType, scope: form.get('scope'), clientId });
    const token = unsignedToken(clientId, seconds);
    return reply(response, {
      status: 200,
      body: { access_token: token, token_type: 'Bearer', expires_in: seconds },
    });
  };
  const server = createServer((request, response) => void serve(request, response));
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}/token`,
    requests,
    answer: (status, body = {}) => {
      instead = status === undefined ? undefined : { status, body };
    },
    redirect: (location) => {
      instead = { status: 307, body: {}, location };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
