/** A physical line of a file, without its line break. */
export type Line = {
  /** Counted from 1. */
  readonly number: number;
  readonly bytes: Buffer;
  /** Length of the whole line; more than `bytes` holds when the line was too long to keep. */
  readonly length: number;
};

/** Of a longer line only the beginning is kept, so that no file can fill the memory. */
export const LONGEST_LINE = 1024 * 1024;

const LF = 10;
const CR = 13;

const withoutReturn = (bytes: Buffer): Buffer =>
  bytes.length > 0 && bytes[bytes.length - 1] === CR ? bytes.subarray(0, -1) : bytes;

/** Cuts a stream of bytes into lines at LF or CRLF, in any encoding that keeps ASCII as it is. */
export type LineCutter = {
  readonly push: (chunk: Buffer) => Line[];
  /** The last line when the file does not end with a line break. */
  readonly end: () => Line[];
};

export const lineCutter = (longest = LONGEST_LINE): LineCutter => {
  let number = 0;
  let kept: Buffer[] = [];
  let keptLength = 0;
  let length = 0;

  const keep = (part: Buffer): void => {
    length += part.length;
    const room = longest - keptLength;
    if (room <= 0 || part.length === 0) return;
    const fitting = part.length > room ? part.subarray(0, room) : part;
    kept.push(fitting);
    keptLength += fitting.length;
  };

  const finish = (): Line => {
    const bytes = kept.length === 1 ? (kept[0] as Buffer) : Buffer.concat(kept);
    const line = { number: (number += 1), bytes: withoutReturn(bytes), length };
    [kept, keptLength, length] = [[], 0, 0];
    return line;
  };

  return {
    push: (chunk) => {
      const lines: Line[] = [];
      let from = 0;
      for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, from)) {
        keep(chunk.subarray(from, at));
        lines.push(finish());
        from = at + 1;
      }
      // a copy: the chunk's memory is not held by the little that is left of it
      if (from < chunk.length) keep(Buffer.from(chunk.subarray(from)));
      return lines;
    },
    end: () => (length > 0 ? [finish()] : []),
  };
};
