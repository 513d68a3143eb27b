import { readFile } from 'node:fs/promises';
import { KarnamaError } from '@karnama/kernel';
import { randomKey, writeOnce } from './key-file.js';

/** An auditor's token is at least so long: nobody finds it by trying. */
export const AUDIT_TOKEN_LENGTH = 32;

/**
 * The token that a text holds: printable characters without blanks, as an Authorization header carries them.
 * @throws KarnamaError `bad-token`, which shows nothing of the text
 */
export const auditTokenFrom = (text: string): string => {
  const token = text.trim();
  if (token.length >= AUDIT_TOKEN_LENGTH && token.length <= 512 && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new KarnamaError(
    'bad-token',
    `is no token of ${AUDIT_TOKEN_LENGTH} to 512 printable ASCII characters without blanks`,
    `write ${AUDIT_TOKEN_LENGTH} random bytes as base64`,
  );
};

/** The token in the file, which is made at random when it is not there, readable by its owner only. @throws KarnamaError `bad-token` */
export const auditTokenInFile = async (file: string): Promise<string> => {
  await writeOnce(file, randomKey());
  return auditTokenFrom(await readFile(file, 'utf8'));
};
