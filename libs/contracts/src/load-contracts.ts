import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Code } from '@karnama/classifications';
import { KarnamaError, messageOf, type Json, type Label } from '@karnama/kernel';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { contractsOf, type Contract, type ContractField, type Contracts } from './contract.js';
import {
  eventFieldName,
  eventOfFields,
  fieldKinds,
  rulesOfKinds,
  type EventField,
  type FieldKind,
} from './event-fields.js';
import { factMakerOf } from './facts.js';
import type { Problem } from './problem.js';
import { ruleOf, type Rule } from './rules.js';
import { structureProblems } from './structure.js';

const label = {
  type: 'object',
  required: ['fa', 'en'],
  properties: { fa: { type: 'string' }, en: { type: 'string' } },
};

/** The shape of a `contract.yaml`. */
const contractFile = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'version', 'agency', 'title', 'description', 'owner', 'rules', 'fields'],
  properties: {
    name: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,60}$' },
    version: { type: 'integer', minimum: 1 },
    agency: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,60}$' },
    title: label,
    description: label,
    owner: label,
    becomes: { type: 'string' },
    event: { type: 'string', pattern: '^[A-Z][A-Za-z]+$' },
    rules: {
      type: 'array',
      items: { type: 'object', minProperties: 1, maxProperties: 1, additionalProperties: { type: 'array' } },
    },
    fields: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        required: ['title', 'description', 'mend'],
        properties: {
          title: label,
          description: label,
          mend: label,
          code_list: { type: 'string' },
          as: { enum: fieldKinds },
          to: { type: 'string', pattern: '^[a-z][A-Za-z]+$' },
        },
      },
    },
  },
};

type FieldFile = {
  title: Label;
  description: Label;
  mend: Label;
  code_list?: string;
  as?: FieldKind;
  to?: string;
};

type ContractFile = {
  name: string;
  version: number;
  agency: string;
  title: Label;
  description: Label;
  owner: Label;
  /** Either the name of a fact that the code makes, or an event that the fields say how to make. */
  becomes?: string;
  event?: string;
  rules: readonly Record<string, readonly Json[]>[];
  fields: Record<string, FieldFile>;
};

type RecordSchema = {
  required?: readonly string[];
  properties?: Record<string, { enum?: readonly Json[] }>;
  additionalProperties?: Json;
  unevaluatedProperties?: Json;
};

const broken = (file: string, message: string, cause?: unknown): KarnamaError =>
  new KarnamaError('broken-contract', `${file}: ${message}`, 'correct the contract file', { cause });

/** Runs `work` and names the file in whatever goes wrong. */
const within = async <T>(file: string, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (thrown) {
    throw broken(file, messageOf(thrown), thrown);
  }
};

const compile = (ajv: Ajv2020, schema: object): ValidateFunction => ajv.compile(schema);

/** One compiler for all contracts of a folder: most of its cost is its own start. */
type Compiler = { readonly ajv: Ajv2020; readonly checkFile: ValidateFunction };

const newCompiler = (): Compiler => {
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, ownProperties: true });
  return { ajv, checkFile: compile(ajv, contractFile) };
};

const readContractFile = (file: string, { ajv, checkFile }: Compiler): Promise<ContractFile> =>
  within(file, async () => {
    const content: unknown = parse(await readFile(file, 'utf8'));
    if (!checkFile(content))
      throw new Error(ajv.errorsText(checkFile.errors, { dataVar: 'contract', separator: '; ' }));
    return content as ContractFile;
  });

const readSchema = (file: string): Promise<RecordSchema> =>
  within(file, async () => {
    const schema = JSON.parse(await readFile(file, 'utf8')) as RecordSchema;
    if (schema.additionalProperties !== false && schema.unevaluatedProperties !== false)
      throw new Error('the schema is open: set "additionalProperties": false');
    return schema;
  });

const readCodes = (file: string): Promise<readonly Code[]> =>
  within(file, async () => {
    const { codes } = parse(await readFile(file, 'utf8')) as { codes: Record<string, Label> };
    return Object.entries(codes).map(([code, name]) => ({ code, name }));
  });

/** The list and the schema must name the same codes: partners validate with the schema alone. */
const checkCodes = (file: string, field: string, codes: readonly Code[], schema: RecordSchema): void => {
  const inSchema = (schema.properties?.[field]?.enum ?? []).filter((code) => code !== null && code !== '_U');
  const listed = codes.map(({ code }) => code);
  if (inSchema.length !== listed.length || !listed.every((code) => inSchema.includes(code)))
    throw broken(file, `the codes of ${field} differ from the enum in the schema`);
};

