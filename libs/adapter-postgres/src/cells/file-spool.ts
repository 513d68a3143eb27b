import { read } from 'node:fs';
import { open, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Spool, SpoolRun } from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';

/** Bytes of a lot that wait: first so many, then twice as many, until they are written at once. */
const smallestRun = 4 * 1024;
const largestRun = 128 * 1024;

/** Bytes of all lots that wait at most, about. */
const mostWaiting = 48 * 1024 * 1024;

const lineBreak = 10;

const refused = (error: Error): never => {
  throw new KarnamaError(
    'spool-failed',
    `events could not be sorted in ${tmpdir()}: ${error.message}`,
    'a recount takes about twice the room of the ledger there: make room, or name another directory by TMPDIR',
  );
};

/** Lines that wait, as bytes: text of so many lines would be copied by the garbage collector again and again. */
type Waiting = { bytes: Buffer; used: number };

/**
 * Lots in one file of the directory for temporary files, which has no name any more: whatever becomes of
 * the process, it leaves nothing behind. It takes about the room of the events that are sorted. Its number
 * is that of the open file, which all threads of the process share.
 */
export const fileSpool = async (): Promise<Spool> => {
  const directory = await mkdtemp(join(tmpdir(), 'karnama-spool-'));
  const file = await open(join(directory, 'lots'), 'wx+', 0o600);
  await rm(directory, { recursive: true });
  const waiting = new Map<number, Waiting>();
  let runs = new Map<number, SpoolRun[]>();
  let end = 0;
  let reserved = 0;

  const write = async (lot: number, bytes: Buffer): Promise<void> => {
    const run = { spool: file.fd, at: end, length: bytes.length };
    end += bytes.length;
    const own = runs.get(lot);
    if (own === undefined) runs.set(lot, [run]);
    else own.push(run);
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await file
        .write(bytes, written, bytes.length - written, run.at + written)
        .catch(refused);
      written += bytesWritten;
    }
  };

  /** Takes what waits of a lot: it is not touched again until it is written. */
  const take = (lot: number, { bytes, used }: Waiting): Promise<void> => {
    waiting.delete(lot);
    reserved -= bytes.length;
    return write(lot, bytes.subarray(0, used));
  };

  const writeAll = async (): Promise<void> => {
    for (const [lot, own] of waiting) await take(lot, own);
  };

  /** Room for a line: more of it where the lot grows, as long as not too much waits altogether. */
  const roomFor = (lot: number, most: number): Waiting => {
    const own = waiting.get(lot) ?? { bytes: Buffer.alloc(0), used: 0 };
    const size = Math.max(smallestRun, 2 * own.bytes.length, own.used + most);
    const bytes = Buffer.allocUnsafeSlow(size);
    own.bytes.copy(bytes, 0, 0, own.used);
    reserved += size - own.bytes.length;
    own.bytes = bytes;
    waiting.set(lot, own);
    return own;
  };

  return {
    put(lot, line) {
      // a character takes three bytes at most
      const most = 3 * line.length + 1;
      let own = waiting.get(lot);
      let written: Promise<void> | undefined;
      if (own !== undefined && own.bytes.length >= largestRun && own.bytes.length - own.used < most) {
        written = take(lot, own);
        own = undefined;
      }
      if (own === undefined || own.bytes.length - own.used < most) own = roomFor(lot, most);
      own.used += own.bytes.write(line, own.used, 'utf8');
      own.bytes[own.used++] = lineBreak;
      return written ?? (reserved >= mostWaiting ? writeAll() : undefined);
    },
    async sorted() {
      await writeAll();
      const sorted = runs;
      runs = new Map();
      return sorted;
    },
    close: () => file.close(),
  };
};

const readInto = promisify(read);

/** The lines of runs of any open spool of this process. */
export const spooledLines = async function* (runs: readonly SpoolRun[]): AsyncIterable<readonly string[]> {
  for (const { spool, at, length } of runs) {
    const run = Buffer.allocUnsafe(length);
    for (let come = 0; come < length;) {
      const { bytesRead } = await readInto(spool, run, come, length - come, at + come);
      if (bytesRead === 0) throw new Error('the file of sorted events ends early');
      come += bytesRead;
    }
    yield run.toString('utf8', 0, length - 1).split('\n');
  }
};
