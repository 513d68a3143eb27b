import { describe, expect, it } from '@jest/globals';
import { address, choice, flag, integer, optional, readConfig, text } from './config.js';

const spec = {
  port: integer('KARNAMA_PORT', { least: 0, most: 65535 }, 8080),
  mode: choice('KARNAMA_MODE', ['embedded', 'distributed'], 'embedded'),
  quiet: flag('KARNAMA_QUIET', false),
  database: optional(address('KARNAMA_DATABASE_URL', ['postgres', 'postgresql'])),
  agency: text('KARNAMA_AGENCY'),
};

describe('the settings of an app', () => {
  it('are typed values, with fallbacks for what is unset or empty', () => {
    const config = readConfig(spec, {
      KARNAMA_AGENCY: 'labour-ministry',
      KARNAMA_PORT: '',
      KARNAMA_QUIET: '1',
    });
    expect(config).toEqual({
      port: 8080,
      mode: 'embedded',
      quiet: true,
      database: undefined,
      agency: 'labour-ministry',
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('names every bad variable at once and shows no value', () => {
    const environment = {
      KARNAMA_PORT: '70000',
      KARNAMA_MODE: 'cloud',
      KARNAMA_QUIET: 'maybe',
      KARNAMA_DATABASE_URL: 'mysql://root:hunter2@db',
    };
    expect(() => readConfig(spec, environment)).toThrow(
      expect.objectContaining({
        code: 'bad-configuration',
        message:
          'KARNAMA_PORT must be a whole number from 0 to 65535; KARNAMA_MODE must be one of embedded, distributed; ' +
          'KARNAMA_QUIET must be true or false; ' +
          'KARNAMA_DATABASE_URL must be an address that starts with postgres:// or postgresql://; ' +
          'KARNAMA_AGENCY is not set',
      }),
    );
  });

  it.each(['1e3', ' 5', '5.0', '0x10', '9'.repeat(30)])('takes no %j for a whole number', (value) => {
    expect(() => readConfig({ n: integer('N', { least: 0, most: 1e6 }) }, { N: value })).toThrow('N must be');
  });
});
