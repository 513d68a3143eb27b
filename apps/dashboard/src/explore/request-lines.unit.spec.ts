import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { requestForms, requestLine } from './request-lines.js';

const address = `http://127.0.0.1/api/data/JOBS?measure=hires&asKnownAt=it's "so" $HOME \`x\``;

describe('the lines of a request', () => {
  it('each name the address', () => {
    for (const form of requestForms)
      expect(requestLine(form, 'http://a/b?c=d&e=f')).toContain('http://a/b?c=d&e=f');
  });

  it('give the shell the very address, whatever is in it', () => {
    const line = requestLine('curl', address).replace('curl --fail --silent --show-error', "printf '%s'");
    expect(execFileSync('sh', ['-c', line]).toString()).toBe(address);
  });
});
