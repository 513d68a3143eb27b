import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTokenEndpoint, type TokenEndpoint } from '@karnama/conformance';
import { clientCredentialsToken } from './client-credentials.js';

const secret = "colon:plus+percent% blank'quote é";

describe('tokens by client credentials', () => {
  let endpoint: TokenEndpoint;
  let now = 0;
  beforeEach(async () => {
    now = 0;
    endpoint = await startTokenEndpoint({ clients: { 'in take': secret }, seconds: 100 });
  });
  afterEach(() => endpoint.stop());

  const tokens = (more: { clientSecret?: string; scope?: string } = {}) =>
    clientCredentialsToken(
      { tokenUrl: endpoint.url, clientId: 'in take', clientSecret: secret, ...more },
      () => now,
    );

  it('are asked for by name, secret and scope, whatever letters these have', async () => {
    const token = await tokens({ scope: 'kafka write' })();
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as unknown;
    expect(claims).toMatchObject({ sub: 'in take' });
    await tokens()();
    expect(endpoint.requests).toEqual([
      { grantType: 'client_credentials', scope: 'kafka write', clientId: 'in take' },
      { grantType: 'client_credentials', scope: null, clientId: 'in take' },
    ]);
  });

  it('are used again until half a minute before their end, and asked for once by all who wait', async () => {
    const token = tokens();
    await Promise.all([token(), token(), token()]);
    now = 69_999;
    await token();
    expect(endpoint.requests).toHaveLength(1);
    now = 70_000;
    await token();
    expect(endpoint.requests).toHaveLength(2);
  });

  it('that are good for less than a minute are used for half of their time', async () => {
    endpoint.answer(200, { access_token: 'short', token_type: 'Bearer', expires_in: 10 });
    const token = tokens();
    expect(await token()).toBe('short');
    endpoint.answer(undefined);
    now = 4_999;
    expect(await token()).toBe('short');
    now = 5_000;
    expect(await token()).not.toBe('short');
  });

  it.each([
    [400, { error: 'invalid_scope' }, 'the token endpoint refuses with 400 (invalid_scope)'],
    [403, '<html>who are you?</html>', 'the token endpoint refuses with 403'],
    [401, { error: 'this is not the code of an error' }, 'the token endpoint refuses with 401'],
    [200, { token: 'x' }, 'the token endpoint refuses with 200 (no access_token)'],
    [200, 'null', 'the token endpoint refuses with 200 (no access_token)'],
  ])('that are refused tell why, and are not asked for in vain again (%d)', async (status, body, message) => {
    endpoint.answer(status, body);
    await expect(tokens()()).rejects.toMatchObject({ code: 'login-refused', message });
  });

  it.each([500, 503, 429])('are asked for again after a server in trouble (%d)', async (status) => {
    endpoint.answer(status);
    const token = tokens();
    await expect(token()).rejects.toMatchObject({ code: 'unavailable' });
    endpoint.answer(undefined);
    expect(await token()).toEqual(expect.any(String));
  });

  it('are never asked for at another address than the one that was named', async () => {
    const other = await startTokenEndpoint({ clients: { 'in take': secret } });
    try {
      endpoint.redirect(other.url);
      await expect(tokens()()).rejects.toMatchObject({ code: 'unavailable' });
      expect(other.requests).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  it('are unavailable when nobody listens', async () => {
    const token = tokens();
    await endpoint.stop();
    await expect(token()).rejects.toMatchObject({ code: 'unavailable' });
    endpoint = await startTokenEndpoint({ clients: {} });
  });
});
