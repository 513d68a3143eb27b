import {
  holdsIn,
  type ClassificationPack,
  type Correspondence,
  type Validity,
} from '@karnama/classifications';
import { KarnamaError, type Month } from '@karnama/kernel';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readPack, type Pack } from './pack-files.js';

/** The classifications and correspondence tables of an installation. */
export type Packs = {
  readonly classifications: readonly ClassificationPack[];
  readonly correspondences: readonly Correspondence[];
  /**
   * The classification of that name; of several versions the last one (by folder name) that holds in `month`,
   * without a month the last of all. @throws KarnamaError `unknown-pack`
   */
  classification(name: string, month?: Month): ClassificationPack;
  /** As `classification`, for correspondence tables. @throws KarnamaError `unknown-pack` */
  correspondence(name: string, month?: Month): Correspondence;
};

const broken = (message: string): KarnamaError =>
  new KarnamaError('broken-pack', message, 'correct the file of the pack or take its folder out');

const subfolders = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
};

const readAll = async (dir: string): Promise<readonly Pack[]> => {
  const all: Pack[] = [];
  for (const name of await subfolders(dir))
    for (const version of await subfolders(join(dir, name))) {
      const one = await readPack(join(dir, name, version));
      if (one.pack.name !== name || one.pack.version !== version)
        throw broken(
          `${join(dir, name, version)}: pack ${one.pack.name} ${one.pack.version} does not belong in this folder`,
        );
      all.push(one);
    }
  return all;
};

/** A table may name only codes that its packs have, in some version. */
const checkTable = (table: Correspondence, packs: readonly ClassificationPack[]): void => {
  const codesOf = (name: string): Set<string> => {
    const versions = packs.filter((pack) => pack.name === name);
    if (versions.length === 0) throw broken(`${table.name} ${table.version}: there is no pack ${name}`);
    return new Set(versions.flatMap(({ codes }) => [...codes.keys()]));
  };
  const targets = codesOf(table.targetPack);
  const sources = table.sourcePack === null ? null : codesOf(table.sourcePack);
  for (const [code, to] of table.targets) {
    const strange = sources?.has(code) === false ? code : to.find((target) => !targets.has(target));
    if (strange !== undefined)
      throw broken(`${table.name} ${table.version}: ${code}: no pack has a code ${strange}`);
  }
};

const chosen = <P extends { readonly name: string; readonly valid: Validity }>(
  packs: readonly P[],
  name: string,
  month: Month | undefined,
): P => {
  const found = packs.findLast(
    (pack) => pack.name === name && (month === undefined || holdsIn(pack.valid, month)),
  );
  if (found !== undefined) return found;
  throw new KarnamaError(
    'unknown-pack',
    `there is no pack "${name}"${month === undefined ? '' : ' for that month'}`,
    `packs are ${[...new Set(packs.map((pack) => pack.name))].join(', ')}`,
  );
};

/**
 * Reads all packs in `dir` (`<name>/<version>/pack.yaml` with `codes.yaml` or `table.yaml`), once. A country
 * brings its own by a folder of its own.
 * @throws KarnamaError `broken-pack` naming the file, or `no-packs`
 */
export const loadPacks = async (dir: string): Promise<Packs> => {
  const none = (cause?: unknown): KarnamaError =>
    new KarnamaError('no-packs', `there are no classification packs in ${dir}`, 'name a folder of packs', {
      cause,
    });
  await subfolders(dir).catch((cause: unknown) => {
    throw none(cause);
  });
  const all = await readAll(dir);
  if (all.length === 0) throw none();
  const classifications = all.flatMap((one) => (one.kind === 'classification' ? [one.pack] : []));
  const correspondences = all.flatMap((one) => (one.kind === 'correspondence' ? [one.pack] : []));
  for (const table of correspondences) checkTable(table, classifications);
  return {
    classifications,
    correspondences,
    classification: (name, month) => chosen(classifications, name, month),
    correspondence: (name, month) => chosen(correspondences, name, month),
  };
};
