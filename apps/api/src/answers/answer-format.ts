import { KarnamaError } from '@karnama/kernel';
import type { DataAnswer, DataValue } from '@karnama/statistics';

const plainFormats = ['json', 'csv'] as const;

/** Files for people, with names and headings in their language. */
const fileFormats = ['excel-csv', 'xlsx'] as const;

export const formats = [...plainFormats, ...fileFormats] as const;

/** The forms that programs read; they are streamed. */
export type PlainFormat = (typeof plainFormats)[number];

export type FileFormat = (typeof fileFormats)[number];

export type AnswerFormat = PlainFormat | FileFormat;

export const isFile = (format: AnswerFormat): format is FileFormat =>
  fileFormats.some((file) => file === format);

export const mediaTypes: Readonly<Record<AnswerFormat, string>> = {
  json: 'application/json; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  'excel-csv': 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** One media range of an Accept header: how well it fits a type, and how much it is wanted. */
type MediaRange = { readonly range: string; readonly quality: number };

const mediaRanges = (accept: string): readonly MediaRange[] =>
  accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
    return { range, quality: Number.isFinite(quality) ? quality : 0 };
  });

/** The quality that the most exact of the ranges gives to a type (RFC 9110, section 12.5.1). */
const qualityOf = (type: string, ranges: readonly MediaRange[]): number => {
  const fits = [type, `${type.split('/', 1)[0]}/*`, '*/*'];
  for (const fit of fits) {
    const match = ranges.find(({ range }) => range === fit);
    if (match !== undefined) return match.quality;
  }
  return 0;
};

/**
 * The form of an answer: what `format` says, else what the Accept header prefers, JSON when it is even.
 * @throws KarnamaError `not-acceptable` when the header excludes both
 */
export const negotiate = (format: AnswerFormat | undefined, accept: string | undefined): AnswerFormat => {
  if (format !== undefined) return format;
  if (accept === undefined || accept.trim() === '') return 'json';
  const ranges = mediaRanges(accept);
  const json = qualityOf('application/json', ranges);
  const csv = qualityOf('text/csv', ranges);
  if (json <= 0 && csv <= 0)
    throw new KarnamaError(
      'not-acceptable',
      'figures are served as application/json and text/csv',
      'ask for one of these',
    );
  return csv > json ? 'csv' : 'json';
};

/** How an answer is written: what stands before, between and after its rows. */
export type AnswerWriter = {
  readonly head: string;
  readonly row: (values: readonly DataValue[], index: number) => string;
  readonly tail: string;
};

/** Whole numbers beyond 2^53 − 1 would lose digits in most readers of JSON: they are written as text. */
const jsonValue = (value: DataValue | undefined): string => {
  if (typeof value !== 'bigint') return JSON.stringify(value ?? null);
  const exact = value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER);
  return exact ? value.toString() : `"${value}"`;
};

const jsonWriter = (answer: DataAnswer): AnswerWriter => {
  const { rows: _, ...about } = answer;
  const { dataflow, version, view, knowledge, by, measures, notes } = about;
  const head = JSON.stringify({ dataflow, version, view, knowledge, by, measures, notes });
  const keys = [...by, ...measures].map((column) => `${JSON.stringify(column)}:`);
  return {
    head: `${head.slice(0, -1)},"rows":[`,
    row: (values, index) =>
      `${index === 0 ? '\n' : ',\n'}{${keys.map((key, column) => key + jsonValue(values[column])).join(',')}}`,
    tail: '\n]}\n',
  };
};

/** A field of RFC 4180: quoted where it holds a quote, a comma or a line break. */
const csvField = (value: DataValue | undefined): string => {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A line of RFC 4180. */
export const csvLine = (values: readonly DataValue[]): string => `${values.map(csvField).join(',')}\r\n`;

const csvWriter = ({ by, measures }: DataAnswer): AnswerWriter => ({
  head: csvLine([...by, ...measures]),
  row: csvLine,
  tail: '',
});

export const writerOf = (format: PlainFormat, answer: DataAnswer): AnswerWriter =>
  format === 'csv' ? csvWriter(answer) : jsonWriter(answer);
