import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Month } from '@karnama/kernel';
import type { Parcel } from './shipments.js';

/** Keeps deliveries until their month comes, in portions small enough to be shuffled in memory. */
export type MonthStore = {
  readonly put: (month: Month, portion: number, parcel: Parcel) => void;
  readonly count: (month: Month) => number;
  /** Takes a portion out. */
  readonly take: (month: Month, portion: number) => Parcel[];
  readonly close: () => void;
};

const counting = (): { add: (month: Month) => void; count: (month: Month) => number } => {
  const counts = new Map<Month, number>();
  return {
    add: (month) => counts.set(month, (counts.get(month) ?? 0) + 1),
    count: (month) => counts.get(month) ?? 0,
  };
};

export const memoryStore = (): MonthStore => {
  const held = new Map<string, Parcel[]>();
  const { add, count } = counting();
  return {
    put: (month, portion, parcel) => {
      add(month);
      const key = `${month}-${portion}`;
      const list = held.get(key);
      if (list === undefined) held.set(key, [parcel]);
      else list.push(parcel);
    },
    count,
    take: (month, portion) => {
      const list = held.get(`${month}-${portion}`) ?? [];
      held.delete(`${month}-${portion}`);
      return list;
    },
    close: () => held.clear(),
  };
};

/** So many characters of a portion are held back before they are written. */
const lot = 32_768;

/** As `memoryStore`, in files of a directory of its own, which `close` removes. */
export const diskStore = (): MonthStore => {
  const directory = mkdtempSync(join(tmpdir(), 'karnama-simulation-'));
  const waiting = new Map<string, { lines: string[]; size: number }>();
  const { add, count } = counting();
  const flush = (key: string): void => {
    const lines = waiting.get(key)?.lines ?? [];
    waiting.delete(key);
    if (lines.length > 0) appendFileSync(join(directory, key), lines.join(''));
  };
  return {
    put: (month, portion, parcel) => {
      add(month);
      const key = `${month}-${portion}`;
      const line = `${JSON.stringify(parcel)}\n`;
      const lines = waiting.get(key) ?? { lines: [], size: 0 };
      lines.lines.push(line);
      lines.size += line.length;
      waiting.set(key, lines);
      if (lines.size >= lot) flush(key);
    },
    count,
    take: (month, portion) => {
      const key = `${month}-${portion}`;
      flush(key);
      const file = join(directory, key);
      try {
        const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
        rmSync(file);
        return lines.map((line) => JSON.parse(line) as Parcel);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  };
};
