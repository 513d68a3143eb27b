import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { optional, readConfig, text } from './config.js';
import { list } from './list-setting.js';
import { keyFrom } from './quarantine-key.js';
import { neededWith, optionalSecret, secret } from './secret-setting.js';

const directory = mkdtempSync(join(tmpdir(), 'karnama-secrets-'));
const file = (name: string, content: string): string => {
  writeFileSync(join(directory, name), content);
  return join(directory, name);
};

describe('a secret', () => {
  afterAll(() => rmSync(directory, { recursive: true }));
  const spec = { password: secret('PASSWORD'), key: optionalSecret('KEY', keyFrom) };

  it('is the text of its variable, or of the file that the variable with _FILE names', () => {
    expect(readConfig(spec, { PASSWORD: 'x', KEY: '' })).toEqual({ password: 'x', key: undefined });
    const key = Buffer.alloc(32, 7);
    const environment = {
      PASSWORD_FILE: file('password', 'from a file\n'),
      KEY_FILE: file('key', `${key.toString('base64')}\n`),
    };
    expect(readConfig(spec, environment)).toEqual({ password: 'from a file', key });
  });

  it.each([
    [{}, 'PASSWORD is not set, nor is PASSWORD_FILE'],
    [{ PASSWORD: 'hunter2', PASSWORD_FILE: '/somewhere' }, 'PASSWORD and PASSWORD_FILE are both set'],
    [
      { PASSWORD_FILE: join(directory, 'nothing') },
      'PASSWORD is not set: PASSWORD_FILE names a file that cannot be read',
    ],
    [{ PASSWORD_FILE: file('empty', ' \n') }, 'PASSWORD is not set: PASSWORD_FILE names an empty file'],
    [{ PASSWORD: 'x', KEY: 'hunter2' }, 'KEY holds no key of 32 bytes as base64 or hex'],
  ])('is refused by name, and never shown (%#)', (environment, message) => {
    expect(() => readConfig(spec, environment)).toThrow(
      expect.objectContaining({ code: 'bad-configuration', message }),
    );
  });
});

describe('a setting that goes with another', () => {
  const spec = {
    user: neededWith('MECHANISM', optional(text('USER'))),
    secret: neededWith('MECHANISM', optionalSecret('SECRET')),
  };

  it('may be absent only while the other is', () => {
    expect(readConfig(spec, {})).toEqual({ user: undefined, secret: undefined });
    expect(readConfig(spec, { MECHANISM: 'plain', USER: 'u', SECRET: 's' })).toEqual({
      user: 'u',
      secret: 's',
    });
    for (const other of ['MECHANISM', 'MECHANISM_FILE'])
      expect(() => readConfig(spec, { [other]: 'plain' })).toThrow(
        'USER is not set, but MECHANISM is; SECRET is not set, but MECHANISM is',
      );
  });
});

describe('a list', () => {
  const spec = { brokers: list('BROKERS', /^[\w.]+:\d+$/, 'host:port', []) };

  it('is separated by commas, with blanks or without, and has each word once', () => {
    expect(readConfig(spec, { BROKERS: 'a:1, b.c:2,a:1' })).toEqual({ brokers: ['a:1', 'b.c:2'] });
    expect(readConfig(spec, {})).toEqual({ brokers: [] });
  });

  it.each(['a:1,', 'a', ',', 'a:1 b:2'])('is not %j', (text) => {
    expect(() => readConfig(spec, { BROKERS: text })).toThrow(
      'BROKERS must be a comma-separated list of host:port',
    );
  });
});
