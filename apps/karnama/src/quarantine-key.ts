import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KarnamaError } from '@karnama/kernel';

const bytes = 32;

const decoded = (text: string, from: string): Buffer => {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, /^[0-9a-f]{64}$/i.test(trimmed) ? 'hex' : 'base64');
  if (key.length !== bytes)
    throw new KarnamaError(
      'bad-key',
      `${from} holds no key of ${bytes} bytes`,
      'write 32 random bytes as base64 or hex',
    );
  return key;
};

/**
 * The key that quarantined originals are encrypted with: the configured one, or one that is made once
 * and kept in the data directory, readable by its owner only.
 * @throws KarnamaError `bad-key`
 */
export const quarantineKey = async (dataDir: string, configured: string | undefined): Promise<Buffer> => {
  if (configured !== undefined) return decoded(configured, 'KARNAMA_QUARANTINE_KEY');
  const file = join(dataDir, 'keys', 'quarantine.key');
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
  return decoded(await readFile(file, 'utf8'), file);
};
