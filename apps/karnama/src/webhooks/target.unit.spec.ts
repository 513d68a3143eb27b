import { describe, expect, it } from '@jest/globals';
import { reach, readTarget } from './target.js';

const refused = expect.objectContaining({ code: 'bad-webhook' }) as unknown as Error;

describe('the address of a webhook', () => {
  it.each(['nonsense', 'ftp://example.org/', 'file:///etc/passwd', 'https://user:word@example.org/'])(
    'cannot be %s',
    (text) => {
      expect(() => readTarget(text)).toThrow(refused);
    },
  );

  it.each(['http://127.0.0.1:8080/', 'http://[::1]/hook', 'https://127.9.9.9/', 'https://203.0.113.7/'])(
    'may be %s',
    async (text) => {
      await expect(reach(readTarget(text), false)).resolves.toHaveProperty('address');
    },
  );

  it.each(['http://203.0.113.7/', 'http://10.0.0.1/'])('is not told without encryption: %s', async (text) => {
    await expect(reach(readTarget(text), true)).rejects.toThrow(refused);
  });

  it.each([
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://[fd00::1]/',
    'https://[fe80::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://0x0a.1/',
    'https://167772161/',
  ])('stands in no private network unless that is meant: %s', async (text) => {
    await expect(reach(readTarget(text), false)).rejects.toThrow(refused);
    await expect(reach(readTarget(text), true)).resolves.toHaveProperty('address');
  });
});
