import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KarnamaError } from '@karnama/kernel';

const bytes = 32;

/** The key that a text stands for: 32 bytes as hex or base64. @throws KarnamaError `bad-key`, which shows nothing of the text */
export const keyFrom = (text: string): Buffer => {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, /^[0-9a-f]{64}$/i.test(trimmed) ? 'hex' : 'base64');
  if (key.length === bytes) return key;
  throw new KarnamaError(
    'bad-key',
    `holds no key of ${bytes} bytes as base64 or hex`,
    `write ${bytes} random bytes as base64 or hex`,
  );
};

/** Makes a random key in the file, readable by its owner only, unless the file is there; of several that try at once, one does. */
export const ensureKeyFile = async (file: string): Promise<void> => {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(`${randomBytes(bytes).toString('base64')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  keyFrom(await readFile(file, 'utf8'));
};
