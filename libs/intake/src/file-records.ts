import { basename } from 'node:path';
import { maskValue, type Contract, type Problem } from '@karnama/contracts';
import { KarnamaError } from '@karnama/kernel';
import type { ChannelRecord } from './channel.js';
import type { Row } from './csv.js';
import type { Mapping, RowMapper } from './mapping.js';

/** What every record of one file says in its headers. */
export type Submission = {
  /** SHA-256 of the uncompressed content, in hex. */
  readonly digest: string;
  readonly file: string;
  readonly contract: string;
  readonly contractVersion: number;
};

/** A row on its way to the channel. */
export type FileRecord = {
  readonly line: number;
  readonly value: string;
  readonly problems: readonly Problem[];
};

/** Turns the rows of one file into records; the first row tells the columns. */
export type RecordMaker = { readonly recordOf: (row: Row) => FileRecord | undefined };

/** Of a row that is too large so many characters are kept beside its problem. */
const KEPT = 16 * 1024;

/** The row as it stood, for quarantine: with the bytes where the text does not tell them. */
const asItStood = (row: Row, columns: readonly string[]): string =>
  JSON.stringify({
    columns: columns.slice(0, 200).map((name) => name.slice(0, 60)),
    text: row.text.slice(0, KEPT),
    length: row.length,
    ...(row.problem === 'undecodable-bytes' && row.bytes !== undefined
      ? { base64: row.bytes.subarray(0, KEPT).toString('base64') }
      : {}),
  });

const wholeRow = (code: string, value: string | null = null): readonly Problem[] => [
  { code, field: null, value },
];

/** Rows of a CSV file through a mapping. @throws KarnamaError when the header does not fit */
const csvRecords = (mapping: Mapping): RecordMaker => {
  let columns: readonly string[] = [];
  let mapper: RowMapper | undefined;
  const quarantined = (row: Row, problems: readonly Problem[]): FileRecord => ({
    line: row.line,
    value: asItStood(row, columns),
    problems,
  });
  const recordOf = (row: Row): FileRecord | undefined => {
    if (mapper === undefined) {
      if (row.problem !== undefined)
        throw new KarnamaError(
          'bad-header-row',
          `the header cannot be read (${row.problem})`,
          'check the encoding that the mapping names, and the quotes',
        );
      columns = row.cells;
      mapper = mapping.bind(columns);
      return undefined;
    }
    if (row.problem !== undefined) return quarantined(row, wholeRow(row.problem));
    if (row.cells.length !== columns.length)
      return quarantined(row, wholeRow('wrong-number-of-fields', maskValue(row.cells.length)));
    const { record, problems } = mapper(row.cells);
    if (problems.length > 0) return quarantined(row, problems.slice(0, 20));
    return { line: row.line, value: JSON.stringify(record), problems };
  };
  return { recordOf };
};

/** Lines of an NDJSON file: each is a record as it stands; whether it is one is asked at intake. */
const ndjsonRecords: RecordMaker = {
  recordOf: (row) =>
    row.problem === undefined
      ? { line: row.line, value: row.text, problems: [] }
      : { line: row.line, value: asItStood(row, []), problems: wholeRow(row.problem) },
};

export const recordMaker = (mapping: Mapping): RecordMaker =>
  mapping.form.format === 'ndjson' ? ndjsonRecords : csvRecords(mapping);

/** First 32 digits of the digest: enough to name a file, short enough to stand in every record. */
export const shortDigest = (digest: string): string => digest.slice(0, 32);

/** The name of the file for the headers: no folder, nothing that cannot be printed. */
export const fileName = (path: string): string =>
  basename(path)
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?')
    .slice(0, 200);

export const submissionOf = (digest: string, path: string, contract: Contract): Submission => ({
  digest,
  file: fileName(path),
  contract: contract.name,
  contractVersion: contract.version,
});

/** The record as the channel takes it in. */
export const channelRecord = (record: FileRecord, submission: Submission): ChannelRecord => ({
  key: null,
  value: record.value,
  headers: {
    contract: submission.contract,
    'contract-version': String(submission.contractVersion),
    'record-id': `${shortDigest(submission.digest)}:${record.line}`,
    submission: submission.digest,
    file: submission.file,
    line: String(record.line),
    ...(record.problems.length === 0 ? {} : { problems: JSON.stringify(record.problems) }),
  },
});
