import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { holderOf, rewrite, type Holder } from './exclusive-file.js';
import { startOf } from './process-identity.js';

/** A process that uses the database another one runs; `<dataDir>/guests/<pid>-….json`. */
export type Guest = Holder & { readonly role: string; readonly since: string };

const directoryOf = (dataDir: string): string => join(dataDir, 'guests');

/** Registers this process as guest; the function it gives takes it back. */
export const enterAsGuest = (dataDir: string, role: string): (() => void) => {
  const token = randomBytes(6).toString('hex');
  const path = join(directoryOf(dataDir), `${process.pid}-${token}.json`);
  mkdirSync(directoryOf(dataDir), { recursive: true, mode: 0o700 });
  const since = new Date().toISOString();
  const guest: Guest = { pid: process.pid, processStart: startOf(process.pid), token, role, since };
  rewrite(path, guest);
  return () => rmSync(path, { force: true });
};

/** The guests that run; what dead ones left behind is removed. */
export const guestsOf = (dataDir: string): Guest[] => {
  mkdirSync(directoryOf(dataDir), { recursive: true, mode: 0o700 });
  return readdirSync(directoryOf(dataDir)).flatMap((entry) => {
    if (!entry.endsWith('.json')) return []; // a guest that is just registering: it will see that we close
    const path = join(directoryOf(dataDir), entry);
    const guest = holderOf<Guest>(path);
    if (guest === null) rmSync(path, { force: true });
    return guest === null ? [] : [guest];
  });
};
