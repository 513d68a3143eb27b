import { readFile } from 'node:fs/promises';
import type { PseudonymKey, PseudonymKeyRing } from '@karnama/intake';
import { KarnamaError } from '@karnama/kernel';
import { KEY_BYTES, keyBytes, randomKey, writeOnce } from './key-file.js';

const broken = (): KarnamaError =>
  new KarnamaError(
    'bad-key',
    `holds no list of keys "<version>:<${KEY_BYTES} bytes as base64 or hex>", newest version first`,
    'write it as 2:…,1:… and keep every version that was ever used',
  );

const keyOf = (text: string): PseudonymKey => {
  const [, version = '', key = ''] = /^([1-9]\d{0,5}):(\S+)$/.exec(text) ?? [];
  const master = keyBytes(key);
  if (master === undefined) throw broken();
  return { version: Number(version), master };
};

/**
 * The keys of pseudonyms that a text lists: `<version>:<32 bytes as base64 or hex>`, separated by commas or
 * blanks, versions falling. @throws KarnamaError `bad-key`, which shows nothing of the text
 */
export const keyRingFrom = (text: string): PseudonymKeyRing => {
  const [newest, ...older] = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(keyOf);
  if (newest === undefined) throw broken();
  [newest, ...older].forEach(({ version }, at) => {
    const next = older[at];
    if (next !== undefined && next.version >= version) throw broken();
  });
  return [newest, ...older];
};

/**
 * The keys in the file, which is made with one random key when it is not there, readable by its owner only.
 * @throws KarnamaError `bad-key`
 */
export const keyRingInFile = async (file: string): Promise<PseudonymKeyRing> => {
  await writeOnce(file, `1:${randomKey()}`);
  return keyRingFrom(await readFile(file, 'utf8'));
};