const fieldsOf = async (
  folder: string,
  content: ContractFile,
  schema: RecordSchema,
): Promise<readonly ContractField[]> => {
  const [inSchema, inFile] = [Object.keys(schema.properties ?? {}), Object.keys(content.fields)];
  const differing = [...inSchema, ...inFile].find(
    (name) => !inSchema.includes(name) || !inFile.includes(name),
  );
  if (differing !== undefined)
    throw broken(
      join(folder, 'contract.yaml'),
      `field ${differing} is not in both contract.yaml and schema.json`,
    );
  const fields: ContractField[] = [];
  for (const [name, field] of Object.entries(content.fields)) {
    const list =
      field.code_list === undefined ? undefined : join(folder, 'code-lists', `${field.code_list}.yaml`);
    const codes = list === undefined ? [] : await readCodes(list);
    if (list !== undefined) checkCodes(list, name, codes, schema);
    const required = schema.required?.includes(name) ?? false;
    const { title, description, mend } = field;
    fields.push({ name, title, description, mend, required, codes });
  }
  return fields;
};

/** How the fields go into the event; none of them when the code makes it. */
const eventFieldsOf = ({ becomes, event, fields }: ContractFile): readonly EventField[] => {
  if ((becomes === undefined) === (event === undefined))
    throw new Error('a contract names either the event that its fields make, or the fact that it becomes');
  return Object.entries(fields).flatMap(([name, { as, to }]) => {
    if (event === undefined && as === undefined && to === undefined) return [];
    if (event === undefined)
      throw new Error(`field ${name} goes into an event that the contract does not name`);
    if (as === undefined) throw new Error(`field ${name} does not say how it goes into the event (as: …)`);
    return [{ name, as, to: to ?? eventFieldName(name) }];
  });
};

const eventMakerOf = (
  { becomes, event }: ContractFile,
  fields: readonly EventField[],
): Contract['toEvent'] => (event === undefined ? factMakerOf(becomes ?? '') : eventOfFields(event, fields));

const validatorOf = (structure: ValidateFunction, rules: readonly Rule[]): Contract['validate'] => {
  const none: readonly Problem[] = [];
  return (record) => {
    const found = structureProblems(structure, record);
    if (found.length > 0) return found;
    const problems: Problem[] = [];
    for (const rule of rules) rule(record, problems);
    return problems.length === 0 ? none : problems;
  };
};

const loadContract = async (folder: string, compiler: Compiler): Promise<Contract> => {
  const [file, schemaFile] = [join(folder, 'contract.yaml'), join(folder, 'schema.json')];
  const content = await readContractFile(file, compiler);
  const schema = await readSchema(schemaFile);
  const fields = await fieldsOf(folder, content, schema);
  const structure = await within(schemaFile, () => compile(compiler.ajv, schema));
  const eventFields = await within(file, () => eventFieldsOf(content));
  const rules = await within(file, () => [
    ...rulesOfKinds(eventFields),
    ...content.rules.flatMap((rule) => Object.entries(rule).map(([name, args]) => ruleOf(name, args))),
  ]);
  const toEvent = await within(file, () => eventMakerOf(content, eventFields));
  const { agency, name, version, title, description, owner } = content;
  const mends = Object.fromEntries(fields.map((field) => [field.name, field.mend]));
  const validate = validatorOf(structure, rules);
  return { agency, name, version, title, description, owner, fields, mends, validate, toEvent };
};

/** Folders below `dir` that hold a `contract.yaml`, in the order of their names. */
const foldersIn = async (dir: string): Promise<readonly string[]> => {
  const entries = await readdir(dir, { withFileTypes: true });
  if (entries.some((entry) => entry.name === 'contract.yaml')) return [dir];
  const below = entries.filter((entry) => entry.isDirectory()).map((entry) => join(dir, entry.name));
  return (await Promise.all(below.sort().map(foldersIn))).flat();
};

/**
 * Reads and compiles all contracts below `dir` (`<agency>/<contract>/v<version>/contract.yaml` with
 * its `schema.json` and code lists), once.
 * @throws KarnamaError `broken-contract` naming the file, or `no-contracts`
 */
export const loadContracts = async (dir: string): Promise<Contracts> => {
  const folders = await foldersIn(dir).catch((cause: unknown) => {
    throw new KarnamaError(
      'no-contracts',
      `the contracts in ${dir} cannot be read`,
      'name a folder of contracts',
      { cause },
    );
  });
  if (folders.length === 0)
    throw new KarnamaError('no-contracts', `there is no contract in ${dir}`, 'name a folder of contracts');
  const [all, compiler]: [Contract[], Compiler] = [[], newCompiler()];
  for (const folder of folders) {
    const contract = await loadContract(folder, compiler);
    const place = `${contract.agency}/${contract.name}/v${contract.version}`;
    if (!folder.replaceAll('\\', '/').endsWith(place))
      throw broken(join(folder, 'contract.yaml'), `contract ${place} does not belong in this folder`);
    if (all.some(({ name, version }) => name === contract.name && version === contract.version))
      throw broken(
        join(folder, 'contract.yaml'),
        `contract ${contract.name} v${contract.version} is there twice`,
      );
    all.push(contract);
  }
  return contractsOf(all);
};
