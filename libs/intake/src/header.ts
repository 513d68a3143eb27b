import { maskName } from '@karnama/contracts';
import { KarnamaError } from '@karnama/kernel';

const latin: Readonly<Record<string, string>> = {
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ة: 'ه',
  '\u200c': '',
  '\ufeff': '',
};

/**
 * A column name as it is compared: without case, accents, byte-order mark and surrounding space,
 * Arabic forms of Persian letters taken as Persian.
 */
export const columnKey = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[يىكة\u200c\ufeff]/g, (letter) => latin[letter] ?? letter)
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();

/** Column names of a file, to be looked up by any of the names a mapping knows. */
export type Header = {
  readonly names: readonly string[];
  /**
   * Index of the first of `wanted` that is there, undefined when none is.
   * @throws KarnamaError `ambiguous-column` when the file has two columns of that name
   */
  readonly indexOf: (wanted: readonly string[]) => number | undefined;
};

export const headerOf = (names: readonly string[]): Header => {
  const keys = names.map(columnKey);
  return {
    names,
    indexOf: (wanted) => {
      const key = wanted.map(columnKey).find((candidate) => keys.includes(candidate));
      if (key === undefined) return undefined;
      const index = keys.indexOf(key);
      if (keys.includes(key, index + 1))
        throw new KarnamaError(
          'ambiguous-column',
          `the file has two columns "${maskName(names[index] ?? '')}"`,
          'rename one of them',
        );
      return index;
    },
  };
};

const shown = (names: readonly string[]): string => {
  // a file without a header shows its first row here, and rows hold persons
  const text = names.slice(0, 60).map(maskName).join(', ');
  return text.length > 1500 ? `${text.slice(0, 1500)}…` : text;
};

/** What to say when columns are missing: those looked for, with their variants, and the header found. */
export const missingColumns = (missing: readonly (readonly string[])[], header: Header): KarnamaError =>
  new KarnamaError(
    'missing-columns',
    `the file lacks ${missing.map((names) => `"${names.join('" or "')}"`).join(', ')}; its header is: ${shown(header.names)}`,
    'check delimiter and encoding of the file, or name the column in the mapping',
  );
