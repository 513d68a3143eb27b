/** Certificates of an authority of their own, made for one broker directory and worth nothing elsewhere. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from './artifacts.mjs';

const openssl = (...args) => {
  const { error, status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (error) throw new Refused('there is no openssl to make certificates with');
  if (status !== 0) throw new Refused(`openssl ${args[0]}: ${stderr.trim()}`);
};

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/**
 * Makes `ca.pem` and, for each name, `<name>.pem`, `<name>.key` and `<name>.store.pem` (both in one file, as
 * the broker wants them). The broker's is valid for 127.0.0.1 and localhost.
 */
export const makeCertificates = (directory, names) => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const at = (name) => join(directory, name);
  openssl(
    'req',
    '-x509',
    ...KEY,
    '-days',
    '30',
    '-subj',
    '/CN=karnama-test-authority',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.pem'),
  );
  for (const name of names) {
    writeFileSync(at(`${name}.ext`), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
    openssl('req', ...KEY, '-subj', `/CN=${name}`, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`));
    openssl(
      ...[
        'x509',
        '-req',
        '-days',
        '30',
        '-in',
        at(`${name}.csr`),
        '-CA',
        at('ca.pem'),
        '-CAkey',
        at('ca.key'),
      ],
      ...['-CAcreateserial', '-extfile', at(`${name}.ext`), '-out', at(`${name}.pem`)],
    );
    const store = readFileSync(at(`${name}.key`), 'utf8') + readFileSync(at(`${name}.pem`), 'utf8');
    writeFileSync(at(`${name}.store.pem`), store, { mode: 0o600 });
  }
};
