import { createHash, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { isRunning } from './process-identity.js';
import { waitUntil } from './pause.js';

/** The process that holds a file. `token` makes the contents of any two files different. */
export type Holder = { readonly pid: number; readonly processStart: string | null; readonly token: string };

const GRACE_MS = 2000;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

const textOf = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

const parse = <T extends Holder>(text: string): T | null => {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
};

const writeDraft = (path: string, content: unknown): string => {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
  return draft;
};

/** Replaces the file in one step: readers see the old or the new content. Only its holder may do it. */
export const rewrite = (path: string, content: unknown): void => renameSync(writeDraft(path, content), path);

/** Creates the file with its whole content, or says false when it exists. */
const create = (path: string, content: unknown): boolean => {
  const draft = writeDraft(path, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    return createWithoutLinks(path, content);
  } finally {
    unlinkSync(draft);
  }
};

/** For file systems without hard links; readers give the writer a moment. */
const createWithoutLinks = (path: string, content: unknown): boolean => {
  try {
    writeFileSync(path, `${JSON.stringify(content)}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

const isBeingWritten = (path: string): boolean => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs < GRACE_MS;
};

/** What the file says when its holder runs; null when there is no file or nobody holds it any more. */
export const holderOf = <T extends Holder>(path: string): T | null => {
  const text = textOf(path);
  const holder = text === null ? null : parse<T>(text);
  return holder !== null && isRunning(holder.pid, holder.processStart) ? holder : null;
};

/**
 * Takes over a file whose holder is dead. Whoever holds the file named after that very content may
 * replace it, so two that start at once cannot both win; that file is taken by the same rule, so a
 * crash in here does not block anybody either.
 */
const takeOver = async <T extends Holder>(path: string, dead: string, content: T): Promise<void> => {
  const permit = `${path}.${createHash('sha256').update(dead).digest('hex').slice(0, 16)}`;
  if ((await acquire<Holder>(permit, content)) !== null) {
    await waitUntil(() => holderOf(permit) === null, GRACE_MS);
    return;
  }
  try {
    if (textOf(path) === dead) rewrite(path, content);
  } finally {
    rmSync(permit, { force: true });
  }
};

/**
 * Creates the file for the process named in `content`, which must be this one. Gives null when it now
 * holds the file, or the running holder's content.
 */
export const acquire = async <T extends Holder>(path: string, content: T): Promise<T | null> => {
  for (;;) {
    if (create(path, content)) return null;
    const text = textOf(path);
    if (text === null) continue; // removed in the meantime
    const holder = parse<T>(text);
    if (holder?.token === content.token) return null; // our take-over succeeded
    if (holder !== null && isRunning(holder.pid, holder.processStart)) return holder;
    if (holder === null && isBeingWritten(path)) await waitUntil(() => textOf(path) !== text, GRACE_MS);
    else await takeOver(path, text, content);
  }
};

/** Removes the file if the holder with this token still holds it. */
export const letGo = (path: string, token: string): void => {
  const text = textOf(path);
  if (text !== null && parse(text)?.token === token) rmSync(path, { force: true });
};
