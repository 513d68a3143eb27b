import { KarnamaError } from '@karnama/kernel';
import { LONGEST_LINE, type Line } from './lines.js';
import type { Encoding, FileForm } from './mapping-file.js';

/** One row of a file: its cells, or the code of the problem for which it has none. */
export type Row = {
  /** Physical line on which it begins. */
  readonly line: number;
  readonly text: string;
  readonly cells: readonly string[];
  readonly problem?: string;
  /** The bytes as they stood, where the text does not tell them. */
  readonly bytes?: Buffer;
  readonly length: number;
};

const decoderOf = (encoding: Encoding): ((bytes: Buffer) => string) => {
  if (encoding === 'utf-8') return (bytes) => bytes.toString('utf8');
  const decoder = new TextDecoder(encoding);
  return (bytes) => decoder.decode(bytes);
};

/** The cells of a row with quotes in it (RFC 4180); `open` when a quote is not closed, `bad` when text follows a closing one. */
export const quotedCells = (text: string, delimiter: string): readonly string[] | 'open' | 'bad' => {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      cells.push(end < 0 ? text.slice(at) : text.slice(at, end));
      if (end < 0) return cells;
      at = end + 1;
      continue;
    }
    let cell = '';
    for (;;) {
      const close = text.indexOf('"', at + 1);
      if (close < 0) return 'open';
      cell += text.slice(at + 1, close);
      at = close + 1;
      if (text[at] !== '"') break;
      cell += '"';
    }
    cells.push(cell);
    if (at >= text.length) return cells;
    if (text[at] !== delimiter) return 'bad';
    at += 1;
  }
};

const count = (text: string, character: string): number => text.split(character).length - 1;

/** The delimiter that a header line has most of, outside quotes; a comma when it has none. */
export const likelyDelimiter = (headerLine: string): string => {
  const bare = headerLine.replace(/"[^"]*"/g, '');
  return [',', ';', '\t'].reduce((best, next) => (count(bare, next) > count(bare, best) ? next : best));
};

// eslint-disable-next-line no-control-regex -- these are the characters that no text has
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

/** A quoted cell may go over so many lines; a quote that is still open then is a mistake of its first line. */
const MOST_LINES = 200;

/** Turns lines into rows; a quoted cell may go over several lines. */
export type RowReader = { readonly push: (lines: readonly Line[]) => Row[]; readonly end: () => Row[] };

type Pending = { readonly line: Line; readonly text: string };

/** What is wrong with a line before its cells are looked at. */
const faultOf = (line: Line, text: string): string | undefined => {
  if (line.length > line.bytes.length + 1) return 'too-large';
  if (text.includes('\ufffd')) return 'undecodable-bytes';
  return control.test(text) ? 'control-character' : undefined;
};

/**
 * Reads rows in the given form. The first row's delimiter decides when the form says `auto`. Wholly
 * empty lines are no rows. A quote that is never closed spoils its own line only, never the rest.
 */
export const rowReader = (form: FileForm): RowReader => {
  const decode = decoderOf(form.encoding);
  let delimiter: string | undefined = form.delimiter === 'auto' ? undefined : form.delimiter;
  let pending: Pending[] = [];
  let pendingLength = 0;

  const textOf = (line: Line): string => {
    const text = decode(line.bytes);
    return line.number === 1 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  };

  const rowOf = (line: Line, text: string): Row | 'open' => {
    const base = { line: line.number, text, length: line.length };
    const problem = faultOf(line, text);
    if (problem !== undefined) return { ...base, cells: [], problem, bytes: line.bytes };
    if (form.format === 'ndjson') return { ...base, cells: [] };
    const mark = (delimiter ??= likelyDelimiter(text));
    if (!form.quotes || !text.includes('"')) return { ...base, cells: text.split(mark) };
    const cells = quotedCells(text, mark);
    if (cells === 'open') return 'open';
    return cells === 'bad' ? { ...base, cells: [], problem: 'bad-quoting' } : { ...base, cells };
  };

  /** The first held line is a row that never closes; those behind it are looked at afresh. */
  const giveUp = (rows: Row[]): void => {
    const [first, ...rest] = pending;
    [pending, pendingLength] = [[], 0];
    if (first === undefined) return;
    rows.push({
      line: first.line.number,
      text: first.text,
      cells: [],
      problem: 'bad-quoting',
      length: first.line.length,
    });
    for (const held of rest) take(held.line, held.text, rows);
  };

  const hold = (line: Line, text: string): void => {
    pending.push({ line, text });
    pendingLength += text.length;
  };

  const goOn = (line: Line, text: string, rows: Row[]): void => {
    hold(line, text);
    const first = pending[0]?.line;
    const faulty = faultOf(line, text) !== undefined;
    if (faulty || first === undefined || pending.length > MOST_LINES || pendingLength > LONGEST_LINE)
      return giveUp(rows);
    if (!text.includes('"')) return;
    const whole = pending.map((held) => held.text).join('\n');
    const row = rowOf({ number: first.number, bytes: first.bytes, length: first.bytes.length }, whole);
    if (row === 'open') return;
    if (row.problem !== undefined) return giveUp(rows);
    [pending, pendingLength] = [[], 0];
    rows.push({ ...row, length: whole.length });
  };

  const take = (line: Line, text: string, rows: Row[]): void => {
    if (pending.length > 0) return goOn(line, text, rows);
    if (text === '' && line.length <= 1) return;
    const row = rowOf(line, text);
    if (row === 'open') hold(line, text);
    else rows.push(row);
  };

  return {
    push: (lines) => {
      const rows: Row[] = [];
      for (const line of lines) take(line, textOf(line), rows);
      return rows;
    },
    end: () => {
      const rows: Row[] = [];
      while (pending.length > 0) giveUp(rows);
      return rows;
    },
  };
};

/** @throws KarnamaError `unsupported-encoding` for UTF-16, which spreadsheet programs call Unicode */
export const refuseUtf16 = (start: Buffer): void => {
  const mark = start.length >= 2 ? start.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff)
    throw new KarnamaError('unsupported-encoding', 'the file is UTF-16', 'save it as UTF-8');
};
