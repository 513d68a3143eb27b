import { KarnamaError, type Label } from '@karnama/kernel';
import { csvLine } from '../answers/answer-format.js';
import { nameIn, type FileLanguage } from './file-language.js';
import { words } from './file-words.js';
import { knowledgeName, type Provenance } from './provenance.js';

/** A column of a file for people: text, or exact decimal text that is to be a number with so many decimals. */
export type FileColumn = {
  readonly name: string;
  /** `row`: as many as the row's figures have. */
  readonly decimals?: number | 'row';
  readonly width?: number;
};

export type FileCell = string | null;

/** What a file holds, whatever its form. */
export type FileTable = {
  /** Code of what was asked, for the name of the file. */
  readonly code: string;
  readonly title: Label;
  readonly columns: readonly FileColumn[];
  readonly rows: readonly (readonly FileCell[])[];
  /** Decimals of the figures of each row, where they are not those of a column. */
  readonly rowDecimals?: readonly number[];
  /** What there is to know of the figures: heading and text. */
  readonly notes: readonly (readonly [heading: Label, text: string])[];
  readonly provenance: Provenance;
};

const mostRows = 50_000;

/** @throws KarnamaError `bad-request` for more rows than one file of this form may have */
export const checkRows = (rows: number): void => {
  if (rows > mostRows)
    throw new KarnamaError(
      'bad-request',
      `the answer has more than ${mostRows} rows, too many for a file of this form`,
      'narrow it, or ask for format=csv, which has no such bound',
    );
};

/** What every row of a flat file says of its origin, since such a file has no other place for it. */
const originColumns = [words.release, words.epoch, words.position, words.hash] as const;

const originOf = (provenance: Provenance): readonly FileCell[] => [
  knowledgeName(provenance),
  String(provenance.epoch),
  provenance.position,
  provenance.hash,
];

const byteOrderMark = '\ufeff';

/** The table as CSV that Excel reads as UTF-8: RFC 4180 behind a byte order mark, plain digits. */
export const excelCsv = ({ columns, rows, provenance }: FileTable, language: FileLanguage): string => {
  const header = [...columns.map(({ name }) => name), ...originColumns.map((name) => nameIn(name, language))];
  const origin = originOf(provenance);
  return byteOrderMark + csvLine(header) + rows.map((row) => csvLine([...row, ...origin])).join('');
};

/** Name of the file: what it is, as known when, and the beginning of its content hash. */
export const fileName = ({ code, provenance }: FileTable, ending: string): string => {
  const { epoch, hash } = provenance;
  const known = knowledgeName(provenance);
  return `${code}_${known === 'latest' ? `latest-epoch-${epoch}` : known}_${hash.slice(0, 12)}.${ending}`;
};

/** A Content-Disposition for a name that may hold any letter (RFC 6266 with RFC 8187). */
export const attachment = (name: string): string => {
  const plain = name.replace(/[^\w.-]/g, '-');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
