import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { CellDelta } from '@karnama/cells';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const special = /[\\\t\n\r]/;

/** Text of one field in COPY's text format. */
const field = (value: string): string =>
  special.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : value;

/** Characters handed to the connection at a time: large enough to be cheap, small enough to stay bounded. */
const chunk = 1 << 17;

/** A row of a base table: time columns, codes, measures, units, keys. */
export const deltaLine = ({ month, declared, epoch, codes, measures }: CellDelta): string => {
  // one look at all codes: those that need escaping are rare
  const fields = special.test(codes.join('')) ? codes.map(field) : codes;
  return `${month}\t${declared}\t${epoch}\t${fields.join('\t')}\t${measures.join('\t')}\n`;
};

/** A row of a state table. */
export const stateLine = ([entity, state]: readonly [string, string]): string =>
  `${field(entity)}\t${field(state)}\n`;

const chunks = function* <T>(rows: Iterable<T>, line: (row: T) => string): Iterable<string> {
  let text = '';
  for (const row of rows) {
    text += line(row);
    if (text.length < chunk) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
};

/** Streams rows into a table by COPY, the fastest way in. @returns how many there were */
export const copyRows = async <T>(
  client: PoolClient,
  table: string,
  rows: Iterable<T>,
  line: (row: T) => string,
): Promise<number> => {
  const into = client.query(copyFrom(`COPY ${table} FROM STDIN`));
  await pipeline(Readable.from(chunks(rows, line)), into);
  return into.rowCount;
};
