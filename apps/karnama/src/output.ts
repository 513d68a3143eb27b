import { KarnamaError, messageOf } from '@karnama/kernel';

/** Exit codes, as the help names them. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, differs: 3 } as const;

/** Writes to standard output; resolves when it was taken, so that a slow reader slows the writer down. */
export const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) =>
    process.stdout.write(text, (error) => (error ? reject(error) : resolve())),
  );

/** A line for people on standard error: never part of the output proper. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** One line that is written over as work goes on; a line now and then when standard error is no terminal. */
export type ProgressLine = { show(text: string): void; end(): void };

/** Milliseconds between what is shown: on a terminal, and in a log. */
const pause = { terminal: 100, log: 30_000 };

export const progressLine = (): ProgressLine => {
  const terminal = process.stderr.isTTY;
  // short work leaves nothing in a log
  let last = terminal ? 0 : performance.now();
  let shown = false;
  return {
    show: (text) => {
      const now = performance.now();
      if (now - last < (terminal ? pause.terminal : pause.log)) return;
      last = now;
      if (!terminal) {
        say(text);
        return;
      }
      shown = true;
      process.stderr.write(`\r\u001b[K${text}`);
    },
    end: () => {
      if (shown) process.stderr.write('\r\u001b[K');
      shown = false;
    },
  };
};

/** The most memory that this process has taken so far, in MB. */
export const megabytes = (): number => Math.round(process.resourceUsage().maxRSS / 1024);

export const count = (value: number | bigint): string => value.toLocaleString('en-US');

/** Columns padded to their widest cell; numbers to the right. */
export const table = (header: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = header.map((name, i) => Math.max(name.length, ...rows.map((row) => (row[i] ?? '').length)));
  const numeric = header.map(
    (_, i) => rows.length > 0 && rows.every((row) => /^-?[\d,.]*$/.test(row[i] ?? '')),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (numeric[i] === true ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(header), widths.map((width) => '-'.repeat(width)).join('  '), ...rows.map(line), ''].join(
    '\n',
  );
};

/** The same for any value, bigints as numbers where JSON can carry them and as text where not. */
export const json = (value: unknown): string =>
  `${JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? (Number.isSafeInteger(Number(item)) ? Number(item) : item.toString()) : item), 2)}\n`;

/** What went wrong, on standard error: what, what to do, and the stable code. */
export const reportError = (error: unknown, asJson: boolean, debug = false): void => {
  const known = error instanceof KarnamaError;
  const code = known ? error.code : 'internal-error';
  const mend = known ? error.mend : undefined;
  if (asJson)
    say(
      JSON.stringify({ error: { code, message: messageOf(error), ...(mend === undefined ? {} : { mend }) } }),
    );
  else {
    say(`error: ${messageOf(error)} [${code}]`);
    if (mend !== undefined) say(`  what to do: ${mend}`);
  }
  if (debug && error instanceof Error) say(error.stack ?? '');
};
