import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { keyRingFrom, keyRingInFile } from './pseudonym-key.js';
import { pseudonymSettings } from './settings.js';

const key = (byte: number): Buffer => Buffer.alloc(32, byte);
const base64 = (byte: number): string => key(byte).toString('base64');

describe('the keys of pseudonyms', () => {
  it.each([[`1:${base64(1)}\n`], [`1:${key(1).toString('hex')}`]])('are one to begin with (%#)', (text) =>
    expect(keyRingFrom(text)).toEqual([{ version: 1, master: key(1) }]),
  );

  it.each([
    [`12:${base64(12)},2:${base64(2)},1:${base64(1)}`],
    [`12:${base64(12)}\n2:${base64(2)}\n 1:${base64(1)}\n`],
  ])('are all that there ever were, newest first (%#)', (text) =>
    expect(keyRingFrom(text)).toEqual([
      { version: 12, master: key(12) },
      { version: 2, master: key(2) },
      { version: 1, master: key(1) },
    ]),
  );

  it.each([
    ['nothing', ''],
    ['a key without its version', base64(7)],
    ['version 0', `0:${base64(7)}`],
    ['a short key', `1:${base64(7).slice(4)}`],
    ['the oldest first', `1:${base64(7)},2:${base64(8)}`],
    ['a version twice', `2:${base64(7)},2:${base64(8)}`],
    ['one bad key of two', `2:${base64(7)},1:hunter2`],
  ])('are refused with %s, and never shown', (_name, text) => {
    expect(() => keyRingFrom(text)).toThrow(expect.objectContaining({ code: 'bad-key' }));
    expect(() => keyRingFrom(text)).not.toThrow(/hunter2|Bwc/);
  });

  it('are a setting that a process cannot do without', () => {
    expect(readConfig(pseudonymSettings, { KARNAMA_PSEUDONYM_KEY: `1:${base64(1)}` })).toEqual({
      pseudonymKeys: [{ version: 1, master: key(1) }],
    });
    expect(() => readConfig(pseudonymSettings, {})).toThrow(
      'KARNAMA_PSEUDONYM_KEY is not set, nor is KARNAMA_PSEUDONYM_KEY_FILE',
    );
  });
});

describe('the file of keys of a data directory', () => {
  const directory = mkdtempSync(join(tmpdir(), 'karnama-keys-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('is made once, with a random key, for its owner only', async () => {
    const file = join(directory, 'keys', 'pseudonym.key');
    const rings = await Promise.all([keyRingInFile(file), keyRingInFile(file), keyRingInFile(file)]);
    expect(rings[0]?.map(({ version }) => version)).toEqual([1]);
    expect(await keyRingInFile(file)).toEqual(rings[0]);
    expect([rings[1], rings[2]]).toEqual([rings[0], rings[0]]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'keys'))).toEqual(['pseudonym.key']);
    expect(statSync(join(directory, 'keys')).mode & 0o777).toBe(0o700);
    expect(await keyRingInFile(join(directory, 'other', 'pseudonym.key'))).not.toEqual(rings[0]);
  });

  it('holds every version once keys are added at its head', async () => {
    const file = join(directory, 'keys', 'pseudonym.key');
    writeFileSync(file, `2:${base64(2)}\n${readFileSync(file, 'utf8')}`);
    expect((await keyRingInFile(file)).map(({ version }) => version)).toEqual([2, 1]);
  });

  it('is refused when it is damaged, and not overwritten', async () => {
    const file = join(directory, 'damaged.key');
    writeFileSync(file, '1:abc\n');
    await expect(keyRingInFile(file)).rejects.toMatchObject({ code: 'bad-key' });
    expect(readFileSync(file, 'utf8')).toBe('1:abc\n');
  });
});
