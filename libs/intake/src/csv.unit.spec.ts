import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { likelyDelimiter, rowReader, type Row } from './csv.js';
import { lineCutter } from './lines.js';
import type { FileForm } from './mapping-file.js';

const form: FileForm = { format: 'csv', delimiter: ',', encoding: 'utf-8', quotes: true };

const read = (
  content: string | Buffer,
  more: Partial<FileForm> = {},
  chunk = Infinity,
  longest?: number,
): Row[] => {
  const bytes = Buffer.from(content as string);
  const [cutter, reader] = [lineCutter(longest), rowReader({ ...form, ...more })];
  const rows: Row[] = [];
  for (let at = 0; at < bytes.length; at += chunk)
    rows.push(...reader.push(cutter.push(bytes.subarray(at, Math.min(at + chunk, bytes.length)))));
  return [...rows, ...reader.push(cutter.end()), ...reader.end()];
};

const cellsOf = (rows: readonly Row[]): unknown =>
  rows.map(({ line, cells, problem }) => [line, problem ?? cells]);

describe('rows of a file', () => {
  it('end with LF or CRLF or the file; empty lines are none; each knows its physical line', () => {
    expect(cellsOf(read('\ufeffa,b\r\n1,2\n\n\r\n,\n3,4'))).toEqual([
      [1, ['a', 'b']],
      [2, ['1', '2']],
      [5, ['', '']],
      [6, ['3', '4']],
    ]);
  });

  it('may have quoted cells with delimiters, quotes and line breaks', () => {
    expect(cellsOf(read('a,"b,c"\n"say ""yes""",""\n"two\r\nlines",x\nlast,1'))).toEqual([
      [1, ['a', 'b,c']],
      [2, ['say "yes"', '']],
      [3, ['two\nlines', 'x']],
      [5, ['last', '1']],
    ]);
  });

  it('lose only the line of a quote that is never closed', () => {
    expect(cellsOf(read('a,b\n"open,1\nx,2\n"y",3\n'))).toEqual([
      [1, ['a', 'b']],
      [2, 'bad-quoting'],
      [3, ['x', '2']],
      [4, ['y', '3']],
    ]);
    expect(cellsOf(read('a\n"b"c,1\nd'))).toEqual([
      [1, ['a']],
      [2, 'bad-quoting'],
      [3, ['d']],
    ]);
    const rows = read(`a\n"open\n${'x\n'.repeat(1000)}`);
    expect(rows.map(({ line }) => line)).toEqual(Array.from({ length: 1002 }, (_, i) => i + 1));
    expect(rows.filter(({ problem }) => problem !== undefined).map(({ line }) => line)).toEqual([2]);
  });

  it('keep quotes as they are where the form has none', () => {
    expect(cellsOf(read('5" pipe,1', { quotes: false }))).toEqual([[1, ['5" pipe', '1']]]);
  });

  it('with bytes that are no UTF-8, or with control characters, are kept with their problem', () => {
    const rows = read(
      Buffer.concat([Buffer.from('a,b\nS'), Buffer.from([0xe3]), Buffer.from('o,1\nx\u0000,2\ny,3')]),
    );
    expect(cellsOf(rows)).toEqual([
      [1, ['a', 'b']],
      [2, 'undecodable-bytes'],
      [3, 'control-character'],
      [4, ['y', '3']],
    ]);
    expect(rows[1]?.bytes).toEqual(Buffer.from([0x53, 0xe3, 0x6f, 0x2c, 0x31]));
  });

  it('are read in other encodings', () => {
    expect(cellsOf(read(Buffer.from('competência', 'latin1'), { encoding: 'iso-8859-1' }))).toEqual([
      [1, ['competência']],
    ]);
    const windows1256 = Buffer.from([0xc7, 0xd3, 0xca, 0xc7, 0xe4]); // استان
    expect(cellsOf(read(windows1256, { encoding: 'windows-1256' }))).toEqual([[1, ['استان']]]);
  });

  it('that are too long are cut and kept with their problem; the next is sound', () => {
    const rows = read(`a,b\n${'x'.repeat(5000)},1\ny,2`, {}, 64, 1000);
    expect(cellsOf(rows)).toEqual([
      [1, ['a', 'b']],
      [2, 'too-large'],
      [3, ['y', '2']],
    ]);
    expect([rows[1]?.length, rows[1]?.text.length]).toEqual([5002, 1000]);
  });

  it('are the same wherever the chunks are cut', () => {
    const content = 'a,é,"x\n""y"""\r\n\n1,"",3\n"open,2\n,,\nend,2,😀';
    const whole = cellsOf(read(content));
    for (let chunk = 1; chunk <= 12; chunk += 1) expect(cellsOf(read(content, {}, chunk))).toEqual(whole);
  });

  it('give back every table that RFC 4180 can write', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'é', ';') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, (rows) => {
        const text = rows.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(',')).join('\r\n');
        expect(read(text).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });

  it.each([
    ['a;b,c;d', ';'],
    ['a,b;c,d', ','],
    ['a\tb\tc,d', '\t'],
    ['"a;b;c",d', ','],
    ['single', ','],
  ])('of header %j are cut at %j', (header, delimiter) => expect(likelyDelimiter(header)).toBe(delimiter));
});
