import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { KarnamaError } from '@karnama/kernel';

const unreadable = (file: string, cause: unknown): KarnamaError =>
  new KarnamaError(
    'titles-unreadable',
    `${file} cannot be read`,
    'see that it is a file and who may read it',
    {
      cause,
    },
  );

const noCsv = (file: string, cause: unknown): KarnamaError =>
  new KarnamaError(
    'bad-titles',
    `${file} is no CSV`,
    'CSV in UTF-8 with a heading, titles in the first column',
    {
      cause,
    },
  );

/**
 * The first column of a CSV file without its heading, one title at a time however long the file is. Rows with an
 * empty title give an empty title, so that answers stay beside their rows.
 *
 * @throws KarnamaError `titles-unreadable`, `bad-titles`
 */
export async function* titlesIn(file: string): AsyncGenerator<string> {
  const handle = await open(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  try {
    const content = handle.createReadStream({ encoding: 'utf8', autoClose: false });
    const parser = parse({ bom: true, from_line: 2, relax_column_count: true, trim: true });
    content.on('error', (error) => parser.destroy(unreadable(file, error)));
    for await (const row of content.pipe(parser) as AsyncIterable<readonly string[]>) yield row[0] ?? '';
  } catch (error) {
    throw error instanceof KarnamaError ? error : noCsv(file, error);
  } finally {
    await handle.close();
  }
}
