import type { Mechanism } from 'kafkajs';
import { KarnamaError, messageOf, Unavailable } from '@karnama/kernel';

const SEPARATOR = '\u0001';

/** What the driver sends is bytes with their length before them. */
const sized = (bytes: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
};

/** RFC 7628, section 3.1. */
const request = (token: string): Buffer =>
  sized(Buffer.from(`n,,${SEPARATOR}auth=Bearer ${token}${SEPARATOR}${SEPARATOR}`));

/** RFC 7628, section 3.2.2: a server that refuses the token answers with a reason, one that takes it with nothing. */
const refusal = (answer: Buffer): string =>
  answer
    .toString('utf8')
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, 200);

/** The driver does not repeat what says so. */
const refused = (reason: string, mend: string | undefined): KarnamaError =>
  Object.assign(new KarnamaError('login-refused', `Kafka: ${reason}`, mend), { retriable: false });

const freshToken = async (token: () => Promise<string>): Promise<string> => {
  try {
    return await token();
  } catch (error) {
    if (error instanceof KarnamaError && error.code === 'login-refused')
      throw refused(error.message, error.mend);
    throw new Unavailable(`no token for Kafka: ${messageOf(error)}`, { cause: error });
  }
};

/**
 * Login with a token. The driver's own way takes the server's reason for a refusal as success, and then
 * finds no broker, as if the network were down.
 */
export const oauthBearer = (token: () => Promise<string>): Mechanism => ({
  mechanism: 'oauthbearer',
  authenticationProvider: ({ saslAuthenticate }) => ({
    authenticate: async () => {
      const encoded = request(await freshToken(token));
      const reason = await saslAuthenticate({
        request: { encode: () => encoded },
        response: { decode: (answer) => answer, parse: refusal },
      });
      if (reason !== undefined && reason !== '')
        throw refused(`the token is refused: ${reason}`, 'check the token of the principal');
    },
  }),
});
