import { open, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Spool } from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';

/** Characters of a lot that are written at once, and characters of all lots that wait for it at most. */
const lotChars = 64 * 1024;
const waitingChars = 32 * 1024 * 1024;

const refused = (error: Error): never => {
  throw new KarnamaError(
    'spool-failed',
    `events could not be sorted in ${tmpdir()}: ${error.message}`,
    'a recount takes about the room of the ledger there: make room, or name another directory by TMPDIR',
  );
};

type Lot = { lines: string[]; chars: number; readonly runs: { at: number; length: number }[] };

/**
 * Lots in one file of the directory for temporary files, which has no name any more: whatever becomes of
 * the process, it leaves nothing behind. It takes about the room of the events that are sorted.
 */
export const fileSpool = async (): Promise<Spool> => {
  const directory = await mkdtemp(join(tmpdir(), 'karnama-spool-'));
  const file = await open(join(directory, 'lots'), 'wx+', 0o600);
  await rm(directory, { recursive: true });
  const lots = new Map<number, Lot>();
  let end = 0;
  let waiting = 0;

  const write = async (lot: Lot): Promise<void> => {
    const run = Buffer.from(`${lot.lines.join('\n')}\n`);
    waiting -= lot.chars;
    [lot.lines, lot.chars] = [[], 0];
    lot.runs.push({ at: end, length: run.length });
    const at = end;
    end += run.length;
    for (let written = 0; written < run.length;) {
      const { bytesWritten } = await file
        .write(run, written, run.length - written, at + written)
        .catch(refused);
      written += bytesWritten;
    }
  };

  const writeAll = async (): Promise<void> => {
    for (const lot of lots.values()) if (lot.chars > 0) await write(lot);
  };

  return {
    put(number, line) {
      let lot = lots.get(number);
      if (lot === undefined) lots.set(number, (lot = { lines: [], chars: 0, runs: [] }));
      lot.lines.push(line);
      lot.chars += line.length;
      waiting += line.length;
      if (lot.chars >= lotChars) return write(lot);
      return waiting >= waitingChars ? writeAll() : undefined;
    },
    async *lines(number) {
      const lot = lots.get(number);
      if (lot === undefined) return;
      if (lot.chars > 0) await write(lot);
      for (const { at, length } of lot.runs) {
        const run = Buffer.allocUnsafe(length);
        for (let read = 0; read < length;) {
          const { bytesRead } = await file.read(run, read, length - read, at + read);
          if (bytesRead === 0) throw new Error('the file of sorted events ends early');
          read += bytesRead;
        }
        yield run.toString('utf8', 0, length - 1).split('\n');
      }
    },
    close: () => file.close(),
  };
};
