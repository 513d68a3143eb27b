import { calendarOf, KarnamaError, monthIn, type Label, type Month } from '@karnama/kernel';
import type { Code } from './code.js';

/** Months in which something holds: [from, to), of any calendar; null = without a beginning or an end. */
export type Validity = { readonly from: Month | null; readonly to: Month | null };

/** A code of a pack. `level` is the pack's level at the depth of the code in its hierarchy. */
export type PackCode = Code & { readonly level: string; readonly valid: Validity };

/**
 * One version of a classification as a country brings it: codes with hierarchy, names and validity. A
 * version is never edited once figures have been published with it; a change is a new version.
 */
export type ClassificationPack = {
  readonly name: string;
  readonly version: string;
  /** What stands before the colon of an event's code (`ISIC4:1071`); null for codes that stand alone. */
  readonly scheme: string | null;
  readonly title: Label;
  readonly source: string;
  readonly valid: Validity;
  /** Names of the levels, coarsest first. */
  readonly levels: readonly string[];
  /** In the order of the file: each code behind its parent. */
  readonly codes: ReadonlyMap<string, PackCode>;
};

/** A code as it stands in a pack's file. */
export type StatedCode = {
  readonly code: string;
  readonly parent: string | null;
  readonly name: Label;
  readonly valid: Validity;
};

const broken = (message: string): KarnamaError =>
  new KarnamaError('broken-pack', message, 'correct the file of the pack');

/** Arabic yeh and kaf: they look like the Persian letters and are found by no search for them. */
const arabicLetters = /[\u064a\u0643]/;

/**
 * A pack of the codes that a file states, checked.
 * @throws KarnamaError `broken-pack` for a code stated twice, a parent that does not stand before its child,
 * more depth than levels, a name that is missing or has Arabic letters
 */
export const classificationPack = (
  head: Omit<ClassificationPack, 'codes'>,
  stated: Iterable<StatedCode>,
): ClassificationPack => {
  const codes = new Map<string, PackCode>();
  const told = (message: string): KarnamaError => broken(`${head.name} ${head.version}: ${message}`);
  for (const { code, parent, name, valid } of stated) {
    if (codes.has(code)) throw told(`code ${code} is there twice`);
    const above = parent === null ? undefined : codes.get(parent);
    if (parent !== null && above === undefined)
      throw told(`code ${code} lies in ${parent}, which does not stand before it`);
    const level = head.levels[above === undefined ? 0 : head.levels.indexOf(above.level) + 1];
    if (level === undefined) throw told(`code ${code} lies deeper than the levels ${head.levels.join(', ')}`);
    if (name.fa === '' || name.en === '')
      throw told(`code ${code} needs a name in Persian and one in English`);
    if (arabicLetters.test(name.fa)) throw told(`the Persian name of ${code} has Arabic letters`);
    codes.set(code, { code, name, level, valid, ...(parent === null ? {} : { parent }) });
  }
  if (codes.size === 0) throw told('there is no code');
  return { ...head, codes };
};

/** Whether a month lies in a validity; a limit of another calendar holds in the month that its middle lies in. */
export const holdsIn = ({ from, to }: Validity, month: Month): boolean => {
  const calendar = calendarOf(month);
  return (
    (from === null || monthIn(from, calendar) <= month) && (to === null || month < monthIn(to, calendar))
  );
};

/** The entry of `code` where the pack and the code itself hold in `month`; undefined otherwise. */
export const codeAt = (pack: ClassificationPack, code: string, month: Month): PackCode | undefined => {
  const found = pack.codes.get(code);
  return found !== undefined && holdsIn(pack.valid, month) && holdsIn(found.valid, month) ? found : undefined;
};

/** The code at a level that `code` is or lies in; undefined for an unknown code, or one coarser than that. */
export const ancestorAt = (pack: ClassificationPack, code: string, level: string): PackCode | undefined => {
  let at = pack.codes.get(code);
  while (at !== undefined && at.level !== level)
    at = at.parent === undefined ? undefined : pack.codes.get(at.parent);
  return at;
};

/** The codes of one level as a code list, in the pack's order. */
export const codesOfLevel = (pack: ClassificationPack, level: string): readonly PackCode[] =>
  [...pack.codes.values()].filter((code) => code.level === level);

/**
 * The name of a code as events write it (`ISIC4:1071`), or bare; a code that the pack has not is named by
 * itself. Never throws.
 */
export const labelIn = (pack: ClassificationPack, code: string): Label => {
  const scheme = pack.scheme === null ? '' : `${pack.scheme}:`;
  const bare = code.startsWith(scheme) ? code.slice(scheme.length) : code;
  return pack.codes.get(bare)?.name ?? { fa: code, en: code };
};
