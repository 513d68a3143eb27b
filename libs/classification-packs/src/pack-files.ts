import {
  classificationPack,
  type ClassificationPack,
  type Correspondence,
  type StatedCode,
  type Validity,
} from '@karnama/classifications';
import { KarnamaError, messageOf, parseMonth, type Label } from '@karnama/kernel';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What one folder of a pack holds. */
export type Pack =
  | { readonly kind: 'classification'; readonly pack: ClassificationPack }
  | { readonly kind: 'correspondence'; readonly pack: Correspondence };

type Fields = ReadonlyMap<string, unknown>;

/** Runs `work` and names the file in whatever goes wrong. */
const within = async <T>(file: string, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    throw new KarnamaError(
      'broken-pack',
      `${file}: ${messageOf(cause)}`,
      'correct the file of the pack or take its folder out',
      { cause },
    );
  }
};

/** A YAML file of fields in their order; text stays text where it looks like a number and is quoted. */
const fieldsOf = (value: unknown, what: string): Fields => {
  if (!(value instanceof Map)) throw new Error(`${what} must be a list of fields`);
  return value as Fields;
};

const readFields = async (file: string): Promise<Fields> =>
  fieldsOf(parse(await readFile(file, 'utf8'), { mapAsMap: true }) as unknown, 'the file');

const only = (fields: Fields, known: readonly string[]): void => {
  for (const name of fields.keys())
    if (!known.includes(name)) throw new Error(`unknown field "${name}"; known are ${known.join(', ')}`);
};

const optional = (fields: Fields, name: string): string | null => {
  const value = fields.get(name) ?? null;
  if (value !== null && typeof value !== 'string')
    throw new Error(`${name} must be text: put ${JSON.stringify(value)} into quotes`);
  return value;
};

const text = (fields: Fields, name: string): string => {
  const value = optional(fields, name);
  if (value === null || value === '') throw new Error(`${name} is missing`);
  return value;
};

const texts = (value: unknown, what: string): readonly string[] => {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string'))
    throw new Error(`${what} must be a list of texts in quotes`);
  return value;
};

const label = (fields: Fields): Label => {
  const pt = optional(fields, 'pt');
  return { fa: text(fields, 'fa'), en: text(fields, 'en'), ...(pt === null ? {} : { pt }) };
};

const validity = (fields: Fields): Validity => {
  const [from, to] = [optional(fields, 'from'), optional(fields, 'to')];
  return { from: from === null ? null : parseMonth(from), to: to === null ? null : parseMonth(to) };
};

const keyOf = (key: unknown): string => {
  if (typeof key !== 'string') throw new Error(`code ${String(key)} must be text: put it into quotes`);
  return key;
};

const statedCode = (key: unknown, value: unknown): StatedCode => {
  const code = keyOf(key);
  try {
    const fields = fieldsOf(value, 'a code');
    only(fields, ['parent', 'fa', 'en', 'pt', 'from', 'to']);
    return { code, parent: optional(fields, 'parent'), name: label(fields), valid: validity(fields) };
  } catch (cause) {
    throw new Error(`code ${code}: ${messageOf(cause)}`, { cause });
  }
};

const common = ['kind', 'name', 'version', 'title', 'source', 'from', 'to'];

const headOf = (fields: Fields) => ({
  name: text(fields, 'name'),
  version: text(fields, 'version'),
  title: label(fieldsOf(fields.get('title'), 'title')),
  source: text(fields, 'source').trim(),
  valid: validity(fields),
});

const readClassification = async (folder: string, fields: Fields): Promise<ClassificationPack> => {
  const head = await within(join(folder, 'pack.yaml'), () => {
    only(fields, [...common, 'scheme', 'levels']);
    return {
      ...headOf(fields),
      scheme: optional(fields, 'scheme'),
      levels: texts(fields.get('levels'), 'levels'),
    };
  });
  const file = join(folder, 'codes.yaml');
  return within(file, async () =>
    classificationPack(
      head,
      [...(await readFields(file))].map(([code, value]) => statedCode(code, value)),
    ),
  );
};

const matchOf = (fields: Fields): Correspondence['match'] => {
  const match = text(fields, 'match');
  if (match !== 'exact' && match !== 'longest-prefix')
    throw new Error(`match is "${match}"; it must be exact or longest-prefix`);
  return match;
};

const readCorrespondence = async (folder: string, fields: Fields): Promise<Correspondence> => {
  const head = await within(join(folder, 'pack.yaml'), () => {
    only(fields, [...common, 'source_pack', 'target_pack', 'match']);
    const sourcePack = optional(fields, 'source_pack');
    return { ...headOf(fields), sourcePack, targetPack: text(fields, 'target_pack'), match: matchOf(fields) };
  });
  const file = join(folder, 'table.yaml');
  const targets = await within(
    file,
    async () =>
      new Map([...(await readFields(file))].map(([code, to]) => [keyOf(code), texts(to, `code ${code}`)])),
  );
  return { ...head, targets };
};

/**
 * Reads one pack: `pack.yaml` with what it is, and `codes.yaml` (a classification) or `table.yaml` (a
 * correspondence). @throws KarnamaError `broken-pack` naming the file and what is wrong in it
 */
export const readPack = async (folder: string): Promise<Pack> => {
  const file = join(folder, 'pack.yaml');
  const [fields, kind] = await within(file, async () => {
    const found = await readFields(file);
    const said = text(found, 'kind');
    if (said !== 'classification' && said !== 'correspondence')
      throw new Error(`kind is "${said}"; it must be classification or correspondence`);
    return [found, said] as const;
  });
  return kind === 'classification'
    ? { kind, pack: await readClassification(folder, fields) }
    : { kind, pack: await readCorrespondence(folder, fields) };
};
