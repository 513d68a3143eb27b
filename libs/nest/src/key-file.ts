import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Length of every key, in bytes. */
export const KEY_BYTES = 32;

/** A new random key, as base64. */
export const randomKey = (): string => randomBytes(KEY_BYTES).toString('base64');

/** The bytes of a key as base64 or hex; undefined when there are not 32 of them. */
export const keyBytes = (text: string): Buffer | undefined => {
  const key = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64');
  return key.length === KEY_BYTES ? key : undefined;
};

/**
 * Writes a line into a file that only its owner can read, unless the file is there. The file is there whole or not
 * at all; of several that try at once, one does.
 */
export const writeOnce = async (file: string, line: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(8).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${line}\n`);
    await handle.sync();
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
};
