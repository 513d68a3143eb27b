import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { KarnamaError, type Label } from '@karnama/kernel';
import type { CodingScheme, Example } from './example.js';
import { titleKey } from './normalise.js';

/** What a scheme is coded from: example titles, and the names of the codes. */
export type CodingIndex = {
  readonly scheme: CodingScheme;
  /** The file the titles came from. */
  readonly file: string;
  /** Titles with 4-digit codes; longer codes are cut, shorter ones left out. */
  readonly examples: readonly Example[];
  /** Names of the codes; empty when the file of codes does not lie beside the index. */
  readonly labels: ReadonlyMap<string, Label>;
  /** SHA-256 over everything that was read: another digest, another model. */
  readonly digest: string;
};

const files: Readonly<Record<CodingScheme, { titles: string; codes: string }>> = {
  isco08: { titles: 'job-titles-isco08-fa.csv', codes: 'isco08.csv' },
  isic4: { titles: 'activities-isic4-fa.csv', codes: 'isic4.csv' },
};

/** The name of the file of titles of a scheme in a directory of indexes. */
export const indexFileOf = (scheme: CodingScheme): string => files[scheme].titles;

const contentOf = async (file: string): Promise<string | undefined> => {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw new KarnamaError('coding-index-unreadable', `${file} cannot be read`, 'see who may read the file', {
      cause: error,
    });
  }
};

const badIndex = (file: string, what: string, cause?: unknown): KarnamaError =>
  new KarnamaError(
    'bad-coding-index',
    `${file} ${what}`,
    'the file is CSV in UTF-8 with a heading, the code in the first column and the title in the second',
    { cause },
  );

const rowsOf = (file: string, content: string): string[][] => {
  try {
    return parse(content, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw badIndex(file, 'is no CSV', error);
  }
};

const examplesIn = (file: string, content: string): Example[] => {
  const examples = rowsOf(file, content).flatMap(([code = '', title = '']) =>
    /^\d{4,}$/.test(code) && titleKey(title) !== '' ? [{ code: code.slice(0, 4), title }] : [],
  );
  if (new Set(examples.map(({ code }) => code)).size < 2)
    throw badIndex(file, 'has titles for fewer than two 4-digit codes');
  return examples;
};

const labelsIn = (file: string, content: string): Map<string, Label> =>
  new Map(
    rowsOf(file, content)
      .slice(1)
      .map(([code = '', , en = '', fa = '']) => [code, { en, fa }]),
  );

/**
 * Reads an index: a file of titles (CSV, heading, code and title), with the names of the codes from
 * `isco08.csv` or `isic4.csv` (code, level, English, Persian) where that lies beside it. The Persian names are
 * examples too.
 *
 * @throws KarnamaError `no-coding-index`, `bad-coding-index`, `coding-index-unreadable`
 */
export const readCodingIndex = async (scheme: CodingScheme, file: string): Promise<CodingIndex> => {
  const content = await contentOf(file);
  if (content === undefined)
    throw new KarnamaError(
      'no-coding-index',
      `there is no index of titles at ${file}`,
      'name one with --index, or the directory of the indexes with KARNAMA_CODING_INDEX_DIR',
    );
  const codesFile = join(dirname(file), files[scheme].codes);
  const codes = await contentOf(codesFile);
  const labels = codes === undefined ? new Map<string, Label>() : labelsIn(codesFile, codes);
  const named = [...labels]
    .filter(([code, { fa }]) => /^\d{4}$/.test(code) && titleKey(fa) !== '')
    .map(([code, { fa }]) => ({ code, title: fa, name: true }) as const);
  return {
    scheme,
    file,
    examples: [...examplesIn(file, content), ...named],
    labels,
    digest: createHash('sha256')
      .update(JSON.stringify([scheme, content, codes ?? null]))
      .digest('hex'),
  };
};

/** The index of a scheme in the first of these directories that has it. @throws as `readCodingIndex` */
export const findCodingIndex = async (
  scheme: CodingScheme,
  directories: readonly string[],
): Promise<CodingIndex> => {
  for (const directory of directories) {
    const file = join(directory, files[scheme].titles);
    try {
      return await readCodingIndex(scheme, file);
    } catch (error) {
      if (!(error instanceof KarnamaError && error.code === 'no-coding-index')) throw error;
    }
  }
  throw new KarnamaError(
    'no-coding-index',
    `no index of titles for ${scheme}: ${files[scheme].titles} is in none of ${directories.join(', ')}`,
    `put ${files[scheme].titles} there, name one with --index, or the directory with KARNAMA_CODING_INDEX_DIR`,
  );
};
