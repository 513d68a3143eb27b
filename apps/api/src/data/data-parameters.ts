import { Injectable, type PipeTransform } from '@nestjs/common';
import { KarnamaError, parseMonth } from '@karnama/kernel';
import type { DataRequest } from '@karnama/statistics';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsOptional, Matches, MaxLength, validateSync } from 'class-validator';
import { formats, type AnswerFormat } from '../answers/answer-format.js';
import { fileLanguages, type FileLanguage } from '../take-away/file-language.js';

const views = ['effective', 'declared'] as const;

const codeList = /^$|^[\w@]+(,[\w@]+)*$/;

/** The fixed parameters of a question; every other parameter is a filter of a dimension. */
export class DataParameters {
  @IsOptional()
  @Matches(codeList, { message: 'measure must be a list of codes, such as hires,net' })
  measure?: string;

  @IsOptional()
  @Matches(codeList, { message: 'by must be a list of columns, such as month,area@state' })
  by?: string;

  @IsOptional()
  @MaxLength(20, { message: 'from must be a month, such as 2025-01' })
  from?: string;

  @IsOptional()
  @MaxLength(20, { message: 'to must be a month, such as 2026-01' })
  to?: string;

  @IsOptional()
  @Matches(/^.{1,200}$/u, { message: 'asKnownAt must be the name of a release, a day or latest' })
  asKnownAt?: string;

  @IsOptional()
  @IsIn(views, { message: 'view must be effective or declared' })
  view?: (typeof views)[number];

  @IsOptional()
  @IsIn(formats, { message: `format must be one of ${formats.join(', ')}` })
  format?: AnswerFormat;

  @IsOptional()
  @IsIn(fileLanguages, { message: 'lang must be fa or en' })
  lang?: FileLanguage;
}

const fixed = ['measure', 'by', 'from', 'to', 'asKnownAt', 'view', 'format', 'lang'] as const;

/** A question to a dataflow that is not named yet, and the form its answer was asked in. */
export type Question = {
  readonly request: Omit<DataRequest, 'dataflow'>;
  readonly format: AnswerFormat | undefined;
  /** The language of a file for people. */
  readonly language: FileLanguage;
};

const limits = { parameters: 40, characters: 4000, codes: 500 };

export const refuse = (message: string, mend?: string): never => {
  throw new KarnamaError('bad-request', message, mend);
};

/** What a person may see of a text of theirs: never more than a line. */
const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

const checkParameter = (name: string, value: unknown): string => {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name)) refuse(`${shown(name)} is no parameter of this address`);
  if (typeof value !== 'string')
    return refuse(`parameter ${name} is repeated`, 'give it once, with its values separated by commas');
  if (value.length > limits.characters)
    refuse(`parameter ${name} is longer than ${limits.characters} characters`, 'ask in several requests');
  // PostgreSQL cannot hold U+0000 in a text, and no code or name has a control character.
  if (/\p{Cc}/u.test(value)) refuse(`parameter ${name} contains a control character`);
  return value;
};

/** Every parameter once, as text that may be passed on. @throws KarnamaError `bad-request` */
export const checkParameters = (query: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> => {
  const entries = Object.entries(query);
  if (entries.length > limits.parameters) refuse(`there are more than ${limits.parameters} parameters`);
  return new Map(entries.map(([name, value]) => [name, checkParameter(name, value)]));
};

/** The fixed parameters of an address, checked by the rules of their class. @throws KarnamaError `bad-request` */
export const readFixed = <T extends object>(
  form: new () => T,
  names: readonly string[],
  given: ReadonlyMap<string, string>,
): T => {
  const plain = Object.fromEntries(
    names.flatMap((name) => (given.has(name) ? [[name, given.get(name)]] : [])),
  );
  const parameters = plainToInstance(form, plain);
  const faults = validateSync(parameters).flatMap((fault) => Object.values(fault.constraints ?? {}));
  if (faults.length > 0) refuse(faults.join('; '));
  return parameters;
};

/** A list with commas between; nothing twice. @throws KarnamaError `bad-request` */
export const listOf = (name: string, value: string | undefined): readonly string[] => {
  const items = value === undefined || value === '' ? [] : value.split(',');
  if (new Set(items).size < items.length) refuse(`parameter ${name} names the same thing twice`);
  return items;
};

/** The parameters that are not fixed: filters of dimensions. @throws KarnamaError `bad-request` */
export const readFilters = (
  given: ReadonlyMap<string, string>,
  fixedNames: readonly string[],
): DataRequest['where'] => {
  const names = [...given.keys()].filter((name) => !fixedNames.includes(name));
  const filters = names.map((name) => {
    const codes = listOf(name, given.get(name));
    if (codes.length === 0 || codes.includes(''))
      refuse(`filter ${name} has an empty code`, 'leave the parameter away, or name at least one code');
    if (codes.length > limits.codes) refuse(`filter ${name} has more than ${limits.codes} codes`);
    return [name, codes] as const;
  });
  return Object.fromEntries(filters);
};

/** Text that names a month. @throws KarnamaError `bad-month` */
export const month = (text: string): string => {
  parseMonth(text);
  return text;
};

/**
 * The question that a query string asks.
 * @throws KarnamaError `bad-request` for a parameter that is repeated, too long, misnamed or not well
 * formed; `bad-month`. Whether the codes exist is for the dataflow to say.
 */
export const readQuestion = (query: Readonly<Record<string, unknown>>): Question => {
  const given = checkParameters(query);
  const parameters = readFixed(DataParameters, fixed, given);
  const { from, to } = parameters;
  return {
    format: parameters.format,
    language: parameters.lang ?? 'fa',
    request: {
      measures: listOf('measure', parameters.measure),
      by: listOf('by', parameters.by),
      where: readFilters(given, fixed),
      ...(from === undefined ? {} : { from: month(from) }),
      ...(to === undefined ? {} : { to: month(to) }),
      asKnownAt: parameters.asKnownAt ?? 'latest',
      view: parameters.view ?? 'effective',
    },
  };
};

@Injectable()
export class QuestionPipe implements PipeTransform<Readonly<Record<string, unknown>>, Question> {
  transform(query: Readonly<Record<string, unknown>>): Question {
    return readQuestion(query);
  }
}
