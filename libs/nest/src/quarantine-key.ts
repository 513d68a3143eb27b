import { readFile } from 'node:fs/promises';
import { KarnamaError } from '@karnama/kernel';
import { KEY_BYTES, keyBytes, randomKey, writeOnce } from './key-file.js';

/** The key that a text stands for: 32 bytes as hex or base64. @throws KarnamaError `bad-key`, which shows nothing of the text */
export const keyFrom = (text: string): Buffer => {
  const key = keyBytes(text.trim());
  if (key !== undefined) return key;
  throw new KarnamaError(
    'bad-key',
    `holds no key of ${KEY_BYTES} bytes as base64 or hex`,
    `write ${KEY_BYTES} random bytes as base64 or hex`,
  );
};

/** Makes a random key in the file, readable by its owner only, unless the file is there; of several that try at once, one does. */
export const ensureKeyFile = async (file: string): Promise<void> => {
  await writeOnce(file, randomKey());
  keyFrom(await readFile(file, 'utf8'));
};
