import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Delivery, Webhook } from '@karnama/adapter-postgres';
import { readTarget, reach } from './target.js';

/** A receiver that takes longer is taken for one that does not answer. */
export const timeoutMs = 10_000;

/** The signature of a message: who knows the secret can tell that it came from here as it is. */
export const signatureOf = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;

const headersOf = ({ id, event, body }: Delivery, secret: string): Record<string, string> => ({
  'content-type': 'application/json; charset=utf-8',
  'content-length': String(Buffer.byteLength(body)),
  'user-agent': 'Karnama',
  'karnama-delivery': id,
  'karnama-event': event,
  'karnama-signature': signatureOf(secret, body),
});

/**
 * Sends one message. Redirections are not followed: what was registered is what is told.
 * @throws Error with the reason when it was not taken with a status of 200–299
 */
export const send = async (
  webhook: Pick<Webhook, 'url' | 'secret' | 'allowPrivate'>,
  delivery: Delivery,
): Promise<void> => {
  const url = readTarget(webhook.url);
  const { address, family } = await reach(url, webhook.allowPrivate);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const status = await new Promise<number>((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      headers: headersOf(delivery, webhook.secret),
      signal: AbortSignal.timeout(timeoutMs),
      agent: false,
      lookup: (_host, options, found) => {
        if (options.all === true) found(null, [{ address, family }]);
        else found(null, address, family);
      },
    });
    sent.on('error', reject).on('response', (response) => {
      // what it says besides is not read, so that it cannot keep us
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    sent.end(delivery.body);
  });
  if (status < 200 || status > 299) throw new Error(`it answered ${status}`);
};
