import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Comparison, Frequency, IndicatorRequest } from '@karnama/statistics';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { formats, type AnswerFormat } from '../answers/answer-format.js';
import { checkParameters, listOf, month, readFilters, readFixed } from '../data/data-parameters.js';
import { fileLanguages, type FileLanguage } from '../take-away/file-language.js';

const frequencies = ['M', 'Q', 'A'] as const;

/** The fixed parameters of a question to an indicator; every other parameter is a filter of a dimension. */
export class IndicatorParameters {
  @IsOptional()
  @Matches(/^$|^[\w@]+(,[\w@]+)*$/, { message: 'by must be a list of dimensions, such as area,sex' })
  by?: string;

  @IsOptional()
  @MaxLength(20, { message: 'from must be a month, such as 1403-01' })
  from?: string;

  @IsOptional()
  @MaxLength(20, { message: 'to must be a month, such as 1404-12' })
  to?: string;

  @IsOptional()
  @IsIn(frequencies, { message: 'freq must be M, Q or A' })
  freq?: Frequency;

  @IsOptional()
  @Matches(/^.{1,200}$/u, { message: 'asKnownAt must be the name of a release, a day or latest' })
  asKnownAt?: string;

  @IsOptional()
  @IsIn(['today', 'then'], { message: 'definition must be today or then' })
  definition?: 'today' | 'then';

  @IsOptional()
  @Matches(/^(previous|year|previous,year|year,previous)$/, {
    message: 'change must be previous, year or both',
  })
  change?: string;

  @IsOptional()
  @IsIn(formats, { message: `format must be one of ${formats.join(', ')}` })
  format?: AnswerFormat;

  @IsOptional()
  @IsIn(fileLanguages, { message: 'lang must be fa or en' })
  lang?: FileLanguage;
}

const fixed = ['by', 'from', 'to', 'freq', 'asKnownAt', 'definition', 'change', 'format', 'lang'] as const;

/** A question to an indicator that is not named yet, and the form its answer was asked in. */
export type IndicatorQuestion = {
  readonly request: Omit<IndicatorRequest, 'indicator' | 'freq'> & { readonly freq: Frequency | undefined };
  readonly format: AnswerFormat | undefined;
  /** The language of a file for people. */
  readonly language: FileLanguage;
};

/**
 * The question that a query string asks.
 * @throws KarnamaError `bad-request`, `bad-month`. Whether the codes exist is for the indicator to say.
 */
export const readIndicatorQuestion = (query: Readonly<Record<string, unknown>>): IndicatorQuestion => {
  const given = checkParameters(query);
  const {
    by,
    from,
    to,
    freq,
    asKnownAt = 'latest',
    definition,
    change,
    format,
    lang,
  } = readFixed(IndicatorParameters, fixed, given);
  return {
    format,
    language: lang ?? 'fa',
    request: {
      by: listOf('by', by),
      where: readFilters(given, fixed),
      freq,
      ...(from === undefined ? {} : { from: month(from) }),
      ...(to === undefined ? {} : { to: month(to) }),
      asKnownAt,
      ...(definition === 'then' ? { definedAt: asKnownAt } : {}),
      ...(change === undefined ? {} : { change: listOf('change', change) as readonly Comparison[] }),
    },
  };
};

@Injectable()
export class IndicatorQuestionPipe implements PipeTransform<
  Readonly<Record<string, unknown>>,
  IndicatorQuestion
> {
  transform(query: Readonly<Record<string, unknown>>): IndicatorQuestion {
    return readIndicatorQuestion(query);
  }
}

const sinceForm = ['since'] as const;

/** The parameters of the comparison of two releases. */
export class ChangesParameters {
  @Matches(/^.{1,200}$/u, { message: 'since must be the name of an earlier release' })
  since = '';
}

export type ChangesQuestion = { readonly since: string; readonly where: IndicatorRequest['where'] };

@Injectable()
export class ChangesPipe implements PipeTransform<Readonly<Record<string, unknown>>, ChangesQuestion> {
  transform(query: Readonly<Record<string, unknown>>): ChangesQuestion {
    const given = checkParameters(query);
    const { since } = readFixed(ChangesParameters, sinceForm, given);
    return { since, where: readFilters(given, sinceForm) };
  }
}
