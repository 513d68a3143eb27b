import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditTokenFrom, auditTokenInFile } from './audit-token.js';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'karnama-audit-'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the token of an auditor', () => {
  it('is 32 to 512 printable characters; what stands around it does not count', () => {
    expect(auditTokenFrom(` ${'x'.repeat(32)}\n`)).toBe('x'.repeat(32));
    expect(auditTokenFrom('~'.repeat(512))).toHaveLength(512);
  });

  it.each([
    ['too short', 'x'.repeat(31)],
    ['too long', 'x'.repeat(513)],
    ['with a blank', `${'x'.repeat(20)} ${'y'.repeat(20)}`],
    ['with other letters', 'ک'.repeat(40)],
  ])('is refused when it is %s, and the refusal shows nothing of it', (_why, text) => {
    expect(() => auditTokenFrom(text)).toThrow('is no token of 32 to 512 printable ASCII characters');
  });

  it('is made once in its file, for its owner only, and is the same from then on', async () => {
    const file = join(directory, 'keys', 'audit.token');
    const tokens = await Promise.all([auditTokenInFile(file), auditTokenInFile(file)]);
    expect(tokens[0]).toBe(tokens[1]);
    expect((await readFile(file, 'utf8')).trim()).toBe(tokens[0]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('in a file that holds no token is an error, not an open door', async () => {
    const file = join(directory, 'empty.token');
    await writeFile(file, '\n');
    await expect(auditTokenInFile(file)).rejects.toThrow('is no token');
  });
});
