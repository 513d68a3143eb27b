import { KarnamaError, messageOf, Unavailable } from '@karnama/kernel';

/** How a process obtains tokens for itself: OAuth 2.0 client credentials (RFC 6749, section 4.4). */
export type ClientCredentials = {
  /** The token endpoint of the authorization server. */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the token shall be good for, as the server names it. */
  readonly scope?: string;
};

const ANSWER_MS = 10_000;

/** Of a server that does not say how long its token is good; it is asked again rather too often. */
const UNTOLD_SECONDS = 60;

/** A token is replaced so long before its end: before the broker ends the session that it opened. */
const MARGIN_SECONDS = 30;

/** RFC 6749, section 2.3.1: both are form-encoded before they are put together. */
const formEncoded = (text: string): string =>
  encodeURIComponent(text)
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');

const basic = ({ clientId, clientSecret }: ClientCredentials): string =>
  `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')}`;

const asked = async (credentials: ClientCredentials): Promise<Response> => {
  const { tokenUrl, scope } = credentials;
  try {
    return await fetch(tokenUrl, {
      method: 'POST',
      headers: { authorization: basic(credentials), accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        ...(scope === undefined ? {} : { scope }),
      }),
      // a secret is sent to the address that was configured, and nowhere else
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  } catch (error) {
    throw new Unavailable(`the token endpoint does not answer: ${messageOf(error)}`, { cause: error });
  }
};

const fieldsOf = async (response: Response): Promise<Readonly<Record<string, unknown>>> => {
  try {
    const value: unknown = await response.json();
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

/** The error code of RFC 6749, section 5.2; anything else might be of any content. */
const reasonOf = ({ error }: Readonly<Record<string, unknown>>): string =>
  typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : '';

const refused = (status: number, reason: string): KarnamaError =>
  new KarnamaError(
    'login-refused',
    `the token endpoint refuses with ${status}${reason}`,
    'check token endpoint, client id, client secret and scope',
  );

type Token = { readonly value: string; readonly seconds: number };

const fetched = async (credentials: ClientCredentials): Promise<Token> => {
  const response = await asked(credentials);
  const fields = await fieldsOf(response);
  if (response.status >= 500 || response.status === 429)
    throw new Unavailable(`the token endpoint answers ${response.status}`);
  const { access_token: value, expires_in: seconds } = fields;
  if (!response.ok || typeof value !== 'string' || value === '')
    throw refused(response.status, response.ok ? ' (no access_token)' : reasonOf(fields));
  const told = Number(seconds);
  return { value, seconds: told > 0 ? told : UNTOLD_SECONDS };
};

/**
 * A token whenever one is needed: the one at hand while it is good for long enough, or else a new one. Those who
 * ask at the same moment share one request. `now` counts milliseconds.
 * @throws Unavailable when the endpoint does not answer; KarnamaError `login-refused` when it gives no token
 */
export const clientCredentialsToken = (
  credentials: ClientCredentials,
  now: () => number = () => performance.now(),
): (() => Promise<string>) => {
  let atHand: { readonly value: string; readonly until: number } | undefined;
  let underWay: Promise<string> | undefined;
  const renewed = async (): Promise<string> => {
    const began = now();
    const { value, seconds } = await fetched(credentials);
    atHand = { value, until: began + (seconds - Math.min(MARGIN_SECONDS, seconds / 2)) * 1_000 };
    return value;
  };
  return () => {
    if (atHand !== undefined && now() < atHand.until) return Promise.resolve(atHand.value);
    underWay ??= renewed().finally(() => (underWay = undefined));
    return underWay;
  };
};
